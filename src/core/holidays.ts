import { addDays, dayOfWeek } from "./calendar.ts";
import { isoDate, type LocalDate } from "./date.ts";

/** The last year in which store bededag was a holiday: abolished from 2024 by lov nr. 214 af 6. marts 2023. */
const LAST_PRAYER_DAY = 2023;

/** What is done with a deadline that falls on a day when nobody is at work. */
export type WorkdayRule = "next" | "previous" | "unchanged";

/**
 * Why a day is no working day, in Danish: »lørdag«, »langfredag«; undefined for a working day. The church's holidays are
 * free, and so are grundlovsdag, 24 and 31 December, which are no holidays by law, but on which offices are closed. The
 * Friday after Kristi himmelfartsdag is a working day: only banks are closed.
 */
export function dayOff(date: LocalDate): string | undefined {
  const holiday = daysOffIn(date.year).get(isoDate(date));
  if (holiday !== undefined) return holiday;
  const day = dayOfWeek(date);
  return day === 6 ? "lørdag" : day === 0 ? "søndag" : undefined;
}

/** A deadline moved to a working day as a rule has it. */
export function onWorkday(date: LocalDate, rule: WorkdayRule): LocalDate {
  if (rule === "unchanged") return date;
  let day = date;
  while (dayOff(day) !== undefined) day = addDays(day, rule === "next" ? 1 : -1);
  return day;
}

/** The day so many working days after another, which itself does not count. */
export function addWorkdays(date: LocalDate, count: number): LocalDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (dayOff(day) === undefined) left--;
  }
  return day;
}

/** Easter Sunday of a year in the Gregorian calendar, by the rule of Meeus, Jones and Butcher. */
export function easter(year: number): LocalDate {
  const [golden, century, ofCentury] = [year % 19, Math.floor(year / 100), year % 100];
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const month = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * month + 114;
  return { year, month: Math.floor(sum / 31), day: (sum % 31) + 1 };
}

const known = new Map<number, ReadonlyMap<string, string>>();

/** The days off of a year that do not follow from the week, by their dates. */
function daysOffIn(year: number): ReadonlyMap<string, string> {
  const before = known.get(year);
  if (before) return before;
  const sunday = easter(year);
  const moving: readonly (readonly [number, string])[] = [
    [-3, "skærtorsdag"],
    [-2, "langfredag"],
    [0, "påskedag"],
    [1, "2. påskedag"],
    ...(year <= LAST_PRAYER_DAY ? [[26, "store bededag"] as const] : []),
    [39, "Kristi himmelfartsdag"],
    [49, "pinsedag"],
    [50, "2. pinsedag"],
  ];
  const days = new Map([
    [isoDate({ year, month: 1, day: 1 }), "nytårsdag"],
    [isoDate({ year, month: 6, day: 5 }), "grundlovsdag"],
    [isoDate({ year, month: 12, day: 24 }), "juleaftensdag"],
    [isoDate({ year, month: 12, day: 25 }), "juledag"],
    [isoDate({ year, month: 12, day: 26 }), "2. juledag"],
    [isoDate({ year, month: 12, day: 31 }), "nytårsaftensdag"],
    ...moving.map(([after, name]) => [isoDate(addDays(sunday, after)), name] as const),
  ]);
  known.set(year, days);
  return days;
}
