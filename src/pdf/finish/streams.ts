import { inflateSync } from "node:zlib";
import { decodePDFRawStream, PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject, PDFRawStream } from "pdf-lib";
import { compressed } from "../compress.ts";
import { unpredicted } from "../predictor.ts";

/** A page's content is seldom longer, and is made in one piece then. */
const AT_ONCE = { chunkSize: 65536 } as const;

/**
 * Whether a stream holds no bytes: then its content is empty, whatever it says it is packed with. QPDF and what is built on it
 * leave the filter on a stream of no length.
 */
export function isEmpty(stream: PDFRawStream): boolean {
  return stream.getContents().length === 0;
}

/**
 * The content of a stream without its compression; node's own inflate is ten times as fast as the library's.
 *
 * @param most how many bytes it may hold
 * @throws Error for what cannot be unpacked; RangeError for what holds more
 */
export function streamBytes(stream: PDFRawStream, most?: number): Uint8Array {
  const { dict } = stream;
  const all = dict.lookup(PDFName.of("Filter"));
  if (all === undefined || isEmpty(stream)) return stream.getContents();
  const own = dict.lookup(PDFName.of("DecodeParms"));
  const filters = all instanceof PDFArray ? all.asArray().map((_, index) => all.lookup(index)) : [all];
  return filters.reduce<Uint8Array>((bytes, filter, index) => {
    const parameters = own instanceof PDFArray ? own.lookup(index) : own;
    return unfiltered(bytes, filter, parameters instanceof PDFDict ? parameters : undefined, dict.context, most);
  }, stream.getContents());
}

function unfiltered(
  bytes: Uint8Array,
  filter: PDFObject | undefined,
  parameters: PDFDict | undefined,
  context: PDFContext,
  most: number | undefined,
): Uint8Array {
  if (filter === PDFName.of("FlateDecode")) {
    return unpredicted(inflateSync(bytes, most === undefined ? AT_ONCE : { maxOutputLength: most }), parameters);
  }
  const single = context.obj({ Filter: filter ?? null, ...(parameters && { DecodeParms: parameters }) });
  const unpacked = decodePDFRawStream(PDFRawStream.of(single, bytes)).decode();
  return filter === PDFName.of("LZWDecode") ? unpredicted(unpacked, parameters) : unpacked;
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
