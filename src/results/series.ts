import { longDate } from "../core/danish.ts";
import { type Decimal, decimalPlaces, decimalText, fixedText, parseDecimal } from "../core/decimal.ts";
import { measuredParts, type SimpleCriterion } from "../plan/criteria.ts";
import type { Criterion, Measure } from "../plan/plan.ts";
import { readTarget } from "../plan/target.ts";
import { given } from "../plan/written-values.ts";
import { type AgreedLimit, calculatedDecimals, comparedDecimals, inRunningText } from "./criteria.ts";
import { earlierResults } from "./earlier.ts";
import type { Actual, Result } from "./results.ts";

/** A measure over the years, as tables and charts show it. */
export interface Series {
  readonly unit: string | undefined;
  /** Ascending. */
  readonly years: readonly SeriesYear[];
}

/** One year of a measure. */
export interface SeriesYear {
  readonly year: number;
  /** What the cells of the table hold; undefined for an empty cell. */
  readonly targetText?: string;
  readonly actualText?: string;
  /** The same as numbers, where they are numbers. */
  readonly target?: Target;
  readonly actual?: Decimal;
  /** Named quantities that the result is compared with; how many decimals they are printed with, where they are calculated. */
  readonly references: readonly { readonly name: string; readonly value: Decimal; readonly decimals?: number }[];
}

/** A target that is a number: at most, at least, or so far from 0 at most. */
export interface Target {
  readonly kind: "atMost" | "atLeast" | "tolerance";
  readonly value: Decimal;
}

/** What a measure shows over the years when its result for `year` is in; undefined where nothing is measured in numbers. */
export function seriesOf(measure: Measure, result: Result, year: number): Series | undefined {
  const actual = onlyNumber(result);
  const counted = result.actuals.some(({ kind }) => kind === "number");
  if (!counted && measure.rows.length === 0) return undefined;
  const targets = cellsOf(measure, "target");
  const actuals = cellsOf(measure, "actual");
  for (const [earlier, value] of result.earlier)
    if (parseDecimal(actuals.get(earlier) ?? "") === undefined)
      actuals.set(earlier, fixedText(value, Math.max(decimalPlaces(value) ?? 1, actual?.decimals ?? 0)));
  if (result.actuals.length > 0) actuals.set(year, result.actuals.map(actualText).join(" og "));
  if (!targets.has(year) && measure.criterion) targets.set(year, targetText(measure.criterion, actual?.decimals));
  const numbers = earlierResults(measure, result);
  if (actual) numbers.set(year, actual.number);
  const years = [...new Set([...targets.keys(), ...actuals.keys()])].sort((a, b) => a - b);
  return {
    unit: result.unit ?? measure.unit,
    years: years.map((one) => ({
      year: one,
      ...given("targetText", targets.get(one)),
      ...given("actualText", actuals.get(one)),
      ...given("target", targetOf(measure, targets.get(one), one === year)),
      ...given("actual", numbers.get(one)),
      references: one === year && measure.criterion ? referencesOf(measure.criterion, result, numbers) : [],
    })),
  };
}

/** The number that a result is, where it is one; several, and days, cannot be shown as a column of a chart. */
export function onlyNumber({ actuals }: Pick<Result, "actuals">): Extract<Actual, { kind: "number" }> | undefined {
  const [actual, ...others] = actuals;
  return actual?.kind === "number" && others.length === 0 ? actual : undefined;
}

/** A measured value without its unit: »83,10«, »24. september 2027«. */
export function actualText(actual: Actual): string {
  if (actual.kind === "never") return "ikke sket";
  return actual.kind === "day" ? longDate(actual.date) : fixedText(actual.number, actual.decimals);
}

/** A criterion as a cell of a table has it: »+/- 1,0«, »højst 30«; its numbers as they were agreed, aligned with the results of the same column. */
export function targetText(criterion: Criterion, decimals = 0): string {
  const limit = (agreed: AgreedLimit) => fixedText(agreed.limit, Math.max(decimals, agreed.decimals));
  switch (criterion.kind) {
    case "tolerance":
      return `+/- ${limit(criterion)}`;
    case "atMost":
      return `højst ${limit(criterion)}`;
    case "atLeast":
    case "countAtLeast":
      return `mindst ${limit(criterion)}`;
    case "by":
      return "til tiden";
    case "atMostReference":
      return `højst ${inRunningText(criterion.reference)}`;
    case "atLeastReference":
      return `mindst ${inRunningText(criterion.reference)}`;
    case "reduction":
      return `${decimalText(criterion.percent)} pct. under ${criterion.baseYear}`;
    case "atLeastOf": {
      const all = criterion.count === criterion.criteria.length;
      return criterion.criteria.map((part) => targetText(part, decimals)).join(all ? " og " : " eller ");
    }
  }
}

function cellsOf(measure: Measure, kind: "target" | "actual"): Map<number, string> {
  const cells = measure.rows.flatMap((row) => (row.kind === kind ? row.cells : []));
  return new Map(cells.map((cell) => [cell.year, cell.text]));
}

/** A year's target as a number: by the criterion in the year it is for, by what its cell says in the others. */
function targetOf(measure: Measure, text: string | undefined, current: boolean): Target | undefined {
  const { criterion } = measure;
  const kind = criterion && targetKind(criterion);
  if (kind === undefined) return undefined;
  if (criterion && current && "limit" in criterion) return { kind, value: criterion.limit };
  const value = readTarget(text ?? "", measure)?.value;
  return value && { kind, value };
}

function targetKind(criterion: Criterion): Target["kind"] | undefined {
  switch (criterion.kind) {
    case "tolerance":
    case "atMost":
    case "atLeast":
      return criterion.kind;
    case "countAtLeast":
      return "atLeast";
    default:
      return undefined;
  }
}

function referencesOf(
  criterion: Criterion,
  result: Result,
  earlier: ReadonlyMap<number, Decimal>,
): SeriesYear["references"] {
  return measuredParts(criterion).flatMap((part: SimpleCriterion) => {
    if (part.kind === "atMostReference" || part.kind === "atLeastReference") {
      const value = result.references.get(part.reference);
      return value ? [{ name: part.reference, value }] : [];
    }
    if (part.kind !== "reduction") return [];
    const base = earlier.get(part.baseYear);
    const name = `${decimalText(part.percent)} pct. under ${part.baseYear}`;
    if (!base) return [];
    const value = base.sub(base.mul(part.percent).div(100));
    const actual = onlyNumber(result);
    const decimals = actual && calculatedDecimals(value, comparedDecimals(base, actual), actual.number);
    return [{ name, value, ...given("decimals", decimals) }];
  });
}
