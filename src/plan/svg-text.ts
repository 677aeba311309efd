/** What is no element: remarks, literal text, instructions. */
const BESIDES = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)/g;

/** The beginning or end of an element that sets words: `text` (SVG 2, 11.2), or `foreignObject` (12.5), which holds HTML. */
const SETTING = /^(\/?)(?:[\w-]+:)?(?:text|foreignObject)(?=[\s/>])/;

/**
 * Whether an SVG sets words. A picture in a page reaches none of the page's fonts, so its words would come out in whatever the
 * machine has; words that are drawn as paths look the same everywhere.
 */
export function setsWords(bytes: Uint8Array): boolean {
  const svg = textOf(bytes).replace(BESIDES, (found) => (found.startsWith("<![CDATA[") ? found.slice(9, -3) : ""));
  let depth = 0;
  // XML has »<« nowhere but where a tag begins (XML 1.0, 2.4 and 3.1).
  for (const piece of svg.split("<")) {
    const setting = SETTING.exec(piece);
    if (depth === 0 && !setting) continue;
    const end = endOfTag(piece);
    if (setting && setting[1] === "/") depth = Math.max(0, depth - 1);
    else if (setting && piece[end - 2] !== "/") depth++;
    if (depth > 0 && piece.slice(end).trim() !== "") return true;
  }
  return false;
}

/** Where the tag that a piece begins with ends; »>« may stand in its attributes. */
function endOfTag(piece: string): number {
  const part = /[^>"']*("[^"]*"|'[^']*'|>)/y;
  for (let found = part.exec(piece); found; found = part.exec(piece)) if (found[1] === ">") return part.lastIndex;
  return piece.length;
}

/** XML is UTF-8 unless a mark says otherwise (XML 1.0, 4.3.3). */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}
