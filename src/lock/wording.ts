import type { WordChange } from "../compare/compare.ts";

/** How much of what changed a sentence quotes. */
const LONG = 90;

/** »»1,0« er blevet til »1,5««, as the beginning of a sentence. */
export function changedWords({ before, after }: Pick<WordChange, "before" | "after">): string {
  // A line break can have become another kind of line break.
  if (before !== after && before.trim() === "" && after.trim() === "" && before !== "" && after !== "")
    return "afsnit, linjer eller punkter er delt på en anden måde";
  if (before !== "" && after !== "") return `»${quoted(before)}« er blevet til »${quoted(after)}«`;
  if (after !== "") return `${named(after)} er tilføjet`;
  return before === "" ? "et tomt felt er tilføjet" : `${named(before)} er slettet`;
}

function named(words: string): string {
  return words.trim() === "" ? "et afsnitsskift" : `»${quoted(words)}«`;
}

function quoted(words: string): string {
  const line = words.replace(/\n+/g, " ¶ ").trim();
  return line.length > LONG ? `${line.slice(0, LONG)}…` : line;
}
