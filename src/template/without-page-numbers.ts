import type { Asset, HtmlDocument } from "../core/states.ts";

/** What a margin box says, as CSS writes it; a string in it may hold any character (CSS Syntax 3, 4.3.5). */
const content = /(?<![\w-])(content\s*:\s*)((?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^;}"'])*)/gs;

/** A part of what is said: a string, a function, a word. */
const piece = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w-]+\((?:[^()"']|"[^"]*"|'[^']*')*\)|[^\s"']+/gs;

/** The counters of pages (CSS Generated Content 3, 2.2); a form's own counters have other names. */
const pageCounter = /^counters?\(\s*pages?\b/;

/** A string that begins a new line. */
const newLine = /^["']\\[aA]\s?["']$/;

/**
 * The document without the page numbers in its margins: what is put into another document has that one's pages, and »Side 1 af 4«
 * on its fifth would contradict it. A line of a margin that counts pages goes as a whole, and every other line stays, such as
 * the document's id. All styles are read, so that it holds for every form, whoever made it.
 */
export function withoutPageNumbers(document: HtmlDocument): HtmlDocument {
  const html = document.html.replace(/(<style[^>]*>)(.*?)(<\/style>)/gs, (_all, open: string, css: string, close) => {
    return `${open}${unnumbered(css)}${close}`;
  });
  const assets = [...document.assets].map(([address, asset]): [string, Asset] => [address, unnumberedAsset(asset)]);
  return { ...document, html, assets: new Map(assets) };
}

function unnumberedAsset(asset: Asset): Asset {
  if (!asset.contentType.startsWith("text/css")) return asset;
  const css = new TextDecoder().decode(asset.bytes);
  const without = unnumbered(css);
  // What is as it was keeps its bytes, too: a browser that prints many documents knows it by them.
  return without === css ? asset : { ...asset, bytes: new TextEncoder().encode(without) };
}

function unnumbered(css: string): string {
  return css.replace(content, (all, property: string, value: string) => {
    const lines = linesOf(value.match(piece) ?? []);
    const kept = lines.filter((line) => !line.some((one) => pageCounter.test(one)));
    if (kept.length === lines.length) return all;
    return `${property}${kept.length === 0 ? "none" : kept.map((line) => line.join(" ")).join(' "\\A" ')}`;
  });
}

/** What is said, a line at a time. */
function linesOf(pieces: readonly string[]): string[][] {
  const lines: string[][] = [[]];
  for (const one of pieces) {
    if (newLine.test(one)) lines.push([]);
    else lines.at(-1)?.push(one);
  }
  return lines;
}
