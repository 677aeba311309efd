import { createHash } from "node:crypto";
import { pagesOf } from "../changes/pages.ts";
import { Budget, Malformed, TooMuch } from "../reader/limits.ts";
import { readRevisions } from "../reader/revisions.ts";
import { fieldsOf, isClosed, signatureIn } from "../signatures/fields.ts";
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
  /** The signature fields; nobody can sign in a closed one any more. */
  readonly fields: readonly { readonly name: string; readonly signed: boolean; readonly closed: boolean }[];
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
  /** The digest of the attached plan.md, and of what else the document was made from; undefined when it is not attached. */
  readonly attached: string | undefined;
  /** The names of those files. */
  readonly files: readonly string[];
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
      .map((field) => ({
        name: field.name,
        signed: signatureIn(state, field) !== undefined,
        closed: isClosed(state, field),
      })),
    revisions: all.map(({ number, end, objects }) => ({ number, end, objects: objects.length })),
    encrypted: state.encrypted,
    source: sourceOf(metadata, attachments),
  };
}

function sourceOf({ identifier }: MetadataFacts, attachments: readonly Attachment[]): SourceFacts | undefined {
  const named = /^sha256:([0-9a-f]{64})$/.exec(identifier ?? "")?.[1];
  if (named === undefined) return undefined;
  const sources = attachments.filter((one) => /^[a-z]+\.md$/.test(one.name));
  const attached = sourceDigest(sources);
  return { named, attached, files: sources.map(({ name }) => name).sort(), fits: attached === named };
}

/** The digest of the sources: of one file its own, of several that of the list that sha256sum writes, by name. */
function sourceDigest(sources: readonly Attachment[]): string | undefined {
  const [only] = sources;
  const names = new Set(sources.map(({ name }) => name));
  // Two files of one name would leave it open which one is meant.
  if (!names.has("plan.md") || names.size < sources.length) return undefined;
  if (sources.some(({ sha256 }) => sha256 === undefined)) return undefined;
  if (sources.length === 1) return only?.sha256;
  const list = [...sources].sort((a, b) => (a.name < b.name ? -1 : 1));
  return createHash("sha256")
    .update(list.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(""))
    .digest("hex");
}
