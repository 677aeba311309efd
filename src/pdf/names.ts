import { PDFName } from "pdf-lib";

/** What a name says (ISO 32000-1, 7.3.5). The library goes through it byte by byte, which only one with escapes needs. */
export function textOfName(name: PDFName): string {
  const written = name.asString();
  return written.includes("#") ? name.decodeText() : written.slice(1);
}

/** The name with these letters, each standing for a byte. The library would read »#41« among them as an escape. */
export function nameOf(letters: string): PDFName {
  return PDFName.of(letters.replaceAll("#", "#23"));
}
