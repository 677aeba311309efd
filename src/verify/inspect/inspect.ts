import { pagesOf } from "../changes/pages.ts";
import { Budget, Malformed, TooMuch } from "../reader/limits.ts";
import { type Revisions, readRevisions } from "../reader/revisions.ts";
import type { OwnDocument } from "../report.ts";
import { type FormPlace, placesForSignatures } from "../signatures/places.ts";
import { type Attachment, attachmentsOf } from "./attachments.ts";
import { type FontFacts, fontsOf } from "./fonts.ts";
import { type MetadataFacts, metadataOf } from "./metadata.ts";
import { ownDocument } from "./own-document.ts";
import type { SourceFacts } from "./source.ts";

/** What can be read from a PDF without judging it. */
export interface FileFacts {
  readonly bytes: number;
  readonly pages: number;
  readonly metadata: MetadataFacts;
  readonly fonts: readonly FontFacts[];
  readonly attachments: readonly Attachment[];
  /** The signature fields; nobody can sign in a closed one any more. */
  readonly fields: readonly FormPlace[];
  /** For each time that the file was saved, the byte after its end and how many objects were written. */
  readonly revisions: readonly { readonly number: number; readonly end: number; readonly objects: number }[];
  readonly encrypted: boolean;
  /** The source, for a plan that this program made. */
  readonly source: SourceFacts | undefined;
  /** The same of a document that this program made, with what it carries along; undefined for any other. */
  readonly document: OwnDocument | undefined;
}

/** Why a file cannot be read, in Danish, and whether it is encrypted, where that can be seen. */
export interface Unreadable {
  readonly unreadable: string;
  readonly encrypted?: true;
}

/** The facts, or why the file cannot be read. */
export type Inspection = FileFacts | Unreadable;

/** Reads the facts. Never throws for what is in the file. */
export function inspectFile(bytes: Uint8Array): Inspection {
  let revisions: Revisions | undefined;
  try {
    revisions = readRevisions(bytes, new Budget());
    return factsOf(bytes, revisions);
  } catch (cause) {
    if (!(cause instanceof Malformed || cause instanceof TooMuch)) throw cause;
    // What is locked cannot be unpacked either, but nothing is damaged.
    if (revisions && isEncrypted(revisions)) return { unreadable: "Filen er krypteret.", encrypted: true };
    return { unreadable: cause.message };
  }
}

function isEncrypted({ all }: Revisions): boolean {
  return all.some(({ state }) => state.encrypted);
}

function factsOf(bytes: Uint8Array, revisions: Revisions): FileFacts {
  const { all, last } = revisions;
  const { state } = last;
  const metadata = metadataOf(state);
  const attachments = attachmentsOf(state);
  const fields = placesForSignatures(state);
  const document = ownDocument(state, { metadata, attachments, fields });
  return {
    bytes: bytes.length,
    pages: pagesOf(state).length,
    metadata,
    fonts: fontsOf(state),
    attachments,
    fields,
    revisions: all.map(({ number, end, objects }) => ({ number, end, objects: objects.length })),
    encrypted: isEncrypted(revisions),
    source: document?.source,
    document,
  };
}
