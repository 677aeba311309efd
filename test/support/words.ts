import { onOneLine } from "./blocks.ts";

/** Where the end of a line leaves open how the text goes on. */
export interface LineEnd {
  readonly at: RegExp;
  /** Each is what may stand there instead. */
  readonly meanings: readonly string[];
}

/**
 * In a seed that is an extraction, a hyphen may be a real one (ALT-evalueringen) or part a word (analyse-resultaterne).
 * Where a space follows it (»til- og deltagelse«) the seed has kept it.
 */
export const agreed: LineEnd = { at: /(?<=\p{L})-\n\s*/gu, meanings: ["-", ""] };

/**
 * In our PDFs the hyphens that part words are gone already (pdf-text.ts), so that what is left is real. But pdf.js drops
 * spaces at line ends, and a line may end after a hyphen or a slash with a space (»til- og«) and without (»og/eller«).
 */
export const printed: LineEnd = { at: /(?<=\p{L}-|\/)\n\s*/gu, meanings: ["", " "] };

/** Stands for what is open; from the private use area, so that no text has it. */
const OPEN = "\uE001";

/** Every way a text may be read, its white space normalised; just one where no line end leaves anything open. */
export function readings(text: string, lineEnd: LineEnd): string[] {
  return expanded(text.replace(lineEnd.at, OPEN), lineEnd);
}

function expanded(marked: string, { meanings }: LineEnd): string[] {
  const [first = "", ...rest] = marked.split(OPEN);
  let found = [first];
  for (const piece of rest) found = found.flatMap((start) => meanings.map((meaning) => start + meaning + piece));
  return found.map(onOneLine);
}

/** The reading that both texts allow; undefined when they differ. */
export function commonReading(seed: string, pdf: string): string | undefined {
  const possible = new Set(readings(pdf, printed));
  return readings(seed, agreed).find((reading) => possible.has(reading));
}

/** How often each word is on one side more than on the other. */
export interface WordBalance {
  /** In the seed, or listed as the form's, but not printed. */
  readonly missing: Readonly<Record<string, number>>;
  /** Printed, but neither in the seed nor listed. */
  readonly extra: Readonly<Record<string, number>>;
}

/** Weighs all words of a PDF against those of its seed and those that its form adds. */
export function wordBalance(seed: string, pdf: string, added: readonly string[]): WordBalance {
  const ofSeed = ambiguousWords(seed, agreed);
  const ofPdf = ambiguousWords(pdf, printed);
  const surplus = new Map<string, number>();
  const count = (words: readonly string[], by: number) => {
    for (const word of words) surplus.set(word, (surplus.get(word) ?? 0) + by);
  };
  count(resolved(ofPdf, ofSeed), 1);
  count(resolved(ofSeed, ofPdf), -1);
  count(added.flatMap(wordsOf), -1);
  const side = (sign: number) =>
    Object.fromEntries([...surplus].filter(([, n]) => n * sign > 0).map(([word, n]) => [word, n * sign]));
  return { missing: side(-1), extra: side(1) };
}

function wordsOf(text: string): string[] {
  return onOneLine(text)
    .split(" ")
    .filter((word) => word !== "");
}

/** The words of a text; each as the lists of words that it may be read as. */
function ambiguousWords(text: string, lineEnd: LineEnd): string[][][] {
  return wordsOf(text.replace(lineEnd.at, OPEN)).map((word) => expanded(word, lineEnd).map(wordsOf));
}

/** Decides between the readings of a word by what the other side has; the first when it has none of them. */
function resolved(words: readonly string[][][], others: readonly string[][][]): string[] {
  const known = new Set(others.flat(2));
  return words.flatMap((ways) => ways.find((way) => way.every((word) => known.has(word))) ?? ways[0] ?? []);
}
