import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from "pdf-lib";
import { writePacked } from "./write-file.ts";

/** A plan whose fields say who has signed elsewhere, and the page, counted from 1, where its signatures end. */
export interface PaperFields {
  readonly bytes: Uint8Array;
  readonly lastPage: number;
}

/** Which of the plan's places one of our fields is, counted from 1: its people, then its seals. 0 for another field. */
export function placeOfField(name: string): number {
  return Number(/^(?:underskrift|segl)-(\d{1,3})$/.exec(name)?.[1] ?? 0);
}

/** Whether one of our fields is for a seal. */
export function isSealField(name: string): boolean {
  return name.startsWith("segl-");
}

/**
 * Closes the fields of those who have signed elsewhere: nobody can sign in them any more, and a reader of the field is told where
 * the signature is. The fields of the others stay open. Where a plan has no fields, its signatures end on its last page.
 *
 * @param signed by the number of the place, counted from 1, what is said of the signature
 */
export async function closeFields(plan: Uint8Array, signed: ReadonlyMap<number, string>): Promise<PaperFields> {
  const document = await PDFDocument.load(plan, { updateMetadata: false });
  const pages = document.getPages().map((page) => String(page.ref));
  const form = document.catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict);
  const fields = form?.lookupMaybe(PDFName.of("Fields"), PDFArray);
  let lastPage = 0;
  for (let at = 0; at < (fields?.size() ?? 0); at++) {
    const field = fields?.lookupMaybe(at, PDFDict);
    if (!field) continue;
    lastPage = Math.max(lastPage, pages.indexOf(String(field.get(PDFName.of("P")))) + 1);
    const name = field.lookupMaybe(PDFName.of("T"), PDFString, PDFHexString)?.decodeText() ?? "";
    const told = signed.get(placeOfField(name));
    if (told === undefined) continue;
    // Read-only (ISO 32000-1, table 221).
    field.set(PDFName.of("Ff"), PDFNumber.of(1));
    field.set(PDFName.of("TU"), PDFHexString.fromText(told));
  }
  return { bytes: writePacked(document.context), lastPage: lastPage > 0 ? lastPage : pages.length };
}
