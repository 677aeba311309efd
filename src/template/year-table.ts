import Handlebars from "handlebars";
import type { Measure, YearRow } from "../plan/plan.ts";
import { typeset } from "../plan/typography.ts";

/** Years across, targets and results down. */
export interface TableView {
  readonly enhed: string | null;
  readonly år: readonly number[];
  readonly rækker: readonly { readonly navn: string; readonly celler: readonly Handlebars.SafeString[] }[];
}

/** A measure's table as the plan has it; null where it has none. */
export function tableView(measure: Measure): TableView | null {
  if (measure.rows.length === 0) return null;
  return tableOf(
    measure.unit,
    measure.rows.map((row) => ({ kind: row.kind, texts: textsOf(row) })),
  );
}

/** A row over years, each year with the text of its cell. */
export interface TableRow {
  readonly kind: YearRow["kind"];
  readonly texts: ReadonlyMap<number, string>;
}

/** A table of some rows, over all the years that any of them has. */
export function tableOf(unit: string | undefined, rows: readonly TableRow[]): TableView {
  const years = [...new Set(rows.flatMap((row) => [...row.texts.keys()]))].sort((a, b) => a - b);
  return {
    enhed: unit ?? null,
    år: years,
    rækker: rows.map((row) => ({
      navn: row.kind === "target" ? "Mål" : "Resultat",
      celler: years.map((year) => new Handlebars.SafeString(typeset(row.texts.get(year) ?? ""))),
    })),
  };
}

/** The cells of a row by their years. */
export function textsOf(row: YearRow): Map<number, string> {
  return new Map(row.cells.map((cell) => [cell.year, cell.text]));
}
