import { type Block, type Cell, onOneLine, type TextBlock } from "./blocks.ts";

/** Reads an agreed text, whichever of the two ways it was extracted in, into the blocks that a PDF of it must have. */
export function seedBlocks(seed: string): Block[] {
  return isExtraction(seed) ? extractionBlocks(seed) : markdownBlocks(seed);
}

/**
 * All words of an agreed text on one line, with nothing but the markup taken away: an account of its own, that owes
 * nothing to how `seedBlocks` divides the text.
 */
export function seedWords(seed: string): string {
  return fractions(seed)
    .replace(/^ *(?:#+|-|•) +(?=\S)/gmu, "")
    .replace(/^(?:---|_{5,}) *$/gmu, "")
    .replace(/\*\*/gu, "")
    .replace(/-\n\s*\n/gu, "-\n");
}

/** The 2024 texts come out of PDFs, with a blank line after every line. */
function isExtraction(seed: string): boolean {
  return /^ 1\. /.test(seed);
}

/** LaTeX in the 2018 text, which its form prints as one character. */
function fractions(text: string): string {
  return text.replaceAll("$\\frac{3}{4}$", "¾").replaceAll("$\\frac{1}{4}$", "¼");
}

function block(role: string | undefined, text: string): TextBlock {
  return { kind: "text", role, text };
}

/**
 * 2018 and 2022: paragraphs between blank lines. Headings are marked in 2022 only, so that the role stays open in 2018.
 * Lines to sign on (`---`) are drawn and have no text.
 */
function markdownBlocks(seed: string): Block[] {
  const marked = /^## /m.test(seed);
  return fractions(seed)
    .split(/\n\s*\n/u)
    .map((passage) => passage.replace(/^\n+/u, ""))
    .filter((passage) => passage.trim() !== "" && passage.trim() !== "---")
    .flatMap((passage) => passageBlocks(passage, marked));
}

function passageBlocks(passage: string, marked: boolean): Block[] {
  if (passage.includes("\t")) return [yearTable(passage)];
  const heading = /^(#+) (.*)$/u.exec(passage);
  if (heading) return [block(`H${heading[1]?.length}`, heading[2] ?? "")];
  const title = /^\*\*([^\n]*)\*\*\s*\n(.*)$/su.exec(passage);
  if (title) return [block("H1", title[1] ?? ""), block("P", title[2] ?? "")];
  if (passage.startsWith("- ")) return [block("LI", passage.slice(2))];
  return [block(marked ? "P" : undefined, passage)];
}

/** A table with tabs between the cells, years across and »Mål« and »Resultat« down. */
function yearTable(passage: string): Block {
  const rows = passage.split("\n").map((line, row) =>
    line.split("\t").map((text, column): Cell => {
      return { role: row === 0 || column === 0 ? "TH" : "TD", parts: [block("P", text)] };
    }),
  );
  return { kind: "table", rows };
}

/** The columns of a goal's table in 2024, in their order. */
const columns = ["Titel", "Mål", "Målepunkt", "Bemærkninger"] as const;

/** How paragraphs begin that the 2024 extraction does not part from the one before. */
const openings = /^(?:Mål- og resultatplanen |Opfølgning på målene |Der afrapporteres )/u;

/** 2024: lines, a space first in those that begin a section or a goal. */
function extractionBlocks(seed: string): Block[] {
  const blocks: Block[] = [];
  const lines = seed.split("\n").filter((line) => line.trim() !== "");
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    const end = lines.findIndex((other, index) => index > at && /^ +(?:\d\. |Mål \d)/u.test(other));
    const body = lines.slice(at + 1, end === -1 ? undefined : end);
    if (/^ +\d\. /u.test(line)) blocks.push(block("H2", line.trim()), ...sectionBlocks(body));
    else if (/^ +Mål \d/u.test(line)) blocks.push(block("H3", line.trim()), goalTable(body));
    else throw new Error(`Neither a section nor a goal: »${line}«`);
    at += body.length + 1;
  }
  return blocks;
}

/** Running text: paragraphs, items, and after the first line to sign on a paragraph for every line. */
function sectionBlocks(lines: readonly string[]): TextBlock[] {
  const blocks: { role: string; lines: string[] }[] = [];
  let signing = false;
  for (const line of lines) {
    if (/^_{5,}\s*$/u.test(line)) signing = true;
    else if (line.startsWith("•")) blocks.push({ role: "LI", lines: [line.slice(1)] });
    else if (signing || openings.test(line) || blocks.length === 0) blocks.push({ role: "P", lines: [line] });
    else blocks.at(-1)?.lines.push(line);
  }
  return blocks.map(({ role, lines }) => block(role, lines.join("\n")));
}

/** A goal's table: the heading of each column, followed by the lines of the cell below it. */
function goalTable(lines: readonly string[]): Block {
  const starts = columns.map((name, index) => {
    const found = lines.findIndex((line) => line.trim() === name);
    if (found === -1) throw new Error(`The column ${columns[index]} is not in »${onOneLine(lines.join(" "))}«`);
    return found;
  });
  if (starts[0] !== 0 || starts.some((start, index) => index > 0 && start <= (starts[index - 1] ?? 0)))
    throw new Error(`The columns are not in their order in »${onOneLine(lines.join(" "))}«`);
  const head = columns.map((name): Cell => ({ role: "TH", parts: [block("P", name)] }));
  const cells = starts.map((start, index): Cell => {
    return { role: index === 0 ? "TH" : "TD", parts: cellParts(lines.slice(start + 1, starts[index + 1])) };
  });
  return { kind: "table", rows: [head, cells] };
}

/** What stands before the first item is one part: the extraction does not tell where its paragraphs part. */
function cellParts(lines: readonly string[]): TextBlock[] {
  const parts: { role: string; lines: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith("•")) parts.push({ role: "LI", lines: [line.slice(1)] });
    else if (parts.length === 0) parts.push({ role: "P", lines: [line] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts.map(({ role, lines }) => block(role, lines.join("\n")));
}
