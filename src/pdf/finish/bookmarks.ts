import { PDFDict, PDFName } from "pdf-lib";
import type { OpenPdf } from "../open-pdf.ts";
import { textString } from "../text-string.ts";
import { type Element, everyElement, wordsOf } from "./structure.ts";

/**
 * Gives each bookmark the words of its heading (ISO 32000-1, 12.3.3). Chromium says them twice where the heading begins a
 * page. Its bookmarks are the headings in their order; a document where that does not hold keeps its own titles.
 */
export function nameBookmarks(document: OpenPdf, tree: Element): void {
  const headings = [...everyElement(tree)].filter((element) => /^H[1-6]$/.test(element.type));
  const bookmarks = bookmarksOf(document);
  if (bookmarks.length !== headings.length) return;
  bookmarks.forEach((bookmark, index) => {
    const heading = headings[index];
    const words = heading ? wordsOf(heading) : "";
    if (words !== "") bookmark.set(PDFName.of("Title"), textString(words));
  });
}

/** Every bookmark, in the order in which the list shows them when it is unfolded. */
function bookmarksOf(document: OpenPdf): PDFDict[] {
  const found = new Set<PDFDict>();
  const visit = (parent: PDFDict | undefined): void => {
    let next = parent?.lookupMaybe(PDFName.of("First"), PDFDict);
    while (next && !found.has(next)) {
      found.add(next);
      visit(next);
      next = next.lookupMaybe(PDFName.of("Next"), PDFDict);
    }
  };
  visit(document.catalog.lookupMaybe(PDFName.of("Outlines"), PDFDict));
  return [...found];
}
