import { describe, expect, test } from "vitest";
import { namesByPattern, plainNames } from "../../../src/pipeline/file-names.ts";
import { soundPlan } from "../../support/plan-text.ts";

const plan = soundPlan({ titel: '"Resultatplan 2022: Mål/resultater"' });

describe("files are named", () => {
  test.each([
    ["{dokument}", "plan"],
    ["{år} {institution} {dokument}", "2022 Eksempelstyrelsen plan"],
    ["{plan}-{dokument}", "eksempel-plan"],
    ["{sagsnummer} {dokument}", "uden-sagsnummer plan"],
    // Windows takes neither of these.
    ["{titel} {dokument}", "Resultatplan 2022- Mål-resultater plan"],
    ["../{dokument}.", "-plan"],
  ])("%s", (pattern, expected) => {
    expect(namesByPattern(pattern)(plan, "plan")).toBe(expected);
  });

  test("by their documents where there is no pattern", () => {
    expect(plainNames(plan, "maalrapportering")).toBe("maalrapportering");
  });
});

describe("a pattern that cannot be used is refused", () => {
  test.each([
    ["{dokumnt}", "Mønsteret kender ikke {dokumnt}."],
    ["{toString} {dokument}", "Mønsteret kender ikke {toString}."],
    ["{år}", "Mønsteret skal have {dokument} i sig, ellers får alle dokumenter samme navn."],
  ])("%s", (pattern, message) => {
    expect(() => namesByPattern(pattern)).toThrow(message);
  });
});
