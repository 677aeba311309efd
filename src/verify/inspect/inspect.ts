import { pagesOf } from "../changes/pages.ts";
import { Budget, Malformed, TooMuch } from "../reader/limits.ts";
import { readRevisions } from "../reader/revisions.ts";
import { fieldsOf, signatureIn } from "../signatures/fields.ts";
import { type Attachment, attachmentsOf } from "./attachments.ts";
import { type FontFacts, fontsOf } from "./fonts.ts";
import { type MetadataFacts, metadataOf } from "./metadata.ts";

/** What can be read from a PDF without judging it. */
export interface FileFacts {
  readonly bytes: number;
  readonly pages: number;
  readonly metadata: MetadataFacts;
  readonly fonts: readonly FontFacts[];
  readonly attachments: readonly Attachment[];
  readonly fields: readonly { readonly name: string; readonly signed: boolean }[];
  /** For each time that the file was saved, the byte after its end and how many objects were written. */
  readonly revisions: readonly { readonly number: number; readonly end: number; readonly objects: number }[];
  readonly encrypted: boolean;
  /** The source, for a plan that this program made. */
  readonly source: SourceFacts | undefined;
}

/** The source that a plan carries along, held against the identifier in its metadata. */
export interface SourceFacts {
  /** The digest that the metadata names. */
  readonly named: string;
  /** The digest of the attached plan.md; undefined when none is attached. */
  readonly attached: string | undefined;
  readonly fits: boolean;
}

/** The facts, or why the file cannot be read, in Danish. */
export function inspectFile(bytes: Uint8Array): FileFacts | { readonly unreadable: string } {
  try {
    return factsOf(bytes);
  } catch (cause) {
    if (cause instanceof Malformed || cause instanceof TooMuch) return { unreadable: cause.message };
    throw cause;
  }
}

function factsOf(bytes: Uint8Array): FileFacts {
  const { all, last } = readRevisions(bytes, new Budget());
  const { state } = last;
  const metadata = metadataOf(state);
  const attachments = attachmentsOf(state);
  return {
    bytes: bytes.length,
    pages: pagesOf(state).length,
    metadata,
    fonts: fontsOf(state),
    attachments,
    fields: fieldsOf(state)
      .filter((field) => field.type === "Sig")
      .map((field) => ({ name: field.name, signed: signatureIn(state, field) !== undefined })),
    revisions: all.map(({ number, end, objects }) => ({ number, end, objects: objects.length })),
    encrypted: state.encrypted,
    source: sourceOf(metadata, attachments),
  };
}

function sourceOf({ identifier }: MetadataFacts, attachments: readonly Attachment[]): SourceFacts | undefined {
  const named = /^sha256:([0-9a-f]{64})$/.exec(identifier ?? "")?.[1];
  if (named === undefined) return undefined;
  // Two files of the name would leave it open which one is meant.
  const sources = attachments.filter((one) => one.name === "plan.md");
  const attached = sources.length === 1 ? sources[0]?.sha256 : undefined;
  return { named, attached, fits: attached === named };
}
