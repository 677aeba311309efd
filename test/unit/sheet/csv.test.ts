import { expect, test } from "vitest";
import { parseDecimal } from "../../../src/core/decimal.ts";
import { csv } from "../../../src/sheet/csv.ts";
import type { Value } from "../../../src/sheet/rows.ts";

const text = (words: string): Value => ({ kind: "text", text: words });
const number = (words: string, decimals: number): Value => {
  const value = parseDecimal(words);
  if (!value) throw new Error(words);
  return { kind: "number", number: value, decimals };
};
const written = (...values: (Value | undefined)[]) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(csv([values]));

test("begins with a byte order mark, has semicolons, and ends its lines as Windows does", () => {
  expect(written(text("Mål"), undefined, text("Status"))).toBe("\uFEFFMål;;Status\r\n");
});

test.each([
  ["-0,4", number("-0,4", 1)],
  ["1234567,50", number("1234567,5", 2)],
  ["3", number("3", 0)],
  ["2022-06-01", { kind: "day", date: { year: 2022, month: 6, day: 1 } } as const],
])("%s has a decimal comma, no points between thousands, days as ISO 8601", (field, value) => {
  expect(written(value)).toBe(`\uFEFF${field}\r\n`);
});

test.each([
  ["a;b", '"a;b"'],
  ['han sagde "ja"', '"han sagde ""ja"""'],
  ["to\nlinjer", '"to\nlinjer"'],
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+45 12", "'+45 12"],
  ["-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"],
  ["@SUM(1)", "'@SUM(1)"],
  ["\t=1", "'\t=1"],
  ["＝1", "'＝1"],
  ["=1;2", '"\'=1;2"'],
  ["5 = 5", "5 = 5"],
])("%j is written %j: no text is taken for a formula", (words, field) => {
  expect(written(text(words))).toBe(`\uFEFF${field}\r\n`);
});
