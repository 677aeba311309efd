import { Failure } from "../core/failure.ts";
import type { HtmlDocument } from "../core/states.ts";

/** Where a form wants the number of the page that an anchor is on: `<span … data-sidetal="afsnit-1"></span>`. */
const place = /(<span[^>]*\sdata-sidetal="([^"]+)"[^>]*>)(<\/span>)/g;

/** Whether a document has a table of contents to be filled in after a first print. */
export function wantsPageNumbers(document: HtmlDocument): boolean {
  return document.html.search(place) !== -1;
}

/**
 * The document with the page of each anchor, counted from 1, in its table of contents. Chromium tells the page only of
 * anchors that a visible link leads to.
 *
 * @throws Failure `sidetal` for an anchor whose page is not known: an empty number would go unnoticed.
 */
export function withPageNumbers(document: HtmlDocument, pages: ReadonlyMap<string, number>): HtmlDocument {
  const html = document.html.replace(place, (_all, open: string, anchor: string, close: string) => {
    const page = pages.get(anchor);
    if (page === undefined) {
      throw new Failure(
        "template",
        "sidetal",
        `Skabelonen vil vise sidetallet for »${anchor}«, som intet synligt link fører til.`,
        {
          hint: `Sæt data-sidetal inden i et link: <a href="#${anchor}">.`,
        },
      );
    }
    return `${open}${page}${close}`;
  });
  return { ...document, html };
}
