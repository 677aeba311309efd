import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from "pdf-lib";
import { textOfName } from "../names.ts";
import type { Mark } from "./marks.ts";
import { Element, type Kid, name } from "./structure.ts";

/** Finds the mark that a number on a page, or in a form, stands for. */
export type FindMark = (owner: PDFRef, id: number) => Mark | undefined;

/** Reads the structure tree; what points at nothing is left out. Undefined where there is no tree. */
export function readStructure(context: PDFContext, root: PDFDict, find: FindMark): Element | undefined {
  const reader = new Reader(context, find);
  const top: Kid[] = [];
  reader.readKids(root, undefined, top);
  const [document, ...more] = top.filter((kid) => kid instanceof Element);
  if (!document) return undefined;
  reader.connectHeaders();
  if (more.length === 0 && document.type === "Document") return document;
  const whole = new Element("Document");
  whole.kids.push(document, ...more);
  return whole;
}

/** What is asked of every element, and of its attributes (ISO 32000-1, tables 323 to 325, 347 and 349). */
const keys = {
  type: name("Type"),
  structureType: name("S"),
  kids: name("K"),
  page: name("Pg"),
  id: name("ID"),
  attributes: name("A"),
  title: name("T"),
  language: name("Lang"),
  description: name("Alt"),
  actualText: name("ActualText"),
  owner: name("O"),
  numbering: name("ListNumbering"),
  scope: name("Scope"),
  rowSpan: name("RowSpan"),
  columnSpan: name("ColSpan"),
  headers: name("Headers"),
  number: name("MCID"),
  stream: name("Stm"),
  object: name("Obj"),
};

/** What points at marked content, and at an annotation. */
const types = { content: name("MCR"), object: name("OBJR") };

class Reader {
  readonly #context: PDFContext;
  readonly #find: FindMark;
  readonly #byId = new Map<string, Element>();
  readonly #headed: [cell: Element, ids: readonly string[]][] = [];

  constructor(context: PDFContext, find: FindMark) {
    this.#context = context;
    this.#find = find;
  }

  /** Adds what an element, or the root, holds. */
  readKids(dictionary: PDFDict, page: PDFRef | undefined, kids: Kid[]): void {
    const own = dictionary.get(keys.kids);
    const value = this.#resolved(own);
    if (!(value instanceof PDFArray)) this.#readKid(own, page, kids);
    else for (let index = 0; index < value.size(); index++) this.#readKid(value.get(index), page, kids);
  }

  connectHeaders(): void {
    for (const [cell, ids] of this.#headed) {
      cell.headers = ids.map((id) => this.#byId.get(id)).filter((header) => header !== undefined);
    }
  }

  #readKid(object: PDFObject | undefined, page: PDFRef | undefined, kids: Kid[]): void {
    const value = this.#resolved(object);
    if (value instanceof PDFNumber) this.#readContent(page, value, kids);
    if (!(value instanceof PDFDict)) return;
    const own = value.get(keys.page);
    const at = own instanceof PDFRef ? own : page;
    const type = this.#resolved(value.get(keys.type));
    if (type === types.content) {
      const stream = value.get(keys.stream);
      const owner = stream instanceof PDFRef ? stream : at;
      if (owner) this.#readContent(owner, value.lookup(keys.number, PDFNumber), kids);
    } else if (type === types.object) {
      const annotation = value.get(keys.object);
      if (annotation instanceof PDFRef && at) kids.push({ annotation, page: at });
    } else kids.push(this.#element(value, object instanceof PDFRef ? object : undefined, at));
  }

  #readContent(owner: PDFRef | undefined, id: PDFNumber, kids: Kid[]): void {
    const mark = owner && this.#find(owner, id.asNumber());
    if (mark) kids.push({ mark });
  }

  #element(dictionary: PDFDict, ref: PDFRef | undefined, page: PDFRef | undefined): Element {
    const element = new Element(textOfName(dictionary.lookup(keys.structureType, PDFName)), ref);
    element.alt = textAt(dictionary, keys.description);
    element.actualText = textAt(dictionary, keys.actualText);
    element.title = textAt(dictionary, keys.title);
    element.language = textAt(dictionary, keys.language);
    const id = textAt(dictionary, keys.id);
    if (id !== undefined) this.#byId.set(id, element);
    this.#readAttributes(element, dictionary);
    this.readKids(dictionary, page, element.kids);
    return element;
  }

  #readAttributes(element: Element, dictionary: PDFDict): void {
    const value = this.#resolved(dictionary.get(keys.attributes));
    if (value === undefined) return;
    const list = value instanceof PDFArray ? value.asArray().map((one) => this.#resolved(one)) : [value];
    for (const one of list) {
      if (!(one instanceof PDFDict)) continue;
      const owner = this.#nameAt(one, keys.owner);
      if (owner === "Table") this.#readTable(element, one);
      else if (owner === "List") element.numbering = this.#nameAt(one, keys.numbering);
      else element.otherAttributes = [...element.otherAttributes, one];
    }
  }

  #readTable(element: Element, attributes: PDFDict): void {
    const scope = this.#nameAt(attributes, keys.scope);
    if (scope === "Row" || scope === "Column" || scope === "Both") element.scope = scope;
    element.rowSpan = attributes.lookupMaybe(keys.rowSpan, PDFNumber)?.asNumber() ?? element.rowSpan;
    element.columnSpan = attributes.lookupMaybe(keys.columnSpan, PDFNumber)?.asNumber() ?? element.columnSpan;
    const headers = attributes.lookupMaybe(keys.headers, PDFArray)?.asArray() ?? [];
    const ids = headers.map((one) => textFrom(this.#resolved(one))).filter((id) => id !== undefined);
    if (ids.length > 0) this.#headed.push([element, ids]);
  }

  /** What a reference leads to; anything else is it itself. */
  #resolved(object: PDFObject | undefined): PDFObject | undefined {
    return object instanceof PDFRef ? this.#context.lookup(object) : object;
  }

  #nameAt(dictionary: PDFDict, key: PDFName): string | undefined {
    const value = this.#resolved(dictionary.get(key));
    return value instanceof PDFName ? textOfName(value) : undefined;
  }
}

function textAt(dictionary: PDFDict, key: PDFName): string | undefined {
  return dictionary.has(key) ? textFrom(dictionary.lookup(key)) : undefined;
}

/** What stands for itself in a string: the ids of a table's cells, hundreds of them. */
const PLAIN = /^[ -[\]-~]*$/;

function textFrom(value: PDFObject | undefined): string | undefined {
  if (value instanceof PDFString && PLAIN.test(value.asString())) return value.asString();
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
}
