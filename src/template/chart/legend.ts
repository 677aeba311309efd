import { isMet, referenceNames, type YearChart } from "./model.ts";
import { oneLine, targetWords } from "./words.ts";

/** A sign in the picture and what it stands for. */
export interface LegendEntry {
  readonly sign: "result" | "missed" | "limit" | "tolerance" | "reference";
  /** Which of the references. */
  readonly index: number;
  readonly text: string;
}

/** What the signs of the chart mean; targets by their words unless they stand under the years. */
export function legendEntries(chart: YearChart, decimals: number, targetsUnderYears: boolean): LegendEntry[] {
  const results = chart.years.filter((year) => year.actual);
  const missed = results.filter((year) => isMet(year) === false);
  const entries: LegendEntry[] = [];
  const add = (sign: LegendEntry["sign"], text: string, index = 0) => entries.push({ sign, index, text });
  if (missed.length < results.length) add("result", "Resultat");
  if (missed.length > 0) add("missed", "Resultat, mål ikke nået");
  for (const sign of ["limit", "tolerance"] as const) {
    const targets = chart.years.flatMap(({ target }) => (target && signOf(target.kind) === sign ? [target] : []));
    const words = [...new Set(targets.map((target) => targetWords(target, decimals)))];
    if (words.length === 0) continue;
    const told = words.length === 1 && !targetsUnderYears;
    const kinds = new Set(
      targets.map(({ kind }) => ({ atMost: "højst", atLeast: "mindst", tolerance: "højst +/-" })[kind]),
    );
    add(sign, told ? `Mål: ${words[0]}` : targetsUnderYears || kinds.size > 1 ? "Mål" : `Mål (${[...kinds][0]})`);
  }
  for (const [index, name] of referenceNames(chart).entries()) add("reference", oneLine(name), index);
  return entries.length > 1 ? entries : [];
}

/** A limit is a line, a tolerance an area. */
export function signOf(kind: "atMost" | "atLeast" | "tolerance"): "limit" | "tolerance" {
  return kind === "tolerance" ? "tolerance" : "limit";
}
