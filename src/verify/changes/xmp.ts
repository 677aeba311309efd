import type { PdfState } from "../reader/document.ts";
import { decodeStream } from "../reader/filters.ts";
import { type PdfObject, PdfStream } from "../reader/objects.ts";

/** The longest metadata that are read, in bytes. */
const LENGTH = 2_000_000;

/** What a save may change without changing what the document says of itself. */
const volatile = /(?:^|:)(?:ModifyDate|MetadataDate|Producer|InstanceID)$/;

/**
 * True when two metadata streams (ISO 16684-1) say the same apart from the dates of the save and the program: compared as
 * properties, since programs write the same properties in different ways.
 */
export function sameMetadata(signed: PdfState, before: PdfObject, last: PdfState, after: PdfObject): boolean {
  const [a, b] = [propertiesOf(signed, before), propertiesOf(last, after)];
  return a !== undefined && b !== undefined && a.length === b.length && a.every((line, at) => line === b[at]);
}

/**
 * True when metadata that came where there were none says nothing but what the information dictionary said already, and when
 * and by what the file was made: some programs write it at their first save.
 */
export function saysNothingNew(last: PdfState, after: PdfObject, known: readonly string[]): boolean {
  const lines = propertiesOf(last, after);
  const told = new Set([...known, "x-default"]);
  return (
    lines?.every((one) => /xmp:Create(?:Date|orTool) = /.test(one) || told.has(one.slice(one.indexOf(" = ") + 3))) ===
    true
  );
}

/** The properties as lines »path = text«, in order of the alphabet; undefined for what is no metadata stream. */
function propertiesOf(state: PdfState, object: PdfObject): string[] | undefined {
  if (!(object instanceof PdfStream)) return undefined;
  const bytes = decodeStream(object, state.budget);
  if (bytes.length > LENGTH) return undefined;
  const text = new TextDecoder().decode(bytes).replace(/<\?[^<>]*\?>/g, "");
  const lines: string[] = [];
  const open: string[] = [];
  for (const token of text.matchAll(/<(\/?)([^\s/<>]+)([^<>]{0,20000}?)(\/?)>|([^<]+)|</g)) {
    const [, closing, name = "", attributes = "", alone, content] = token;
    // A bracket that opens nothing: no XML, and compared as it stands.
    if (token[0] === "<") lines.push(line(open, "<"));
    else if (content !== undefined) {
      if (content.trim() !== "") lines.push(line(open, content.trim()));
    } else if (closing) open.pop();
    else {
      open.push(name);
      for (const [, key = "", , value = ""] of attributes.matchAll(/(?<=\s)([^\s="']{1,200})\s*=\s*(["'])(.*?)\2/g)) {
        if (!/^xmlns|^rdf:about$|x:xmptk/.test(key)) lines.push(line([...open, key], value));
      }
      if (alone) open.pop();
    }
  }
  return lines.filter((one) => one !== "").sort();
}

function line(path: readonly string[], text: string): string {
  if (path.some((name) => volatile.test(name))) return "";
  return `${path.filter((name) => !/^(?:rdf:|x:)/.test(name)).join("/")} = ${text}`;
}
