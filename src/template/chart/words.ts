import { stopped } from "../../core/danish.ts";
import { type ChartTarget, type ChartYear, decimalsOf, figure, standingOf, type YearChart } from "./model.ts";

/** What a chart says where there is no result. */
export const NO_RESULT = "ikke opgjort";

/** »højst 1,0«. */
export function targetWords({ kind, value }: ChartTarget, decimals: number): string {
  return `${targetPrefix(kind)} ${figure(value, decimals)}`;
}

/** What stands before a target's number. */
export function targetPrefix(kind: ChartTarget["kind"]): string {
  return { atMost: "højst", atLeast: "mindst", tolerance: "højst +/-" }[kind];
}

/** »nået«, »ikke nået«, or nothing where nothing is said of it; a forecast may be open, too. */
export function statusWords(year: ChartYear): string | undefined {
  const standing = standingOf(year);
  if (standing === undefined) return undefined;
  return `${year.soFar ? "prognose: " : ""}${{ met: "nået", missed: "ikke nået", open: "åben" }[standing]}`;
}

/** All that the picture shows, for those who do not see it. */
export function alternativeText(chart: YearChart): string {
  const decimals = decimalsOf(chart);
  const subject = `Søjlediagram over ${oneLine(chart.title)}${chart.unit ? ` i ${midSentence(oneLine(chart.unit))}` : ""}`;
  return [subject, ...chart.years.map((year) => yearWords(year, decimals))].map(stopped).join(" ");
}

/** Text on one line, without blanks around it or control characters, which XML does not know. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

function yearWords(year: ChartYear, decimals: number): string {
  const { actual, target, references = [] } = year;
  const status = statusWords(year);
  const parts = [
    actual ? `${year.soFar ? "indtil nu" : "resultat"} ${figure(actual, decimals)}` : NO_RESULT,
    ...(target ? [`mål ${targetWords(target, decimals)}`] : []),
    ...references.map((one) => `${oneLine(one.name)} ${figure(one.value, one.decimals ?? decimals)}`),
  ];
  return `${year.year}: ${parts.join(", ")}${status ? ` (${status})` : ""}`;
}

/** »Mio. kr.« is »mio. kr.« within a sentence, but »GWh« and »DKK« stay. */
function midSentence(unit: string): string {
  return /^\p{Lu}\p{Ll}+(?![\p{L}])/u.test(unit) ? unit.charAt(0).toLowerCase() + unit.slice(1) : unit;
}
