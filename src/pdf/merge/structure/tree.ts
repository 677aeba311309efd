import { type PDFDict, PDFNumber, type PDFObject, PDFRef } from "pdf-lib";
import type { Source } from "../read/source.ts";
import { Damage } from "../read/syntax.ts";
import { asDict, dictAt, key, listAt, nameAt, numberAt, resolved } from "../read/values.ts";

/** An element of a structure tree (ISO 32000-1, 14.7.2) with what it says of itself left as it was written. */
export class TreeElement {
  /** Undefined for an element that the merge has made. */
  readonly dictionary: PDFDict | undefined;
  readonly ref: PDFRef | undefined;
  /** The index of the part that it is from. */
  readonly part: number;
  /** Its structure type, as it is or is to be written. */
  type: string;
  /** What it is written with besides: Lang, Alt. */
  readonly more = new Map<string, PDFObject>();
  kids: TreeKid[] = [];

  constructor(type: string, part: number, dictionary?: PDFDict, ref?: PDFRef) {
    this.type = type;
    this.part = part;
    this.dictionary = dictionary;
    this.ref = ref;
  }
}

/** What an element holds. */
export type TreeKid = TreeElement | MarkedContent | ObjectContent;

/** Marked content (14.7.4.2): on a page of its part, counted from 0, or in a form that the page shows. */
export interface MarkedContent {
  readonly kind: "marked";
  readonly page: number;
  readonly id: number;
  readonly stream: PDFObject | undefined;
  readonly streamOwner: PDFObject | undefined;
}

/** An annotation or another object as content (14.7.4.3). */
export interface ObjectContent {
  readonly kind: "object";
  readonly page: number;
  readonly object: PDFRef;
}

/** The structure tree of a part. */
export interface Tree {
  readonly root: PDFDict;
  readonly kids: TreeElement[];
}

const keyK = key("K");

/** Deeper than any document; a guard against trees that are made to break readers. */
const DEEPEST = 400;

/** Reads the structure tree; undefined where there is none. What points at no page of the document is left out. @throws Damage */
export function readTree(source: Source, part: number): Tree | undefined {
  const root = dictAt(source.catalog, "StructTreeRoot");
  if (!root?.has(keyK)) return undefined;
  const kids = new TreeReader(source, part).kids(root, undefined, 0).filter((kid) => kid instanceof TreeElement);
  return kids.length === 0 ? undefined : { root, kids };
}

class TreeReader {
  readonly #source: Source;
  readonly #part: number;
  readonly #pages: ReadonlyMap<PDFRef, number>;
  readonly #annotations = new Map<PDFRef, number>();
  readonly #seen = new Set<PDFDict>();

  constructor(source: Source, part: number) {
    this.#source = source;
    this.#part = part;
    this.#pages = new Map(source.pages.map((page, index) => [page.ref, index]));
    for (const [index, page] of source.pages.entries()) {
      for (const one of listAt(page.dictionary, "Annots")) {
        if (one instanceof PDFRef) this.#annotations.set(one, index);
      }
    }
  }

  kids(dictionary: PDFDict, page: number | undefined, depth: number): TreeKid[] {
    if (depth > DEEPEST) throw new Damage("opmærkningen har for mange lag");
    const value = dictionary.get(keyK);
    const list = listAt(dictionary, "K");
    const kids = list.length > 0 ? list : value === undefined ? [] : [value];
    return kids.flatMap((kid) => this.#kid(kid, page, depth) ?? []);
  }

  #kid(object: PDFObject, page: number | undefined, depth: number): TreeKid | undefined {
    const value = resolved(this.#source.catalog.context, object);
    if (value instanceof PDFNumber) {
      if (page === undefined) return undefined;
      return { kind: "marked", page, id: value.asNumber(), stream: undefined, streamOwner: undefined };
    }
    const dictionary = asDict(value);
    if (!dictionary) return undefined;
    const own = dictionary.get(key("Pg"));
    const at = own instanceof PDFRef ? this.#pages.get(own) : page;
    const type = nameAt(dictionary, "Type");
    if (type === "MCR") return this.#marked(dictionary, at);
    if (type === "OBJR") return this.#object(dictionary, at);
    if (this.#seen.has(dictionary)) throw new Damage("opmærkningen går i ring");
    this.#seen.add(dictionary);
    const name = nameAt(dictionary, "S");
    if (name === undefined) throw new Damage("et element i opmærkningen har ingen type");
    const element = new TreeElement(name, this.#part, dictionary, object instanceof PDFRef ? object : undefined);
    element.kids = this.kids(dictionary, own instanceof PDFRef ? at : page, depth + 1);
    return element;
  }

  #marked(dictionary: PDFDict, page: number | undefined): MarkedContent | undefined {
    const id = numberAt(dictionary, "MCID");
    if (page === undefined || id === undefined) return undefined;
    const stream = dictionary.get(key("Stm"));
    return { kind: "marked", page, id, stream, streamOwner: dictionary.get(key("StmOwn")) };
  }

  #object(dictionary: PDFDict, page: number | undefined): ObjectContent | undefined {
    const object = dictionary.get(key("Obj"));
    if (!(object instanceof PDFRef)) return undefined;
    const at = this.#annotations.get(object) ?? page;
    return at === undefined ? undefined : { kind: "object", page: at, object };
  }
}

/** Elements and all below them, parents first. */
export function everyElement(kids: Iterable<TreeKid>): TreeElement[] {
  const found: TreeElement[] = [];
  const visit = (some: Iterable<TreeKid>): void => {
    for (const kid of some) {
      if (!(kid instanceof TreeElement)) continue;
      found.push(kid);
      visit(kid.kids);
    }
  };
  visit(kids);
  return found;
}

/** Visits the content in elements and all below them, in reading order. */
export function* everyContent(kids: Iterable<TreeKid>): Generator<MarkedContent | ObjectContent> {
  for (const kid of kids) {
    if (kid instanceof TreeElement) yield* everyContent(kid.kids);
    else yield kid;
  }
}
