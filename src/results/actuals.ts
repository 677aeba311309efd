import { findDanishDate, isoDate, parseIsoDate } from "../core/date.ts";
import { parseDecimal } from "../core/decimal.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { Span } from "../core/source.ts";
import type { FrontMatter, Path } from "../plan/front-matter.ts";
import type { Measure } from "../plan/plan.ts";
import { measuredParts } from "./criteria.ts";
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

/** Reads »1,3«, »1,3 mio. kr.«, »2022-06-28« and »ikke sket« as the measure's criterion wants them. */
export function readActuals(written: WrittenPartResult, measure: Measure, front: FrontMatter, path: Path): ReadActuals {
  const values = written.resultat === undefined ? [] : [written.resultat].flat();
  const spanOf = (index: number) =>
    front.spanOf([...path, "resultat", ...(Array.isArray(written.resultat) ? [index] : [])]);
  const wanted = wantedKinds(measure);
  const diagnostics: Diagnostic[] = [];
  if (values.length > 1 && values.length !== wanted.length) {
    const many = `Der er ${values.length} resultater, men kriteriet har ${wanted.length} dele`;
    diagnostics.push(error("resultat", spanOf(0), `${many}.`, "Skriv ét for hver del, i samme rækkefølge."));
  } else if (values.length === 1 && new Set(wanted).size > 1) {
    diagnostics.push(
      error(
        "resultat",
        spanOf(0),
        "Kriteriets dele måles forskelligt, så ét resultat er ikke nok.",
        "Skriv en liste med ét resultat for hver del, i samme rækkefølge.",
      ),
    );
  }
  const units: { unit: string; span: Span }[] = [];
  if (written.enhed !== undefined) units.push({ unit: written.enhed, span: front.spanOf([...path, "enhed"]) });
  const actuals = values.flatMap((value, index) => {
    const span = spanOf(index);
    const read = readActual(value, wanted[index] ?? "number", span);
    if ("problem" in read) {
      diagnostics.push(read.problem);
      return [];
    }
    if (read.unit !== "") units.push({ unit: read.unit, span });
    return [read.actual];
  });
  for (const { unit, span } of units) {
    if (measure.unit === undefined || same(unit, measure.unit)) continue;
    diagnostics.push(
      error("enhed-afviger", span, `Enheden er »${unit}«, men i planen er den »${measure.unit}«.`, "Regn tallet om."),
    );
  }
  return { actuals, unit: measure.unit ?? units[0]?.unit, diagnostics };
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
  span: Span,
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
  const [, written = "", unit = ""] = /^([^\s\p{L}%]{1,30})(?:\s+(.{1,40}))?$/u.exec(value) ?? [];
  const number = parseDecimal(written);
  if (!number) {
    const hint = "Skriv tallet, eventuelt med enhed. En forklaring i ord kan stå under »opnået«.";
    return {
      problem: wrongValue(span, `Resultatet skal være et tal, for eksempel 12,5; her står »${short(value)}«.`, hint),
    };
  }
  if (wanted === "count" && (number.d !== 1n || number.compare(0) < 0))
    return { problem: wrongValue(span, `Et antal skal være et helt tal; her står »${short(value)}«.`) };
  return { actual: { kind: "number", number, decimals: writtenDecimals(written), span }, unit };
}

/** How many decimals a number is written with; a point that parts thousands is none. */
function writtenDecimals(written: string): number {
  return /(?:,|^[+\-−]?\d+\.(?!\d{3}$))(\d+)$/.exec(written)?.[1]?.length ?? 0;
}

function wrongValue(span: Span, message: string, hint?: string): Diagnostic {
  return error("forkert-værdi", span, message, hint);
}

function same(a: string, b: string): boolean {
  const plain = (unit: string) => unit.toLowerCase().replace("%", "pct").replace(/[\s.]/g, "");
  return plain(a) === plain(b);
}

function short(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}…` : value;
}
