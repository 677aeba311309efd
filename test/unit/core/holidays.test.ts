import { describe, expect, test } from "vitest";
import { addDays, addYears, dayOfWeek, endOfMonth } from "../../../src/core/calendar.ts";
import { isoDate, type LocalDate, parseIsoDate } from "../../../src/core/date.ts";
import { addWorkdays, dayOff, easter, onWorkday } from "../../../src/core/holidays.ts";

const day = (text: string): LocalDate => {
  const date = parseIsoDate(text);
  if (!date) throw new Error(text);
  return date;
};

test("Easter Sunday falls on the days that almanacs give", () => {
  const almanac = [
    "2018-04-01",
    "2019-04-21",
    "2020-04-12",
    "2021-04-04",
    "2022-04-17",
    "2023-04-09",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
    "2028-04-16",
    "2029-04-01",
    "2030-04-21",
    // The earliest and the latest that there are.
    "1818-03-22",
    "2038-04-25",
  ];
  expect(almanac.map((date) => isoDate(easter(day(date).year)))).toEqual(almanac);
});

describe("days off", () => {
  test.each([
    ["2022-01-01", "nytårsdag"],
    ["2022-04-14", "skærtorsdag"],
    ["2022-04-15", "langfredag"],
    ["2022-04-17", "påskedag"],
    ["2022-04-18", "2. påskedag"],
    ["2023-05-05", "store bededag"],
    ["2022-05-26", "Kristi himmelfartsdag"],
    ["2024-05-09", "Kristi himmelfartsdag"],
    ["2022-06-05", "pinsedag"],
    ["2025-06-05", "grundlovsdag"],
    ["2022-06-06", "2. pinsedag"],
    ["2025-12-24", "juleaftensdag"],
    ["2025-12-25", "juledag"],
    ["2025-12-26", "2. juledag"],
    ["2025-12-31", "nytårsaftensdag"],
    ["2024-02-24", "lørdag"],
    ["2024-02-25", "søndag"],
  ])("%s is %s", (date, name) => {
    expect(dayOff(day(date))).toBe(name);
  });

  test.each([
    ["2024-02-29", "leap day, a Thursday"],
    ["2024-04-26", "what was store bededag until 2023"],
    ["2022-05-27", "the Friday after Kristi himmelfartsdag, when only banks are closed"],
    ["2024-04-16", "a day that was store bededag in no year"],
    ["2025-05-01", "1 May"],
  ])("%s is none: %s", (date) => {
    expect(dayOff(day(date))).toBeUndefined();
  });
});

describe("a deadline on a day off", () => {
  test.each([
    // The whole of Easter; 31 December before a week-end; 31 December on a Sunday; Christmas; Whitsun on grundlovsdag.
    ["2022-04-14", "2022-04-13", "2022-04-19"],
    ["2021-12-31", "2021-12-30", "2022-01-03"],
    ["2023-12-31", "2023-12-29", "2024-01-02"],
    ["2024-12-24", "2024-12-23", "2024-12-27"],
    ["2022-06-05", "2022-06-03", "2022-06-07"],
    ["2020-02-29", "2020-02-28", "2020-03-02"],
    ["2024-02-29", "2024-02-29", "2024-02-29"],
  ])("%s is moved back to %s or on to %s", (date, previous, next) => {
    expect(isoDate(onWorkday(day(date), "previous"))).toBe(previous);
    expect(isoDate(onWorkday(day(date), "next"))).toBe(next);
    expect(isoDate(onWorkday(day(date), "unchanged"))).toBe(date);
  });
});

test("working days are counted past New Year and Easter", () => {
  expect(isoDate(addWorkdays(day("2026-12-31"), 10))).toBe("2027-01-15");
  expect(isoDate(addWorkdays(day("2021-03-31"), 5))).toBe("2021-04-12");
  expect(isoDate(addWorkdays(day("2021-03-31"), 0))).toBe("2021-03-31");
});

test("the calendar knows its leap years", () => {
  expect(isoDate(addDays(day("2024-02-28"), 1))).toBe("2024-02-29");
  expect(isoDate(addDays(day("2023-02-28"), 1))).toBe("2023-03-01");
  expect(isoDate(addDays(day("2024-03-01"), -1))).toBe("2024-02-29");
  expect(isoDate(endOfMonth(2100, 2))).toBe("2100-02-28");
  expect(isoDate(addYears(day("2024-02-29"), 1))).toBe("2025-02-28");
  expect(isoDate(addYears(day("2023-02-28"), 1))).toBe("2024-02-29");
  expect(isoDate(addYears(day("2023-12-31"), 4))).toBe("2027-12-31");
  expect(dayOfWeek(day("2024-02-29"))).toBe(4);
});
