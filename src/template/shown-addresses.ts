import type { HtmlDocument } from "../core/states.ts";

/** After a link comes its address, where the link's own text is another; addresses may be parted anywhere. */
const style = `<style>
a[href^="http"]::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; }
</style>`;

/**
 * The same document with the addresses of its links in the text: for a copy whose links can't be followed, on paper or because
 * a signing service allows none. Mail addresses are their own text.
 */
export function withAddressesShown(document: HtmlDocument): HtmlDocument {
  return { ...document, html: document.html.replace("</head>", () => `${style}\n</head>`) };
}
