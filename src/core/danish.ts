import type { LocalDate } from "./date.ts";

/** The months in order, as they are written in running text. */
export const months = [
  "januar",
  "februar",
  "marts",
  "april",
  "maj",
  "juni",
  "juli",
  "august",
  "september",
  "oktober",
  "november",
  "december",
] as const;
const numerals = [
  "nul",
  "et",
  "to",
  "tre",
  "fire",
  "fem",
  "seks",
  "syv",
  "otte",
  "ni",
  "ti",
  "elleve",
  "tolv",
] as const;

/** A pattern for a small number in running text, in figures or in words. */
export const numeralPattern = `\\d+|en|én|ét|${numerals.slice(1).join("|")}`;

/** »21. december 2023«. */
export function longDate(date: LocalDate): string {
  return `${date.day}. ${months[date.month - 1]} ${date.year}`;
}

/** »6/12-2017«. */
export function slashDate(date: LocalDate): string {
  return `${date.day}/${date.month}-${date.year}`;
}

/** A small whole number in words as running text has it (»fire«); from thirteen on in figures. */
export function inWords(count: number): string {
  return numerals[count] ?? String(count);
}

/** The same as the number of things that are counted, neuter: »ét mål«. */
export function counted(count: number): string {
  return count === 1 ? "ét" : inWords(count);
}

/** A sentence's first letter made large. */
export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A sentence with its full stop, which an abbreviation at its end already has, »… højst 1,0 mio. kr.«, and a question does without. */
export function stopped(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** The number that a Danish numeral or figures stand for; »en« and »ét« count as one. */
export function numberFromWords(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  const plain = word.toLowerCase().replace("é", "e");
  if (plain === "en") return 1;
  const index = (numerals as readonly string[]).indexOf(plain);
  return index === -1 ? undefined : index;
}

/** »a«, »a og b«, »a, b og c«. */
export function listed(words: readonly string[], conjunction: "og" | "eller" = "og"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;
}

/** A month's number from its Danish name, in full or its first three letters. */
export function monthNumber(name: string): number | undefined {
  const index = months.findIndex(
    (month) => month === name.toLowerCase() || month.slice(0, 3) === name.toLowerCase().replace(".", ""),
  );
  return index === -1 ? undefined : index + 1;
}
