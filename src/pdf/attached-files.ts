import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString } from "pdf-lib";
import { streamBytes } from "./finish/streams.ts";

/** The files that lie in a PDF that this program made, by their names. Throws what pdf-lib throws for bytes that are no PDF. */
export async function attachedFiles(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const { catalog } = await PDFDocument.load(bytes, { updateMetadata: false });
  const found = new Map<string, Uint8Array>();
  const files = catalog.lookupMaybe(PDFName.of("AF"), PDFArray);
  for (let at = 0; at < (files?.size() ?? 0); at++) {
    const file = files?.lookupMaybe(at, PDFDict);
    const name = file?.lookupMaybe(PDFName.of("UF"), PDFString, PDFHexString)?.decodeText();
    const stream = file?.lookupMaybe(PDFName.of("EF"), PDFDict)?.lookup(PDFName.of("F"));
    if (name !== undefined && stream instanceof PDFRawStream) found.set(name, streamBytes(stream));
  }
  return found;
}
