import { type PDFContext, type PDFDict, PDFHexString, PDFName, PDFRawStream, PDFString } from "pdf-lib";
import type { Copier } from "../copier.ts";
import type { Source } from "../read/source.ts";
import { textAt } from "../read/values.ts";
import { type Claims, claimNames, claimsIn, xmpOf } from "./claims.ts";
import { packet } from "./packet.ts";

/**
 * The metadata of the whole are the host's. As long as the whole may claim what the host claims they are kept to the byte; else
 * they are written anew, from the host's information dictionary, with the claims that hold.
 */
export function writeMetadata(
  context: PDFContext,
  catalog: PDFDict,
  host: Source,
  copier: Copier,
  claims: Claims,
): void {
  const xmp = xmpOf(host);
  const same = String(claimNames(claimsIn(xmp))) === String(claimNames(claims));
  const metadata = host.catalog.get(PDFName.of("Metadata"));
  if (same) {
    if (host.info) context.trailerInfo.Info = context.register(copier.dictionary(host.info));
    if (metadata) catalog.set(PDFName.of("Metadata"), copier.copy(metadata));
    return;
  }
  const facts = factsOf(host, xmp);
  const info = context.obj({});
  for (const [key, text] of facts) {
    const date = key.endsWith("Date");
    info.set(PDFName.of(key), date ? PDFString.of(text) : PDFHexString.fromText(text));
  }
  if (facts.size > 0) context.trailerInfo.Info = context.register(info);
  const bytes = packet(facts, claims);
  const dictionary = context.obj({ Type: "Metadata", Subtype: "XML", Length: bytes.length });
  catalog.set(PDFName.of("Metadata"), context.register(PDFRawStream.of(dictionary, bytes)));
}

const KEYS = ["Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate"];

/** The host's facts by their keys in the information dictionary (ISO 32000-1, table 317); the title may stand in XMP only. */
function factsOf(host: Source, xmp: string | undefined): Map<string, string> {
  const facts = new Map<string, string>();
  for (const key of KEYS) {
    const text = host.info && textAt(host.info, key);
    if (text !== undefined && (!key.endsWith("Date") || /^D:\d{4}/.test(text))) facts.set(key, text);
  }
  const title = /<dc:title>\s*<rdf:Alt>\s*<rdf:li[^>]*>([^<]+)</.exec(xmp ?? "")?.[1];
  if (!facts.has("Title") && title !== undefined) facts.set("Title", unescaped(title));
  return facts;
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
