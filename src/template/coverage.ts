import { type Diagnostic, error } from "../core/diagnostic.ts";
import { invisibleCharacter } from "../core/reading.ts";
import type { Source } from "../core/source.ts";
import type { Form } from "./form.ts";

/** A character that the form's fonts lack would be printed in whatever font the machine has, or as an empty box. */
export function coverageDiagnostics(source: Source, form: Form): Diagnostic[] {
  const { covered } = form.fonts;
  if (covered.length === 0) return [];
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  const frontMatterEnd = source.text.indexOf("\n---");
  let at = 0;
  for (const character of source.text) {
    const start = at;
    at += character.length;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x7f || seen.has(character) || covered.some(([first, last]) => code >= first && code <= last)) continue;
    // Told already, by whoever read the file.
    if (invisibleCharacter(character) !== undefined) continue;
    if (start < frontMatterEnd && isComment(source, start)) continue;
    seen.add(character);
    found.push(uncovered(source, start, character, code));
  }
  return found;
}

/** What is written instead of characters that Word and spreadsheets put in of their own accord, or that have a word. */
const instead: Readonly<Record<string, string>> = {
  "\u2010": "Skriv en almindelig bindestreg (-).",
  "\u2011": "Skriv en almindelig bindestreg (-).",
  "\u2012": "Skriv en tankestreg (–).",
  "\u2015": "Skriv en tankestreg (–).",
  "\u2030": "Skriv »promille«.",
  "\u2264": "Skriv »højst«.",
  "\u2265": "Skriv »mindst«.",
};

function uncovered(source: Source, start: number, character: string, code: number): Diagnostic {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const combining = /\p{M}/u.test(character);
  return error(
    "tegn-uden-skrift",
    source.span(start, start + character.length),
    combining
      ? `Bogstavet her er sat sammen af to tegn (${name}), som skabelonens skrift ikke har.`
      : `Tegnet ${character} (${name}) findes ikke i skabelonens skrift.`,
    combining ? "Skriv bogstavet igen, så det bliver ét tegn." : (instead[character] ?? "Brug et andet tegn."),
  );
}

/** Comments in the front matter are not printed. */
function isComment(source: Source, offset: number): boolean {
  return /^\s*# /.test(source.lineText(source.place(offset).line));
}
