import {
  type PDFArray,
  type PDFContext,
  PDFDict,
  PDFNull,
  PDFNumber,
  type PDFObject,
  type PDFRef,
  PDFString,
} from "pdf-lib";
import { textString } from "../text-string.ts";
import type { Content } from "./content.ts";
import { roleOf } from "./roles.ts";
import { Element, everyElement, type Kid, name, number } from "./structure.ts";

/** What a structure tree is written into. */
export interface Target {
  readonly context: PDFContext;
  readonly root: PDFRef;
  readonly pages: readonly PDFRef[];
  /** The read content streams of pages and forms, in the order of the pages. */
  readonly contents: readonly Content[];
}

/**
 * Writes a structure tree in the place of the old one: elements, the parent tree, ids and role map (ISO 32000-1, 14.7).
 * Returns the objects that are elements now.
 */
export function writeStructure(document: Element, target: Target): ReadonlySet<PDFRef> {
  return new Writer(target).write(document);
}

class Writer {
  readonly #context: PDFContext;
  readonly #target: Target;
  readonly #refs = new Map<Element, PDFRef>();
  readonly #ids = new Map<Element, string>();
  /** For each content stream, the element of each of its marks. */
  readonly #owners = new Map<Content, Map<number, PDFRef>>();
  readonly #annotations: [annotation: PDFRef, owner: PDFRef][] = [];

  constructor(target: Target) {
    this.#context = target.context;
    this.#target = target;
  }

  write(document: Element): ReadonlySet<PDFRef> {
    const elements = [...everyElement(document)];
    for (const element of elements) {
      this.#refs.set(element, element.ref ?? this.#context.nextRef());
      for (const header of element.headers) {
        if (!this.#ids.has(header)) this.#ids.set(header, `celle-${String(this.#ids.size + 1).padStart(5, "0")}`);
      }
    }
    const written = new Set(this.#refs.values());
    this.#writeElement(document, this.#target.root);
    this.#writeRoot(document, elements);
    return written;
  }

  #refOf(element: Element): PDFRef {
    const ref = this.#refs.get(element);
    if (!ref) throw new Error(`An element ${element.type} that is not in the tree`);
    return ref;
  }

  #writeElement(element: Element, parent: PDFRef): void {
    const ref = this.#refOf(element);
    const page = firstPage(element);
    const dictionary = this.#dictionary({ S: name(element.type), P: parent });
    if (page !== undefined) dictionary.set(name("Pg"), this.#pageRef(page));
    const id = this.#ids.get(element);
    if (id !== undefined) dictionary.set(name("ID"), PDFString.of(id));
    for (const [key, text] of [
      ["Alt", element.alt],
      ["ActualText", element.actualText],
      ["T", element.title],
      ["Lang", element.language],
    ] as const) {
      if (text !== undefined) dictionary.set(name(key), textString(text));
    }
    const attributes = this.#attributes(element);
    if (attributes.length > 0) dictionary.set(name("A"), this.#context.obj(attributes));
    const kids = element.kids.map((kid) => this.#kid(kid, element.type, ref, page));
    const [only] = kids;
    if (kids.length === 1 && only) dictionary.set(name("K"), only);
    else if (kids.length > 1) dictionary.set(name("K"), this.#context.obj(kids));
    this.#context.assign(ref, dictionary);
  }

  #kid(kid: Kid, type: string, parent: PDFRef, page: number | undefined): PDFObject {
    if (kid instanceof Element) {
      this.#writeElement(kid, parent);
      return this.#refOf(kid);
    }
    if ("annotation" in kid) {
      this.#annotations.push([kid.annotation, parent]);
      return this.#dictionary({ Type: name("OBJR"), Obj: kid.annotation, Pg: kid.page });
    }
    const { content, id } = kid.mark;
    kid.mark.tag = type;
    const owners = this.#owners.get(content) ?? new Map<number, PDFRef>();
    this.#owners.set(content, owners.set(id, parent));
    const form = !this.#target.pages.includes(content.owner);
    if (!form && content.page === page) return number(id);
    const reference = this.#dictionary({ Type: name("MCR"), Pg: this.#pageRef(content.page), MCID: number(id) });
    if (form) reference.set(name("Stm"), content.owner);
    return reference;
  }

  #attributes(element: Element): PDFDict[] {
    const found: PDFDict[] = [...element.otherAttributes];
    const table = this.#dictionary({ O: name("Table") });
    if (element.scope) table.set(name("Scope"), name(element.scope));
    if (element.rowSpan !== 1) table.set(name("RowSpan"), PDFNumber.of(element.rowSpan));
    if (element.columnSpan !== 1) table.set(name("ColSpan"), PDFNumber.of(element.columnSpan));
    const headers = element.headers.map((header) => this.#ids.get(header)).filter((id) => id !== undefined);
    if (headers.length > 0) table.set(name("Headers"), this.#context.obj(headers.map((id) => PDFString.of(id))));
    if (table.keys().length > 1) found.push(table);
    if (element.bounds) {
      const box = element.bounds.map((points) => PDFNumber.of(Math.round(points * 100) / 100));
      found.push(this.#dictionary({ O: name("Layout"), BBox: this.#context.obj(box) }));
    }
    if (element.numbering) found.push(this.#dictionary({ O: name("List"), ListNumbering: name(element.numbering) }));
    return found;
  }

  #writeRoot(document: Element, elements: readonly Element[]): void {
    const entries = this.#parentTree();
    const root = this.#dictionary({
      Type: name("StructTreeRoot"),
      K: this.#refOf(document),
      ParentTree: this.#context.obj({ Nums: entries.flat() }),
      ParentTreeNextKey: number(entries.length),
    });
    const ids = [...this.#ids].map(([element, id]): [string, PDFRef] => [id, this.#refOf(element)]);
    if (ids.length > 0) {
      const names = ids.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([id, ref]) => [PDFString.of(id), ref]);
      root.set(name("IDTree"), this.#context.obj({ Names: names }));
    }
    const roles = new Map(elements.map((element) => [element.type, roleOf(element)]));
    const mapped = [...roles].filter(([, role]) => role !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    if (mapped.length > 0) {
      root.set(
        name("RoleMap"),
        this.#context.obj(Object.fromEntries(mapped.map(([type, role]) => [type, name(role ?? "")]))),
      );
    }
    this.#context.assign(this.#target.root, root);
  }

  /** Numbers the pages, forms and annotations anew, and lists the elements that they belong to (ISO 32000-1, 14.7.4.4). */
  #parentTree(): [PDFNumber, PDFObject][] {
    const entries: [PDFNumber, PDFObject][] = [];
    for (const content of this.#target.contents) {
      const dictionary = this.#dictionaryOf(content.owner);
      const owners = this.#owners.get(content);
      dictionary.delete(name("StructParents"));
      if (!owners) continue;
      dictionary.set(name("StructParents"), number(entries.length));
      const list: PDFArray = this.#context.obj([]);
      const last = Math.max(...owners.keys());
      for (let id = 0; id <= last; id++) list.push(owners.get(id) ?? PDFNull);
      entries.push([number(entries.length), this.#context.register(list)]);
    }
    for (const [annotation, owner] of this.#annotations) {
      this.#dictionaryOf(annotation).set(name("StructParent"), number(entries.length));
      entries.push([number(entries.length), owner]);
    }
    return entries;
  }

  #dictionaryOf(ref: PDFRef): PDFDict {
    const object = this.#context.lookup(ref);
    if (object instanceof PDFDict) return object;
    if (object && "dict" in object && object.dict instanceof PDFDict) return object.dict;
    throw new Error(`No dictionary: ${ref}`);
  }

  #pageRef(index: number): PDFRef {
    const ref = this.#target.pages[index];
    if (!ref) throw new Error(`No page ${index}`);
    return ref;
  }

  #dictionary(entries: Readonly<Record<string, PDFObject>>): PDFDict {
    const dictionary = PDFDict.withContext(this.#context);
    for (const [key, value] of Object.entries(entries)) dictionary.set(name(key), value);
    return dictionary;
  }
}

/** The page of the element's own first content, which its numbers need not name again. */
function firstPage(element: Element): number | undefined {
  for (const kid of element.kids) if ("mark" in kid) return kid.mark.content.page;
  return undefined;
}
