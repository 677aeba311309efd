import { type Decimal, parseDecimal } from "../core/decimal.ts";
import type { Measure } from "../plan/plan.ts";
import type { Result } from "./results.ts";

/** Results of earlier years, by year: those in the plan's table that are numbers, and those that are reported with the result. */
export function earlierResults(measure: Measure, result: Pick<Result, "earlier">): Map<number, Decimal> {
  return new Map([...plannedResults(measure), ...result.earlier]);
}

/** The results of earlier years that the plan itself holds as numbers. */
export function plannedResults(measure: Measure): Map<number, Decimal> {
  const cells = measure.rows.flatMap((row) => (row.kind === "actual" ? row.cells : []));
  return new Map(
    cells.flatMap((cell) => ((value) => (value ? [[cell.year, value] as const] : []))(parseDecimal(cell.text))),
  );
}
