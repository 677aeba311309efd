import { addDays, addYears } from "../../core/calendar.ts";
import { isoDate, type LocalDate, parseIsoDate } from "../../core/date.ts";
import type { Period } from "../../plan/plan.ts";

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
  return text.replace(/(?<!\d)\d{4}(?!\d)/g, (digits) => {
    const year = Number(digits);
    return year >= from.year && year <= to.year ? String(year + years) : digits;
  });
}
