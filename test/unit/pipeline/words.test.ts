import { expect, test } from "vitest";
import { wordChanges } from "../../../src/pipeline/package/words.ts";

const words = (text: string) => text.split(" ").filter((word) => word !== "");
const cases: readonly (readonly [before: string, after: string, expected: readonly string[]])[] = [
  ["et mål er nået", "et mål er nået", []],
  ["mindst 85 pct.", "mindst 80 pct.", ["85 > 80"]],
  ["a b c d e", "a x c y e", ["b > x", "d > y"]],
  ["det er ikke nået", "det er nået", ["ikke > "]],
  ["det er nået", "det er slet ikke nået", [" > slet ikke"]],
  ["planen", "planen Dokumentnøgle ABC", [" > Dokumentnøgle ABC"]],
  ["", "ny tekst", [" > ny tekst"]],
  ["a a a b", "a a b", ["a > "]],
];

test.each(cases)("»%s« and »%s«", (before, after, expected) => {
  expect(wordChanges(words(before), words(after)).map(({ was, now }) => `${was} > ${now}`)).toEqual(expected);
});

test("texts without an end are compared in bounded time", () => {
  const long = (word: string) => Array.from({ length: 200_000 }, (_, at) => `${word}${at}`);
  const start = performance.now();
  expect(wordChanges(long("a"), long("b")).length).toBeGreaterThan(0);
  expect(performance.now() - start).toBeLessThan(5000);
});
