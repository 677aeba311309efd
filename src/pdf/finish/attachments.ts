import { createHash } from "node:crypto";
import { type PDFContext, type PDFDict, PDFHexString, PDFName, PDFString } from "pdf-lib";
import type { FinishFacts } from "./facts.ts";
import { pdfDay } from "./metadata.ts";
import { compressedStream } from "./streams.ts";

/** Puts the sources into the file as associated files (ISO 19005-3, 6.8, and annex E): what the document was made from. */
export function attachSources(context: PDFContext, catalog: PDFDict, facts: FinishFacts): void {
  if (facts.sources.length === 0) return;
  const files = [...facts.sources]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((source) => {
      const entries = context.obj({
        Type: "EmbeddedFile",
        Subtype: source.type,
        Params: {
          Size: source.bytes.length,
          ModDate: PDFString.of(`${pdfDay(facts)}Z`),
          CheckSum: PDFHexString.of(createHash("md5").update(source.bytes).digest("hex")),
        },
      });
      const embedded = context.register(compressedStream(context, source.bytes, entries));
      const file = context.obj({
        Type: "Filespec",
        F: PDFString.of(source.name.replace(/[^\x20-\x7e]|[()\\]/g, "_")),
        UF: PDFHexString.fromText(source.name),
        Desc: PDFHexString.fromText(source.description),
        AFRelationship: source.relationship ?? "Source",
        EF: { F: embedded, UF: embedded },
      });
      return { name: source.name, ref: context.register(file) };
    });
  const names = files.flatMap((file) => [PDFHexString.fromText(file.name), file.ref]);
  catalog.set(PDFName.of("Names"), context.obj({ EmbeddedFiles: { Names: names } }));
  catalog.set(PDFName.of("AF"), context.obj(files.map((file) => file.ref)));
}
