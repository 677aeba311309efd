import {
  EncryptedPDFError,
  type PDFCatalog,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFPageLeaf,
  type PDFPageTree,
  PDFParser,
  type PDFRef,
  PDFString,
} from "pdf-lib";

/**
 * Reads the objects of a PDF with the library, which repairs what it can.
 *
 * @throws Error, the library's, for what is no PDF; for one that is encrypted
 */
export async function readObjects(bytes: Uint8Array): Promise<PDFContext> {
  const context = await PDFParser.forBytesWithOptions(bytes, Number.POSITIVE_INFINITY).parseDocument();
  if (context.lookup(context.trailerInfo.Encrypt)) throw new EncryptedPDFError();
  return context;
}

/** A page, and the object that it is. */
export interface OpenPage {
  readonly ref: PDFRef;
  readonly node: PDFPageLeaf;
}

/**
 * A PDF in memory: its objects and where its pages are. The library's own document brings forms, fonts and pictures to draw
 * with, which would be loaded for every print.
 */
export class OpenPdf {
  readonly context: PDFContext;
  #pages: readonly OpenPage[] | undefined;

  constructor(context: PDFContext) {
    this.context = context;
  }

  /** The root of all objects (ISO 32000-1, 7.7.2). */
  get catalog(): PDFCatalog {
    return this.context.lookup(this.context.trailerInfo.Root) as PDFCatalog;
  }

  /** The pages in their order, found when they are first asked for. */
  get pages(): readonly OpenPage[] {
    if (!this.#pages) {
      const found: OpenPage[] = [];
      // The library's reader makes a page tree of what says that it is one (ISO 32000-1, 7.7.3).
      (this.catalog.Pages() as PDFDict as PDFPageTree).traverse((node, ref) => {
        if (node instanceof PDFPageLeaf) found.push({ node, ref });
      });
      this.#pages = found;
    }
    return this.#pages;
  }

  /** What the document says of itself under a key of its information dictionary (ISO 32000-1, 14.3.3). */
  about(key: "Title" | "Producer"): string | undefined {
    const information = this.context.lookup(this.context.trailerInfo.Info);
    if (!(information instanceof PDFDict)) return undefined;
    return information.lookupMaybe(PDFName.of(key), PDFString, PDFHexString)?.decodeText();
  }
}

/** The width and height of a page in points (ISO 32000-1, 14.11.2). */
export function sizeOf({ node }: OpenPage): { readonly width: number; readonly height: number } {
  const { width, height } = node.MediaBox().asRectangle();
  return { width, height };
}
