import type { PdfState } from "../reader/document.ts";
import { decodeStream } from "../reader/filters.ts";
import { type PdfObject, PdfStream } from "../reader/objects.ts";
import { BadRdf, type Property, propertiesIn, type Value } from "./rdf.ts";

/** The longest metadata that are read, in bytes. */
const LENGTH = 2_000_000;

const XMP = "http://ns.adobe.com/xap/1.0/";
/** What a save may change without changing what the document says of itself. */
const volatile: ReadonlySet<string> = new Set([
  `${XMP} ModifyDate`,
  `${XMP} MetadataDate`,
  "http://ns.adobe.com/pdf/1.3/ Producer",
  "http://ns.adobe.com/xap/1.0/mm/ InstanceID",
]);

/**
 * True when two metadata streams (ISO 16684-1) say the same apart from the dates of the save and the program: compared as
 * properties, since programs write the same properties in different ways.
 */
export function sameMetadata(signed: PdfState, before: PdfObject, last: PdfState, after: PdfObject): boolean {
  const [a, b] = [propertiesOf(signed, before), propertiesOf(last, after)];
  return a !== undefined && b !== undefined && canonical(lasting(a)) === canonical(lasting(b));
}

/**
 * True when metadata that came where there were none says nothing but what the information dictionary said already, and when
 * and by what the file was made: some programs write it at their first save.
 */
export function saysNothingNew(last: PdfState, after: PdfObject, known: readonly string[]): boolean {
  const properties = propertiesOf(last, after);
  const told = new Set(known.map((one) => one.trim()));
  const made = [`${XMP} CreateDate`, `${XMP} CreatorTool`];
  return (
    properties !== undefined &&
    lasting(properties).every(
      ({ name, value }) => made.includes(name) || textsIn(value).every((text) => told.has(text)),
    )
  );
}

/** The properties; undefined for what is no metadata stream, and for metadata that nobody could read with certainty. */
function propertiesOf(state: PdfState, object: PdfObject): Property[] | undefined {
  if (!(object instanceof PdfStream)) return undefined;
  const bytes = decodeStream(object, state.budget);
  if (bytes.length > LENGTH) return undefined;
  try {
    return propertiesIn(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    if (cause instanceof BadRdf || cause instanceof TypeError) return undefined;
    throw cause;
  }
}

function lasting(properties: readonly Property[]): Property[] {
  return properties.filter(({ name }) => !volatile.has(name));
}

/** The properties in a form that is the same for the same graph: their order means nothing, nor does that in a bag. */
function canonical(properties: readonly Property[]): string {
  return `{${properties
    .map(({ name, value }) => `${JSON.stringify(name)}:${canonicalValue(value)}`)
    .sort()
    .join()}}`;
}

function canonicalValue(value: Value): string {
  if (value.kind === "text") return JSON.stringify([value.text, value.language]);
  if (value.kind === "structure") return canonical(value.fields);
  const items = value.items.map(canonicalValue);
  return `${value.type}[${(value.type === "Bag" ? items.sort() : items).join()}]`;
}

function textsIn(value: Value): string[] {
  if (value.kind === "text") return [value.text];
  if (value.kind === "array") return value.items.flatMap(textsIn);
  return value.fields.flatMap((field) => textsIn(field.value));
}
