import { type Checked, checked, type Diagnostic, inReadingOrder } from "../core/diagnostic.ts";
import { decodeSource } from "../core/reading.ts";
import type { Plan } from "../plan/plan.ts";
import { frontMatterText, type MarkedPiece } from "../plan/yaml-text.ts";
import { followUpFile, parseFollowUp } from "../results/followup/load.ts";
import { type Grid, readAbout, readGrid } from "./grid.ts";
import { readXlsx } from "./read-xlsx.ts";
import { type Mark, SheetReader } from "./sheet-reader.ts";

/**
 * Makes a follow-up file of a filled-in workbook. What is wrong is told as of a file, but at the cell it stands in; with
 * errors there is no file.
 */
export async function followUpFromXlsx(
  path: string,
  bytes: Uint8Array,
  { plan, round }: { readonly plan: Plan; readonly round: string },
): Promise<Checked<string>> {
  const sheets = await readXlsx(path, bytes);
  const grid = readGrid(path, sheets);
  const reader = new SheetReader(plan, round, grid);
  const about = readAbout(path, sheets);
  const top = about ? reader.about(about.source, about.values) : [];
  const goals = grid.diagnostics.some(({ code }) => code === "kolonne-mangler") ? [] : reader.goals();
  const found = [...grid.diagnostics, ...reader.diagnostics];
  if (goals.length === 0) return checked<string>(undefined, inReadingOrder(found));
  const { text, pieces } = frontMatterText([...top, { key: "mål", value: { under: goals } }]);
  const problems = withoutConsequences(problemsOf(text, pieces, { plan, round, grid }), found);
  return checked(text, inReadingOrder([...found, ...problems]));
}

/** Leaves out what only follows from a cell without a value, or from rows that cannot be told. */
function withoutConsequences(problems: readonly Diagnostic[], found: readonly Diagnostic[]): Diagnostic[] {
  const rowOf = ({ span }: Diagnostic) => span.source.place(span.start).line;
  const faulty = new Set(found.filter(({ code }) => code === "celle-fejl").map(rowOf));
  const unclear = found.some(({ code }) => code === "ukendt-række" || code === "række-to-gange");
  return problems.filter((one) => !faulty.has(rowOf(one)) && !(unclear && one.code === "status-mangler"));
}

/** What is to be said of the file, at the cells that it comes from. */
function problemsOf(
  text: string,
  pieces: readonly MarkedPiece<Mark>[],
  { plan, round, grid }: { readonly plan: Plan; readonly round: string; readonly grid: Grid },
): Diagnostic[] {
  const source = decodeSource(followUpFile(round), new TextEncoder().encode(text));
  const parsed = source.value ? parseFollowUp(source.value, plan, round).diagnostics : [];
  const list = text.indexOf("\nmål:");
  return [...source.diagnostics, ...parsed].flatMap((one): Diagnostic[] => {
    const piece = pieces
      .filter(({ start, end }) => start <= one.span.start && one.span.start <= end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    // Goals that are not there have been told as rows that are not there.
    if (!piece && one.code === "status-mangler" && one.span.start > list) return [];
    const row = piece && grid.rows.find((each) => each.row === piece.mark.row);
    // A number that is missing is missed where it is to stand, not where its row is named.
    const place = row && one.code === "tal-mangler" ? row.place("soFar") : piece?.mark;
    const span = (piece?.mark.source ?? grid.source).cellSpan(place ?? { row: 1, column: 1 });
    return [{ ...one, span }];
  });
}
