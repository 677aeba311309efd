import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from "pdf-lib";
import { nameOf, textOfName } from "../../names.ts";

const keys = new Map<string, PDFName>();

/** A key of a dictionary; the library works it out anew each time, which a large document notices. */
export function key(text: string): PDFName {
  const known = keys.get(text) ?? nameOf(text);
  keys.set(text, known);
  return known;
}

/** The object itself: what a reference leads to (ISO 32000-1, 7.3.10). Undefined where it leads nowhere. */
export function resolved(context: PDFContext, object: PDFObject | undefined): PDFObject | undefined {
  return object instanceof PDFRef ? context.lookup(object) : object;
}

/** A dictionary's entry that is a dictionary or a stream (then its dictionary), else undefined: other files may hold anything. */
export function dictAt(dictionary: PDFDict, entry: string): PDFDict | undefined {
  return asDict(resolved(dictionary.context, dictionary.get(key(entry))));
}

/** The object as a dictionary; of a stream its dictionary. */
export function asDict(object: PDFObject | undefined): PDFDict | undefined {
  if (object instanceof PDFRawStream) return object.dict;
  return object instanceof PDFDict ? object : undefined;
}

/** The members of an array entry, references kept; none where there is no array. */
export function listAt(dictionary: PDFDict, entry: string): PDFObject[] {
  const value = resolved(dictionary.context, dictionary.get(key(entry)));
  return value instanceof PDFArray ? value.asArray() : [];
}

/** The letters of an entry that is a name. */
export function nameAt(dictionary: PDFDict, entry: string): string | undefined {
  const value = resolved(dictionary.context, dictionary.get(key(entry)));
  return value instanceof PDFName ? textOfName(value) : undefined;
}

/** An entry that is a number. */
export function numberAt(dictionary: PDFDict, entry: string): number | undefined {
  const value = resolved(dictionary.context, dictionary.get(key(entry)));
  return value instanceof PDFNumber ? value.asNumber() : undefined;
}

/** An entry that is a text string (7.9.2.2). */
export function textAt(dictionary: PDFDict, entry: string): string | undefined {
  const value = resolved(dictionary.context, dictionary.get(key(entry)));
  return isString(value) ? value.decodeText() : undefined;
}

/** A byte string with one character for each byte: equal keys of trees are equal in this form, however they are written. */
export function byteKey(object: PDFObject | undefined): string | undefined {
  return isString(object) ? Buffer.from(object.asBytes()).toString("latin1") : undefined;
}

/** The byte string of a key. */
export function keyString(bytes: string): PDFHexString {
  return PDFHexString.of(Buffer.from(bytes, "latin1").toString("hex"));
}

/** Whether an object is a string in either notation. */
export function isString(object: PDFObject | undefined): object is PDFString | PDFHexString {
  return object instanceof PDFString || object instanceof PDFHexString;
}
