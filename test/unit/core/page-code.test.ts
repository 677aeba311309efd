import fc from "fast-check";
import { expect, test } from "vitest";
import { type PageCode, pageCodeText, planMark, readPageCode } from "../../../src/core/page-code.ts";

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

const code = fc
  .record({
    hash: hex(64),
    plan: hex(8),
    signatory: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    signatories: fc.integer({ min: 9, max: 99 }),
    page: fc.integer({ min: 1, max: 9 }),
    pages: fc.integer({ min: 9, max: 99 }),
  })
  .map((one): PageCode => one);

test("a code is read as it was written, and has only characters that a QR code packs tightly", () => {
  fc.assert(
    fc.property(code, (one) => {
      const text = pageCodeText(one);
      expect(text).toMatch(/^[0-9A-Z $%*+\-./:]{90,110}$/);
      expect(readPageCode(text)).toEqual(one);
    }),
  );
});

const hash = "5BE08D14C29D74EE56EB61D1FF94973E9651985643F8DA4A845FB0CDD961016A";

test.each([
  ["a web address", "https://example.org/", "foreign"],
  ["nothing", "", "foreign"],
  ["a later version", `RESULTATPLAN/2/whatever`, "newer"],
  ["a short hash", `RESULTATPLAN/1/01234567/${hash.slice(1)}/0.3/1.1`, "foreign"],
  ["a fourth of three signatories", `RESULTATPLAN/1/01234567/${hash}/4.3/1.1`, "foreign"],
  ["the second of one page", `RESULTATPLAN/1/01234567/${hash}/0.3/2.1`, "foreign"],
  ["something after it", `RESULTATPLAN/1/01234567/${hash}/0.3/1.1\n`, "foreign"],
  ["another product", `ANDENPLAN/1/01234567/${hash}/0.3/1.1`, "foreign"],
])("%s is not taken for a code", (_name, text, expected) => {
  expect(readPageCode(text)).toBe(expected);
});

test("plans of different ids have different marks", () => {
  expect(planMark("benchmarkingenheden-2022")).not.toBe(planMark("benchmarkingenheden-2024"));
});
