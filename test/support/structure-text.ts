import { OPS, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { withPdf } from "./pdf-text.ts";

/**
 * What a screen reader is given: a PDF's structure tree, and the characters that it points at, one by one as the fonts name
 * them. Unlike pdf-text.ts nothing is guessed from where the characters stand, so that a missing space is missing here.
 */
export interface StructureText {
  /** One line for each element, indented, with its text; a page at a time. */
  readonly dump: string;
  /** All words in reading order, without the marks of list items; a word that a line end parts is whole. */
  readonly words: readonly string[];
  /** The levels of the headings in their order. */
  readonly headings: readonly number[];
}

type Node = Awaited<ReturnType<PDFPageProxy["getStructTree"]>>;
type Child = NonNullable<Node>["children"][number];

/** Elements that run on in a line. */
const inline = /^(?:Span|Strong|Em|Link|Quote|NonStruct)$/;

/** Reads a tagged PDF by its structure alone, with pdf.js. */
export function structureText(bytes: Uint8Array): Promise<StructureText> {
  return withPdf(bytes, async (document) => {
    const reader = new Reader();
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      reader.page(number, await page.getStructTree(), await charactersByMark(page));
    }
    return reader.result();
  });
}

class Reader {
  readonly #lines: string[] = [];
  readonly #texts: string[] = [];
  readonly #headings: number[] = [];
  #marked: ReadonlyMap<string, string> = new Map();

  page(number: number, tree: Node, marked: ReadonlyMap<string, string>): void {
    this.#lines.push(`--- side ${number} ---`);
    this.#marked = marked;
    for (const child of tree?.children ?? []) this.#visit(child, 0);
  }

  result(): StructureText {
    const whole = this.#texts.join("").replace(/(?<=\p{L})\u00AD(?=\p{L})/gu, "");
    const words = whole.split(/\s+/u).filter((word) => word !== "");
    return { dump: `${this.#lines.join("\n")}\n`, words, headings: this.#headings };
  }

  #visit(node: Child, depth: number): void {
    if (!("role" in node)) {
      if (node.type === "content") this.#texts.push(this.#marked.get(node.id) ?? "");
      return;
    }
    // A table goes on over pages; pdf.js tells the whole of it on each.
    if (!hasContent(node)) return;
    const block = !inline.test(node.role);
    const alt = altOf(node);
    if (block) this.#lines.push(described(node, this.#marked, depth));
    // A picture's own words are those of its description.
    if (node.role === "Lbl" || (node.role === "Figure" && alt !== undefined)) return;
    if (!block && alt !== undefined) {
      this.#texts.push(alt);
      return;
    }
    const level = /^H([1-6])$/.exec(node.role)?.[1];
    if (level !== undefined) this.#headings.push(Number(level));
    if (block) this.#texts.push("\n");
    for (const child of node.children) this.#visit(child, depth + 1);
    if (block) this.#texts.push("\n");
  }
}

function hasContent(node: Child): boolean {
  return "role" in node ? node.children.some(hasContent) : node.type === "content";
}

/** An element with the text that is its own or runs on in it. */
function described(node: Node & object, marked: ReadonlyMap<string, string>, depth: number): string {
  const alt = altOf(node);
  const text = ownText(node, marked);
  const told = alt === undefined ? (text === "" ? "" : ` »${text}«`) : ` [${alt}]`;
  return `${"  ".repeat(depth)}${node.role}${told}`;
}

function ownText(node: Child, marked: ReadonlyMap<string, string>): string {
  if (!("role" in node)) return node.type === "content" ? (marked.get(node.id) ?? "") : "";
  return node.children
    .map((child) => {
      if (!("role" in child)) return ownText(child, marked);
      return inline.test(child.role) ? (altOf(child) ?? ownText(child, marked)) : "";
    })
    .join("")
    .replaceAll("\u00AD", "");
}

/** What stands in for an element's content: its alternate or its actual text; pdf.js tells both by one name. */
function altOf(node: Node & object): string | undefined {
  return (node as { alt?: string }).alt;
}

/** The characters that are shown, by the marked content they lie in. */
async function charactersByMark(page: PDFPageProxy): Promise<Map<string, string>> {
  // The marked contents are named as in the structure tree, in the order in which both lists meet them.
  const content = await page.getTextContent({ includeMarkedContent: true });
  const ids = content.items.flatMap((item) => ("type" in item && "id" in item && item.id ? [item.id] : []));
  const { fnArray, argsArray } = await page.getOperatorList();
  const texts = new Map<string, string>();
  const open: (string | undefined)[] = [];
  for (const [index, operator] of fnArray.entries()) {
    const given = argsArray[index];
    if (operator === OPS.beginMarkedContent) open.push(open.at(-1));
    else if (operator === OPS.beginMarkedContentProps) {
      open.push(typeof given[1] === "number" ? ids.find((id) => id.endsWith(`_mc${given[1]}`)) : open.at(-1));
    } else if (operator === OPS.endMarkedContent) open.pop();
    else if (operator === OPS.showText) {
      const id = open.at(-1);
      if (id !== undefined) texts.set(id, (texts.get(id) ?? "") + charactersOf(given[0]));
    }
  }
  return texts;
}

function charactersOf(glyphs: readonly ({ unicode?: string } | number)[]): string {
  return glyphs.map((glyph) => (typeof glyph === "number" ? "" : (glyph.unicode ?? ""))).join("");
}
