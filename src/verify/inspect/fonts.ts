import type { PdfState } from "../reader/document.ts";
import { dictOf, nameOf, type PdfDict, PdfRef } from "../reader/objects.ts";

/** A font that a file names. */
export interface FontFacts {
  /** Without the mark of a subset. */
  readonly name: string;
  readonly embedded: boolean;
}

/** The fonts among a file's objects, each once, by name. */
export function fontsOf(state: PdfState): FontFacts[] {
  const fonts = new Map<string, FontFacts>();
  for (const number of state.numbers) {
    const dict = dictOf(state.resolve(new PdfRef(number, 0)));
    if (nameOf(dict?.entries.get("Type")) !== "Font" || !dict) continue;
    const font = fontOf(state, dict);
    if (font) fonts.set(`${font.name} ${font.embedded}`, font);
  }
  return [...fonts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A composite font is told by its descendant; a Type 3 font's glyphs are in the file by nature (ISO 32000-2, 9.6.4). */
function fontOf(state: PdfState, font: PdfDict): FontFacts | undefined {
  const subtype = nameOf(state.value(font, "Subtype"));
  if (subtype === "Type0") return undefined;
  const descriptor = state.dict(font, "FontDescriptor");
  const name = nameOf(state.value(descriptor, "FontName")) ?? nameOf(state.value(font, "BaseFont")) ?? "";
  const filed = ["FontFile", "FontFile2", "FontFile3"].some((key) => descriptor?.entries.has(key));
  return { name: name.replace(/^[A-Z]{6}\+/, ""), embedded: filed || subtype === "Type3" };
}
