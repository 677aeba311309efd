import { type PDFDict, PDFName, PDFNumber, type PDFRef } from "pdf-lib";
import { LAYOUT_HYPHEN } from "../../core/states.ts";
import type { Bounds, Mark } from "./marks.ts";

/** A node of the structure tree (ISO 32000-1, 14.7.2), in memory, free to be changed. */
export class Element {
  type: string;
  readonly kids: Kid[] = [];
  /** Its object in the file, which bookmarks may point at. */
  readonly ref: PDFRef | undefined;
  alt: string | undefined;
  actualText: string | undefined;
  title: string | undefined;
  language: string | undefined;
  /** Attributes of tables: which cells it heads, and how many rows and columns it takes up when not one. */
  scope: "Row" | "Column" | "Both" | undefined;
  rowSpan = 1;
  columnSpan = 1;
  /** The cells that head this one. */
  headers: readonly Element[] = [];
  /** The marks of a list's items (ISO 32000-1, table 347). */
  numbering: string | undefined;
  /** What a figure takes up on its page. */
  bounds: Bounds | undefined;
  /** Attributes of other owners, kept as they are. */
  otherAttributes: readonly PDFDict[] = [];

  constructor(type: string, ref?: PDFRef) {
    this.type = type;
    this.ref = ref;
  }

  /** The elements among its kids. */
  get elements(): Element[] {
    return this.kids.filter((kid) => kid instanceof Element);
  }

  /** Puts other kids in the place of its own. */
  replaceKids(kids: readonly Kid[]): void {
    this.kids.splice(0, this.kids.length, ...kids);
  }
}

/** What an element holds: others, content, or an annotation. */
export type Kid = Element | Marked | Annotated;

/** Marked content, as a kid. */
export interface Marked {
  readonly mark: Mark;
}

/** An annotation, as a kid (ISO 32000-1, 14.7.4.3). */
export interface Annotated {
  readonly annotation: PDFRef;
  readonly page: PDFRef;
}

/** Visits an element and all below it, parents first. What a visited element holds then is visited next. */
export function* everyElement(root: Element): Generator<Element> {
  const waiting = [root];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    yield element;
    for (let index = element.kids.length - 1; index >= 0; index--) {
      const kid = element.kids[index];
      if (kid instanceof Element) waiting.push(kid);
    }
  }
}

/** The marks in an element and below, in reading order. */
export function marksIn(element: Element, found: Mark[] = []): readonly Mark[] {
  for (const kid of element.kids) {
    if (kid instanceof Element) marksIn(kid, found);
    else if ("mark" in kid) found.push(kid.mark);
  }
  return found;
}

/** The words of an element as they are read aloud, each whole, with one space between them. */
export function wordsOf(element: Element): string {
  return textOf(element).replaceAll(LAYOUT_HYPHEN, "").replace(/\s+/gu, " ").trim();
}

function textOf(element: Element): string {
  if (element.actualText !== undefined) return element.actualText;
  return element.kids
    .map((kid) => {
      if (kid instanceof Element) return kid.alt ?? textOf(kid);
      return "mark" in kid ? (kid.mark.actualText ?? kid.mark.text) + (kid.mark.spaceAfter ? " " : "") : "";
    })
    .join("");
}

const names = new Map<string, PDFName>();

/** The library's name for a text; it looks for escapes each time that it is asked, which a large tree is slow for. */
export function name(text: string): PDFName {
  let known = names.get(text);
  if (!known) {
    known = PDFName.of(text);
    names.set(text, known);
  }
  return known;
}

const numbers: PDFNumber[] = [];

/** The library's object for a whole number. It writes out each that it makes, so that the small ones are made once. */
export function number(value: number): PDFNumber {
  if (value >= 4096) return PDFNumber.of(value);
  numbers[value] ??= PDFNumber.of(value);
  return numbers[value];
}
