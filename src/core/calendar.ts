import type { LocalDate } from "./date.ts";

/** The days of the week, Sunday first as `Date` counts them. */
export const weekdays = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"] as const;

/** The day so many calendar days after another; before it, where the number is negative. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromUtc(new Date(Date.UTC(date.year, date.month - 1, date.day + days)));
}

/** How many days there are from one day to another; negative where the other is before it. */
export function daysFromTo(from: LocalDate, to: LocalDate): number {
  const at = ({ year, month, day }: LocalDate) => Date.UTC(year, month - 1, day);
  return (at(to) - at(from)) / 86_400_000;
}

/** 0 for Sunday to 6 for Saturday. */
export function dayOfWeek(date: LocalDate): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
}

/** The last day of a month, 1 for January. */
export function endOfMonth(year: number, month: number): LocalDate {
  return fromUtc(new Date(Date.UTC(year, month, 0)));
}

/** The same day so many years later; 29 February becomes 28 February where there is none, and the end of February its end. */
export function addYears(date: LocalDate, years: number): LocalDate {
  const year = date.year + years;
  const last = endOfMonth(year, date.month);
  const wasLast = date.month === 2 && date.day === endOfMonth(date.year, 2).day;
  return wasLast || date.day > last.day ? last : { ...date, year };
}

function fromUtc(date: Date): LocalDate {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
