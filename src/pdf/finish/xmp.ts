import { isoDate } from "../../core/date.ts";
import { accessibleClaim, archiveClaim, escaped } from "../xmp.ts";
import { CREATOR, type FinishFacts } from "./facts.ts";

/** The standards that a file claims to follow. */
export interface Claims {
  /** PDF/A (ISO 19005): the part, and the level. */
  readonly archive: { readonly part: 2 | 3; readonly conformance: "A" };
  /** PDF/UA (ISO 14289): the part. */
  readonly accessible: 1;
}

/** The metadata as XMP (ISO 16684-1): the same as the information dictionary says, and which standards the file follows. */
export function xmpPacket(facts: FinishFacts, producer: string, claims: Claims): Uint8Array {
  const moment = `${isoDate(facts.date)}T00:00:00Z`;
  const [title, author, subject] = [facts.title, facts.author, facts.subject].map(escaped);
  const keywords = facts.keywords.map(escaped);
  return new TextEncoder().encode(`<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:identifier>${escaped(facts.id)}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>${escaped(facts.language)}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${subject}</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag>${keywords.map((keyword) => `<rdf:li>${keyword}</rdf:li>`).join("")}</rdf:Bag></dc:subject>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>${CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>${moment}</xmp:CreateDate>
<xmp:ModifyDate>${moment}</xmp:ModifyDate>
<xmp:MetadataDate>${moment}</xmp:MetadataDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>${escaped(producer)}</pdf:Producer>
<pdf:Keywords>${keywords.join(", ")}</pdf:Keywords>
</rdf:Description>
${archiveClaim(claims.archive.part, claims.archive.conformance)}${accessibleClaim(claims.accessible)}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`);
}
