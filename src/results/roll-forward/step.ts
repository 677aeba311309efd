import { addDays, addYears } from "../../core/calendar.ts";
import { isoDate, type LocalDate, parseIsoDate } from "../../core/date.ts";
import type { Period } from "../../plan/plan.ts";

/** No plan is for more years: what is further from a year is not the end of a period that begins with it. */
const LONGEST_PERIOD = 10;

/** How far a plan is moved. */
export interface Step {
  /** So many years: as many as the period has begun. */
  readonly years: number;
  readonly from: Period;
  /** Whether the period is whole years, so that the next begins where it ends. */
  readonly whole: boolean;
}

/** The step from a plan's period to the next. */
export function stepFrom(period: Period): Step {
  const { from, to } = period;
  const after = addDays(to, 1);
  const months = (after.year - from.year) * 12 + after.month - from.month;
  return {
    years: Math.max(1, Math.ceil(months / 12)),
    from: period,
    whole: months % 12 === 0 && after.day === from.day,
  };
}

/** A day moved by a step. */
export function movedDay(day: LocalDate, { years }: Step): LocalDate {
  return addYears(day, years);
}

/** A date as it is written, `2022-12-31`, moved by a step; what is no date stays, but for the year in »2. kvartal 2022«. */
export function movedDeadline(written: string, step: Step): string {
  const date = parseIsoDate(written.trim());
  return date ? isoDate(movedDay(date, step)) : movedYears(written, step);
}

/** A text in which the years of the period are moved, and all others stay. */
export function movedYears(text: string, { years, from: { from, to } }: Step): string {
  return shiftedYears(text, years, (year) => year >= from.year && year <= to.year);
}

/**
 * A text in which years are moved, all or those that are meant. A second year in two figures goes along with the first:
 * »2022/23« is the school year after »2021/22«, but the 08 of »2022-08« is no year.
 */
export function shiftedYears(text: string, by: number, isMeant: (year: number) => boolean = () => true): string {
  return text.replace(
    /(?<!\d)(\d{4})(?:([-–/])(\d{2}))?(?!\d)/g,
    (whole, first: string, mark?: string, second?: string) => {
      const year = Number(first);
      if (!isMeant(year)) return whole;
      if (mark === undefined || second === undefined) return String(year + by);
      const apart = (Number(second) - (year % 100) + 100) % 100;
      const isYear = apart >= 1 && apart <= LONGEST_PERIOD;
      return `${year + by}${mark}${isYear ? String(year + by + apart).slice(-2) : second}`;
    },
  );
}
