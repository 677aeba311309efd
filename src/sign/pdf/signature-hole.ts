import { createHash, type Hash } from "node:crypto";
import { type PDFContext, type PDFDict, PDFHexString, PDFName } from "pdf-lib";
import { Failure } from "../../core/failure.ts";
import type { Digest } from "../asn1/algorithms.ts";

/** A file that lacks a signature only: the hole is where its hexadecimal digits go, with the brackets around them. */
export interface Prepared {
  readonly bytes: Uint8Array;
  /** Where the hole begins and ends. */
  readonly hole: readonly [start: number, end: number];
}

/** A number that is as long as any offset may become. */
const UNKNOWN = 9_999_999_999;

/** Gives a signature's dictionary the entries that are filled in later (ISO 32000-1, table 252). */
export function digHole(dictionary: PDFDict, context: PDFContext, size: number): void {
  dictionary.set(PDFName.of("ByteRange"), context.obj([0, UNKNOWN, UNKNOWN, UNKNOWN]));
  dictionary.set(PDFName.of("Contents"), PDFHexString.of("00".repeat(size)));
}

/**
 * Finds the hole in a file that was just written, and fills in the byte range: everything but the hole (ISO 32000-1, 12.8.1).
 *
 * @param before how long the file was before it got the hole: nothing before is changed
 */
export function measureHole(written: Uint8Array, before: number, size: number): Prepared {
  const bytes = Buffer.from(written);
  const start = bytes.indexOf(`<${"00".repeat(size)}>`, before, "latin1");
  const end = start + size * 2 + 2;
  const placeholder = `[ 0 ${UNKNOWN} ${UNKNOWN} ${UNKNOWN} ]`;
  const range = bytes.indexOf(placeholder, before, "latin1");
  if (start < before || range < before) throw new Error("The signature's dictionary is not where it was written");
  bytes.write(`[ 0 ${start} ${end} ${bytes.length - end} ]`.padEnd(placeholder.length), range, "latin1");
  return { bytes: new Uint8Array(bytes), hole: [start, end] };
}

/** The digest of what is signed. */
export function digestOf({ bytes, hole }: Prepared, digest: Digest): Uint8Array {
  const hash: Hash = createHash(digest).update(bytes.subarray(0, hole[0])).update(bytes.subarray(hole[1]));
  return new Uint8Array(hash.digest());
}

/**
 * Puts a signature into the hole.
 *
 * @throws Failure `underskrift-for-stor` where it does not go in.
 */
export function fillHole({ bytes, hole }: Prepared, signature: Uint8Array): Uint8Array {
  const [start, end] = hole;
  const digits = Buffer.from(signature).toString("hex");
  if (digits.length > end - start - 2) {
    throw new Failure("signature", "underskrift-for-stor", "Underskriften fylder mere, end der er sat plads af til.", {
      hint: "Det skyldes meget lange certifikatkæder; tag kun de nødvendige certifikater med.",
    });
  }
  const filled = Buffer.from(bytes);
  filled.write(digits, start + 1, "latin1");
  return new Uint8Array(filled);
}
