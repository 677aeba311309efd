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
import type { Mark } from "./marks.ts";
import { Element, type Kid, name } from "./structure.ts";

/** Finds the mark that a number on a page, or in a form, stands for. */
export type FindMark = (owner: PDFRef, id: number) => Mark | undefined;

/** Reads the structure tree; what points at nothing is left out. Undefined where there is no tree. */
export function readStructure(context: PDFContext, root: PDFDict, find: FindMark): Element | undefined {
  const reader = new Reader(context, find);
  const [document, ...more] = reader.kids(root, undefined).filter((kid) => kid instanceof Element);
  if (!document) return undefined;
  reader.connectHeaders();
  if (more.length === 0 && document.type === "Document") return document;
  const whole = new Element("Document");
  whole.kids.push(document, ...more);
  return whole;
}

class Reader {
  readonly #context: PDFContext;
  readonly #find: FindMark;
  readonly #byId = new Map<string, Element>();
  readonly #headed: [cell: Element, ids: readonly string[]][] = [];

  constructor(context: PDFContext, find: FindMark) {
    this.#context = context;
    this.#find = find;
  }

  kids(dictionary: PDFDict, page: PDFRef | undefined): Kid[] {
    const value = dictionary.lookup(name("K"));
    const list = value instanceof PDFArray ? value.asArray() : value === undefined ? [] : [dictionary.get(name("K"))];
    return list.flatMap((one) => (one ? this.#kid(one, page) : []));
  }

  connectHeaders(): void {
    for (const [cell, ids] of this.#headed) {
      cell.headers = ids.map((id) => this.#byId.get(id)).filter((header) => header !== undefined);
    }
  }

  #kid(object: PDFObject, page: PDFRef | undefined): Kid[] {
    const value = object instanceof PDFRef ? this.#context.lookup(object) : object;
    if (value instanceof PDFNumber) return page ? this.#content(page, value) : [];
    if (!(value instanceof PDFDict)) return [];
    const own = value.get(name("Pg"));
    const at = own instanceof PDFRef ? own : page;
    const type = value.lookupMaybe(name("Type"), PDFName)?.decodeText();
    if (type === "MCR") {
      const stream = value.get(name("Stm"));
      const owner = stream instanceof PDFRef ? stream : at;
      return owner ? this.#content(owner, value.lookup(name("MCID"), PDFNumber)) : [];
    }
    if (type === "OBJR") {
      const annotation = value.get(name("Obj"));
      return annotation instanceof PDFRef && at ? [{ annotation, page: at }] : [];
    }
    return [this.#element(value, object instanceof PDFRef ? object : undefined, at)];
  }

  #content(owner: PDFRef, id: PDFNumber): Kid[] {
    const mark = this.#find(owner, id.asNumber());
    return mark ? [{ mark }] : [];
  }

  #element(dictionary: PDFDict, ref: PDFRef | undefined, page: PDFRef | undefined): Element {
    const element = new Element(dictionary.lookup(name("S"), PDFName).decodeText(), ref);
    element.alt = textAt(dictionary, "Alt");
    element.actualText = textAt(dictionary, "ActualText");
    element.title = textAt(dictionary, "T");
    element.language = textAt(dictionary, "Lang");
    const id = textAt(dictionary, "ID");
    if (id !== undefined) this.#byId.set(id, element);
    this.#readAttributes(element, dictionary);
    element.kids.push(...this.kids(dictionary, page));
    return element;
  }

  #readAttributes(element: Element, dictionary: PDFDict): void {
    const value = dictionary.lookup(name("A"));
    const list = value instanceof PDFArray ? value.asArray().map((one) => this.#context.lookup(one)) : [value];
    for (const one of list) {
      if (!(one instanceof PDFDict)) continue;
      const owner = one.lookupMaybe(name("O"), PDFName)?.decodeText();
      if (owner === "Table") this.#readTable(element, one);
      else if (owner === "List") element.numbering = one.lookupMaybe(name("ListNumbering"), PDFName)?.decodeText();
      else element.otherAttributes = [...element.otherAttributes, one];
    }
  }

  #readTable(element: Element, attributes: PDFDict): void {
    const scope = attributes.lookupMaybe(name("Scope"), PDFName)?.decodeText();
    if (scope === "Row" || scope === "Column" || scope === "Both") element.scope = scope;
    element.rowSpan = attributes.lookupMaybe(name("RowSpan"), PDFNumber)?.asNumber() ?? element.rowSpan;
    element.columnSpan = attributes.lookupMaybe(name("ColSpan"), PDFNumber)?.asNumber() ?? element.columnSpan;
    const headers = attributes.lookupMaybe(name("Headers"), PDFArray)?.asArray() ?? [];
    const ids = headers.map((one) => textFrom(this.#context.lookup(one))).filter((id) => id !== undefined);
    if (ids.length > 0) this.#headed.push([element, ids]);
  }
}

function textAt(dictionary: PDFDict, key: string): string | undefined {
  return textFrom(dictionary.lookup(name(key)));
}

function textFrom(value: PDFObject | undefined): string | undefined {
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
}
