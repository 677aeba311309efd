/** A document's text in reading order, as it is agreed (seed.ts) or as it is printed (pdf-text.ts). */
export type Block = TextBlock | TableBlock;

/** A heading, a paragraph or an item of a list. */
export interface TextBlock {
  readonly kind: "text";
  /** `P`, `H1` … `H6`, `LI`, `Lbl` or another role of ISO 32000; undefined where the seed does not tell a heading from a paragraph. */
  readonly role: string | undefined;
  /** The text with its line ends; a line end within a word follows a hyphen at once. */
  readonly text: string;
  /** Where it begins, counted from 1; undefined in a seed. */
  readonly page?: number;
}

export interface TableBlock {
  readonly kind: "table";
  readonly rows: readonly (readonly Cell[])[];
  readonly page?: number;
}

/** A table's cell; a cell without parts is empty. */
export interface Cell {
  readonly role: "TH" | "TD";
  readonly parts: readonly TextBlock[];
}

/** Text on one line: all white space counts alike. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
