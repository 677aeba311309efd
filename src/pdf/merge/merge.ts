import { createHash } from "node:crypto";
import { PDFContext, PDFHeader, PDFHexString, PDFWriter } from "pdf-lib";
import { asMerged, type MergedPdf } from "../../core/states.ts";
import type { FileToEmbed } from "../embedded-file.ts";
import { writePacked } from "../write-file.ts";
import { Assembly } from "./assembly.ts";
import { layOut } from "./layout.ts";
import type { MergeReport, Part } from "./part.ts";
import { asRefusal, readSource } from "./read/source.ts";

/** A whole, and what there is to say of it. */
export interface Merged {
  readonly pdf: MergedPdf;
  readonly report: MergeReport;
}

/**
 * Puts PDFs together and keeps what makes each of them usable: tags, bookmarks, links, named destinations, page labels,
 * attachments, layers, forms, languages. The first part is the host; each other one goes behind it, or where it asks to in it.
 * The same parts give the same bytes.
 *
 * What has to be stated: the host's metadata are the whole's; the whole claims to follow a standard only where every part does
 * and what can be checked holds; parts that go into a host become a Part in its Document, and parts that follow one another
 * become Parts of a new Document.
 *
 * @throws Failure for a part that is refused (`pdf-beskadiget`, `pdf-krypteret`, `pdf-underskrevet`, `formularfelter`), and for
 * pages that are not there (`sider`)
 */
export async function mergePdfs(parts: readonly Part[], attached: readonly FileToEmbed[] = []): Promise<Merged> {
  const sources = parts.map((part) => readSource(part.bytes, part.name));
  const layout = layOut(
    parts,
    sources.map((source) => source.pages.length),
  );
  const context = PDFContext.create();
  const assembly = new Assembly(context, { parts, attached }, sources, layout);
  let name = "";
  try {
    assembly.assemble((now) => {
      name = now;
    });
  } catch (cause) {
    throw asRefusal(cause, name);
  }
  const [major = 1, minor = 7] = assembly.version.split(".").map(Number);
  context.header = PDFHeader.forVersion(major, minor);
  const id = PDFHexString.of(identifier(parts, attached));
  context.trailerInfo.ID = context.obj([id, id]);
  const { plain, report } = assembly;
  const tick = Number.POSITIVE_INFINITY;
  const bytes = plain ? await PDFWriter.forContext(context, tick).serializeToBuffer() : writePacked(context);
  return { pdf: asMerged(bytes), report };
}

/** A file identifier (ISO 32000-1, 14.4) that changes with the parts and their places, and with nothing else. */
function identifier(parts: readonly Part[], attached: readonly FileToEmbed[]): string {
  const hash = createHash("sha256");
  for (const { bytes, ...place } of parts) hash.update(JSON.stringify(place)).update(bytes);
  for (const { bytes, ...file } of attached) hash.update(JSON.stringify(file)).update(bytes);
  return hash.digest("hex").slice(0, 32);
}
