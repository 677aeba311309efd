import { PDFArray, PDFContext, PDFDict, PDFName, type PDFObject, PDFRef } from "pdf-lib";
import { destinationsOf } from "../inspect.ts";
import { OpenPdf, readObjects } from "../open-pdf.ts";
import { OtherWriting } from "./print-dictionary.ts";
import { PrintObjects } from "./print-objects.ts";

/**
 * Reads a print. What is written in another way than browsers write is left to the library, which repairs what it can.
 *
 * @throws Error, as the library does, for what is no PDF
 */
export async function readPrint(bytes: Uint8Array): Promise<OpenPdf> {
  return new OpenPdf(plainContext(bytes) ?? (await readObjects(bytes)));
}

/**
 * The named places of a print (ISO 32000-1, 12.3.2.3) and the number of the page, counted from 1, that each is on. Of a
 * print that is written plainly only the few objects are read that tell it.
 *
 * @throws Error, as the library does, for what is no PDF
 */
export async function placesIn(bytes: Uint8Array): Promise<ReadonlyMap<string, number>> {
  const context = ifPlain(() => {
    const print = new PlainPrint(bytes);
    const catalog = print.dictionary(print.root);
    print.readPages(catalog?.get(PDFName.of("Pages")));
    print.dictionary(catalog?.get(PDFName.of("Dests")));
    return print.context;
  });
  return destinationsOf(new OpenPdf(context ?? (await readObjects(bytes))));
}

/** All objects of a print that is written plainly; undefined for any other. */
export function plainContext(bytes: Uint8Array): PDFContext | undefined {
  return ifPlain(() => {
    const print = new PlainPrint(bytes);
    print.readAll();
    return print.context;
  });
}

function ifPlain<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof OtherWriting) return undefined;
    throw cause;
  }
}

/**
 * A file that is written plainly: one cross-reference table (ISO 32000-1, 7.5.4) that says where each object begins, one
 * trailer, nothing encrypted and nothing packed. Its objects are read when they are asked for.
 */
class PlainPrint {
  readonly context = PDFContext.create();
  readonly root: PDFRef;
  readonly #objects: PrintObjects;
  readonly #places: ReadonlyMap<number, number>;

  /** @throws OtherWriting for a file of another kind */
  constructor(bytes: Uint8Array) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    this.#objects = new PrintObjects(this.context, bytes, text);
    const table = tableIn(text);
    this.#places = table.places;
    const trailer = this.#objects.readDictionary(table.trailer);
    const root = trailer.get(PDFName.of("Root"));
    if (!(root instanceof PDFRef) || others.some((key) => trailer.has(PDFName.of(key))))
      throw new OtherWriting("a trailer of another kind");
    this.root = root;
    const [info, id] = [trailer.get(PDFName.of("Info")), trailer.get(PDFName.of("ID"))];
    this.context.trailerInfo = { Root: root, ...(info && { Info: info }), ...(id && { ID: id }) };
  }

  readAll(): void {
    for (const [number, place] of this.#places) this.#objects.readIndirect(number, place);
  }

  /** A dictionary that something refers to; undefined where it is something else. */
  dictionary(ref: PDFObject | undefined): PDFDict | undefined {
    if (!(ref instanceof PDFRef)) return undefined;
    const place = this.#places.get(ref.objectNumber);
    if (place !== undefined && !this.context.lookup(ref)) this.#objects.readIndirect(ref.objectNumber, place);
    const object = this.context.lookup(ref);
    return object instanceof PDFDict ? object : undefined;
  }

  /** Reads a page tree, each node once (7.7.3). */
  readPages(ref: PDFObject | undefined): void {
    if (ref instanceof PDFRef && this.context.lookup(ref)) throw new OtherWriting("a page tree that meets itself");
    const kids = this.dictionary(ref)?.get(PDFName.of("Kids"));
    if (kids instanceof PDFArray) for (const kid of kids.asArray()) this.readPages(kid);
  }
}

/** What says that a part of the file is elsewhere, or cannot be read as it stands (table 15, and 7.5.8.4). */
const others = ["Prev", "XRefStm", "Encrypt"];

/** How long a cross-reference is, in bytes. */
const ENTRY = 20;

/** Where the file's last lines say that the table is, which counts all objects from 0. */
function tableIn(text: string): { readonly places: ReadonlyMap<number, number>; readonly trailer: number } {
  if (!text.startsWith("%PDF-1.")) throw new OtherWriting("no header");
  const start = /startxref\s+(\d{1,12})\s+%%EOF\s*$/.exec(text.slice(-60))?.[1];
  const head = /xref\r?\n0 (\d{1,7})\s*\n/y;
  head.lastIndex = Number(start);
  const count = Number(head.exec(text)?.[1]);
  if (start === undefined || !(count > 0)) throw new OtherWriting("no table of cross-references");
  const first = head.lastIndex;
  const end = first + ENTRY * count;
  const places = new Map<number, number>();
  for (let number = 0; number < count; number++) {
    const entry = first + ENTRY * number;
    // Nothing has been deleted: only the head of the list of free objects, number 0, is free.
    const plain = text.slice(entry + 10, entry + 18) === (number === 0 ? " 65535 f" : " 00000 n");
    const place = Number(text.slice(entry, entry + 10));
    if (!plain || !Number.isSafeInteger(place)) throw new OtherWriting(`no cross-reference for ${number}`);
    if (number > 0) places.set(number, place);
  }
  const trailer = /\s*trailer/y;
  trailer.lastIndex = end;
  if (!trailer.test(text)) throw new OtherWriting("no trailer after the cross-references");
  return { places, trailer: trailer.lastIndex };
}
