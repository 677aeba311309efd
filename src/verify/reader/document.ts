import { decodeStream } from "./filters.ts";
import { readIndirect } from "./indirect.ts";
import { type Budget, Malformed } from "./limits.ts";
import { dictOf, nameOf, PdfDict, type PdfObject, PdfRef, PdfStream, PdfString } from "./objects.ts";
import { Scanner } from "./scanner.ts";
import { type Place, readSection, type Section } from "./xref.ts";

/** Where `startxref` may begin: readers look at the last kilobyte (ISO 32000-1, Annex H, 3.4.4). */
export const TAIL = 1024;

/** How a revision closes (7.5.5), with white space as PDF has it and no other, for other readers stop at any other. */
export const CLOSING = /startxref[\t\n\f\r ]+(\d{1,15})[\t\n\f\r ]+%%EOF/;

/**
 * A PDF as it stood at one moment: the first so many bytes of a file, which end with that moment's `%%EOF`. Its objects are
 * found by its own cross-reference chain, and nothing is repaired: what two readers may read differently is `Malformed`.
 */
export class PdfState {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  /** The chain of sections, the newest first (ISO 32000-2, 7.5.6). */
  readonly sections: readonly Section[];
  /** The byte after the `%%EOF` that closes it. */
  readonly end: number;
  readonly #places = new Map<number, Place>();
  readonly #objects = new Map<number, PdfObject>();
  readonly #packed = new Map<number, readonly PackedObject[]>();

  /** Throws `Malformed` or `TooMuch`. */
  constructor(bytes: Uint8Array, budget: Budget) {
    this.bytes = bytes;
    this.budget = budget;
    const { offset, end } = findStart(bytes);
    this.end = end;
    this.sections = readChain(bytes, offset, budget);
    for (const section of this.sections) {
      for (const [number, place] of section.places) if (!this.#places.has(number)) this.#places.set(number, place);
    }
  }

  /** The newest section's trailer. */
  get trailer(): PdfDict {
    return this.sections[0]?.trailer ?? new PdfDict(new Map(), [], 0, 0);
  }

  get encrypted(): boolean {
    return this.sections.some((section) => section.trailer.entries.has("Encrypt"));
  }

  /** The numbers of all objects that are in use. */
  get numbers(): number[] {
    return [...this.#places].filter(([, place]) => place.kind !== "free").map(([number]) => number);
  }

  /** Where an object is; undefined when the chain does not know it. */
  place(number: number): Place | undefined {
    return this.#places.get(number);
  }

  /** An object by its number; null where there is none (7.3.10). */
  object(number: number): PdfObject {
    const known = this.#objects.get(number);
    if (known !== undefined) return known;
    const place = this.#places.get(number);
    // Null as long as it is being read, so that an object that needs itself is found out and not run in a ring.
    this.#objects.set(number, null);
    const found = place === undefined || place.kind === "free" ? null : this.#read(number, place);
    this.#objects.set(number, found);
    return found;
  }

  /** The object that a reference leads to, or the object itself. */
  resolve(object: PdfObject | undefined): PdfObject {
    let found = object ?? null;
    for (let step = 0; found instanceof PdfRef; step += 1) {
      if (step > 8) throw new Malformed("Henvisninger fører i ring.");
      found = this.object(found.number);
    }
    return found;
  }

  /** The dictionary (or the stream's dictionary) under a key. */
  dict(holder: PdfObject | undefined, key: string): PdfDict | undefined {
    return dictOf(this.value(holder, key));
  }

  /** What stands under a key, references followed; null where there is nothing. */
  value(holder: PdfObject | undefined, key: string): PdfObject {
    return this.resolve(dictOf(this.resolve(holder))?.entries.get(key));
  }

  /** The array under a key; empty where there is none. */
  array(holder: PdfObject | undefined, key: string): readonly PdfObject[] {
    const found = this.value(holder, key);
    return Array.isArray(found) ? found : [];
  }

  /** The document's catalog (7.7.2). */
  get catalog(): PdfDict {
    const root = this.resolve(this.trailer.entries.get("Root"));
    if (!(root instanceof PdfDict)) throw new Malformed("Filen har intet katalog.");
    return root;
  }

  #read(number: number, place: Exclude<Place, { kind: "free" }>): PdfObject {
    if (place.kind === "packed") {
      const found = this.#packedIn(place.stream)[place.index];
      // Some readers go by the number, some by the index.
      if (found?.number !== number) throw new Malformed(`Objekt ${number} er ikke der, hvor tabellen siger.`);
      return found.value;
    }
    if (place.offset <= 0 || place.offset >= this.bytes.length)
      throw new Malformed(`Objekt ${number} ligger uden for filen.`);
    const scanner = new Scanner(this.bytes, place.offset, this.budget);
    const found = readIndirect(scanner, (length) => this.object(length.number));
    if (found.number !== number || found.generation !== place.generation)
      throw new Malformed(`Ved byte ${place.offset}: her skulle stå objekt ${number}.`);
    return found.value;
  }

  /** The objects of an object stream (7.5.7). */
  #packedIn(number: number): readonly PackedObject[] {
    const known = this.#packed.get(number);
    if (known) return known;
    if (this.encrypted) throw new Malformed("Filen er krypteret.");
    if (this.#places.get(number)?.kind !== "offset") throw new Malformed(`Objektstrøm ${number} er der ikke.`);
    const stream = this.object(number);
    if (!(stream instanceof PdfStream) || nameOf(stream.dict.entries.get("Type")) !== "ObjStm")
      throw new Malformed(`Objekt ${number} skulle være en objektstrøm.`);
    const bytes = decodeStream(stream, this.budget);
    const count = stream.dict.entries.get("N");
    const first = stream.dict.entries.get("First");
    if (typeof count !== "number" || typeof first !== "number" || count < 0 || count * 4 > bytes.length + 4)
      throw new Malformed(`Objektstrøm ${number} siger ikke, hvordan den er bygget.`);
    const head = new Scanner(bytes, 0, this.budget);
    const found: PackedObject[] = [];
    const seen = new Set<number>();
    for (let index = 0; index < count; index += 1) {
      const [object, offset] = [head.whole(), head.whole()];
      if (seen.has(object)) throw new Malformed(`Objektstrøm ${number} har objekt ${object} to gange.`);
      seen.add(object);
      found.push({ number: object, value: unplaced(new Scanner(bytes, first + offset, this.budget).object()) });
    }
    this.#packed.set(number, found);
    return found;
  }
}

/** An object in an object stream. */
interface PackedObject {
  readonly number: number;
  readonly value: PdfObject;
}

/**
 * What is in an object stream has no place in the file, however deep it lies: its offsets are those of the unpacked stream, and
 * nobody may measure a byte range against them.
 */
function unplaced(object: PdfObject): PdfObject {
  if (object instanceof PdfString) return new PdfString(object.bytes, -1, -1, object.hex);
  if (Array.isArray(object)) return object.map(unplaced);
  if (!(object instanceof PdfDict)) return object;
  const entries = [...object.entries].map(([key, value]) => [key, unplaced(value)] as const);
  return new PdfDict(new Map(entries), object.repeated, -1, -1);
}

/** The last `startxref n %%EOF` (7.5.5), and where it ends. What follows it is for others to judge. */
function findStart(bytes: Uint8Array): { offset: number; end: number } {
  const from = Math.max(0, bytes.length - TAIL);
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from).toString("latin1");
  const last = [...tail.matchAll(new RegExp(CLOSING, "g"))].at(-1);
  if (!last) throw new Malformed("Filen slutter ikke, som en PDF skal (startxref og %%EOF).");
  return { offset: Number(last[1]), end: from + last.index + last[0].length };
}

function readChain(bytes: Uint8Array, start: number, budget: Budget): Section[] {
  const sections: Section[] = [];
  const seen = new Set<number>();
  for (let offset: PdfObject | undefined = start; offset !== undefined; ) {
    if (typeof offset !== "number" || seen.has(offset))
      throw new Malformed("Filens tabeller over objekter fører i ring.");
    if (sections.length >= budget.limits.sections) throw new Malformed("Filen har for mange tabeller over objekter.");
    seen.add(offset);
    const section: Section = readSection(bytes, offset, budget);
    sections.push(section);
    offset = section.trailer.entries.get("Prev");
  }
  return sections;
}
