import type { PdfState } from "../reader/document.ts";
import type { OwnDocument } from "../report.ts";
import type { FormPlace } from "../signatures/places.ts";
import type { Attachment } from "./attachments.ts";
import type { MetadataFacts } from "./metadata.ts";
import { carriedIn, sourceOf } from "./source.ts";

/** What has been read of a file already. */
interface Read {
  readonly metadata: MetadataFacts;
  readonly attachments: readonly Attachment[];
  readonly fields: readonly FormPlace[];
}

/** What a file says that it is, where it is a document of this program; undefined for any other. */
export function ownDocument(state: PdfState, { metadata, attachments, fields }: Read): OwnDocument | undefined {
  const source = sourceOf(metadata, attachments);
  if (!source) return undefined;
  return { title: metadata.title, source, attachments, fields, ...carriedIn(state, attachments) };
}
