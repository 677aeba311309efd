import { createHash, type Hash } from "node:crypto";
import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject, PDFRawStream, PDFRef } from "pdf-lib";
import { nameAt } from "./read/values.ts";

/** Entries by which an object belongs to one place in one document, so that no other may stand for it. */
const BOUND = ["StructParent", "StructParents", "OC", "P", "Parent", "Page"].map((key) => PDFName.of(key));
/** Things that are not resources. */
const OWN = new Set([
  "Page",
  "Pages",
  "Catalog",
  "OCG",
  "OCMD",
  "Annot",
  "StructElem",
  "EmbeddedFile",
  "Filespec",
  "Metadata",
]);

/** Finds what several documents have in common, fonts and images above all, by what is in it. */
export class Sharing {
  readonly #first = new Map<string, PDFRef>();
  /** How many objects were not copied again. */
  found = 0;

  /** The object of the whole with this content, where there is one. */
  find(key: string): PDFRef | undefined {
    const known = this.#first.get(key);
    if (known) this.found++;
    return known;
  }

  keep(key: string, ref: PDFRef): void {
    this.#first.set(key, ref);
  }
}

/** Names the objects of one document by what is in them and in all that they refer to. */
export class Contents {
  readonly #context: PDFContext;
  readonly #keys = new Map<PDFRef, string | undefined>();

  constructor(context: PDFContext) {
    this.#context = context;
  }

  /** The same for equal contents; undefined for what must not be shared, and for what is not worth it. */
  key(ref: PDFRef): string | undefined {
    const object = this.#context.lookup(ref);
    const type = object instanceof PDFDict ? nameAt(object, "Type") : undefined;
    const worth = object instanceof PDFRawStream || type === "Font" || type === "FontDescriptor";
    return worth ? this.#keyOf(ref) : undefined;
  }

  #keyOf(ref: PDFRef): string | undefined {
    if (this.#keys.has(ref)) return this.#keys.get(ref);
    // Whatever refers back to itself is not shared: it would need to be compared as a whole.
    this.#keys.set(ref, undefined);
    const hash = createHash("sha256");
    const key = this.#add(hash, this.#context.lookup(ref), 0) ? hash.digest("base64") : undefined;
    this.#keys.set(ref, key);
    return key;
  }

  #add(hash: Hash, object: PDFObject | undefined, depth: number): boolean {
    if (depth > 40) return false;
    if (object instanceof PDFRef) {
      const key = this.#keyOf(object);
      if (key !== undefined) hash.update(`@${key}`);
      return key !== undefined;
    }
    if (object instanceof PDFArray) {
      hash.update("[");
      const all = object.asArray().every((one) => this.#add(hash, one, depth + 1));
      hash.update("]");
      return all;
    }
    if (object instanceof PDFRawStream) {
      if (!this.#addEntries(hash, object.dict, depth)) return false;
      hash.update("stream").update(object.getContents());
      return true;
    }
    if (object instanceof PDFDict) return this.#addEntries(hash, object, depth);
    hash.update(` ${object?.toString() ?? "null"}`);
    return true;
  }

  #addEntries(hash: Hash, dictionary: PDFDict, depth: number): boolean {
    if (BOUND.some((key) => dictionary.has(key)) || OWN.has(nameAt(dictionary, "Type") ?? "")) return false;
    hash.update("<<");
    const entries = dictionary
      .entries()
      // However a stream's length is written, it is the length of its bytes.
      .filter(([key]) => key !== PDFName.of("Length"))
      .sort(([a], [b]) => (a.asString() < b.asString() ? -1 : 1));
    for (const [key, value] of entries) {
      hash.update(key.asString());
      if (!this.#add(hash, value, depth + 1)) return false;
    }
    hash.update(">>");
    return true;
  }
}
