import { type Diagnostic, error, warning } from "../core/diagnostic.ts";
import { didYouMean } from "../core/suggest.ts";
import { CellSource } from "./cell-source.ts";
import { ABOUT_SHEET, type ColumnKey, columns, SHEET } from "./columns.ts";
import type { ReadCell, ReadSheet } from "./read-xlsx.ts";
import { refusal } from "./unpack.ts";

/** The sheet of statuses, its columns found by their headings. */
export interface Grid {
  readonly source: CellSource;
  /** The rows under the headings that hold something in the columns, in order. */
  readonly rows: readonly GridRow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A row, by the columns that are read. */
export interface GridRow {
  readonly row: number;
  text(key: ColumnKey): string;
  place(key: ColumnKey): { readonly row: number; readonly column: number };
}

/** The columns without which nothing can be taken in. */
const needed: readonly ColumnKey[] = ["goal", "kind", "part", "status", "soFar", "date", "expectation", "comment"];

/** The sheet of that name; a workbook that has none is refused. */
export function sheetNamed(path: string, sheets: readonly ReadSheet[], name: string): ReadSheet {
  const found = sheets.find((sheet) => sheet.name.trim().toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = sheets.map((sheet) => `»${sheet.name.slice(0, 40)}«`).slice(0, 5);
  const has = names.length === 0 ? "har ingen ark" : `har intet ark »${name}«, men ${names.join(", ")}`;
  throw refusal(path, has, "Brug det ark, som resultatplan status eller resultatplan new opfoelgning har lavet.");
}

/** Finds the columns and rows of a filled-in sheet. */
export function readGrid(path: string, sheets: readonly ReadSheet[]): Grid {
  const sheet = sheetNamed(path, sheets, SHEET);
  const heads = sheet.cells.filter((cell) => cell.row === 1);
  const found = new Map<ColumnKey, number>();
  const strange: ReadCell[] = [];
  for (const cell of heads) {
    const column = columns.find(({ heading }) => heading.toLowerCase() === cell.text.trim().toLowerCase());
    if (column && !found.has(column.key)) found.set(column.key, cell.column);
    else strange.push(cell);
  }
  const places = [...new Set(sheet.cells.map(({ row }) => row))].flatMap((row) =>
    [...found.values()].map((column) => ({ row, column })),
  );
  const source = new CellSource(path, sheet, [{ row: 1, column: 1 }, ...places]);
  const missing = columns.filter(({ key }) => needed.includes(key) && !found.has(key));
  const diagnostics = [
    ...missing.map(({ heading }) =>
      error(
        "kolonne-mangler",
        source.cellSpan({ row: 1, column: 1 }),
        `Kolonnen »${heading}« mangler i arkets første række.`,
        didYouMean(
          heading,
          strange.map(({ text }) => text),
        ) ?? "Sæt den ind igen; arkets overskrifter må ikke ændres.",
      ),
    ),
    ...(missing.length > 0 ? [] : strange).map((cell) =>
      warning("ukendt-kolonne", source.cellSpan(cell), `Kolonnen »${cell.text.slice(0, 60)}« læses ikke.`),
    ),
    ...sheet.cells.flatMap((cell) => faultOf(cell, source, [...found.values()])),
  ];
  return { source, rows: missing.length > 0 ? [] : rowsOf(sheet, found), diagnostics };
}

function rowsOf(sheet: ReadSheet, found: ReadonlyMap<ColumnKey, number>): GridRow[] {
  const byRow = new Map<number, Map<number, string>>();
  for (const cell of sheet.cells) {
    if (cell.row === 1 || ![...found.values()].includes(cell.column)) continue;
    const row = byRow.get(cell.row) ?? new Map<number, string>();
    byRow.set(cell.row, row.set(cell.column, cell.text));
  }
  return [...byRow].map(([row, texts]) => ({
    row,
    text: (key) => texts.get(found.get(key) ?? 0)?.trim() ?? "",
    place: (key) => ({ row, column: found.get(key) ?? 1 }),
  }));
}

function faultOf(cell: ReadCell, source: CellSource, read: readonly number[]): Diagnostic[] {
  if (!cell.fault || !read.includes(cell.column)) return [];
  const message =
    cell.fault === "error"
      ? `Cellen har en fejl: ${cell.text.slice(0, 20)}.`
      : "Cellen har en formel, hvis værdi ikke er gemt.";
  const hint =
    cell.fault === "error" ? "Ret formlen, eller skriv værdien." : "Åbn arket i regnearket, og gem det igen.";
  return [error("celle-fejl", source.cellSpan(cell), message, hint)];
}

/** What the other sheet tells, by its labels in lower case, with the place of each value. */
export function readAbout(
  path: string,
  sheets: readonly ReadSheet[],
): { source: CellSource; values: ReadonlyMap<string, ReadCell> } | undefined {
  const sheet = sheets.find(({ name }) => name.trim().toLowerCase() === ABOUT_SHEET.toLowerCase());
  if (!sheet) return undefined;
  const labels = sheet.cells.filter(({ column }) => column === 1);
  const values = labels.flatMap((label) => {
    const value = sheet.cells.find(({ row, column }) => row === label.row && column === 2);
    return value ? [[label.text.trim().toLowerCase(), value] as const] : [];
  });
  // The first line of a label counts: the guidance under the facts names some of them again.
  return { source: new CellSource(path, sheet), values: new Map(values.toReversed()) };
}
