import { documentId } from "../../core/identity.ts";
import { PAPER_RECORD } from "../../verify/inspect/source.ts";
import type { OwnDocument } from "../../verify/report.ts";
import { type PaperRecord, parseRecord, strayFile } from "./paper-record.ts";

/**
 * Who has signed on paper, by what the PDF says of itself. Nothing of it is proven, for ink leaves nothing to compute with, and
 * whoever can change the file can change its record; but a record that contradicts the file it lies in is not believed.
 */
export interface PaperClaim {
  /** The signatories' places in the plan, counted from 1; none where the record is not believed. */
  readonly places: ReadonlySet<number>;
  /** The places that the attached plan bears digital signatures for, which are to be verified there. */
  readonly digital: ReadonlySet<number>;
  /** Why it is not believed, as the rest of a Danish sentence about the record. */
  readonly problem: string | undefined;
}

/** A place for a signature, and the field that stands there. */
export interface ClaimedPlace {
  readonly name: string;
  readonly seal: boolean;
  readonly field: OwnDocument["fields"][number] | undefined;
}

/**
 * Reads the record in a PDF and holds it against the rest of the file; undefined where there is none.
 *
 * @param places where the plan is signed, in its order
 */
export function paperClaim(document: OwnDocument, places: readonly ClaimedPlace[]): PaperClaim | undefined {
  const { attachments, paperRecord } = document;
  if (!attachments.some(({ name }) => name === PAPER_RECORD)) return undefined;
  const record = parseRecord(paperRecord);
  const problem = record ? contradiction(record, document, places) : "kan ikke læses";
  const believed = problem === undefined ? record : undefined;
  const numbers = (named: readonly { readonly nr: number }[] = []) => new Set(named.map(({ nr }) => nr));
  return {
    places: numbers(believed?.sider.flatMap(({ underskrivere }) => underskrivere)),
    digital: numbers(believed?.digitalt),
    problem,
  };
}

/** What in the file speaks against its record: the source, the files that it names, the signatories or their fields. */
function contradiction(
  record: PaperRecord,
  { source, attachments }: OwnDocument,
  places: readonly ClaimedPlace[],
): string | undefined {
  if (record.kilder_sha256 !== source.named) return `gælder dokument-id ${documentId(record.kilder_sha256)}`;
  if (!source.fits) return "gælder en kilde, som ikke er den i filen";
  const digests = new Map<string, string | undefined>();
  for (const { name, sha256 } of attachments) digests.set(name, digests.has(name) ? undefined : sha256);
  const stray = strayFile(record, (name) => digests.get(name));
  if (stray !== undefined) return `nævner bilaget ${stray}, som mangler i filen eller er et andet`;
  const onPaper = record.sider.flatMap(({ underskrivere }) => underskrivere);
  const inked = new Set(onPaper.map(({ nr }) => nr));
  for (const { nr, navn } of [...onPaper, ...(record.digitalt ?? [])]) {
    const place = places[nr - 1];
    if (!place || (place.seal && inked.has(nr)) || place.name !== navn)
      return `nævner en anden som nr. ${nr} end planen`;
    if (place.field && !place.field.closed && !place.field.signed)
      return `nævner nr. ${nr}, hvis felt til underskrift stadig er åbent`;
  }
  return undefined;
}
