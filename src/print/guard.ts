import type { Asset, HtmlDocument } from "../core/states.ts";

/** What to do with something that a page asks for. */
export type Decision = { readonly serve: Asset } | { readonly refuse: string };

/** What of a document is served. */
export type Served = Pick<HtmlDocument, "base" | "html" | "assets">;

/** A page with nothing on it, for documents to be written into. */
export const EMPTY_PAGE = "<!DOCTYPE html><title></title>";

/**
 * Decides on one request: the document, and the document's own files. Nothing else exists for a page that is printed, neither
 * network nor disk.
 */
export function decide(url: string, method: string, document: Served): Decision {
  if (method !== "GET") return { refuse: `${method} ${shortened(url)}` };
  if (url === document.base)
    return { serve: { contentType: "text/html; charset=utf-8", bytes: new TextEncoder().encode(document.html) } };
  // A full browser asks every site for its icon, on its own account.
  if (url === new URL("/favicon.ico", document.base).href) return { serve: noIcon };
  const asset = document.assets.get(url);
  return asset ? { serve: asset } : { refuse: shortened(url) };
}

const noIcon: Asset = { contentType: "image/x-icon", bytes: new Uint8Array() };

function shortened(url: string): string {
  return url.length > 120 ? `${url.slice(0, 117)}…` : url;
}
