import { createHash } from "node:crypto";
import type { PdfState } from "../reader/document.ts";
import { type Attachment, attachedBytes, isSourceName } from "./attachments.ts";
import type { MetadataFacts } from "./metadata.ts";

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

/** The name of the record of those who have signed on paper, in a plan with its scanned pages. */
export const PAPER_RECORD = "underskrifter.json";

/** No plan and no record is longer, in bytes; a longer file is not taken out. */
const LONGEST = 1_000_000;

/** The source of a document whose metadata names one; undefined for any other document. */
export function sourceOf({ identifier }: MetadataFacts, attachments: readonly Attachment[]): SourceFacts | undefined {
  const named = /^sha256:([0-9a-f]{64})$/.exec(identifier ?? "")?.[1];
  if (named === undefined) return undefined;
  const sources = attachments.filter((one) => isSourceName(one.name));
  const attached = sourceDigest(sources);
  return { named, attached, files: sources.map(({ name }) => name).sort(), fits: attached === named };
}

/** What a document of ours carries along for programs to read, as it lies in the file. */
export interface Carried {
  /** The plan.md that it was made from. */
  readonly plan: Uint8Array | undefined;
  /** Who has signed on paper, as the file says itself. */
  readonly paperRecord: Uint8Array | undefined;
}

/** Takes out the files that are read; undefined for one that is not there, or more than once, or too long for what it is. */
export function carriedIn(state: PdfState, attachments: readonly Attachment[]): Carried {
  const sound = ["plan.md", PAPER_RECORD].filter((name) => {
    const [only, another] = attachments.filter((one) => one.name === name);
    return only?.length !== undefined && only.length <= LONGEST && !another;
  });
  const bytes = attachedBytes(state, sound);
  return { plan: bytes.get("plan.md"), paperRecord: bytes.get(PAPER_RECORD) };
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
