import { OPS, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { withPdf } from "./pdf-text.ts";

/** What a PDF is, as pdf.js finds it. */
export interface PdfFacts {
  readonly title: string | undefined;
  readonly language: string | undefined;
  readonly tagged: boolean;
  /** Whether the document or a page has an action with JavaScript. */
  readonly scripts: boolean;
  /** All bookmarks in their order, whatever their level. */
  readonly outline: readonly string[];
  /** Width and height of each page in points. */
  readonly pageSizes: readonly (readonly [width: number, height: number])[];
  /** The fonts that text is set in. */
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
}

/** Reads a PDF's own account of itself. */
export function pdfFacts(bytes: Uint8Array): Promise<PdfFacts> {
  return withPdf(bytes, async (document) => {
    const { info } = (await document.getMetadata()) as { info: { Title?: string; Language?: string } };
    const pageSizes: [number, number][] = [];
    const fonts = new Map<string, boolean>();
    // Not `hasJSActions`: it takes every signature field for one with a script.
    const fields = Object.values((await document.getFieldObjects()) ?? {}).flat() as { actions?: object | null }[];
    let scripts = (await document.getJSActions()) !== null || fields.some((field) => Boolean(field.actions));
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
      pageSizes.push([right - left, top - bottom]);
      if ((await page.getJSActions()) !== null) scripts = true;
      for (const [name, embedded] of await fontsOn(page)) fonts.set(name, embedded && (fonts.get(name) ?? true));
    }
    return {
      title: info.Title,
      language: info.Language,
      tagged: (await document.getMarkInfo())?.Marked === true,
      scripts,
      outline: titlesOf((await document.getOutline()) ?? []),
      pageSizes,
      fonts: [...fonts].map(([name, embedded]) => ({ name, embedded })),
    };
  });
}

async function fontsOn(page: Awaited<ReturnType<PDFDocumentProxy["getPage"]>>): Promise<Map<string, boolean>> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const fonts = new Map<string, boolean>();
  fnArray.forEach((operator, index) => {
    if (operator !== OPS.setFont) return;
    // pdf.js marks a font as missing when the file has no program for it.
    const font: { name: string; missingFile?: boolean } = page.commonObjs.get(argsArray[index][0]);
    fonts.set(font.name, font.missingFile !== true);
  });
  return fonts;
}

type Bookmarks = readonly { readonly title: string; readonly items: Bookmarks }[];

function titlesOf(bookmarks: Bookmarks): string[] {
  return bookmarks.flatMap(({ title, items }) => [title, ...titlesOf(items)]);
}
