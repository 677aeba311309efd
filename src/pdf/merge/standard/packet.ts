import { accessibleClaim, archiveClaim, escaped } from "../../xmp.ts";
import type { Claims } from "./claims.ts";

/** An XMP packet (ISO 16684-1) that says the same as an information dictionary with these entries, and what is claimed. */
export function packet(facts: ReadonlyMap<string, string>, claims: Claims): Uint8Array {
  const simple = (name: string, key: string, change = escaped) => {
    const text = facts.get(key);
    return text === undefined ? "" : `<${name}>${change(text)}</${name}>\n`;
  };
  const listed = (name: string, list: string, key: string) => {
    const text = facts.get(key);
    const language = list === "Alt" ? ' xml:lang="x-default"' : "";
    return text === undefined
      ? ""
      : `<${name}><rdf:${list}><rdf:li${language}>${escaped(text)}</rdf:li></rdf:${list}></${name}>\n`;
  };
  const { archive, accessible } = claims;
  return new TextEncoder().encode(`<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
${listed("dc:title", "Alt", "Title")}${listed("dc:creator", "Seq", "Author")}${listed("dc:description", "Alt", "Subject")}${simple("xmp:CreatorTool", "Creator")}${simple("xmp:CreateDate", "CreationDate", isoMoment)}${simple("xmp:ModifyDate", "ModDate", isoMoment)}${simple("pdf:Producer", "Producer")}${simple("pdf:Keywords", "Keywords")}</rdf:Description>
${archive ? archiveClaim(archive.part, archive.conformance) : ""}${accessible === undefined ? "" : accessibleClaim(accessible)}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`);
}

/** A PDF date (ISO 32000-1, 7.9.4) as XMP writes it; what is left out is left out here, too. */
function isoMoment(date: string): string {
  const parts = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d)?'?(\d\d)?/.exec(date) ?? [];
  const [, year = "", month, day, hour, minute, second, zone, zoneMinutes] = parts;
  const days = [year, month, day].filter((one) => one !== undefined).join("-");
  if (hour === undefined) return days;
  const offset = zone === undefined ? "" : zone === "Z" ? "Z" : `${zone}:${zoneMinutes ?? "00"}`;
  return `${days}T${hour}:${minute ?? "00"}:${second ?? "00"}${offset}`;
}
