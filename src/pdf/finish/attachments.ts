import { type PDFContext, type PDFDict, PDFName } from "pdf-lib";
import { embedFile } from "../embedded-file.ts";
import { textString } from "../text-string.ts";
import type { FinishFacts } from "./facts.ts";
import { pdfDay } from "./metadata.ts";

/** Puts the sources into the file as associated files (ISO 19005-3, 6.8, and annex E): what the document was made from. */
export function attachSources(context: PDFContext, catalog: PDFDict, facts: FinishFacts): void {
  if (facts.sources.length === 0) return;
  const files = [...facts.sources]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((source) => {
      const file = { ...source, relationship: source.relationship ?? "Source", modified: `${pdfDay(facts)}Z` } as const;
      return { name: source.name, ref: embedFile(context, file) };
    });
  const names = files.flatMap((file) => [textString(file.name), file.ref]);
  catalog.set(PDFName.of("Names"), context.obj({ EmbeddedFiles: { Names: names } }));
  catalog.set(PDFName.of("AF"), context.obj(files.map((file) => file.ref)));
}
