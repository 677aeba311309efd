declare const state: unique symbol;

/** Bytes of a PDF as the browser printed it: tagged, with outline. */
export type PrintedPdf = Uint8Array & { readonly [state]: "printed" };

/** The alternative text that a print gives a hyphen at a line's end that is the layout's, not the text's: the soft hyphen. */
export const LAYOUT_HYPHEN = "\u00AD";

/** Names bytes as a print. Only `print/print.ts` may call it. */
export function asPrinted(bytes: Uint8Array): PrintedPdf {
  return bytes as PrintedPdf;
}

/** Bytes of a PDF that is accessible (PDF/UA-1), archival (PDF/A-3a) and holds its own sources. */
export type FinishedPdf = Uint8Array & { readonly [state]: "finished" };

/** Names bytes as finished. Only `pdf/finish/finish.ts` may call it. */
export function asFinished(bytes: Uint8Array): FinishedPdf {
  return bytes as FinishedPdf;
}

/** Bytes of a PDF that was put together from others; nothing of theirs is lost but what the merge's report says. */
export type MergedPdf = Uint8Array & { readonly [state]: "merged" };

/** Names bytes as merged. Only `pdf/merge/merge.ts` may call it. */
export function asMerged(bytes: Uint8Array): MergedPdf {
  return bytes as MergedPdf;
}

/** Bytes of a PDF that NemLog-in's signing service accepts: PDF/UA-1 and PDF/A-2a, without attachments and outward links. */
export type SigningCopy = Uint8Array & { readonly [state]: "to be signed" };

/** Names bytes as a copy to be signed. Only `pdf/finish/finish.ts` may call it. */
export function asSigningCopy(bytes: Uint8Array): SigningCopy {
  return bytes as SigningCopy;
}

/** Bytes of a PDF with one more signature, each earlier byte as it was. */
export type SignedPdf = Uint8Array & { readonly [state]: "signed" };

/** Names bytes as signed. Only `sign/sign.ts` may call it. */
export function asSigned(bytes: Uint8Array): SignedPdf {
  return bytes as SignedPdf;
}

/** Where the pages of all forms are for the browser; nothing answers there but a document's own files. */
export const FORM_ORIGIN = "https://skabelon.invalid/";

/**
 * A self-contained document for the browser: the page, and every file that the page may ask for, by its address.
 * Nothing outside this object can reach the printed page.
 */
export interface HtmlDocument {
  /** The address that the page is shown at, and that its relative addresses start from. */
  readonly base: string;
  readonly html: string;
  /** Address (as in the page) to content. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** The families of the fonts that the document brings; nothing else may end up in its print. */
  readonly fontFamilies: readonly string[];
  readonly title: string;
  /** Whether its sheets lie down. */
  readonly landscape?: boolean;
}

/** A file that a page may ask for. */
export interface Asset {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
