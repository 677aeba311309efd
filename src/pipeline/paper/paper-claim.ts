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
  const numbers = (record?.sider ?? []).flatMap(({ underskrivere }) => underskrivere.map(({ nr }) => nr));
  return { places: new Set(problem === undefined ? numbers : []), problem };
}

/** What in the file speaks against its record: the source, the files that it names, the signatories or their fields. */
function contradiction(
  record: PaperRecord,
  { source, attachments }: OwnDocument,
  places: readonly ClaimedPlace[],
): string | undefined {
  if (record.kilder_sha256 !== source.named) return `gælder dokument-id ${documentId(record.kilder_sha256)}`;
  if (!source.fits) return "gælder en kilde, som ikke er den i filen";
  const stray = strayFile(record, (name) => {
    const [only, another] = attachments.filter((one) => one.name === name);
    return another ? undefined : only?.sha256;
  });
  if (stray !== undefined) return `nævner bilaget ${stray}, som mangler i filen eller er et andet`;
  for (const { nr, navn } of record.sider.flatMap(({ underskrivere }) => underskrivere)) {
    const place = places[nr - 1];
    if (!place || place.seal || place.name !== navn) return `nævner en anden som nr. ${nr} end planen`;
    if (place.field && !place.field.closed && !place.field.signed)
      return `nævner nr. ${nr}, hvis felt til underskrift stadig er åbent`;
  }
  return undefined;
}
