import { PDFArray, PDFDict, PDFName, PDFRef } from "pdf-lib";
import { Failure } from "../../core/failure.ts";
import { didYouMean } from "../../core/suggest.ts";
import type { PdfFile } from "./pdf-file.ts";

/** A signature field with its one widget (ISO 32000-1, 12.7.4.5). */
export interface SignatureField {
  readonly ref: PDFRef;
  readonly dictionary: PDFDict;
  /** The field's name in the file. */
  readonly name: string;
  /** Whose it is. */
  readonly signatory: string;
  readonly signed: boolean;
}

/** The signature fields of a file that have a place on a page, in their order; time stamps of the document have none. */
export function signatureFields(file: PdfFile): SignatureField[] {
  const form = file.catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict);
  const fields = form?.lookupMaybe(PDFName.of("Fields"), PDFArray)?.asArray() ?? [];
  return fields.flatMap((ref) => {
    const dictionary = ref instanceof PDFRef ? file.context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(dictionary instanceof PDFDict)) return [];
    const merged = dictionary.get(PDFName.of("Subtype")) === PDFName.of("Widget");
    if (dictionary.get(PDFName.of("FT")) !== PDFName.of("Sig") || !merged || isInvisible(dictionary)) return [];
    const name = file.text(dictionary, "T") ?? "";
    const signatory = file.text(dictionary, "TM") ?? file.text(dictionary, "TU") ?? name;
    return [{ ref, dictionary, name, signatory, signed: dictionary.has(PDFName.of("V")) }];
  });
}

/**
 * The field of a signatory.
 *
 * @param wanted the signatory's name, or the field's
 * @throws Failure `ingen-underskriftsfelter`, `underskriver-ukendt`, `allerede-underskrevet`.
 */
export function fieldOf(file: PdfFile, wanted: string): SignatureField {
  const fields = signatureFields(file);
  if (fields.length === 0) {
    throw new Failure("signature", "ingen-underskriftsfelter", "PDF'en har ingen felter til underskrifter.", {
      hint: "Byg den med »resultatplan build«; felterne skal være der, før den første skriver under.",
    });
  }
  const same = (text: string) => text.normalize("NFC").toLowerCase() === wanted.normalize("NFC").toLowerCase().trim();
  const named = fields.filter((field) => same(field.signatory) || same(field.name));
  const field = named.find((one) => !one.signed) ?? named[0];
  const names = fields.map((one) => one.signatory);
  if (!field) {
    throw new Failure("signature", "underskriver-ukendt", `PDF'en har intet felt til »${wanted}«.`, {
      hint: didYouMean(wanted, names) ?? `Der er felter til ${names.join(", ")}.`,
    });
  }
  if (field.signed) {
    const left = fields.filter((one) => !one.signed).map((one) => one.signatory);
    throw new Failure("signature", "allerede-underskrevet", `${field.signatory} har allerede skrevet under.`, {
      hint: left.length > 0 ? `Tilbage er ${left.join(", ")}.` : "Alle har skrevet under.",
    });
  }
  return field;
}

function isInvisible(dictionary: PDFDict): boolean {
  const rectangle = dictionary.lookupMaybe(PDFName.of("Rect"), PDFArray)?.asRectangle();
  return !rectangle || rectangle.width === 0 || rectangle.height === 0;
}
