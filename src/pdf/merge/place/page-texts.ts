import { readSource } from "../read/source.ts";
import { pageText } from "./page-text.ts";

/**
 * The words on each page of a PDF, signed or not, in the order of the content streams.
 *
 * @throws Failure `pdf-beskadiget` or `pdf-krypteret`
 */
export function pageTexts(bytes: Uint8Array, name: string): string[][] {
  return readSource(bytes, name, "signed too").pages.map((page) =>
    pageText(page)
      .lines.flatMap((line) => line.normalize("NFC").split(/\s+/u))
      .filter((word) => word !== ""),
  );
}
