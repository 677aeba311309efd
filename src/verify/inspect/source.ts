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

/** No plan is longer, in bytes; a longer file is not taken out. */
const LONGEST = 1_000_000;

/** The source of a document whose metadata names one; undefined for any other document. */
export function sourceOf({ identifier }: MetadataFacts, attachments: readonly Attachment[]): SourceFacts | undefined {
  const named = /^sha256:([0-9a-f]{64})$/.exec(identifier ?? "")?.[1];
  if (named === undefined) return undefined;
  const sources = attachments.filter((one) => isSourceName(one.name));
  const attached = sourceDigest(sources);
  return { named, attached, files: sources.map(({ name }) => name).sort(), fits: attached === named };
}

/** The bytes of the attached plan.md; undefined where there is none, or several, or one that is no plan for its length. */
export function planIn(state: PdfState, attachments: readonly Attachment[]): Uint8Array | undefined {
  const plans = attachments.filter((one) => one.name === "plan.md");
  const [only] = plans;
  if (!only || plans.length > 1 || only.length === undefined || only.length > LONGEST) return undefined;
  return attachedBytes(state, "plan.md");
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
