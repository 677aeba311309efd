import { addDays, endOfMonth } from "../core/calendar.ts";
import { monthNumber } from "../core/danish.ts";
import { compareDates, isoDate, type LocalDate, parseIsoDate } from "../core/date.ts";
import { addWorkdays } from "../core/holidays.ts";

/** A deadline as a plan writes it: a day, a day of the year, or so long after something has ended. */
export type DeadlineRule =
  | { readonly kind: "day"; readonly date: LocalDate }
  /** »15. marts«, »15. marts året efter«. */
  | { readonly kind: "dayOfYear"; readonly month: number; readonly day: number; readonly yearAfter: boolean }
  | { readonly kind: "after"; readonly count: number; readonly unit: Unit; readonly end: End };

type Unit = "days" | "weeks" | "workdays";

/** What a deadline counts from: the last day of a quarter or half of a year, or of the plan's period. */
type End =
  | { readonly kind: "part"; readonly months: 3 | 6; readonly number: number; readonly year?: number }
  | { readonly kind: "period" };

const units: Readonly<Record<string, Unit>> = {
  dag: "days",
  dage: "days",
  kalenderdag: "days",
  kalenderdage: "days",
  uge: "weeks",
  uger: "weeks",
  hverdag: "workdays",
  hverdage: "workdays",
  arbejdsdag: "workdays",
  arbejdsdage: "workdays",
};

const after = new RegExp(
  `^(\\d{1,3}) (${Object.keys(units).join("|")}) efter (?:(?:udgangen|afslutningen|udløbet) af )?(?:([1-4])\\. (kvartal|halvår)(?: (\\d{4}))?|(året|årets udgang|perioden|periodens udløb))$`,
  "iu",
);
const dayOfYear = /^(\d{1,2})\. ?(\p{L}+)( året efter)?$/u;

/** Reads `2027-07-14`, »14 dage efter 2. kvartal« or »15. marts året efter«; undefined for anything else. */
export function parseDeadlineRule(text: string): DeadlineRule | undefined {
  const written = text.trim().replace(/\s+/g, " ");
  const date = parseIsoDate(written);
  if (date) return { kind: "day", date };
  const counted = after.exec(written);
  if (counted) return countedRule(counted);
  const [, day = "", name = "", yearAfter] = dayOfYear.exec(written) ?? [];
  const month = monthNumber(name);
  // A day that no year has; 29 February has its years.
  if (month === undefined || Number(day) < 1 || Number(day) > endOfMonth(2024, month).day) return undefined;
  return { kind: "dayOfYear", month, day: Number(day), yearAfter: yearAfter !== undefined };
}

function countedRule([, count, unit = "", number, part, year]: RegExpExecArray): DeadlineRule | undefined {
  const months = part?.toLowerCase() === "halvår" ? 6 : 3;
  if (number !== undefined && Number(number) > 12 / months) return undefined;
  const end: End =
    number === undefined
      ? { kind: "period" }
      : { kind: "part", months, number: Number(number), ...(year !== undefined && { year: Number(year) }) };
  return { kind: "after", count: Number(count), unit: units[unit.toLowerCase()] ?? "days", end };
}

/** The first and last day of a plan. */
interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The day that a rule gives in a plan's period; undefined where the period has no such day, or several. */
export function dayOfRule(rule: DeadlineRule, period: Days): LocalDate | undefined {
  switch (rule.kind) {
    case "day":
      return rule.date;
    case "dayOfYear": {
      const inYear = (year: number) => parseIsoDate(isoDate({ year, month: rule.month, day: rule.day }));
      return rule.yearAfter ? inYear(period.to.year + 1) : onlyOne(yearsOf(period).map(inYear), period);
    }
    case "after": {
      const end = rule.end.kind === "period" ? period.to : endOfPart(rule.end, period);
      return end && later(end, rule.count, rule.unit);
    }
  }
}

function endOfPart(part: Extract<End, { kind: "part" }>, period: Days): LocalDate | undefined {
  const inYear = (year: number) => endOfMonth(year, part.months * part.number);
  return part.year === undefined ? onlyOne(yearsOf(period).map(inYear), period) : inYear(part.year);
}

function later(end: LocalDate, count: number, unit: Unit): LocalDate {
  if (unit === "workdays") return addWorkdays(end, count);
  return addDays(end, unit === "weeks" ? count * 7 : count);
}

/** More years than a plan has: it is told elsewhere that its period is wrong. */
const MANY_YEARS = 30;

function yearsOf({ from, to }: Days): number[] {
  const count = Math.min(Math.max(to.year - from.year + 1, 0), MANY_YEARS);
  return Array.from({ length: count }, (_, index) => from.year + index);
}

function onlyOne(days: readonly (LocalDate | undefined)[], { from, to }: Days): LocalDate | undefined {
  const inside = days.filter((day) => day && compareDates(day, from) >= 0 && compareDates(day, to) <= 0);
  return inside.length === 1 ? inside[0] : undefined;
}
