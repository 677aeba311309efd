import { PDFContext, PDFName, PDFRef } from "pdf-lib";
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
 * The objects of a file that is written plainly: one cross-reference table (ISO 32000-1, 7.5.4) that says where each object
 * begins, one trailer, nothing encrypted and nothing packed. Undefined for any other.
 */
export function plainContext(bytes: Uint8Array): PDFContext | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const context = PDFContext.create();
  try {
    const objects = new PrintObjects(context, bytes, text);
    const table = tableIn(text);
    const trailer = objects.readDictionary(table.trailer);
    const root = trailer.get(PDFName.of("Root"));
    if (!(root instanceof PDFRef) || others.some((key) => trailer.has(PDFName.of(key))))
      throw new OtherWriting("a trailer of another kind");
    for (const [number, place] of table.places) objects.readIndirect(number, place);
    const [info, id] = [trailer.get(PDFName.of("Info")), trailer.get(PDFName.of("ID"))];
    context.trailerInfo = { Root: root, ...(info && { Info: info }), ...(id && { ID: id }) };
    return context;
  } catch (cause) {
    if (cause instanceof OtherWriting) return undefined;
    throw cause;
  }
}

/** What says that a part of the file is elsewhere, or cannot be read as it stands (table 15, and 7.5.8.4). */
const others = ["Prev", "XRefStm", "Encrypt"];

/** Where the file's last lines say that the table is, which counts all objects from 0. */
function tableIn(text: string): { readonly places: ReadonlyMap<number, number>; readonly trailer: number } {
  if (!text.startsWith("%PDF-1.")) throw new OtherWriting("no header");
  const start = /startxref\s+(\d{1,12})\s+%%EOF\s*$/.exec(text.slice(-60))?.[1];
  const head = /xref\r?\n0 (\d{1,7})\s*\n/y;
  head.lastIndex = Number(start);
  const count = Number(head.exec(text)?.[1]);
  if (start === undefined || !(count > 0)) throw new OtherWriting("no table of cross-references");
  // An entry is 20 bytes long.
  const first = head.lastIndex;
  const end = first + 20 * count;
  const places = new Map<number, number>();
  for (let number = 0; number < count; number++) {
    const entry = text.slice(first + 20 * number, first + 20 * number + 20);
    // Nothing has been deleted: only the head of the list of free objects, number 0, is free.
    const plain = number === 0 ? /^\d{10} 65535 f[ \r][\r\n]$/ : /^\d{10} 00000 n[ \r][\r\n]$/;
    if (!plain.test(entry)) throw new OtherWriting(`no cross-reference for ${number}`);
    if (number > 0) places.set(number, Number(entry.slice(0, 10)));
  }
  const trailer = /\s*trailer/y;
  trailer.lastIndex = end;
  if (!trailer.test(text)) throw new OtherWriting("no trailer after the cross-references");
  return { places, trailer: trailer.lastIndex };
}
