import { type Decimal, decimalPlaces, fixedText } from "../../core/decimal.ts";
import type { Forecast } from "../../results/followup/forecast.ts";

/** What a chart over years shows. Years ascending. */
export interface YearChart {
  /** What is measured, for the text alternative: the picture itself has no title. */
  readonly title: string;
  /** »Mio. kr.« */
  readonly unit: string | undefined;
  readonly years: readonly ChartYear[];
}

/** One year's result, target and whatever it is compared with; what is not known is left out. */
export interface ChartYear {
  readonly year: number;
  readonly actual?: Decimal;
  /**
   * Given where the year is not over. Whether the target is reached is a forecast then, which is told and not made here: a
   * count that is too small may still grow.
   */
  readonly soFar?: { readonly forecast: Forecast | undefined };
  readonly target?: ChartTarget;
  readonly references?: readonly ChartReference[];
}

/** What a result is compared with. One that is calculated says how many decimals it has; it has no say in those of the others. */
export interface ChartReference {
  readonly name: string;
  readonly value: Decimal;
  readonly decimals?: number;
}

/** A tolerance is how far a result may be from zero, up or down. */
export type ChartTarget = { readonly kind: "atMost" | "atLeast" | "tolerance"; readonly value: Decimal };

/** What became of a target, or would if it were up to the number so far. */
export type Standing = "met" | "missed" | "open";

/** Undefined where there is no result or no target. */
export function standingOf({ actual, target, soFar }: ChartYear): Standing | undefined {
  if (!actual || !target) return undefined;
  if (soFar) return soFar.forecast && ({ holds: "met", fails: "missed", open: "open" } as const)[soFar.forecast];
  const met =
    target.kind === "atLeast"
      ? actual.gte(target.value)
      : (target.kind === "tolerance" ? actual.abs() : actual).lte(target.value);
  return met ? "met" : "missed";
}

/** The names of what results are compared with, in the order in which they first come. */
export function referenceNames(chart: YearChart): string[] {
  return [...new Set(chart.years.flatMap((year) => year.references?.map((reference) => reference.name) ?? []))];
}

/** Every number of the chart; a tolerance counts both ways. */
export function numbersOf(chart: YearChart): Decimal[] {
  return chart.years.flatMap(({ actual, target, references }) => [
    ...(actual ? [actual] : []),
    ...(target ? [target.value] : []),
    ...(target?.kind === "tolerance" ? [target.value.neg()] : []),
    ...(references ?? []).map((reference) => reference.value),
  ]);
}

/** Where a number's decimals do not end, or go on longer than anyone reads. */
const MOST_DECIMALS = 8;
const DECIMALS_OF_A_FRACTION = 2;

/** How many decimals the numbers of the chart are written with, so that bars are compared: as many as the longest reported one needs. */
export function decimalsOf(chart: YearChart): number {
  const reported = chart.years.map((year) => ({
    ...year,
    references: (year.references ?? []).filter(({ decimals }) => decimals === undefined),
  }));
  const places = numbersOf({ ...chart, years: reported }).map(
    (number) => decimalPlaces(number) ?? DECIMALS_OF_A_FRACTION,
  );
  return Math.min(MOST_DECIMALS, Math.max(0, ...places));
}

/** A number as charts print it, with a minus sign in place of the hyphen. */
export function figure(number: Decimal, decimals: number): string {
  return fixedText(number, decimals).replace("-", "−");
}
