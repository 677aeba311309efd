import type { PdfState } from "../reader/document.ts";
import { decodeStream } from "../reader/filters.ts";
import { PdfStream, textOf } from "../reader/objects.ts";

/** What a file says of itself in its metadata, and the standards that it claims to follow. A claim is no proof. */
export interface MetadataFacts {
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly subject: string | undefined;
  readonly producer: string | undefined;
  readonly language: string | undefined;
  /** dc:identifier; for one of ours »sha256:« and the digest of its source. */
  readonly identifier: string | undefined;
  /** »PDF/A-3A«, »PDF/UA-1«. */
  readonly claims: readonly string[];
}

/** Reads the metadata stream (ISO 16684-1), and the information dictionary where the stream says nothing. */
export function metadataOf(state: PdfState): MetadataFacts {
  const stream = state.value(state.catalog, "Metadata");
  const xmp = stream instanceof PdfStream ? new TextDecoder().decode(decodeStream(stream, state.budget)) : "";
  const info = (key: string) => textOf(state.value(state.value(state.trailer, "Info"), key));
  const part = property(xmp, "pdfaid:part");
  const accessible = property(xmp, "pdfuaid:part");
  return {
    title: property(xmp, "dc:title") ?? info("Title"),
    author: property(xmp, "dc:creator") ?? info("Author"),
    subject: property(xmp, "dc:description") ?? info("Subject"),
    producer: property(xmp, "pdf:Producer") ?? info("Producer"),
    language: textOf(state.value(state.catalog, "Lang")),
    identifier: property(xmp, "dc:identifier"),
    claims: [
      ...(part ? [`PDF/A-${part}${property(xmp, "pdfaid:conformance") ?? ""}`] : []),
      ...(accessible ? [`PDF/UA-${accessible}`] : []),
    ],
  };
}

/** No value is longer, in characters. */
const LONGEST = 4000;

/** The value of a property, written as an element (its first item, where it is a list) or as an attribute. */
function property(xmp: string, name: string): string | undefined {
  const value =
    element(xmp, name)?.replace(/<[^>]*>/g, " ") ?? new RegExp(`\\s${name}\\s*=\\s*(["'])(.*?)\\1`).exec(xmp)?.[2];
  return value && unescaped(value.trim());
}

/** What stands in the first element of a name that ends soon enough. Linear, however many begin and never end. */
function element(xmp: string, name: string): string | undefined {
  const begin = new RegExp(`<${name}(?:\\s[^<>]*)?>`, "g");
  for (let match = begin.exec(xmp); match; match = begin.exec(xmp)) {
    const end = xmp.indexOf(`</${name}>`, begin.lastIndex);
    if (end < 0) return undefined;
    if (end - begin.lastIndex <= LONGEST) return xmp.slice(begin.lastIndex, end);
    begin.lastIndex = end - LONGEST;
  }
  return undefined;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_whole, name: string) => entities[name] ?? "");
}
