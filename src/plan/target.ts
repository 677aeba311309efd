import { findDanishDate, type LocalDate } from "../core/date.ts";
import { type Decimal, parseDecimal } from "../core/decimal.ts";
import type { Criterion, Measure } from "./plan.ts";
import { isPercent, isSameUnit, numberAndUnit } from "./units.ts";

/** The criteria whose limit is one number. */
export type LimitKind = Extract<Criterion, { readonly limit: Decimal }>["kind"];

/** What a target's cell says as a number. */
export interface WrittenTarget {
  readonly value: Decimal;
  /** The way that the words in front of the number say; undefined where there are none. */
  readonly kind: "tolerance" | "atMost" | "atLeast" | undefined;
}

const most = "højst|maks(?:imalt|imum|\\.)?|max\\.?|ikke over|≤|<=";
const least = "mindst|min(?:imum|\\.)?|ikke under|≥|>=";

/** What may stand in front of a target's number, and the way that it says: »maks. +/-« is a tolerance. */
const words = new RegExp(
  `^(?:(?<tolerance>(?:(?:${most})\\s*)?(?:\\+/?-|±))|(?<atMost>${most})|(?<atLeast>${least}))?\\s*`,
  "i",
);

/**
 * Reads a cell such as »mindst 85«, »højst 30 dage«, »+/- 1,0« or »85«; undefined for any other words, and for a number in
 * another unit than its measure's, which is another number. »over« and »under« leave the limit itself out: no criterion does.
 */
export function readTarget(text: string, { unit }: Pick<Measure, "unit">): WrittenTarget | undefined {
  const said = words.exec(text)?.groups;
  const written = numberAndUnit(withoutWords(text));
  const value = written && parseDecimal(written.number);
  if (!value || !isUnitOf(written.unit, unit)) return undefined;
  const ways = ["tolerance", "atMost", "atLeast"] as const;
  return { value, kind: ways.find((way) => said?.[way] !== undefined) };
}

/** Reads a cell that is a day and nothing more: »senest 1. juli 2027«, »01.07.2027«; »inden 1. juli« is the day before. */
export function readTargetDay(text: string): LocalDate | undefined {
  const [, day = ""] =
    /^(?:senest\s+)?(?:den\s+|d\.\s*)?(\d{1,2}(?:\.?\s*\p{L}+\.?\s+|[\s\d./-]+)\d{4})$/iu.exec(text.trim()) ?? [];
  return findDanishDate(day);
}

/** A cell without the words in front of its number. */
export function withoutWords(text: string): string {
  return text.replace(words, "").trim();
}

/** Whether a cell's unit is that of its measure. Per cent need not be told there. */
function isUnitOf(written: string, unit: string | undefined): boolean {
  if (written === "") return true;
  return unit === undefined ? isPercent(written) : isSameUnit(written, unit);
}
