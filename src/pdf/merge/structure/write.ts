import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNull, PDFNumber, type PDFObject, PDFRef } from "pdf-lib";
import { nameOf, textOfName } from "../../names.ts";
import type { Copier } from "../copier.ts";
import type { PartNames } from "../part-names.ts";
import { byteKey, key as keyOf, keyString, resolved } from "../read/values.ts";
import { everyElement, type ObjectContent, TreeElement, type TreeKid } from "./tree.ts";

/** What the writer has to know of each part. */
export interface PartInWhole {
  readonly copier: Copier;
  readonly names: PartNames;
  /** The pages of the whole by the index of the part's page. */
  readonly pages: ReadonlyMap<number, PDFRef>;
}

/** To which elements content belongs, by what holds it: a page or form and the number in it, or an annotation. */
export interface Owners {
  readonly marked: ReadonlyMap<PDFObject, ReadonlyMap<number, PDFRef>>;
  readonly objects: ReadonlyMap<PDFObject, PDFRef>;
  /** The elements by the byte string that is their ID. */
  readonly ids: ReadonlyMap<string, PDFRef>;
}

/** What an element is written with anew. */
const RENEWED = ["S", "P", "Pg", "K", "ID", "C"];

/** Writes the elements of the whole (ISO 32000-1, 14.7.2); everything in them that the merge does not change is copied. */
export class TreeWriter {
  readonly #context: PDFContext;
  readonly #parts: readonly PartInWhole[];
  readonly #refs = new Map<TreeElement, PDFRef>();
  readonly #marked = new Map<PDFObject, Map<number, PDFRef>>();
  readonly #objects = new Map<PDFObject, PDFRef>();
  readonly #ids = new Map<string, PDFRef>();

  constructor(context: PDFContext, parts: readonly PartInWhole[]) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Gives each element its object, so that whatever refers to one finds it. Must come before anything is copied. */
  announce(document: TreeElement): void {
    for (const element of everyElement([document])) {
      const ref = this.#context.nextRef();
      this.#refs.set(element, ref);
      if (element.ref) this.#parts[element.part]?.copier.fix(element.ref, ref);
    }
  }

  write(document: TreeElement, root: PDFRef): Owners {
    this.#element(document, root);
    return { marked: this.#marked, objects: this.#objects, ids: this.#ids };
  }

  /** The object of an element that has been announced. */
  refOf(element: TreeElement): PDFRef {
    const ref = this.#refs.get(element);
    if (!ref) throw new Error(`An element ${element.type} that is not in the tree`);
    return ref;
  }

  #element(element: TreeElement, parent: PDFRef): void {
    const ref = this.refOf(element);
    const part = this.#parts[element.part];
    if (!part) throw new Error("An element of no part");
    const copy = element.dictionary
      ? part.copier.dictionary(element.dictionary, ref, RENEWED)
      : PDFDict.withContext(this.#context);
    // The role map is for types without a namespace, and the types that the merge makes are standard ones.
    const mapped = element.dictionary && !element.dictionary.has(keyOf("NS"));
    const typed = mapped ? part.names.type(element.type) : element.type;
    copy.set(keyOf("S"), nameOf(typed));
    copy.set(keyOf("P"), parent);
    for (const [key, value] of element.more) copy.set(keyOf(key), value);
    if (element.dictionary) this.#names(element.dictionary, copy, ref, part.names);
    const page = firstPage(element);
    const pageRef = page === undefined ? undefined : part.pages.get(page);
    if (pageRef) copy.set(keyOf("Pg"), pageRef);
    const kids = element.kids.map((kid) => this.#kid(kid, ref, page, part));
    const [only] = kids;
    if (kids.length === 1 && only) copy.set(keyOf("K"), only);
    else if (kids.length > 1) copy.set(keyOf("K"), this.#context.obj(kids));
    this.#context.assign(ref, copy);
  }

  /** The ID (14.7.2) and the classes (14.7.5.3, with or without revision numbers) by their names in the whole. */
  #names(original: PDFDict, copy: PDFDict, ref: PDFRef, names: PartNames): void {
    const id = byteKey(resolved(original.context, original.get(keyOf("ID"))));
    if (id !== undefined) {
      copy.set(keyOf("ID"), keyString(names.id(id)));
      this.#ids.set(names.id(id), ref);
    }
    const classes = resolved(original.context, original.get(keyOf("C")));
    const renamed = (one: PDFObject) => (one instanceof PDFName ? nameOf(names.class(textOfName(one))) : one);
    if (classes instanceof PDFArray) copy.set(keyOf("C"), this.#context.obj(classes.asArray().map(renamed)));
    else if (classes) copy.set(keyOf("C"), renamed(classes));
  }

  #kid(kid: TreeKid, parent: PDFRef, page: number | undefined, part: PartInWhole): PDFObject {
    if (kid instanceof TreeElement) {
      this.#element(kid, parent);
      return this.refOf(kid);
    }
    const pageRef = part.pages.get(kid.page);
    if (!pageRef) throw new Error("Content of a page that is not taken");
    if (kid.kind === "object") return this.#object(kid, parent, pageRef, part);
    const stream = kid.stream && part.copier.copy(kid.stream);
    const holder = stream ?? pageRef;
    const owned = this.#marked.get(holder) ?? new Map<number, PDFRef>();
    this.#marked.set(holder, owned.set(kid.id, parent));
    if (!stream && kid.page === page) return PDFNumber.of(kid.id);
    const reference = this.#context.obj({ Type: "MCR", Pg: pageRef, MCID: kid.id });
    if (stream) reference.set(keyOf("Stm"), stream);
    if (kid.streamOwner) reference.set(keyOf("StmOwn"), part.copier.copy(kid.streamOwner));
    return reference;
  }

  #object(kid: ObjectContent, parent: PDFRef, page: PDFRef, part: PartInWhole): PDFObject {
    const object = part.copier.copy(kid.object);
    if (object === PDFNull || !(object instanceof PDFRef)) return PDFNull;
    this.#objects.set(object, parent);
    return this.#context.obj({ Type: "OBJR", Obj: object, Pg: page });
  }
}

/** The page of the element's own first content, which its numbers need not name again. */
function firstPage(element: TreeElement): number | undefined {
  for (const kid of element.kids)
    if (!(kid instanceof TreeElement) && kid.kind === "marked" && !kid.stream) return kid.page;
  return undefined;
}
