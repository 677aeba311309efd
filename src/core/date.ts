import { monthNumber } from "./danish.ts";

/** A day in the calendar, without time or zone: plans agree on days. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Reads `2022-12-31`; undefined for anything else and for days that do not exist. */
export function parseIsoDate(text: string): LocalDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? existing(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/**
 * Finds the day in the ways that Danes write it: »9. december 2021«, »6/12-2017«, »27/11 - 2017«, »27.11.2017«,
 * anywhere in a text.
 */
export function findDanishDate(text: string): LocalDate | undefined {
  const named = /(\d{1,2})\.?\s*([a-zæøå]{3,})\.?\s+(\d{4})/i.exec(text);
  const month = named ? monthNumber(named[2] ?? "") : undefined;
  if (named && month) return existing(Number(named[3]), month, Number(named[1]));
  const numeric = /(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[.\-/]\s*(\d{4})/.exec(text);
  return numeric ? existing(Number(numeric[3]), Number(numeric[2]), Number(numeric[1])) : undefined;
}

/** `2022-12-31`. */
export function isoDate(date: LocalDate): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${String(date.year).padStart(4, "0")}-${two(date.month)}-${two(date.day)}`;
}

/** Negative when `a` is before `b`, 0 on the same day, positive after. */
export function compareDates(a: LocalDate, b: LocalDate): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

function existing(year: number, month: number, day: number): LocalDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? { year, month, day } : undefined;
}
