import { inflateSync } from "node:zlib";
import { decodePDFRawStream, type PDFContext, type PDFDict, PDFName, PDFRawStream } from "pdf-lib";
import { compressed } from "../compress.ts";

/** A page's content is seldom longer, and is made in one piece then. */
const AT_ONCE = { chunkSize: 65536 } as const;

/**
 * Whether a stream holds no bytes: then its content is empty, whatever it says it is packed with. QPDF and what is built on it
 * leave the filter on a stream of no length.
 */
export function isEmpty(stream: PDFRawStream): boolean {
  return stream.getContents().length === 0;
}

/** The content of a stream without its compression; node's own inflate is ten times as fast as the library's. */
export function streamBytes(stream: PDFRawStream): Uint8Array {
  const filter = stream.dict.lookup(PDFName.of("Filter"));
  if (filter === undefined || isEmpty(stream)) return stream.getContents();
  if (filter === PDFName.of("FlateDecode") && !stream.dict.has(PDFName.of("DecodeParms"))) {
    return inflateSync(stream.getContents(), AT_ONCE);
  }
  return decodePDFRawStream(stream).decode();
}

/** A compressed stream. Its other entries are taken from a dictionary, if one is given. */
export function compressedStream(context: PDFContext, bytes: Uint8Array, entries?: PDFDict): PDFRawStream {
  return compressedAlready(context, compressed(bytes), entries);
}

/** A compressed stream of bytes that `compressed` gave. */
export function compressedAlready(context: PDFContext, contents: Uint8Array, entries?: PDFDict): PDFRawStream {
  const dictionary = context.obj({});
  for (const [key, value] of entries?.entries() ?? []) dictionary.set(key, value);
  dictionary.delete(PDFName.of("DecodeParms"));
  dictionary.set(PDFName.of("Filter"), PDFName.of("FlateDecode"));
  dictionary.set(PDFName.of("Length"), context.obj(contents.length));
  return PDFRawStream.of(dictionary, contents);
}
