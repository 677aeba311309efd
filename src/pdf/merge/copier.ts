import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from "pdf-lib";
import { textOfName } from "../names.ts";
import { Contents, type Sharing } from "./sharing.ts";

/** Changes a dictionary's copy, for instance the names in it. `ref` is the copy's own where it is an object of its own. */
export type Touch = (copy: PDFDict, original: PDFDict, ref: PDFRef | undefined) => void;

/**
 * Copies objects of one document into another by what they refer to: each once, however many ways lead to it, so that a page, its
 * annotations, tags and bookmarks all mean the same copies.
 */
export class Copier {
  readonly #source: PDFContext;
  readonly #target: PDFContext;
  readonly #sharing: Sharing;
  readonly #contents: Contents;
  readonly #touch: Touch;
  readonly #copies = new Map<PDFRef, PDFObject>();
  readonly #waiting: [ref: PDFRef, object: PDFObject][] = [];

  constructor(source: PDFContext, target: PDFContext, sharing: Sharing, touch: Touch) {
    this.#source = source;
    this.#target = target;
    this.#sharing = sharing;
    this.#contents = new Contents(source);
    this.#touch = touch;
  }

  /** Says beforehand what stands for an object in the other document; null for nothing. */
  fix(source: PDFRef, target: PDFRef | typeof PDFNull): void {
    this.#copies.set(source, target);
  }

  /** The copy of an object; of a reference the reference to its copy, which `finish` makes. */
  copy(object: PDFObject): PDFObject {
    if (object instanceof PDFRef) return this.#refer(object);
    if (object instanceof PDFDict) return this.dictionary(object);
    return this.#direct(object, undefined);
  }

  /** The copy of a dictionary, without some of its entries. */
  dictionary(original: PDFDict, ref?: PDFRef, without: readonly string[] = []): PDFDict {
    const copy = PDFDict.withContext(this.#target);
    for (const [key, value] of original.entries()) {
      if (without.length === 0 || !without.includes(textOfName(key))) copy.set(key, this.copy(value));
    }
    this.#touch(copy, original, ref);
    return copy;
  }

  /** Copies all that was referred to. */
  finish(): void {
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      this.#target.assign(next[0], this.#direct(next[1], next[0]));
    }
  }

  #refer(ref: PDFRef): PDFObject {
    const known = this.#copies.get(ref);
    if (known) return known;
    const object = this.#source.lookup(ref);
    // A reference to what is not there means null (ISO 32000-1, 7.3.10).
    if (object === undefined) return PDFNull;
    const key = this.#contents.key(ref);
    const shared = key === undefined ? undefined : this.#sharing.find(key);
    const copy = shared ?? this.#target.nextRef();
    this.#copies.set(ref, copy);
    if (shared) return shared;
    if (key !== undefined) this.#sharing.keep(key, copy);
    this.#waiting.push([copy, object]);
    return copy;
  }

  #direct(object: PDFObject, ref: PDFRef | undefined): PDFObject {
    if (object instanceof PDFDict) return this.dictionary(object, ref);
    if (object instanceof PDFArray) {
      const copy = PDFArray.withContext(this.#target);
      for (const one of object.asArray()) copy.push(this.copy(one));
      return copy;
    }
    if (object instanceof PDFRawStream) {
      const contents = object.getContents();
      const dictionary = this.dictionary(object.dict, ref, ["Length"]);
      dictionary.set(PDFName.of("Length"), PDFNumber.of(contents.length));
      return PDFRawStream.of(dictionary, contents);
    }
    return object;
  }
}
