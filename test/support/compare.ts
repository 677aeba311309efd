import { type Block, type Cell, onOneLine, type TableBlock, type TextBlock } from "./blocks.ts";
import { agreed, commonReading, printed, readings } from "./words.ts";

/** How far ahead a block is looked for that is not where it should be. */
const WINDOW = 12;

/**
 * Holds a PDF's blocks against the seed's, in order.
 *
 * @param added the blocks that the form adds, each on one line, in their order; all of them must be there
 * @returns the differences, each named with its place; none when the texts agree
 */
export function differences(seed: readonly Block[], pdf: readonly Block[], added: readonly string[]): string[] {
  const found: string[] = [];
  const waiting = [...added];
  let at = 0;
  let index = 0;
  while (at < pdf.length || index < seed.length) {
    const expected = seed[index];
    const actual = pdf[at];
    const taken = expected ? matchLength(expected, pdf, at) : 0;
    if (taken > 0) {
      index++;
      at += taken;
    } else if (actual && onOneLine(plain(actual)) === waiting[0]) {
      waiting.shift();
      at++;
    } else if (actual && (!expected || comesLater(expected, pdf, at))) {
      found.push(`not agreed, but printed (${place(actual)}): ${start(actual)}`);
      at++;
    } else if (
      expected &&
      (!actual || seed.slice(index + 1, index + WINDOW).some((one) => matchLength(one, pdf, at)))
    ) {
      found.push(`agreed, but not printed: ${start(expected)}`);
      index++;
    } else if (expected && actual) {
      found.push(...changes(expected, actual));
      index++;
      at++;
    }
  }
  return [...found, ...waiting.map((text) => `listed as the form's, but not printed: ${text}`)];
}

/**
 * How many of the PDF's blocks from here make up the agreed one; 0 when they do not. A paragraph may go on on the next
 * page: pdf.js gives the structure page by page, so that it comes in one block for each.
 */
function matchLength(expected: Block, pdf: readonly Block[], at: number): number {
  const first = pdf[at];
  if (!first) return 0;
  if (expected.kind === "table") return first.kind === "table" && tableChanges(expected, first).length === 0 ? 1 : 0;
  if (first.kind === "table" || !roleFits(expected, first)) return 0;
  let text = first.text;
  for (let length = 1; ; length++) {
    if (commonReading(expected.text, text) !== undefined) return length;
    const last = pdf[at + length - 1];
    const next = pdf[at + length];
    if (next?.kind !== "text" || next.role !== first.role || next.page === last?.page) return 0;
    text += `\n${next.text}`;
  }
}

function comesLater(expected: Block, pdf: readonly Block[], at: number): boolean {
  for (let later = at + 1; later < at + WINDOW; later++) if (matchLength(expected, pdf, later) > 0) return true;
  return false;
}

/** Where the seed does not say what a block is, it is a paragraph or a heading, never an item. */
function roleFits(expected: TextBlock, actual: TextBlock): boolean {
  return expected.role === undefined ? /^(?:P|H[1-6])$/.test(actual.role ?? "") : expected.role === actual.role;
}

function changes(expected: Block, actual: Block): string[] {
  if (expected.kind === "table" && actual.kind === "table") return tableChanges(expected, actual);
  if (expected.kind === "table" || actual.kind === "table")
    return [`changed (${place(actual)}): agreed ${start(expected)}, printed ${start(actual)}`];
  if (!roleFits(expected, actual) && commonReading(expected.text, actual.text) !== undefined)
    return [`changed (${place(actual)}): agreed as ${expected.role ?? "text"}, printed as ${actual.role}`];
  return [`changed (${place(actual)}): ${firstChange(expected.text, actual.text)}`];
}

function tableChanges(expected: TableBlock, actual: TableBlock): string[] {
  const found: string[] = [];
  if (expected.rows.length !== actual.rows.length)
    found.push(`changed (${place(actual)}): ${expected.rows.length} rows agreed, ${actual.rows.length} printed`);
  expected.rows.forEach((row, rowIndex) => {
    row.forEach((cell, column) => {
      const name = `row ${rowIndex + 1}, ${cellText(expected.rows[0]?.[column])}`;
      const problem = cellChange(cell, actual.rows[rowIndex]?.[column]);
      if (problem) found.push(`changed (${place(actual)}, ${name}): ${problem}`);
    });
    const surplus = (actual.rows[rowIndex]?.length ?? 0) - row.length;
    if (surplus > 0) found.push(`changed (${place(actual)}, row ${rowIndex + 1}): ${surplus} more cells than agreed`);
  });
  return found;
}

function cellChange(expected: Cell, actual: Cell | undefined): string | undefined {
  if (!actual) return `the cell is not there; agreed ${quoted(cellText(expected))}`;
  if (expected.role !== actual.role) return `agreed as ${expected.role}, printed as ${actual.role}`;
  const parts = joinedParagraphs(actual);
  const changed = expected.parts.findIndex((part, index) => {
    const other = parts[index];
    return !other || part.role !== other.role || commonReading(part.text, other.text) === undefined;
  });
  if (changed === -1 && parts.length === expected.parts.length) return undefined;
  const other = changed === -1 ? undefined : parts[changed];
  const part = expected.parts[changed];
  if (part && other && part.role === other.role) return firstChange(part.text, other.text);
  return `agreed ${quoted(cellText(expected))}, printed ${quoted(cellText(actual))}`;
}

/** A seed's cell does not tell where one paragraph ends and the next begins; the items of its lists it does. */
function joinedParagraphs(cell: Cell): TextBlock[] {
  const parts: TextBlock[] = [];
  for (const part of cell.parts) {
    const last = parts.at(-1);
    if (last && last.role !== "LI" && part.role === last.role)
      parts[parts.length - 1] = { ...last, text: `${last.text}\n${part.text}` };
    else parts.push(part);
  }
  return parts;
}

/** Tells where two texts first differ, in the readings that are most alike, with the words before. */
function firstChange(expected: string, actual: string): string {
  const pairs = readings(expected, agreed).flatMap((old) =>
    readings(actual, printed).map((fresh) => parting(old, fresh)),
  );
  const { old, fresh, index } = pairs.reduce((best, pair) => (pair.index > best.index ? pair : best));
  const lead = old.slice(Math.max(0, index - 4), index).join(" ");
  const next = (words: readonly string[]) => quoted(words.slice(index, index + 3).join(" ") || "(the end)");
  return `after ${quoted(lead || "(the beginning)")} agreed ${next(old)}, printed ${next(fresh)}`;
}

/** The words of two texts, and the first that differs. */
function parting(before: string, after: string): { old: string[]; fresh: string[]; index: number } {
  const [old, fresh] = [before.split(" "), after.split(" ")];
  let index = 0;
  while (index < old.length && old[index] === fresh[index]) index++;
  return { old, fresh, index };
}

function plain(block: Block): string {
  return block.kind === "text" ? block.text : block.rows.map((row) => row.map(cellText).join(" | ")).join(" || ");
}

function cellText(cell: Cell | undefined): string {
  return onOneLine(cell?.parts.map((part) => part.text).join("\n") ?? "");
}

function start(block: Block): string {
  const text = onOneLine(plain(block));
  return `${block.kind === "text" ? (block.role ?? "text") : "table"} ${quoted(text.length > 60 ? `${text.slice(0, 60)} …` : text)}`;
}

function place(block: Block): string {
  return `page ${block.page}, ${block.kind === "text" ? block.role : "table"}`;
}

function quoted(text: string): string {
  return `»${text}«`;
}
