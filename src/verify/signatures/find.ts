import { type PdfDict, PdfRef } from "../reader/objects.ts";
import type { Revision, Revisions } from "../reader/revisions.ts";
import { type Field, fieldsOf, isClosed, signatureIn } from "./fields.ts";

/** A signature that stands in a file, or stood there in an older revision. */
export interface FoundSignature {
  readonly field: Field;
  readonly dict: PdfDict;
  /** The first revision whose form leads to it. */
  readonly revision: Revision;
  /** False when the newest revision's form no longer leads to it. */
  readonly present: boolean;
}

/** The signatures of all revisions, oldest first. A signature is known by where it stands in the file. */
export function findSignatures(revisions: Revisions): FoundSignature[] {
  const found = new Map<string, FoundSignature>();
  for (const revision of revisions.all) {
    const newest = revision === revisions.last;
    for (const field of fieldsOf(revision.state)) {
      const dict = signatureIn(revision.state, field);
      if (!dict) continue;
      const key = placeOf(dict, field);
      const known = found.get(key);
      found.set(key, { field, dict, revision: known?.revision ?? revision, present: newest });
    }
  }
  return [...found.values()];
}

/** The names of the signature fields that nobody has signed in, and that somebody still can. */
export function emptyFields(revisions: Revisions): string[] {
  const { state } = revisions.last;
  return fieldsOf(state)
    .filter((field) => field.type === "Sig" && !signatureIn(state, field) && !isClosed(state, field))
    .map((field) => field.name);
}

/** One in an object stream has no place of its own; it is told by its number, and fails for its byte range. */
function placeOf(dict: PdfDict, field: Field): string {
  if (dict.start >= 0) return `@${dict.start}`;
  return field.value instanceof PdfRef ? `#${field.value.number}` : `=${field.name}`;
}
