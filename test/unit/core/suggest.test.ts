import { describe, expect, test } from "vitest";
import { didYouMean } from "../../../src/core/suggest.ts";

const keys = ["skabelon", "titel", "institution", "ministerium", "periode", "mål", "målepunkt", "bemærkninger", "nr"];

describe("the word that was meant", () => {
  test.each([
    ["a letter too few", "ministerum", "ministerium"],
    ["two letters changed round", "tietl", "titel"],
    ["a keyboard without å", "maal", "mål"],
    ["a keyboard without æ", "bemaerkninger", "bemærkninger"],
    ["capitals", "Periode", "periode"],
    ["å without its ring", "malepunkt", "målepunkt"],
    ["a short word", "nrr", "nr"],
  ])("%s: %s is %s", (_name, written, meant) => {
    expect(didYouMean(written, keys)).toBe(`Mente du »${meant}«?`);
  });
});

describe("when no word is near, all are named", () => {
  test.each(["farve", "x", ""])("%j", (written) => {
    expect(didYouMean(written, ["titel", "periode"])).toBe("Mulige: titel, periode.");
  });

  test("numbers are all near to one another, and so none is", () => {
    expect(didYouMean("1.3", ["1.1", "1.2"])).toBe("Mulige: 1.1, 1.2.");
  });
});

test("where nothing is known there is nothing to say", () => {
  expect(didYouMean("titel", [])).toBeUndefined();
});

test("that a place may stand empty is no word to choose", () => {
  expect(didYouMean("i gang", ["opfyldt", "udgået", ""])).toBe("Mulige: opfyldt, udgået.");
  expect(didYouMean("x", ["opfyldt", ""])).toBe("Mulige: opfyldt.");
  expect(didYouMean("x", [""])).toBeUndefined();
});

test("every known word is the one that was meant, with any one letter left out", () => {
  for (const key of keys.filter((one) => one.length > 4)) {
    for (let left = 0; left < key.length; left++) {
      expect(didYouMean(key.slice(0, left) + key.slice(left + 1), keys)).toBe(`Mente du »${key}«?`);
    }
  }
});
