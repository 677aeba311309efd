import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFStream,
  PDFString,
} from "pdf-lib";
import { textOfName } from "../names.ts";
import { isAccepted, SKIPPED_KEYS, UNCHECKED_KEYS } from "./accepted-names.ts";
import { pagesOfObjects } from "./pages-of-objects.ts";

/** Why NemLog-in's signing service would refuse a PDF. */
export type Objection =
  | { readonly kind: "name"; readonly where: NamePlace }
  /** More bytes than the service takes. */
  | { readonly kind: "size"; readonly bytes: number }
  /** It is signed already: the service puts one signature into a PDF, and no second. */
  | { readonly kind: "signed"; readonly object: string }
  | { readonly kind: "encrypted" };

/** A name that the service does not accept, and where it stands. */
export interface NamePlace {
  /** The object's number and generation, "12 0". */
  readonly object: string;
  /** The key that the name stands under, or that is the name; undefined in an array of its own. */
  readonly key: string | undefined;
  readonly name: string;
  /** The page that the object belongs to, counted from 1; undefined for what belongs to none. */
  readonly page: number | undefined;
}

/** 20 MB (Signature SP implementation guidelines 1.0.10). */
const MAX_BYTES = 20_000_000;

/**
 * Looks for everything in a PDF that NemLog-in's signing service refuses, as its SignSDK does: each dictionary key and each
 * name in any object must be on the service's list.
 *
 * @throws what pdf-lib throws for bytes that are no PDF
 */
export async function nemloginObjections(bytes: Uint8Array): Promise<Objection[]> {
  const objections: Objection[] = bytes.length > MAX_BYTES ? [{ kind: "size", bytes: bytes.length }] : [];
  const document = await PDFDocument.load(bytes, { updateMetadata: false, ignoreEncryption: true });
  if (document.isEncrypted) return [...objections, { kind: "encrypted" }];
  const pages = pagesOfObjects(document);
  for (const [ref, object] of document.context.enumerateIndirectObjects()) {
    const label = `${ref.objectNumber} ${ref.generationNumber}`;
    if (isSignature(object)) objections.push({ kind: "signed", object: label });
    for (const { key, name, target } of refusedNames(object, undefined)) {
      objections.push({ kind: "name", where: { object: label, key, name, page: pages.get(target ?? ref) } });
    }
  }
  return objections;
}

/** An objection as a Danish sentence. */
export function objectionText(objection: Objection): string {
  switch (objection.kind) {
    case "size":
      return `PDF'en fylder ${(objection.bytes / 1e6).toLocaleString("da-DK", { maximumFractionDigits: 1 })} MB; NemLog-in tager højst 20 MB.`;
    case "signed":
      return `PDF'en er allerede underskrevet (objekt ${objection.object}); NemLog-in sætter kun én underskrift i en PDF.`;
    case "encrypted":
      return "PDF'en er krypteret eller beskyttet med adgangskode.";
    case "name": {
      const { object, key, name, page } = objection.where;
      const place = page === undefined ? "" : `, side ${page}`;
      const under = key === undefined || key === name ? "" : ` under /${key}`;
      return `NemLog-in godtager ikke navnet /${name}${under} (objekt ${object}${place}).`;
    }
  }
}

interface Found {
  readonly key: string | undefined;
  readonly name: string;
  /** The page that the name leads to, where it names a destination. */
  readonly target?: PDFRef;
}

/** Walks what lies directly in an object; what it refers to is walked as an object of its own. */
function* refusedNames(object: PDFObject, key: string | undefined): Generator<Found> {
  if (object instanceof PDFName) {
    const name = textOfName(object);
    if (!isAccepted(name)) yield { key, name };
  } else if (object instanceof PDFArray) {
    for (const one of object.asArray()) yield* refusedNames(one, key);
  } else if (object instanceof PDFDict) {
    for (const [own, value] of object.entries()) yield* refusedEntry(textOfName(own), value);
  } else if (object instanceof PDFStream) {
    yield* refusedNames(object.dict, key);
  }
}

function* refusedEntry(key: string, value: PDFObject): Generator<Found> {
  if (SKIPPED_KEYS.has(key)) return;
  const target = value instanceof PDFArray ? value.asArray()[0] : undefined;
  if (!isAccepted(key)) yield { key, name: key, ...(target instanceof PDFRef ? { target } : {}) };
  if (!UNCHECKED_KEYS.has(key) && !(value instanceof PDFRef)) yield* refusedNames(value, key);
}

/** A signature dictionary (ISO 32000-1, 12.8.1), by its entries: /Type is optional. */
function isSignature(object: PDFObject): boolean {
  if (!(object instanceof PDFDict) || !object.has(PDFName.of("ByteRange"))) return false;
  const contents = object.lookup(PDFName.of("Contents"));
  return contents instanceof PDFHexString || contents instanceof PDFString;
}
