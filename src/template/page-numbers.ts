import { Failure } from "../core/failure.ts";
import type { HtmlDocument } from "../core/states.ts";

/** Where a form wants the number of the page that an anchor is on: `<span … data-sidetal="afsnit-1"></span>`. */
const place = /(<span[^>]*\sdata-sidetal="([^"]+)"[^>]*>)(<\/span>)/g;

/** Whether a document has a table of contents to be filled in after a first print. */
export function wantsPageNumbers(document: HtmlDocument): boolean {
  return document.html.search(place) !== -1;
}

/** The document with a figure where each page number will be, so that the first print is set as the last one will be. */
export function withRoomForPageNumbers(document: HtmlDocument): HtmlDocument {
  return {
    ...document,
    html: document.html.replace(place, (_all, open: string, _anchor, close) => `${open}0${close}`),
  };
}

/** The page numbers that a document's table of contents showed when it was built last; undefined where it has other lines now. */
export function expectedNumbers(
  document: HtmlDocument,
  before: Readonly<Record<string, string>> | undefined,
): Map<string, string> | undefined {
  const anchors = anchorsOf(document);
  const expected = new Map(Object.entries(before ?? {}));
  return anchors.length > 0 && anchors.every((anchor) => expected.has(anchor)) ? expected : undefined;
}

/**
 * What a document's table of contents is to show: the page of each anchor, counted from 1. Chromium tells the page only of
 * anchors that a visible link leads to.
 *
 * @throws Failure `sidetal` for an anchor whose page is not known: an empty number would go unnoticed.
 */
export function pageNumbersOf(document: HtmlDocument, pages: ReadonlyMap<string, number>): Map<string, string> {
  return new Map(
    anchorsOf(document).map((anchor) => {
      const page = pages.get(anchor);
      if (page !== undefined) return [anchor, String(page)];
      throw new Failure(
        "template",
        "sidetal",
        `Skabelonen vil vise sidetallet for »${anchor}«, som intet synligt link fører til.`,
        {
          hint: `Sæt data-sidetal inden i et link: <a href="#${anchor}">.`,
        },
      );
    }),
  );
}

function anchorsOf(document: HtmlDocument): string[] {
  return [...document.html.matchAll(place)].map(([, , anchor = ""]) => anchor);
}
