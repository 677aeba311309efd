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
    ["a number at the beginning of a line, which begins no list", "højst\n14. maj", "højst 14. maj"],
    ["bars that make no table", "| a |\n| b |", "| a | | b |"],
    ["a paragraph right before its list", "Hvis:\n- a\n- b", "Hvis:\n\n- a\n- b"],
    ["how far a point is indented", "- a\n  - b\n  - c", "- a\n    - b\n    - c"],
    ["a list that is indented as a whole", "- a\n- b", "  - a\n  - b"],
    ["a line of a point that is not indented", "- a b\n  c", "- a b\nc"],
    ["a table's lines", "a | b\n--- | ---\n1 | 2", "a   | b\n--- | ---\n1   | 2"],
  ])("nor does %s", (_what, before, after) => {
    expect(sameWords(before, after)).toBe(true);
    expect(compareWords(before, after).map(({ kind }) => kind)).toEqual(["same"]);
  });

  test.each([
    ["paragraphs", "en\n\nto", "en\nto", "en [-¶¶-] to"],
    ["list points", "en\n- to", "en - to", "en [-¶-] - to"],
    ["numbered points", "en\n1. to", "en 1. to", "en [-¶-] 1. to"],
    ["hard line breaks", "en  \nto", "en\nto", "en [-¶-] to"],
    ["hard line breaks by a backslash", "en\\\nto", "en\\ to", "en\\ [-¶-] to"],
    [
      "points in points",
      "- A er nået, og\n  - B er nået\n  - C er nået",
      "- A er nået, og\n- B er nået\n- C er nået",
      "- A er nået, og [-¶(rykket ind)-] {+¶+} - B er nået [-¶(rykket ind)-] {+¶+} - C er nået",
    ],
    [
      "points far in points",
      "- a\n  - b\n    - c d",
      "- a\n  - b\n  - c d",
      "- a¶- b [-¶(rykket ind 2 gange)-] {+¶(rykket ind)+} - c d",
    ],
    ["paragraphs in points", "- a b\n\nSlut", "- a b\n\n  Slut", "- a b [-¶¶-] {+¶¶(rykket ind)+} Slut"],
    [
      "tables without outer bars",
      "Mål | Krav\n--- | ---\nx | 1",
      "Mål | Krav --- | --- x | 1",
      "[-(tabel)-] Mål | Krav [-¶-] --- | --- [-¶-] x | 1",
    ],
    [
      "what stands in a table",
      "a | b\n--- | ---\n1 | 2\n3 | 4",
      "a | b\n--- | ---\n1 | 2\n\n3 | 4",
      "a | b¶--- | ---¶1 | 2 [-¶-] {+¶¶+} 3 | 4",
    ],
    ["space between points", "- a\n- b c", "- a\n\n- b c", "- a [-¶-] {+¶¶+} - b c"],
    [
      "space between points that have points",
      "- a\n  - b\n- c d",
      "- a\n  - b\n\n- c d",
      "- a [-¶(rykket ind)-] {+¶(luft mellem punkterne) (rykket ind)+} - b¶¶- c d",
    ],
    ["what looks like a point, but is none", "- - a b", "-      - a b", "[-¶-] {+¶+} - - a b"],
  ])("%s do", (_what, before, after, expected) => {
    expect(sameWords(before, after)).toBe(false);
    expect(marked(before, after)).toBe(expected);
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

  test("a text of as many words as a file can have", () => {
    const words = "a ".repeat(400_000).trim();
    expect(compareWords("b", words).map(({ kind, text }) => [kind, text.length])).toEqual([
      ["removed", 1],
      ["added", words.length],
    ]);
    expect(compareWords(words, "").map(({ kind }) => kind)).toEqual(["removed"]);
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
