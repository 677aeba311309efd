import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findDanishDate, isoDate, type LocalDate } from "../../../src/core/date.ts";
import { onWorkday } from "../../../src/core/holidays.ts";
import { dayOfRule, parseDeadlineRule } from "../../../src/plan/deadline-rule.ts";
import { codeIn, language, tableUnder } from "../../support/guides.ts";

const year = (first: number, last = first): { from: LocalDate; to: LocalDate } => ({
  from: { year: first, month: 1, day: 1 },
  to: { year: last, month: 12, day: 31 },
});

function dayOf(rule: string, period = year(2022)): string | undefined {
  const parsed = parseDeadlineRule(rule);
  const day = parsed && dayOfRule(parsed, period);
  return day && isoDate(day);
}

describe("the rule of the plan of 2022: 14 calendar days after the quarter", () => {
  // Reckoned with a calendar on paper: the year, 14 July or the working day after it, 14 January likewise.
  test.each([
    [2018, "2018-07-16", "2019-01-14"],
    [2019, "2019-07-15", "2020-01-14"],
    [2020, "2020-07-14", "2021-01-14"],
    [2021, "2021-07-14", "2022-01-14"],
    [2022, "2022-07-14", "2023-01-16"],
    [2023, "2023-07-14", "2024-01-15"],
    [2024, "2024-07-15", "2025-01-14"],
    [2025, "2025-07-14", "2026-01-14"],
    [2026, "2026-07-14", "2027-01-14"],
    [2027, "2027-07-14", "2028-01-14"],
    [2028, "2028-07-14", "2029-01-15"],
    [2029, "2029-07-16", "2030-01-14"],
    [2030, "2030-07-15", "2031-01-14"],
  ])("%i: %s and %s", (of, second, fourth) => {
    expect(dayOf("14 kalenderdage efter 2. kvartal", year(of))).toBe(`${of}-07-14`);
    const moved = ["2. kvartal", "4. kvartal"].map((quarter) => {
      const rule = parseDeadlineRule(`14 dage efter ${quarter}`);
      const day = rule && dayOfRule(rule, year(of));
      return day && isoDate(onWorkday(day, "next"));
    });
    expect(moved).toEqual([second, fourth]);
  });
});

test.each([
  ["2022-07-14", "2022-07-14"],
  ["0 dage efter 4. kvartal", "2022-12-31"],
  ["1 dag efter 1. kvartal", "2022-04-01"],
  ["2 uger efter udgangen af 3. kvartal", "2022-10-14"],
  ["14 Dage  efter afslutningen af 1. halvår", "2022-07-14"],
  ["59 dage efter året", "2023-02-28"],
  ["60 dage efter periodens udløb", "2023-03-01"],
  ["10 hverdage efter årets udgang", "2023-01-13"],
  ["15. marts året efter", "2023-03-15"],
  ["1. oktober", "2022-10-01"],
  ["1.okt", "2022-10-01"],
  ["14 dage efter 2. kvartal 2024", "2024-07-14"],
])("»%s« is %s in 2022", (rule, day) => {
  expect(dayOf(rule)).toBe(day);
});

test("a leap year has a day more", () => {
  expect(dayOf("60 dage efter året", year(2019))).toBe("2020-02-29");
  expect(dayOf("60 dage efter året", year(2023))).toBe("2024-02-29");
  expect(dayOf("60 dage efter året", year(2024))).toBe("2025-03-01");
  expect(dayOf("29. februar", year(2024))).toBe("2024-02-29");
  expect(dayOf("29. februar", year(2023))).toBeUndefined();
  expect(dayOf("29. februar året efter", year(2023))).toBe("2024-02-29");
});

test("what a period has twice or not at all is no day", () => {
  expect(dayOf("14 dage efter 2. kvartal", year(2022, 2023))).toBeUndefined();
  expect(dayOf("14 dage efter 2. kvartal 2023", year(2022, 2023))).toBe("2023-07-14");
  const crossing = { from: { year: 2022, month: 7, day: 1 }, to: { year: 2023, month: 6, day: 30 } };
  expect(dayOf("14 dage efter 2. kvartal", crossing)).toBe("2023-07-14");
  expect(dayOf("14 dage efter 4. kvartal", crossing)).toBe("2023-01-14");
  const half = { from: { year: 2022, month: 7, day: 1 }, to: { year: 2022, month: 12, day: 31 } };
  expect(dayOf("14 dage efter 2. kvartal", half)).toBeUndefined();
});

test("the examples of the guide are the days that it says", () => {
  const rows = tableUnder(language, "Frister").map((row) => [codeIn(row[0] ?? "")[0] ?? "", row[1] ?? ""] as const);
  const said = rows.map(([rule, day]) => {
    const found = findDanishDate(day) ?? (day === "det samme" ? { year: 2027, month: 7, day: 14 } : undefined);
    return [rule, found ? isoDate(found) : rule];
  });
  expect(rows).toHaveLength(6);
  expect(rows.map(([rule]) => [rule, dayOf(rule, year(2027))])).toEqual(said);
});

test.each([
  "",
  "14 dage",
  "14 dage før 2. kvartal",
  "1400 dage efter året",
  "-1 dage efter året",
  "14 dage efter 5. kvartal",
  "14 dage efter 3. halvår",
  "14 dage efter udgiftsopfølgning 2",
  "0. marts",
  "30. februar",
  "31. april",
  "1. brumaire",
  "14. juli 2022",
  "2022-02-30",
])("»%s« is no rule", (text) => {
  expect(parseDeadlineRule(text)).toBeUndefined();
});

test("any text and any period is met with a day or none, without a fault", () => {
  const any = fc.record({ year: fc.integer({ min: 100, max: 9999 }), month: fc.constant(1), day: fc.constant(1) });
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 999 }), any, any, (text, count, from, to) => {
      for (const written of [text, `${count} hverdage efter 4. kvartal`, `${count} dage efter året`]) {
        const rule = parseDeadlineRule(written);
        const found = rule && dayOfRule(rule, { from, to });
        expect(found === undefined || Number.isInteger(found.day)).toBe(true);
      }
    }),
  );
});
