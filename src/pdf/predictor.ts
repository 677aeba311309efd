import { type PDFDict, PDFName, PDFNumber } from "pdf-lib";

/** More than any row of a table or an image has. */
const WIDEST = 65_536;

/**
 * Undoes a PNG predictor (ISO 32000-1, 7.4.4.4), which the library knows nothing of. Acrobat, QPDF and most others write the
 * cross-reference streams of their files with one.
 *
 * @param parameters of the filter Flate or LZW (table 8)
 * @throws Error for one that cannot be undone
 */
export function unpredicted(bytes: Uint8Array, parameters: PDFDict | undefined): Uint8Array {
  const number = (key: string, otherwise: number) => {
    const value = parameters?.lookupMaybe(PDFName.of(key), PDFNumber)?.asNumber() ?? otherwise;
    if (!Number.isInteger(value) || value < 1 || value > WIDEST) throw new Error(`A predictor with ${key} ${value}`);
    return value;
  };
  const predictor = number("Predictor", 1);
  if (predictor === 1) return bytes;
  // TIFF's is made for images, which are never unpacked here.
  if (predictor < 10) throw new Error(`A predictor of the kind ${predictor}`);
  const pixelBits = number("Colors", 1) * number("BitsPerComponent", 8);
  const pixel = Math.ceil(pixelBits / 8);
  const width = Math.ceil((pixelBits * number("Columns", 1)) / 8);
  const found = new Uint8Array(Math.ceil((bytes.length * width) / (width + 1)));
  for (let from = 0, to = 0; to < found.length; from += width + 1, to += width) {
    undoRow(bytes.subarray(from, from + width + 1), found, to, width, pixel);
  }
  return found;
}

/** @param row how the row was predicted, and what differs from that @param to where the row begins in what is found */
function undoRow(row: Uint8Array, found: Uint8Array, to: number, width: number, pixel: number): void {
  const [kind = 0] = row;
  for (let column = 0; column + 1 < row.length; column++) {
    const at = to + column;
    const left = column >= pixel ? (found[at - pixel] ?? 0) : 0;
    const up = found[at - width] ?? 0;
    const corner = column >= pixel ? (found[at - width - pixel] ?? 0) : 0;
    found[at] = (row[column + 1] ?? 0) + guess(kind, left, up, corner);
  }
}

/** What a byte was predicted to be from its neighbours (PNG, second edition, 9.2). */
function guess(kind: number, left: number, up: number, corner: number): number {
  if (kind === 0) return 0;
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) throw new Error(`A row predicted in the way ${kind}`);
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
