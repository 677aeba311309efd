import { months } from "../core/danish.ts";

const number = String.raw`\d+(?:[.,]\d+)*`;

/** What Danish typesetting keeps on one line: a number with its unit, a reference with its number, a day with its month. */
const together = new RegExp(
  [
    // A number is tried from its first digit only: from each, a long one would take time with its square.
    String.raw`(?:(?:\+/-|\+-|±|[-−]) ?)?(?<![\d.,])${number} (?:(?:mio|mia)\. kr\.|(?:mio|mia|kr|pct)\.)`,
    String.raw`(?:\+/-|\+-|±) ?${number}`,
    String.raw`(?<!\p{L})(?:nr|stk|kap|pkt|litra|d)\. ?\d+(?:[./]\d+)*`,
    `§§? ${number}`,
    String.raw`(?<!\p{L})(?:[Mm]ål|[Tt]abel|[Ff]igur|[Bb]ilag|[Ss]ide|udgiftsopfølgning|artikel) ${number}`,
    String.raw`(?<!\p{L})[Dd]elmål \p{L}(?!\p{L})`,
    String.raw`\d{1,2}\. (?:${months.join("|")}|kvartal|halvår)(?!\p{L})`,
  ].join("|"),
  "gu",
);

/**
 * Running text as HTML: escaped, with what belongs together held together by a class, never by another kind of space,
 * so that copied and searched text stays as it was typed.
 */
export function typeset(text: string): string {
  let html = "";
  let at = 0;
  for (const match of text.matchAll(together)) {
    html += `${escapeHtml(text.slice(at, match.index))}<span class="hold">${escapeHtml(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(at));
}

/** A text made safe for HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
