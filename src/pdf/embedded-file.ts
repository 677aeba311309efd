import { createHash } from "node:crypto";
import { type PDFContext, PDFHexString, type PDFRef, PDFString } from "pdf-lib";
import { compressedStream } from "./finish/streams.ts";
import { textString } from "./text-string.ts";

/** A file that goes along in a PDF. */
export interface FileToEmbed {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The media type, "text/markdown". */
  readonly type: string;
  /** In words, for the list of attachments. */
  readonly description: string;
  /** What it is to the document (ISO 32000-2, 7.11.3). */
  readonly relationship: "Source" | "Alternative" | "Data" | "Supplement" | "Unspecified";
  /** When it was changed last, as PDF writes it; nothing where that is not known. */
  readonly modified?: string;
}

/** Writes a file and its specification into a document, as ISO 19005-3, 6.8 wants it. @returns the specification */
export function embedFile(context: PDFContext, file: FileToEmbed): PDFRef {
  const entries = context.obj({
    Type: "EmbeddedFile",
    Subtype: file.type,
    Params: {
      Size: file.bytes.length,
      ...(file.modified !== undefined && { ModDate: PDFString.of(file.modified) }),
      CheckSum: PDFHexString.of(createHash("md5").update(file.bytes).digest("hex")),
    },
  });
  const embedded = context.register(compressedStream(context, file.bytes, entries));
  const specification = context.obj({
    Type: "Filespec",
    F: PDFString.of(file.name.replace(/[^\x20-\x7e]|[()\\]/g, "_")),
    UF: textString(file.name),
    Desc: textString(file.description),
    AFRelationship: file.relationship,
    EF: { F: embedded, UF: embedded },
  });
  return context.register(specification);
}
