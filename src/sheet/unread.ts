import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { CellPlace, CellSource } from "./cell-source.ts";
import { type Column, columns, inputsOf, kindWords, type RowKind } from "./columns.ts";
import type { GridRow } from "./grid.ts";
import { ownerOf, pathOf, rowName } from "./known-rows.ts";
import { PATH_MARK } from "./rows.ts";

/** The rows that were known, by name, and which of their cells something was made of. */
export interface ReadRows {
  readonly source: CellSource;
  readonly rows: ReadonlyMap<string, GridRow>;
  /** Whether there are other rows, which may be meant for what has none. */
  readonly others: boolean;
  isRead(place: CellPlace): boolean;
}

/** What people wrote in cells that nothing was made of: they believe that it is taken in, so none of it goes unsaid. */
export function unreadCells(read: ReadRows): Diagnostic[] {
  return [...read.rows.values()].flatMap((row) => {
    const goal = rowName(row.text("goal"), kindWords.goal, "");
    const kind = kindOf(row);
    // That a goal has no row has been told.
    if (!kind || !read.rows.has(goal)) return [];
    const lost = columns.filter((column) => isLost(column, row, kind, read));
    const missing = missingOwner(row, read);
    if (missing !== undefined)
      return lost.length === 0 || read.others
        ? []
        : [
            error(
              "række-mangler",
              read.source.cellSpan(row.place("part")),
              `Rækken hører til delmål ${missing}, som arket ingen række har til.`,
              "Hent et nyt ark, eller sæt rækken ind igen.",
            ),
          ];
    return lost.map((column) => lostCell(column, row, kind, read.source));
  });
}

function isLost({ key, input }: Column, row: GridRow, kind: RowKind, { rows, isRead }: ReadRows): boolean {
  const text = row.text(key);
  if (text === "" || isRead(row.place(key))) return false;
  if (input) return true;
  // The unit is that of the goal or sub-goal, whose row may have another.
  return key === "unit" && kind !== "goal" && kind !== "part" && text !== rows.get(ownerOf(row))?.text("unit");
}

function lostCell({ key, heading }: Column, row: GridRow, kind: RowKind, source: CellSource): Diagnostic {
  const span = source.cellSpan(row.place(key));
  if (inputsOf[kind].includes(key))
    return error(
      "tal-to-gange",
      span,
      "Der er tal både her og i målets eller delmålets egen række, så det ses ikke, hvilket der gælder.",
      "Slet det ene.",
    );
  const day = kind === "milestone" && key === "soFar";
  return error(
    "celle-bruges-ikke",
    span,
    `Cellen »${heading}« bruges ikke i en række af arten »${kindWords[kind]}«; det, der står her, ville gå tabt.`,
    day
      ? "Er det den dag, milepælen blev nået, så flyt den til »Dato«; ellers skriv det under »Kommentar«."
      : "Flyt det til målets eller delmålets egen række, eller slet det.",
  );
}

function kindOf(row: GridRow): RowKind | undefined {
  const word = row.text("kind").toLowerCase();
  return (Object.keys(kindWords) as RowKind[]).find((kind) => kindWords[kind].toLowerCase() === word);
}

/** The sub-goal around a row that has no row itself; undefined where all are there. */
function missingOwner(row: GridRow, { rows }: ReadRows): string | undefined {
  const path = pathOf(row);
  for (let length = 1; length < path.length; length++) {
    const name = path.slice(0, length).join(PATH_MARK);
    if (!rows.has(rowName(row.text("goal"), kindWords.part, name))) return name;
  }
  return undefined;
}
