import { PdfDict, PdfName, type PdfObject, PdfRef, PdfStream, PdfString, sameText } from "./objects.ts";

/**
 * True when two objects say the same. References are equal when they have the same number: what they lead to is compared
 * for itself. How a thing is written (spaces, order of keys, hexadecimal or not) does not matter; a string says the same when
 * its bytes are the same, and where the standard wants a text, when its text is.
 */
export function sameObject(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return (a ?? null) === (b ?? null);
  if (a instanceof PdfName) return b instanceof PdfName && a.text === b.text;
  if (a instanceof PdfString) return b instanceof PdfString && sameBytes(a.bytes, b.bytes);
  if (a instanceof PdfRef) return b instanceof PdfRef && a.number === b.number && a.generation === b.generation;
  if (a instanceof PdfDict) return b instanceof PdfDict && sameDict(a, b, []);
  if (a instanceof PdfStream) {
    // The length is the bytes' own, however it is written.
    return b instanceof PdfStream && sameDict(a.dict, b.dict, ["Length"]) && sameBytes(a.raw, b.raw);
  }
  return (
    Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => sameObject(item, b[at]))
  );
}

/** The keys whose values differ between two dictionaries; a key that is missing counts as null (ISO 32000-2, 7.3.7). */
export function changedKeys(a: PdfDict, b: PdfDict): string[] {
  const keys = new Set([...a.entries.keys(), ...b.entries.keys()]);
  return [...keys].filter((key) => {
    const [before, after] = [a.entries.get(key), b.entries.get(key)];
    return !sameObject(before, after) && !(isText(key, a) && isText(key, b) && sameText(before, after));
  });
}

/**
 * The keys whose strings are text strings (ISO 32000-2, 7.9.2.2) in every dictionary that the standard has them in. Programs that
 * write a dictionary anew choose the encoding of its texts themselves.
 */
const TEXTS = new Set(
  (
    "ActualText Alt AltPresentation CA AC RC ContactInfo Desc E Info Lang Location NM Name OutputCondition " +
    "OutputConditionIdentifier Reason RegistryName Subj T TM TU Title UF"
  ).split(" "),
);

/** An annotation's contents are a text, a signature's are bytes. */
function isText(key: string, dict: PdfDict): boolean {
  if (key === "Contents") return dict.entries.has("Subtype") && !dict.entries.has("ByteRange");
  return TEXTS.has(key);
}

/** True when the bytes are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function sameDict(a: PdfDict, b: PdfDict, passOver: readonly string[]): boolean {
  return changedKeys(a, b).every((key) => passOver.includes(key));
}
