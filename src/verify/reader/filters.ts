import { inflateSync } from "node:zlib";
import { hexValue, isSpace } from "./characters.ts";
import { type Budget, Malformed, TooMuch } from "./limits.ts";
import { dictOf, nameOf, type PdfDict, type PdfObject, type PdfStream } from "./objects.ts";

/**
 * The content of a stream, its filters undone (ISO 32000-2, 7.4). Only what carries structure and metadata is known here
 * (Flate with predictors, ASCIIHex); an image's filter is `Malformed`, and nobody asks for an image.
 */
export function decodeStream(stream: PdfStream, budget: Budget): Uint8Array {
  const filters = listOf(stream.dict.entries.get("Filter")).map(nameOf);
  const parameters = listOf(stream.dict.entries.get("DecodeParms")).map(dictOf);
  if (filters.length > 4) throw new Malformed("En strøm har for mange filtre.");
  // QPDF and what is built on it leave the filter on a stream of no length: nothing is packed there.
  if (stream.raw.length === 0) return stream.raw;
  let bytes = stream.raw;
  for (const [index, filter] of filters.entries()) {
    if (filter === "FlateDecode" || filter === "Fl") bytes = unpredict(inflate(bytes, budget), parameters[index]);
    else if (filter === "ASCIIHexDecode" || filter === "AHx") bytes = unhex(bytes);
    else throw new Malformed(`En strøm er pakket med ${filter ?? "et ukendt filter"}, som ikke læses her.`);
  }
  return bytes;
}

function inflate(bytes: Uint8Array, budget: Budget): Uint8Array {
  budget.time();
  let found: Uint8Array;
  try {
    found = inflateSync(bytes, { maxOutputLength: budget.unfoldable });
  } catch (cause) {
    if (cause instanceof RangeError) throw new TooMuch("Filens indhold fylder for meget udpakket.");
    throw new Malformed("En pakket strøm kan ikke pakkes ud.");
  }
  budget.unfolded(found.length);
  return found;
}

/** Undoes a PNG predictor (7.4.4.4); TIFF's is not used for structure. */
function unpredict(bytes: Uint8Array, parameters: PdfDict | undefined): Uint8Array {
  const predictor = parameters?.entries.get("Predictor") ?? 1;
  if (predictor === 1) return bytes;
  if (typeof predictor !== "number" || predictor < 10) throw new Malformed("En strøm har en ukendt forudsiger.");
  const number = (key: string, otherwise: number) => {
    const value = parameters?.entries.get(key) ?? otherwise;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 65_536)
      throw new Malformed("En strøms forudsiger har forkerte tal.");
    return value;
  };
  const pixel = Math.ceil((number("Colors", 1) * number("BitsPerComponent", 8)) / 8);
  const width = Math.ceil((number("Colors", 1) * number("BitsPerComponent", 8) * number("Columns", 1)) / 8);
  const rows = Math.ceil(bytes.length / (width + 1));
  const found = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row += 1) unfilterRow(bytes, found, row, width, pixel);
  return found;
}

function unfilterRow(bytes: Uint8Array, found: Uint8Array, row: number, width: number, pixel: number): void {
  const kind = bytes[row * (width + 1)] ?? 0;
  for (let column = 0; column < width; column += 1) {
    const at = row * width + column;
    const left = column >= pixel ? (found[at - pixel] ?? 0) : 0;
    const up = row > 0 ? (found[at - width] ?? 0) : 0;
    const corner = row > 0 && column >= pixel ? (found[at - width - pixel] ?? 0) : 0;
    found[at] = (bytes[row * (width + 1) + 1 + column] ?? 0) + guess(kind, left, up, corner);
  }
}

function guess(kind: number, left: number, up: number, corner: number): number {
  if (kind === 0) return 0;
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) throw new Malformed("En strøms forudsiger er ukendt.");
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function unhex(bytes: Uint8Array): Uint8Array {
  const digits: number[] = [];
  for (const byte of bytes) {
    if (byte === 0x3e) break;
    if (isSpace(byte)) continue;
    const value = hexValue(byte);
    if (value < 0) throw new Malformed("En hexadecimal strøm har et forkert tegn.");
    digits.push(value);
  }
  return Uint8Array.from(
    { length: Math.ceil(digits.length / 2) },
    (_, at) => (digits[2 * at] ?? 0) * 16 + (digits[2 * at + 1] ?? 0),
  );
}

function listOf(object: PdfObject | undefined): readonly PdfObject[] {
  if (object === undefined || object === null) return [];
  return Array.isArray(object) ? object : [object as PdfObject];
}
