import { textWidth } from "./measure.ts";
import { type ChartYear, figure, standingOf, type YearChart } from "./model.ts";
import { statusWords, targetPrefix, targetWords } from "./words.ts";

/** A line of text under a year. */
export interface RowLine {
  readonly text: string;
  readonly strong: boolean;
}

/** How targets are told under the years: in words, as numbers, or not at all, because they are all the same or there is no room. */
export type TargetsUnderYears = "words" | "numbers" | "none";

/** What stands under each year: its target where they differ, and whether the result met it. */
export interface YearRows {
  readonly lines: readonly (readonly RowLine[])[];
  readonly targets: TargetsUnderYears;
}

/** Writes the lines under the years, of which each has the width of `band`. */
export function yearRows(chart: YearChart, band: number, decimals: number): YearRows {
  const fits = (text: string) => textWidth(text) <= band - 4;
  const targets = targetTexts(chart, decimals, fits);
  const lines = chart.years.map((year, index) => [
    ...targets.texts.slice(index, index + 1).map((text) => ({ text, strong: false })),
    ...statusLines(year, fits),
  ]);
  return { lines, targets: targets.told };
}

function targetTexts(chart: YearChart, decimals: number, fits: (text: string) => boolean) {
  const targets = chart.years.map(({ target }) => target);
  const words = targets.map((target) => (target ? targetWords(target, decimals) : "–"));
  const numbers = targets.map((target) => (target ? figure(target.value, decimals) : "–"));
  const kinds = new Set(targets.flatMap((target) => (target ? [targetPrefix(target.kind)] : [])));
  const differ = new Set(words.filter((_, index) => targets[index])).size > 1;
  if (differ && words.every(fits)) return { told: "words" as const, texts: words };
  if (differ && kinds.size === 1 && numbers.every(fits)) return { told: "numbers" as const, texts: numbers };
  return { told: "none" as const, texts: [] };
}

function statusLines(year: ChartYear, fits: (text: string) => boolean): RowLine[] {
  const status = statusWords(year);
  const lines = status ? (fits(status) ? [status] : status.split(" ")) : [];
  return lines.map((text) => ({ text, strong: standingOf(year) === "missed" }));
}
