import { inflateSync } from "node:zlib";
import { PDFContext, type PDFDict, PDFName, PDFNull, PDFNumber, type PDFObject, PDFRawStream, PDFRef } from "pdf-lib";
import { isEmpty, streamBytes } from "../../finish/streams.ts";
import { textOfName } from "../../names.ts";
import { Damage, Syntax } from "./syntax.ts";
import { listAt, nameAt, numberAt } from "./values.ts";
import { type Entry, readCrossReferences } from "./xref.ts";

/** A file's objects, as its cross-references name them, and its trailer. */
export interface ReadFile {
  readonly context: PDFContext;
  readonly trailer: PDFDict;
  /** The version in the header (ISO 32000-1, 7.5.2), `1.7`. */
  readonly version: string;
}

/** A stream that swells to more than this is not read, in bytes. */
const LARGEST = 256 * 1024 * 1024;

/**
 * Reads a PDF by its cross-references (ISO 32000-1, 7.5) and mends nothing. Every object must stand where it is said to, every
 * stream must be as long as it says, and every compressed one must agree with its own check sum; so damage shows here, and
 * not as another text in the result.
 *
 * @throws Damage
 */
export function readStrictly(bytes: Uint8Array): ReadFile {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  const version = /^%PDF-(\d\.\d)/.exec(head)?.[1];
  if (version === undefined) throw new Damage("filen begynder ikke som en PDF");
  const file = new Reader(bytes);
  return { context: file.context, trailer: file.trailer, version };
}

class Reader {
  readonly context = PDFContext.create();
  readonly trailer: PDFDict;
  readonly #bytes: Uint8Array;
  readonly #entries: ReadonlyMap<number, Entry>;
  readonly #rare: PDFRef[] = [];
  readonly #opened = new Map<number, ReadonlyMap<number, PDFObject>>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const { entries, trailer } = readCrossReferences(bytes, this.context, (offset) => {
      const { object } = this.#objectAt(offset);
      if (!(object instanceof PDFRawStream)) throw new Damage(`krydshenvisningerne mangler (byte ${offset})`);
      return { dictionary: object.dict, bytes: decoded(object) };
    });
    this.#entries = entries;
    this.trailer = trailer;
    // An encrypted file is refused as what it is, not as a damaged one.
    if (trailer.has(PDFName.of("Encrypt"))) return;
    for (const number of entries.keys()) this.#load(number);
    // To the standard a reference to another generation means nothing; programs take it for the object, and so the text is there
    // for one reader and not for the other.
    for (const { objectNumber, generationNumber } of this.#rare) {
      const entry = entries.get(objectNumber);
      const generation = entry && ("offset" in entry ? entry.generation : 0);
      if (generation !== undefined && generation !== generationNumber) {
        throw new Damage(`en henvisning til objekt ${objectNumber} er forkert`);
      }
    }
  }

  #load(number: number): PDFObject | undefined {
    const entry = this.#entries.get(number);
    if (!entry) return undefined;
    const ref = PDFRef.of(number, "offset" in entry ? entry.generation : 0);
    const known = this.context.lookup(ref);
    if (known) return known;
    const object = "offset" in entry ? this.#placed(number, entry) : this.#packed(entry.stream).get(number);
    if (object === undefined) throw new Damage(`objekt ${number} mangler`);
    // What is packed or says how files are packed is read by now and belongs to the old file only.
    const type = object instanceof PDFRawStream ? nameAt(object.dict, "Type") : undefined;
    if (type !== "ObjStm" && type !== "XRef") this.context.assign(ref, object === PDFNull ? PDFNull : object);
    return object;
  }

  #placed(number: number, entry: { readonly offset: number; readonly generation: number }): PDFObject {
    const { ref, object } = this.#objectAt(entry.offset);
    if (ref.objectNumber !== number || ref.generationNumber !== entry.generation) {
      throw new Damage(`objekt ${number} står ikke, hvor det skal (byte ${entry.offset})`);
    }
    if (object instanceof PDFRawStream) check(object, number);
    return object;
  }

  #objectAt(offset: number): { readonly ref: PDFRef; readonly object: PDFObject } {
    if (offset >= this.#bytes.length) throw new Damage(`et objekt skulle stå efter filens slutning (byte ${offset})`);
    const syntax = new Syntax(this.#bytes, this.context, offset);
    const ref = PDFRef.of(syntax.integer(), syntax.integer());
    syntax.keyword("obj");
    syntax.skipWhite();
    let object: PDFObject;
    if (syntax.isAt("<<")) {
      const dictionary = syntax.dictionary();
      object = syntax.isAt("stream") ? this.#stream(dictionary, syntax) : dictionary;
    } else object = syntax.object();
    syntax.keyword("endobj");
    this.#rare.push(...syntax.rare);
    return { ref, object };
  }

  #stream(dictionary: PDFDict, syntax: Syntax): PDFRawStream {
    if (dictionary.has(PDFName.of("F"))) throw new Damage("en del af indholdet ligger i en anden fil");
    const start = this.#afterLineEnd(syntax.at + "stream".length);
    const written = dictionary.get(PDFName.of("Length"));
    const length = written instanceof PDFRef ? this.#load(written.objectNumber) : written;
    if (!(length instanceof PDFNumber)) throw new Damage(`en strøm mangler sin længde (byte ${start})`);
    const end = start + length.asNumber();
    if (end > this.#bytes.length) throw new Damage(`en strøm er kortere, end den siger (byte ${start})`);
    syntax.at = end;
    syntax.keyword("endstream");
    return PDFRawStream.of(dictionary, this.#bytes.subarray(start, end));
  }

  /** A stream begins after CR LF or LF (7.3.8.1). */
  #afterLineEnd(at: number): number {
    const after = this.#bytes[at] === 13 ? at + 1 : at;
    if (this.#bytes[after] !== 10) throw new Damage(`en strøm begynder forkert (byte ${at})`);
    return after + 1;
  }

  #packed(stream: number): ReadonlyMap<number, PDFObject> {
    const known = this.#opened.get(stream);
    if (known) return known;
    const entry = this.#entries.get(stream);
    if (!entry || !("offset" in entry)) throw new Damage(`objektstrøm ${stream} mangler`);
    const container = this.#placed(stream, entry);
    if (!(container instanceof PDFRawStream)) throw new Damage(`objektstrøm ${stream} mangler`);
    const bytes = decoded(container);
    const header = new Syntax(bytes, this.context);
    const first = numberAt(container.dict, "First") ?? 0;
    const places: [number, number][] = [];
    const count = numberAt(container.dict, "N") ?? 0;
    for (let index = 0; index < count; index++) places.push([header.integer(), header.integer()]);
    const objects = new Map<number, PDFObject>();
    for (const [number, offset] of places) {
      const syntax = new Syntax(bytes, this.context, first + offset);
      objects.set(number, syntax.object());
      this.#rare.push(...syntax.rare);
    }
    this.#opened.set(stream, objects);
    return objects;
  }
}

function decoded(stream: PDFRawStream): Uint8Array {
  try {
    return streamBytes(stream, LARGEST);
  } catch (cause) {
    throw cause instanceof RangeError ? new Damage("en strøm er større, end nogen har brug for") : asDamage(cause);
  }
}

/** The filters that there are (ISO 32000-1, table 6). */
const FILTERS = new Set(
  (
    "ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode " +
    "JPXDecode Crypt"
  ).split(" "),
);

/** A compressed stream holds the check sum of its content (RFC 1950), so that inflating it is the check. */
function check(stream: PDFRawStream, number: number): void {
  const only = nameAt(stream.dict, "Filter");
  const all = listAt(stream.dict, "Filter").map((one) => (one instanceof PDFName ? textOfName(one) : ""));
  const filters = only === undefined ? all : [only];
  if (filters.some((filter) => !FILTERS.has(filter))) throw new Damage(`objekt ${number} er pakket på en ukendt måde`);
  if (filters[0] !== "FlateDecode" || isEmpty(stream)) return;
  try {
    inflateSync(stream.getContents(), { maxOutputLength: LARGEST });
  } catch (cause) {
    throw new Damage(`indholdet af objekt ${number} er beskadiget eller alt for stort`, { cause });
  }
}

function asDamage(cause: unknown): Damage {
  return new Damage("en strøm kan ikke pakkes ud", { cause });
}
