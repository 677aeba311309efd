import { shortened, textWidth } from "./measure.ts";
import { type ChartTarget, referenceNames, standingOf, type YearChart } from "./model.ts";
import type { TargetsUnderYears } from "./rows.ts";
import { ENTRY_GAP, SWATCH, WIDTH } from "./sizes.ts";
import { NO_RESULT, oneLine, targetPrefix, targetWords } from "./words.ts";

/** A sign in the picture and what it stands for. */
export interface LegendEntry {
  readonly sign: "result" | "missed" | "open" | "missing" | "limit" | "tolerance" | "reference";
  /** Which of the references. */
  readonly index: number;
  readonly text: string;
}

/** An entry and where it begins. */
export interface PlacedEntry extends LegendEntry {
  readonly left: number;
}

/** How the chart tells what has no words of its own in the picture. */
export interface Telling {
  readonly decimals: number;
  readonly targets: TargetsUnderYears;
  /** Whether a dash stands for a missing result. */
  readonly dashes: boolean;
}

/** What the signs of the chart mean; nothing where there are only results. */
export function legendEntries(chart: YearChart, telling: Telling): LegendEntry[] {
  const entries = [
    ...resultEntries(chart, telling),
    ...targetEntry(chart, "limit", telling),
    ...targetEntry(chart, "tolerance", telling),
    ...referenceNames(chart).map((name, index) => ({ sign: "reference" as const, index, text: oneLine(name) })),
  ];
  return entries.length > 1 ? entries : [];
}

function resultEntries({ years }: YearChart, { dashes }: Telling): LegendEntry[] {
  const results = years.filter((year) => year.actual);
  const missed = results.filter((year) => standingOf(year) === "missed");
  const open = results.filter((year) => standingOf(year) === "open");
  const others = results.filter((year) => !missed.includes(year) && !open.includes(year));
  return [
    ...(others.length > 0 ? [{ sign: "result" as const, index: 0, text: resultText(others) }] : []),
    ...(missed.length > 0 ? [{ sign: "missed" as const, index: 0, text: missedText(missed) }] : []),
    ...(open.length > 0 ? [{ sign: "open" as const, index: 0, text: "Tal indtil nu, prognose: åben" }] : []),
    ...(dashes && results.length < years.length ? [{ sign: "missing" as const, index: 0, text: NO_RESULT }] : []),
  ];
}

function resultText(results: YearChart["years"]): string {
  return results.every(({ soFar }) => soFar) ? "Tal indtil nu" : "Resultat";
}

/** A number so far misses nothing yet: what it would miss is a forecast. */
function missedText(missed: YearChart["years"]): string {
  if (missed.every(({ soFar }) => soFar)) return "Tal indtil nu, prognose: ikke nået";
  return missed.some(({ soFar }) => soFar) ? "Mål ikke nået, i år som prognose" : "Resultat, mål ikke nået";
}

function targetEntry(chart: YearChart, sign: "limit" | "tolerance", telling: Telling): LegendEntry[] {
  const targets = chart.years.flatMap(({ target }) => (target && signOf(target) === sign ? [target] : []));
  const words = new Set(targets.map((target) => targetWords(target, telling.decimals)));
  const [prefix, ...others] = new Set(targets.map(({ kind }) => targetPrefix(kind)));
  if (prefix === undefined) return [];
  return [{ sign, index: 0, text: targetText(others.length === 0 ? prefix : undefined, [...words], telling.targets) }];
}

/** A limit is a line, a tolerance an area. */
function signOf({ kind }: ChartTarget): "limit" | "tolerance" {
  return kind === "tolerance" ? "tolerance" : "limit";
}

function targetText(prefix: string | undefined, words: readonly string[], told: TargetsUnderYears): string {
  if (told === "words" || prefix === undefined) return "Mål";
  if (told === "numbers") return `Mål: ${prefix} tallet under året`;
  return words.length === 1 ? `Mål: ${words[0]}` : `Mål (${prefix})`;
}

/** Fills row by row. */
export function legendRows(entries: readonly LegendEntry[], left: number): PlacedEntry[][] {
  const rows: PlacedEntry[][] = [];
  let next = WIDTH + ENTRY_GAP;
  for (const entry of entries) {
    const text = shortened(entry.text, WIDTH - left - SWATCH);
    const width = SWATCH + textWidth(text);
    if (next + width > WIDTH) {
      rows.push([]);
      next = left;
    }
    rows.at(-1)?.push({ ...entry, text, left: next });
    next += width + ENTRY_GAP;
  }
  return rows;
}
