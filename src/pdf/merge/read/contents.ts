import { type PDFDict, PDFName, PDFRawStream } from "pdf-lib";
import { streamBytes } from "../../finish/streams.ts";
import { listAt, resolved } from "./values.ts";

/**
 * What a page shows (ISO 32000-1, 7.8.2): its content streams one after another, with white space between them.
 *
 * @throws Error for a stream that cannot be unpacked
 */
export function contentOf(page: PDFDict): Uint8Array {
  const list = listAt(page, "Contents");
  const streams = list.length > 0 ? list : [page.get(PDFName.of("Contents"))];
  return Buffer.concat(
    streams.flatMap((one) => {
      const stream = resolved(page.context, one);
      return stream instanceof PDFRawStream ? [streamBytes(stream), Uint8Array.of(10)] : [];
    }),
  );
}
