import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Block, Cell, TextBlock } from "./blocks.ts";
import { onOneLine } from "./blocks.ts";

/** A PDF's text as pdf.js finds it; nothing here is shared with the code that writes PDFs. */
export interface PdfText {
  readonly pages: number;
  /** The text by structure element, in the order of the structure tree. Empty elements are left out, empty cells are not. */
  readonly blocks: readonly Block[];
  /** What stands outside the structure, page by page: running headers and footers. */
  readonly furniture: readonly (readonly string[])[];
  /** All text in the order of the pages' content, whether the structure reaches it or not. */
  readonly everything: string;
}

type StructureNode = Awaited<ReturnType<PDFPageProxy["getStructTree"]>>;
type Items = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>["items"];

/** A stretch of text: one marked content's, or what lies outside all of them. */
interface Stretch {
  readonly id: string | undefined;
  text: string;
}

/** Stands for a hyphen that the print has put at a line end; from the private use area, so that no text has it. */
const PRINTED_HYPHEN = "\uE000";

/** Elements whose text belongs together. Others (NonStruct, Span, Link …) are part of what they are in. */
const blockRoles = /^(?:P|H[1-6]?|LI|LBody|Lbl|Caption|Note|Formula|BlockQuote|Title)$/;

/** Opens a PDF with pdf.js, gives it to `use` and closes it. */
export async function withPdf<T>(bytes: Uint8Array, use: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  // pdf.js takes the buffer over, so that it gets a copy.
  const task = getDocument({ data: bytes.slice(), verbosity: 0 });
  try {
    return await use(await task.promise);
  } finally {
    await task.destroy();
  }
}

/** Takes the text out of a tagged PDF. */
export function pdfText(bytes: Uint8Array): Promise<PdfText> {
  return withPdf(bytes, async (document) => {
    const blocks: Block[] = [];
    const furniture: string[][] = [];
    const everything: string[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const content = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
      const found = stretches(content.items);
      // pdf.js puts no space between pieces of furniture, however far apart they are.
      everything.push(joined(found.map((one) => (one.id === undefined ? `\n${one.text}\n` : one.text))));
      furniture.push(
        found
          .filter((one) => one.id === undefined)
          .flatMap((one) => one.text.split("\n").filter((line) => line !== "")),
      );
      const texts = new Map(found.map((one) => [one.id, one.text]));
      const collector = new Collector(number, texts);
      blocks.push(...collector.collect(await page.getStructTree()));
      furniture.at(-1)?.push(...collector.labels);
    }
    return { pages: document.numPages, blocks, furniture, everything: everything.join("\n") };
  });
}

/** The text by marked content, in the order of the content stream. */
function stretches(items: Items): Stretch[] {
  const found: Stretch[] = [];
  const open: (string | undefined)[] = [];
  let current: Stretch | undefined;
  for (const item of items) {
    if ("str" in item) {
      // Each item outside the structure is a piece of furniture of its own.
      const id = open.at(-1);
      if (!current || current.id !== id || id === undefined) {
        current = { id, text: "" };
        found.push(current);
      }
      current.text += item.str + (item.hasEOL ? "\n" : "");
    } else if (item.type === "endMarkedContent") {
      open.pop();
      current = undefined;
    } else {
      // The types of pdf.js leave the tag out.
      const artefact = "tag" in item && item.tag === "Artifact";
      open.push(item.id ?? (artefact ? undefined : open.at(-1)));
      current = undefined;
    }
  }
  return found;
}

/**
 * Puts stretches together. Where the print parts a word it writes a hyphen in a marked content of its own and begins a
 * line; that hyphen is not the text's, and is taken out.
 */
function joined(texts: readonly string[]): string {
  let whole = "";
  for (const text of texts) whole += text === "-" && /\p{L}$/u.test(whole) ? PRINTED_HYPHEN : text;
  return whole.replaceAll(`${PRINTED_HYPHEN}\n`, "").replaceAll(PRINTED_HYPHEN, "-");
}

/** Goes through one page's structure tree. */
class Collector {
  readonly #page: number;
  readonly #texts: ReadonlyMap<string | undefined, string>;
  /** The marks of list items: newer browsers put them into the structure, older ones leave them outside. */
  readonly labels: string[] = [];
  #blocks: Block[] = [];
  #open: string[] = [];

  constructor(page: number, texts: ReadonlyMap<string | undefined, string>) {
    this.#page = page;
    this.#texts = texts;
  }

  collect(root: StructureNode | null): Block[] {
    if (root) this.#inside(root, "NonStruct");
    return this.#blocks;
  }

  /** @param role what text that lies here belongs to */
  #inside(node: StructureNode, role: string): void {
    for (const child of node.children) {
      if (!("role" in child)) {
        if (child.type === "content") this.#open.push(this.#texts.get(child.id) ?? "");
      } else if (child.role === "Table") {
        this.#close(role);
        this.#table(child);
      } else if (child.role === "Figure" && "alt" in child && typeof child.alt === "string") {
        // What a picture says in words is what is read aloud of it.
        this.#close(role);
        this.#blocks.push({ kind: "text", role: "Figure", text: child.alt, page: this.#page });
      } else if (blockRoles.test(child.role)) {
        this.#close(role);
        // A paragraph within an item is the item's text.
        const inItem = role === "LI" && (child.role === "P" || child.role === "LBody");
        this.#inside(child, inItem ? "LI" : child.role);
      } else {
        this.#inside(child, role);
      }
    }
    if (blockRoles.test(node.role) || node.role === "Root") this.#close(role);
  }

  #table(node: StructureNode): void {
    for (const part of node.children) if ("role" in part && part.role === "Caption") this.#inside(part, "Caption");
    // A table over several pages is in the tree of each with all its rows; those without text are on another page.
    const rows = cellsOf(node)
      .map((row) => row.map((cell) => this.#cell(cell)))
      .filter((row) => row.some((cell) => cell.parts.length > 0));
    if (rows.length > 0) this.#blocks.push({ kind: "table", page: this.#page, rows });
  }

  #cell(node: StructureNode): Cell {
    const inside = new Collector(this.#page, this.#texts);
    inside.#inside(node, "P");
    inside.#close("P");
    const parts = inside.#blocks.filter((block): block is TextBlock => block.kind === "text");
    if (parts.length !== inside.#blocks.length) throw new Error(`A table within a table on page ${this.#page}`);
    return { role: node.role === "TH" ? "TH" : "TD", parts };
  }

  #close(role: string): void {
    const text = joined(this.#open).trim();
    this.#open = [];
    if (onOneLine(text) === "") return;
    if (role === "Lbl") this.labels.push(text);
    else this.#blocks.push({ kind: "text", role, text, page: this.#page });
  }
}

/** A table's cells by row, whether or not its rows lie in THead and TBody. */
function cellsOf(table: StructureNode): StructureNode[][] {
  const rows: StructureNode[][] = [];
  for (const child of table.children) {
    if (!("role" in child)) continue;
    if (child.role !== "TR") rows.push(...cellsOf(child));
    else rows.push(child.children.filter((cell): cell is StructureNode => "role" in cell && /^T[HD]$/.test(cell.role)));
  }
  return rows;
}
