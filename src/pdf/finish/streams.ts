import { inflateSync } from "node:zlib";
import { decodePDFRawStream, PDFName, type PDFRawStream } from "pdf-lib";

/** The content of a stream without its compression; node's own inflate is ten times as fast as the library's. */
export function streamBytes(stream: PDFRawStream): Uint8Array {
  const filter = stream.dict.lookup(PDFName.of("Filter"));
  if (filter === undefined) return stream.getContents();
  if (filter === PDFName.of("FlateDecode") && !stream.dict.has(PDFName.of("DecodeParms"))) {
    return inflateSync(stream.getContents());
  }
  return decodePDFRawStream(stream).decode();
}
