import { isSpace } from "../reader/characters.ts";
import { PdfString } from "../reader/objects.ts";
import type { Revision, Revisions } from "../reader/revisions.ts";
import { type Finding, failed } from "../verdict.ts";
import type { FoundSignature } from "./find.ts";

/** What a signature's ByteRange covers (ISO 32000-2, 12.8.1). */
export interface Coverage {
  /** The signed bytes, in their two parts. */
  readonly parts: readonly [Uint8Array, Uint8Array];
  /** The bytes between them: the signature itself. */
  readonly contents: Uint8Array;
  /** The byte after the last one that is signed. */
  readonly end: number;
  readonly revision: Revision;
}

/** The coverage, or why there is none. */
export type CoverageOutcome = { readonly coverage: Coverage } | { readonly finding: Finding };

/**
 * Holds the ByteRange against the file: from its first byte to the end of a revision, with a gap that is exactly the string
 * of /Contents, of a signature that stands in that revision. Anything else signs something other than what is seen.
 */
export function checkCoverage(bytes: Uint8Array, signature: FoundSignature, revisions: Revisions): CoverageOutcome {
  const { dict } = signature;
  const twice = dict.repeated[0];
  if (twice !== undefined) return no("nøgle-to-gange", `Underskriften har nøglen /${twice} to gange.`);
  const contents = dict.entries.get("Contents");
  if (dict.start < 0)
    return no("underskrift-pakket", "Underskriften er pakket sammen med andet, så dens dækning ikke kan måles.");
  if (!(contents instanceof PdfString) || !contents.hex)
    return no("underskrift-tom", "Underskriften har intet indhold (/Contents), der kan efterprøves.");
  if (contents.bytes.every((byte) => byte === 0)) return no("underskrift-tom", "Underskriftens indhold er tomt.");
  const range = dict.entries.get("ByteRange");
  if (!Array.isArray(range)) return no("byterange-mangler", "Underskriften siger ikke, hvad den dækker (/ByteRange).");
  if (range.length !== 4 || !range.every((one) => typeof one === "number" && Number.isSafeInteger(one) && one >= 0))
    return no("byterange-form", "Underskriftens dækning (/ByteRange) er ikke fire hele tal.");
  const [start, first, second, length] = range as [number, number, number, number];
  if (start !== 0) return no("byterange-start", "Underskriften dækker ikke filens begyndelse.");
  if (second < first) return no("byterange-overlap", "Underskriftens to dele overlapper.");
  const end = second + length;
  if (end > bytes.length)
    return no("byterange-forbi", "Underskriften dækker mere, end der er i filen: den er afkortet.");
  if (first !== contents.start || second !== contents.end)
    return no(
      "byterange-hul",
      "Hullet i underskriftens dækning er ikke netop underskriften: der kan stå noget usigneret i det.",
    );
  const revision = revisions.all.find((one) => closes(bytes, end, one.end));
  if (!revision)
    return no("byterange-slut", "Underskriften slutter ikke, hvor filen var gemt: noget mangler i dækningen.");
  if (signature.revision !== revision)
    return no("underskrift-flyttet", "Underskriften står ikke i den udgave af filen, som den dækker.");
  const parts = [bytes.subarray(0, first), bytes.subarray(second, end)] as const;
  return { coverage: { parts, contents: contents.bytes, end, revision } };
}

/** The end of line after `%%EOF` may be signed or not. */
function closes(bytes: Uint8Array, end: number, revisionEnd: number): boolean {
  const [from, to] = end < revisionEnd ? [end, revisionEnd] : [revisionEnd, end];
  return to - from <= 2 && bytes.subarray(from, to).every((byte) => isSpace(byte));
}

function no(code: string, message: string): { finding: Finding } {
  return { finding: failed(code, "FORMAT_FAILURE", message) };
}
