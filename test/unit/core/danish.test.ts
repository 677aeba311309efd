import { describe, expect, test } from "vitest";
import { inWords, listed, longDate, numberFromWords, slashDate, stopped } from "../../../src/core/danish.ts";

test("dates in both of the ministries' ways", () => {
  expect(longDate({ year: 2023, month: 12, day: 1 })).toBe("1. december 2023");
  expect(slashDate({ year: 2017, month: 12, day: 6 })).toBe("6/12-2017");
});

test("numbers up to twelve are words, and read back as themselves", () => {
  for (let number = 0; number <= 12; number++) {
    expect(inWords(number)).toMatch(/^[a-zæøå]+$/);
    expect(numberFromWords(inWords(number))).toBe(number);
  }
  expect(inWords(13)).toBe("13");
});

describe("one, in all its forms", () => {
  test.each(["en", "et", "én", "ét", "Ét", "1"])("%s", (word) => {
    expect(numberFromWords(word)).toBe(1);
  });
});

test.each(["mange", "-1", "1,5", ""])("%j is no number", (word) => {
  expect(numberFromWords(word)).toBeUndefined();
});

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a og b"],
  [["a", "b", "c"], "a, b og c"],
])("%j is listed as »%s«", (words, expected) => {
  expect(listed(words)).toBe(expected);
});

test.each([
  ["Planen findes ikke", "Planen findes ikke."],
  ["… højst 1,0 mio. kr.", "… højst 1,0 mio. kr."],
  ["Mente du »titel«?", "Mente du »titel«?"],
  ["Stop!", "Stop!"],
])("%s ends once", (sentence, expected) => {
  expect(stopped(sentence)).toBe(expected);
});
