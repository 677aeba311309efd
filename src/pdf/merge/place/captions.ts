/** The number over a table or under a figure, and the page it stands on, counted from 1. */
export interface Caption {
  readonly kind: "table" | "figure";
  readonly number: number;
  readonly page: number;
}

/**
 * A caption as Danish reports write them: »Tabel 4. Ressourcer«, »Figur 2: Udvikling«, »Tabel 4 Ressourcer«. A sentence about a
 * table (»Tabel 4 viser …«) is none, and numbers by chapter (»Tabel 2.4«) are not counted through.
 */
const caption = /^(Tabel|TABEL|Figur|FIGUR)\s*(\d{1,3})(?!\.?\d)\s*(?:[.:–—-]|$|(?=\p{Lu}))/u;

/** Reads a line of page `page`; undefined for one that is no caption. */
export function captionIn(line: string, page: number): Caption | undefined {
  const [, word, number] = caption.exec(line.trim()) ?? [];
  if (word === undefined) return undefined;
  return { kind: word.toLowerCase() === "tabel" ? "table" : "figure", number: Number(number), page };
}
