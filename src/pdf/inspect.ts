import { PDFArray, PDFBool, PDFDict, PDFHexString, PDFName, PDFRef, PDFString } from "pdf-lib";
import { textOfName } from "./names.ts";
import { OpenPdf, readObjects, sizeOf } from "./open-pdf.ts";

/** What a PDF says of itself, read back from its bytes. */
export interface PdfFacts {
  readonly pages: number;
  readonly title: string | undefined;
  readonly language: string | undefined;
  readonly tagged: boolean;
  readonly outline: boolean;
  /** Sizes of the pages in points (1/72 inch), each size once. */
  readonly pageSizes: readonly (readonly [width: number, height: number])[];
  readonly fonts: readonly PdfFont[];
  /** Named places and the number of the page, counted from 1, that each is on. */
  readonly destinations: ReadonlyMap<string, number>;
}

export interface PdfFont {
  /** The font's name without the mark of its subset. */
  readonly name: string;
  readonly embedded: boolean;
}

/** Reads a PDF's own account of itself. Throws what pdf-lib throws for bytes that are no PDF. */
export async function inspectPdf(bytes: Uint8Array): Promise<PdfFacts> {
  return factsOf(new OpenPdf(await readObjects(bytes)));
}

/** What a document in memory says of itself. */
export function factsOf(document: OpenPdf): PdfFacts {
  const { catalog, context } = document;
  const marked = catalog.lookupMaybe(PDFName.of("MarkInfo"), PDFDict)?.lookupMaybe(PDFName.of("Marked"), PDFBool);
  const language = catalog.lookupMaybe(PDFName.of("Lang"), PDFString, PDFHexString);
  const sizes = new Map(
    document.pages.map((page) => {
      const { width, height } = sizeOf(page);
      return [`${width} ${height}`, [width, height] as const];
    }),
  );
  return {
    pages: document.pages.length,
    title: document.about("Title"),
    language: language?.decodeText(),
    tagged: marked?.asBoolean() === true && catalog.has(PDFName.of("StructTreeRoot")),
    outline: catalog.has(PDFName.of("Outlines")),
    pageSizes: [...sizes.values()],
    fonts: fontsOf(context.enumerateIndirectObjects().map(([, object]) => object)),
    destinations: destinationsOf(document),
  };
}

/** Thousands of objects are asked whether they are fonts. */
const [TYPE, FONT] = [PDFName.of("Type"), PDFName.of("Font")];

function fontsOf(objects: readonly unknown[]): PdfFont[] {
  const fonts = new Map<string, PdfFont>();
  for (const object of objects) {
    if (!(object instanceof PDFDict) || object.lookup(TYPE) !== FONT) continue;
    const font = fontOf(object);
    if (font) fonts.set(`${font.name} ${font.embedded}`, font);
  }
  return [...fonts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A composite font (Type0) is told by its descendant; the glyphs of a Type3 font are in the file by nature. */
function fontOf(font: PDFDict): PdfFont | undefined {
  const subtype = font.lookupMaybe(PDFName.of("Subtype"), PDFName);
  if (subtype === PDFName.of("Type0")) return undefined;
  const descriptor = font.lookupMaybe(PDFName.of("FontDescriptor"), PDFDict);
  const named = descriptor?.lookupMaybe(PDFName.of("FontName"), PDFName);
  const base = named ?? font.lookupMaybe(PDFName.of("BaseFont"), PDFName);
  const name = base ? textOfName(base).replace(/^[A-Z]{6}\+/, "") : "";
  const filed = ["FontFile", "FontFile2", "FontFile3"].some((key) => descriptor?.has(PDFName.of(key)));
  return { name, embedded: filed || subtype === PDFName.of("Type3") };
}

/** Chromium writes named destinations as a dictionary in the catalog (ISO 32000-1, 12.3.2.3). */
export function destinationsOf(document: OpenPdf): Map<string, number> {
  const pages = new Map(document.pages.map((page, index) => [page.ref.toString(), index + 1]));
  const found = new Map<string, number>();
  const names = document.catalog.lookupMaybe(PDFName.of("Dests"), PDFDict);
  for (const [name, value] of names?.entries() ?? []) {
    const target = value instanceof PDFRef ? document.context.lookup(value) : value;
    const first = target instanceof PDFArray ? target.get(0) : undefined;
    const page = first instanceof PDFRef ? pages.get(first.toString()) : undefined;
    if (page !== undefined) found.set(textOfName(name), page);
  }
  return found;
}
