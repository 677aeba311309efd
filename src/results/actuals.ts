import { inWords } from "../core/danish.ts";
import { findDanishDate, isoDate, parseIsoDate } from "../core/date.ts";
import { readDecimal } from "../core/decimal.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { Span } from "../core/source.ts";
import { measuredParts } from "../plan/criteria.ts";
import type { FrontMatter, Path } from "../plan/front-matter.ts";
import type { Measure } from "../plan/plan.ts";
import { isSameUnit, numberAndUnit } from "../plan/units.ts";
import type { Actual } from "./results.ts";
import type { WrittenPartResult } from "./schema.ts";

/** What was measured, and in what unit. */
export interface ReadActuals {
  readonly actuals: readonly Actual[];
  readonly unit: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a value is read as. */
type Wanted = "number" | "count" | "day";

/** What the key of a measured value is called, and the one for what is to be said of it in words. */
export interface MeasuredKey {
  readonly key: string;
  readonly words: string;
}

/** The key of results; follow-ups have another. */
export const resultKey: MeasuredKey = { key: "resultat", words: "opnået" };

/** Reads »1,3«, »1,3 mio. kr.«, »2022-06-28« and »ikke sket« as the measure's criterion wants them. */
export function readActuals(
  written: WrittenPartResult,
  measure: Measure,
  front: FrontMatter,
  path: Path,
  { key, words }: MeasuredKey = resultKey,
): ReadActuals {
  const values = written.resultat === undefined ? [] : [written.resultat].flat();
  const spanOf = (index: number) => front.spanOf([...path, key, ...(Array.isArray(written.resultat) ? [index] : [])]);
  const wanted = wantedKinds(measure);
  const miscounted = miscount(values.length, wanted, spanOf(0));
  // Which part a value is for cannot be told then, so neither what is wrong with it.
  if (miscounted) return { actuals: [], unit: measure.unit ?? written.enhed, diagnostics: [miscounted] };
  const diagnostics: Diagnostic[] = [];
  const units: { unit: string; span: Span }[] = [];
  if (written.enhed !== undefined) units.push({ unit: written.enhed, span: front.spanOf([...path, "enhed"]) });
  const actuals = values.flatMap((value, index) => {
    const span = spanOf(index);
    const read = readActual(value, wanted[index] ?? "number", { span, words });
    if ("problem" in read) {
      diagnostics.push(read.problem);
      return [];
    }
    if (read.unit !== "") units.push({ unit: read.unit, span });
    return [read.actual];
  });
  const agreed = measure.unit ?? units[0]?.unit;
  const where = measure.unit === undefined ? "et andet sted" : "i planen";
  for (const { unit, span } of units) {
    if (agreed === undefined || isSameUnit(unit, agreed)) continue;
    diagnostics.push(
      error("enhed-afviger", span, `Enheden er »${unit}«, men ${where} er den »${agreed}«.`, "Regn tallet om."),
    );
  }
  return { actuals, unit: agreed, diagnostics };
}

/** There is one value for everything that is measured, where one kind will do, or one for each part. */
function miscount(values: number, wanted: readonly Wanted[], span: Span): Diagnostic | undefined {
  if (values > 1 && values !== wanted.length)
    return wanted.length === 1
      ? error("resultat", span, `Der er ${inWords(values)} resultater, men der måles kun ét.`, "Skriv ét resultat.")
      : error(
          "resultat",
          span,
          `Der er ${inWords(values)} resultater, men kriteriet har ${inWords(wanted.length)} dele.`,
          "Skriv ét for hver del, i samme rækkefølge.",
        );
  if (values === 1 && new Set(wanted).size > 1)
    return error(
      "resultat",
      span,
      "Kriteriets dele måles forskelligt, så ét resultat er ikke nok.",
      "Skriv en liste med ét resultat for hver del, i samme rækkefølge.",
    );
  return undefined;
}

function wantedKinds(measure: Measure): Wanted[] {
  if (!measure.criterion) return ["number"];
  return measuredParts(measure.criterion).map(({ kind }) =>
    kind === "by" ? "day" : kind === "countAtLeast" ? "count" : "number",
  );
}

function readActual(
  value: string,
  wanted: Wanted,
  { span, words }: { readonly span: Span; readonly words: string },
): { actual: Actual; unit: string } | { problem: Diagnostic } {
  if (wanted === "day") {
    const date = parseIsoDate(value);
    if (date) return { actual: { kind: "day", date, span }, unit: "" };
    if (value.toLowerCase() === "ikke sket") return { actual: { kind: "never", span }, unit: "" };
    const meant = findDanishDate(value);
    const hint = meant ? `Skriv ${isoDate(meant)}.` : "Skriv dagen, eller »ikke sket«.";
    return {
      problem: wrongValue(span, `Resultatet skal være en dato som 2022-12-31; her står »${short(value)}«.`, hint),
    };
  }
  const { number: written, unit } = numberAndUnit(value) ?? { number: "", unit: "" };
  const read = readDecimal(written);
  if (!read) {
    const hint = `Skriv tallet, eventuelt med enhed. En forklaring i ord kan stå under »${words}«.`;
    return {
      problem: wrongValue(span, `Resultatet skal være et tal, for eksempel 12,5; her står »${short(value)}«.`, hint),
    };
  }
  const { value: number, decimals } = read;
  if (wanted === "count" && (number.d !== 1n || number.compare(0) < 0))
    return { problem: wrongValue(span, `Et antal skal være et helt tal; her står »${short(value)}«.`) };
  return { actual: { kind: "number", number, decimals, span }, unit };
}

function wrongValue(span: Span, message: string, hint?: string): Diagnostic {
  return error("forkert-værdi", span, message, hint);
}

function short(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}…` : value;
}
