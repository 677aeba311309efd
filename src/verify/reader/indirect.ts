import { Malformed } from "./limits.ts";
import { PdfDict, type PdfObject, PdfRef, PdfStream } from "./objects.ts";
import type { Scanner } from "./scanner.ts";

/** An indirect object as it stands in the file. */
export interface IndirectObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfObject;
}

/**
 * Reads `n g obj … endobj` (ISO 32000-2, 7.3.10), streams included. A stream is as long as its dictionary says, and
 * `endstream` stands there: nobody guesses, since two readers guess differently.
 */
export function readIndirect(scanner: Scanner, lengthOf: (length: PdfRef) => PdfObject): IndirectObject {
  const number = scanner.whole();
  const generation = scanner.whole();
  scanner.expect("obj");
  const value = scanner.object();
  scanner.skipSpace();
  const object = value instanceof PdfDict && scanner.looksAt("stream") ? readStream(scanner, value, lengthOf) : value;
  scanner.expect("endobj");
  return { number, generation, value: object };
}

function readStream(scanner: Scanner, dict: PdfDict, lengthOf: (length: PdfRef) => PdfObject): PdfStream {
  const { bytes } = scanner;
  let start = scanner.at + "stream".length;
  if (bytes[start] === 0x0d) start += 1;
  if (bytes[start] !== 0x0a) throw new Malformed(`Ved byte ${start}: efter »stream« skulle linjen slutte.`);
  start += 1;
  const said = dict.entries.get("Length");
  const length = said instanceof PdfRef ? lengthOf(said) : said;
  if (typeof length !== "number" || !Number.isInteger(length) || length < 0 || start + length > bytes.length)
    throw new Malformed(`Ved byte ${dict.start}: en strøm siger ikke, hvor lang den er.`);
  scanner.at = start + length;
  if (bytes[scanner.at] === 0x0d) scanner.at += 1;
  if (bytes[scanner.at] === 0x0a) scanner.at += 1;
  if (!scanner.looksAt("endstream"))
    throw new Malformed(`Ved byte ${scanner.at}: strømmen slutter ikke, hvor den siger.`);
  scanner.at += "endstream".length;
  return new PdfStream(dict, bytes.subarray(start, start + length));
}
