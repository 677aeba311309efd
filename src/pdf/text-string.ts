import { PDFHexString } from "pdf-lib";

/** The digits of a text string (ISO 32000-1, 7.9.2.2) that is written in hexadecimal: UTF-16, with the mark that says so. */
export function textDigits(text: string): string {
  return `FEFF${Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase()}`;
}

/** A text as the library writes it, which makes the same of it letter by letter. */
export function textString(text: string): PDFHexString {
  return PDFHexString.of(textDigits(text));
}
