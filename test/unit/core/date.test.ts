import { describe, expect, test } from "vitest";
import { compareDates, findDanishDate, isoDate, parseIsoDate } from "../../../src/core/date.ts";

describe("days that exist", () => {
  test.each(["2022-12-31", "2024-02-29", "2000-02-29", "1999-01-01"])("%s", (text) => {
    const date = parseIsoDate(text);
    expect(date && isoDate(date)).toBe(text);
  });

  test.each([
    "2022-02-29",
    "1900-02-29",
    "2022-04-31",
    "2022-13-01",
    "2022-00-10",
    "2022-01-00",
    "22-01-01",
    "2022-1-1",
    "2022-01-01 ",
    "20222-01-01",
    "0000-01-01",
    "",
  ])("%j is none", (text) => {
    expect(parseIsoDate(text)).toBeUndefined();
  });

  test("every day of a leap year is read as itself, and in order", () => {
    let before: ReturnType<typeof parseIsoDate>;
    for (let day = 0; day < 366; day++) {
      const text = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      const date = parseIsoDate(text);
      expect(date && isoDate(date)).toBe(text);
      if (before && date) expect(compareDates(before, date)).toBeLessThan(0);
      before = date;
    }
  });
});

describe("a day as Danes write it, anywhere in a text", () => {
  test.each([
    ["København den 9. december 2021", "2021-12-09"],
    ["Oslo, den 1. JANUAR 2022", "2022-01-01"],
    ["d. 6/12-2017", "2017-12-06"],
    ["København d. 27/11 - 2017", "2017-11-27"],
    ["Oslo d. 27.11.2017", "2017-11-27"],
    ["27-11-2017", "2017-11-27"],
    ["9 dec. 2021", "2021-12-09"],
    ["9. december  2021", "2021-12-09"],
    ["mandag den 9. maj 2022 kl. 12", "2022-05-09"],
  ])("%s", (text, expected) => {
    const date = findDanishDate(text);
    expect(date && isoDate(date)).toBe(expected);
  });

  test.each([
    "København, den",
    "i december 2021",
    "den 31. februar 2022",
    "2. kvartal 2022",
    "9. mandag 2021",
    "1/2",
    "",
  ])("%j says none", (text) => {
    expect(findDanishDate(text)).toBeUndefined();
  });
});
