import { describe, expect, test } from "vitest";
import { compareWords, sameWords } from "../../../src/compare/words.ts";

/** What became of a text, as the terminal marks it. */
function marked(before: string, after: string): string {
  const marks = { same: ["", ""], removed: ["[-", "-]"], added: ["{+", "+}"] } as const;
  return compareWords(before, after)
    .map(({ kind, text }) => `${marks[kind][0]}${text.replaceAll("\n", "¶")}${marks[kind][1]}`)
    .join(" ");
}

describe("texts are compared word by word", () => {
  test.each([
    ["a comma", "et mål som er nået", "et mål, som er nået", "et [-mål-] {+mål,+} som er nået"],
    ["a word more", "inden udgangen af året", "inden udgangen af hele året", "inden udgangen af {+hele+} året"],
    ["a word less", "senest den 1. maj 2022", "senest 1. maj 2022", "senest [-den-] 1. maj 2022"],
    ["the first word", "Målet er nået", "Kravet er nået", "[-Målet-] {+Kravet+} er nået"],
    ["the last word", "er nået til tiden", "er nået for sent", "er nået [-til tiden-] {+for sent+}"],
    ["from nothing", "", "nyt mål", "{+nyt mål+}"],
    ["to nothing", "gammelt mål", "", "[-gammelt mål-]"],
    ["a new paragraph", "En. To.", "En.\n\nTo.", "En. {+¶¶+} To."],
    ["a list for a line", "a b c", "a\n- b c", "a {+¶-+} b c"],
    ["letters that only look alike", "mål", "mål".normalize("NFD"), `[-mål-] {+${"mål".normalize("NFD")}+}`],
  ])("%s", (_what, before, after, expected) => {
    expect(marked(before, after)).toBe(expected);
  });

  test("a short word that happens to stand in both does not part what was rewritten", () => {
    expect(marked("styrelsen skal i året redegøre", "enheden må i 2023 fortælle")).toBe(
      "[-styrelsen skal i året redegøre-] {+enheden må i 2023 fortælle+}",
    );
  });

  test("how lines are broken does not matter", () => {
    expect(sameWords("en to\n  tre  fire", "en\nto tre\r\nfire ")).toBe(true);
    expect(compareWords("en to\ntre", "en\nto tre").map(({ kind }) => kind)).toEqual(["same"]);
  });

  test.each([
    ["paragraphs", "en\n\nto", "en\nto"],
    ["list points", "en\n- to", "en - to"],
    ["numbered points", "en\n2. to", "en 2. to"],
    ["rows of a table", "| a |\n| b |", "| a | | b |"],
    ["hard line breaks", "en  \nto", "en\nto"],
  ])("%s do", (_what, before, after) => {
    expect(sameWords(before, after)).toBe(false);
    expect(compareWords(before, after).some(({ kind }) => kind !== "same")).toBe(true);
  });

  test("a run tells where it stands in the later text, and what was removed where it would stand", () => {
    expect(compareWords("en to tre", "en  TO tre").map(({ kind, at }) => [kind, at])).toEqual([
      ["same", 0],
      ["removed", 4],
      ["added", 4],
      ["same", 7],
    ]);
    expect(compareWords("en to", "en").at(-1)).toMatchObject({ kind: "removed", text: "to", at: 2 });
  });

  test("texts that share too little are told apart as wholes, soon", () => {
    const words = (from: number) => Array.from({ length: 40_000 }, (_, index) => `ord${from + index}`).join(" ");
    const start = performance.now();
    const runs = compareWords(`Indledning ${words(0)} slut`, `Indledning ${words(100_000)} slut`);
    expect(runs.map(({ kind }) => kind)).toEqual(["same", "removed", "added", "same"]);
    expect([runs[0]?.text, runs[3]?.text]).toEqual(["Indledning", "slut"]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
