import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString } from "pdf-lib";
import { appearance } from "./appearance.ts";
import { danishTime, pdfTime } from "./danish-time.ts";
import { IncrementalUpdate } from "./incremental.ts";
import type { PdfFile } from "./pdf-file.ts";
import { type SignatureField, signatureFields } from "./signature-field.ts";
import { digHole, measureHole, type Prepared } from "./signature-hole.ts";

/** What a signature says of itself besides the cryptography. */
export interface SignatureFacts {
  /** The name that is shown. */
  readonly name: string;
  /** Whose certificate it is; shown too where that is another name. */
  readonly holder: string;
  readonly time: Date;
  readonly place: string | undefined;
  readonly reason: string | undefined;
}

/** Signatures exist, and the file may only be added to (ISO 32000-1, table 219). */
const SIGNED_APPEND_ONLY = 3;
/** The widget is printed, and its field is locked (table 165). */
const PRINT_LOCKED = 4 | 128;

/**
 * Puts a signature that is still to be made into its field (ETSI EN 319 142-1, 6.3). The first one certifies the document:
 * from then on only forms may be filled in and signatures be made (DocMDP, ISO 32000-1, 12.8.2.2).
 *
 * @param size bytes to keep free
 */
export function prepareSignature(file: PdfFile, field: SignatureField, facts: SignatureFacts, size: number): Prepared {
  const { context } = file;
  const update = new IncrementalUpdate(file);
  const signature = context.obj({
    Type: "Sig",
    Filter: "Adobe.PPKLite",
    SubFilter: "ETSI.CAdES.detached",
    M: PDFString.of(pdfTime(facts.time)),
    Name: PDFHexString.fromText(facts.name),
  });
  if (facts.place) signature.set(PDFName.of("Location"), PDFHexString.fromText(facts.place));
  if (facts.reason) signature.set(PDFName.of("Reason"), PDFHexString.fromText(facts.reason));
  digHole(signature, context, size);
  const ref = update.add(signature);
  if (isUnsigned(file)) certify(update, file, signature, ref);
  const rectangle = field.dictionary.lookup(PDFName.of("Rect"), PDFArray).asRectangle();
  const where = facts.place ? `, ${facts.place}` : "";
  const same = facts.holder.normalize("NFC").toLowerCase() === facts.name.normalize("NFC").toLowerCase();
  const drawn = appearance(file, rectangle.width, rectangle.height, [
    { text: facts.name, size: 12 },
    { text: `Underskrevet digitalt ${danishTime(facts.time)}${where}`, size: 8 },
    ...(same ? [] : [{ text: `Certifikat: ${facts.holder}`, size: 8 }]),
  ]);
  field.dictionary.set(PDFName.of("V"), ref);
  field.dictionary.set(PDFName.of("F"), PDFNumber.of(PRINT_LOCKED));
  field.dictionary.set(PDFName.of("AP"), context.obj({ N: update.add(drawn) }));
  update.set(field.ref, field.dictionary);
  updateForm(update, file);
  return measureHole(update.write(), file.bytes.length, size);
}

/**
 * Puts a time stamp of the whole document in (ETSI EN 319 142-1, 5.4.3): a signature field that has no place on the page,
 * and is tagged as nothing, for nobody can see it.
 */
export function prepareDocumentTimeStamp(file: PdfFile, size: number): Prepared {
  const { context } = file;
  const update = new IncrementalUpdate(file);
  const stamp = context.obj({ Type: "DocTimeStamp", Filter: "Adobe.PPKLite", SubFilter: "ETSI.RFC3161" });
  digHole(stamp, context, size);
  const page = pageWithFields(file);
  const fields = formOf(file).lookup(PDFName.of("Fields"), PDFArray);
  const widget = context.obj({
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    T: PDFString.of(`tidsstempel-${fields.size() + 1}`),
    TU: PDFHexString.fromText("Tidsstempel for hele dokumentet"),
    V: update.add(stamp),
    Rect: [0, 0, 0, 0],
    // Printed, for PDF/A allows nothing else; hidden ones are not allowed.
    F: PRINT_LOCKED,
    P: page,
  });
  const ref = update.add(widget);
  fields.push(ref);
  addAnnotation(update, file, page, ref);
  updateForm(update, file);
  return measureHole(update.write(), file.bytes.length, size);
}

/** The page that somebody signs on: a page without annotations would be changed by getting its first, which nobody may do. */
function pageWithFields(file: PdfFile): PDFRef {
  const [field] = signatureFields(file);
  const page = field?.dictionary.get(PDFName.of("P"));
  if (page instanceof PDFRef) return page;
  const [first] = file.pages;
  if (!first) throw new Error("A document without pages");
  return first;
}

/** Whether nobody has signed yet. */
export function isUnsigned(file: PdfFile): boolean {
  return !file.context.enumerateIndirectObjects().some(([, object]) => {
    return object instanceof PDFDict && object.has(PDFName.of("ByteRange")) && signed(object);
  });
}

function signed(dictionary: PDFDict): boolean {
  const contents = dictionary.get(PDFName.of("Contents"));
  return contents instanceof PDFHexString && !/^0*$/.test(contents.asString());
}

function certify(update: IncrementalUpdate, file: PdfFile, signature: PDFDict, ref: PDFRef): void {
  const parameters = { Type: "TransformParams", P: 2, V: "1.2" };
  const reference = { Type: "SigRef", TransformMethod: "DocMDP", TransformParams: parameters };
  signature.set(PDFName.of("Reference"), update.context.obj([reference]));
  file.catalog.set(PDFName.of("Perms"), update.context.obj({ DocMDP: ref }));
  update.set(file.root, file.catalog);
}

/** The form is an object of its own, or a part of the catalog. */
function updateForm(update: IncrementalUpdate, file: PdfFile): void {
  const form = formOf(file);
  form.set(PDFName.of("SigFlags"), PDFNumber.of(SIGNED_APPEND_ONLY));
  const ref = file.catalog.get(PDFName.of("AcroForm"));
  if (ref instanceof PDFRef) update.set(ref, form);
  else update.set(file.root, file.catalog);
  const fields = form.get(PDFName.of("Fields"));
  if (fields instanceof PDFRef) update.set(fields, form.lookup(PDFName.of("Fields"), PDFArray));
}

function addAnnotation(update: IncrementalUpdate, file: PdfFile, page: PDFRef, annotation: PDFRef): void {
  const dictionary = file.context.lookup(page, PDFDict);
  const old = dictionary.lookupMaybe(PDFName.of("Annots"), PDFArray)?.asArray() ?? [];
  dictionary.set(PDFName.of("Annots"), file.context.obj([...old, annotation]));
  update.set(page, dictionary);
}

function formOf(file: PdfFile): PDFDict {
  return file.catalog.lookup(PDFName.of("AcroForm"), PDFDict);
}
