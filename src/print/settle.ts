import type { Page } from "puppeteer";
import { type HtmlDocument, LAYOUT_HYPHEN } from "../core/states.ts";
import { SHORTEST_WORD, wordPieces } from "./hyphenate.ts";

// A loaded page is made ready to be printed by one message to the browser:
//
// 1. White space is brought to what a reader sees, and then kept (`pre-wrap`). Chromium drops a collapsed space at a soft
//    line break, so that the tagged text of the print would read »ogSundhedsministeriets«; a kept one is printed
//    (ISO 32000-1, 14.8.2.5 wants word breaks explicit).
// 2. Words in narrow columns (`data-orddeling` in the form) are parted where a line ends. The break points are tried as soft
//    hyphens, and only those that end a line stay, as a plain hyphen and a line break; a soft hyphen that is printed would
//    spoil search and copying. Page numbers are filled in, and what is wider than the sheet is found.
//
// What is sent to the browser runs outside the page's own scripts, which stay off.

/** What is to be seen to in a loaded page. */
export interface SettleOptions {
  /** The words that may be parted, each in the pieces that a line may end after. */
  readonly parted: readonly (readonly string[])[];
  /** The page numbers to be shown, by their `data-sidetal`. */
  readonly numbers: ReadonlyMap<string, string> | undefined;
  /** Whether the text is settled already, and only other page numbers are to be shown. */
  readonly again?: boolean;
  /** Whether the page shows a document of its form for the first time, whose fonts it has to ask for. */
  readonly firstOfForm?: boolean;
}

/** What was found in a page that is ready. */
export interface Settled {
  /** Fonts that the page wants and that could not be loaded. */
  readonly unloadedFonts: readonly string[];
  /** The alternative texts of pictures that are none: a file that is no picture is shown as an empty frame and reported by nobody. */
  readonly brokenPictures: readonly string[];
  /** The beginning of the text that is wider than the sheet. */
  readonly tooWide: string | undefined;
}

/**
 * A document's HTML as it is loaded: not to be set in lines before its text is settled, which would be for nothing. A picture
 * that the styles name is asked for when its place is set, so that a document with one is to be set at once: else it would count
 * as loaded without it.
 */
export function unsetHtml({ html, assets }: Pick<HtmlDocument, "html" | "assets">): string {
  const styles = [...assets.values()].filter(({ contentType }) => contentType.startsWith("text/css"));
  const pictures = stylePicture.test(html) || styles.some(({ bytes }) => stylePicture.test(asText(bytes)));
  return pictures ? html : html.replace(/<body(?=[\s>])/, "<body hidden");
}

/** How styles name a picture, or anything else but a font. */
const stylePicture = /(?:url|image-set)\((?!["']?[^"')]*\.woff2["')])/i;

/** Addresses that matter here are in plain letters. */
function asText({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString("latin1");
}

/** The words of a document that may be parted, each in its pieces, and some more: what they stand in is known in the page only. */
export function partedWords(html: string): (readonly string[])[] {
  if (!html.includes("data-orddeling")) return [];
  const words = new Set(html.match(longWord));
  return [...words].map((word) => wordPieces(word)).filter((pieces) => pieces.length > 1);
}

const longWord = new RegExp(`\\p{L}{${SHORTEST_WORD},}`, "gu");

/** Makes a page ready to be printed. Waits until the fonts are there. */
export async function settle(page: Page, options: SettleOptions): Promise<Settled> {
  const { parted, numbers, again = false, firstOfForm = false } = options;
  const values = [LAYOUT_HYPHEN, WORD, parted, numbers ? [...numbers] : [], again, firstOfForm];
  return (await page.evaluate(`{ ${there}\nsettleThere(...${JSON.stringify(values)}) }`)) as Settled;
}

/**
 * A word that may be parted. Not one with a hyphen of its own (ALT-evalueringen), which is parted there, and not part of
 * an address (www.fyrstyrelsen.dk), which a hyphen would make another.
 */
const WORD = "(?<![\\p{L}\\p{N}@/:._-])\\p{L}+(?![\\p{L}\\p{N}@/_-]|[.:]\\S)";

// What follows runs in the browser, which is given these functions and nothing around them.

async function settleThere(
  soft: string,
  word: string,
  parted: readonly (readonly string[])[],
  numbers: readonly (readonly [anchor: string, number: string])[],
  again: boolean,
  firstOfForm: boolean,
): Promise<Settled> {
  const { body } = document;
  if (!again) {
    // Most documents have not been set in lines yet, see `unsetHtml`.
    body.style.whiteSpace = "pre-wrap";
    const fonts = firstOfForm ? loadFonts(body) : undefined;
    settleSpaces(body);
    await fonts;
    body.removeAttribute("hidden");
  }
  const tried = tryBreaks(soft, word, parted);
  fillPageNumbers(numbers);
  // What is set asks for its fonts.
  body.getBoundingClientRect();
  await document.fonts.ready;
  keepBreaks(soft, tried);
  return {
    unloadedFonts: [...document.fonts]
      .filter((font) => font.status === "error")
      .map((font) => `${font.family} ${font.weight} ${font.style}`),
    brokenPictures: [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.alt),
    tooWide: findTooWide(body),
  };
}

/** Text that is set before its fonts are there would be set twice, the first time in fonts that must be looked for. */
async function loadFonts(body: HTMLElement): Promise<void> {
  const wanted = new Set<string>();
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const { fontStyle, fontWeight, fontFamily } = getComputedStyle(text.parentElement ?? body);
    wanted.add(`${fontStyle} ${fontWeight} 1em ${fontFamily}`);
  }
  const text = body.textContent ?? "";
  await Promise.all([...wanted].map((font) => document.fonts.load(font, text).catch(() => undefined)));
}

function settleSpaces(body: HTMLElement): void {
  interface Line {
    /** Whether a space here would be seen: false at the start of a block and after another space. */
    open: boolean;
    last: Text | undefined;
  }
  const startOfBlock = (): Line => ({ open: false, last: undefined });
  const endLine = (line: Line) => {
    if (!line.last) return;
    if (line.last.data.endsWith(" ")) line.last.data = line.last.data.slice(0, -1);
    if (line.last.data === "") line.last.remove();
  };
  const visit = (parent: Node, entering: Line): Line => {
    let line = entering;
    for (const node of [...parent.childNodes]) {
      if (node instanceof Text) {
        const text = asSeen(node.data, line.open);
        // Every change has its price.
        if (text !== node.data) node.data = text;
        if (text === "") node.remove();
        else line = { open: !text.endsWith(" "), last: node };
      } else if (node instanceof HTMLBRElement) {
        endLine(line);
        line = startOfBlock();
      } else if (node instanceof Element) {
        const display = getComputedStyle(node).display;
        if (display === "inline" || display === "contents") {
          line = visit(node, line);
        } else if (display.startsWith("inline")) {
          endLine(visit(node, startOfBlock()));
          line = { open: true, last: undefined };
        } else {
          endLine(line);
          endLine(visit(node, startOfBlock()));
          line = startOfBlock();
        }
      }
    }
    return line;
  };
  endLine(visit(body, startOfBlock()));
  // Chromium leaves an empty cell out of the structure tree, and the row would lose a column.
  for (const cell of document.querySelectorAll("td:empty, th:empty")) cell.append("\u00A0");
}

function asSeen(text: string, open: boolean): string {
  const seen = text.replace(/[ \t\r\n\f]+/g, " ");
  return open || !seen.startsWith(" ") ? seen : seen.slice(1);
}

/** Puts soft hyphens where words may be parted, and returns the texts that have some. */
function tryBreaks(soft: string, word: string, parted: readonly (readonly string[])[]): Text[] {
  const pieces = new Map(parted.map((one) => [one.join(""), one.join(soft)]));
  if (pieces.size === 0) return [];
  const pattern = new RegExp(word, "gu");
  const found: Text[] = [];
  for (const element of document.querySelectorAll("[data-orddeling]")) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node as Text;
      const tried = text.data.replace(pattern, (one) => pieces.get(one) ?? one);
      if (tried === text.data) continue;
      text.data = tried;
      found.push(text);
    }
  }
  return found;
}

/** Keeps the breaks that end a line. */
function keepBreaks(soft: string, texts: readonly Text[]): void {
  // All places are measured before any text is changed: every change would move what comes after it.
  // A letter that begins a line has an empty rect at the end of the line before, too: its last rect is where it is seen.
  const rectAt = (text: Text, index: number) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + 1);
    return [...range.getClientRects()].at(-1);
  };
  const endsLine = (text: Text, index: number) => {
    const before = rectAt(text, index - 1);
    const after = rectAt(text, index + 1);
    return before !== undefined && after !== undefined && after.top >= before.bottom - before.height / 3;
  };
  const breaks = texts.map((text) => {
    const found: number[] = [];
    for (let at = text.data.indexOf(soft); at !== -1; at = text.data.indexOf(soft, at + 1)) {
      if (endsLine(text, at)) found.push(at);
    }
    return found;
  });
  texts.forEach((text, number) => {
    const whole = text.data;
    const ends = [...(breaks[number] ?? []), whole.length];
    let start = 0;
    for (const end of ends) {
      const piece = document.createTextNode(whole.slice(start, end).replaceAll(soft, ""));
      text.before(piece);
      if (end < whole.length) {
        const hyphen = document.createElement("span");
        hyphen.className = "orddeling";
        hyphen.textContent = "-";
        // How finishing knows this hyphen from the text's own: it is printed as a figure with this description.
        hyphen.setAttribute("role", "img");
        hyphen.setAttribute("aria-label", soft);
        text.before(hyphen, document.createElement("br"));
      }
      start = end + 1;
    }
    text.remove();
  });
}

function fillPageNumbers(numbers: readonly (readonly [anchor: string, number: string])[]): void {
  if (numbers.length === 0) return;
  const known = new Map(numbers);
  for (const element of document.querySelectorAll("[data-sidetal]"))
    element.textContent = known.get(element.getAttribute("data-sidetal") ?? "") ?? "";
}

/**
 * Chromium shrinks the whole document, in silence, until its widest part fits the sheet, and cuts off what does not even then;
 * here that part is found first. Returns the beginning of its text.
 */
function findTooWide(body: HTMLElement): string | undefined {
  // Told by the layout at once, for text that sticks out of its box too; what it is needs a search. Both are rounded.
  if (body.scrollWidth <= body.clientWidth + 1) return undefined;
  const right = body.getBoundingClientRect().right + 1;
  for (const element of body.querySelectorAll<HTMLElement>("*")) {
    if (element.getBoundingClientRect().right <= right) continue;
    return element.innerText.replaceAll("-\n", "").replace(/\s+/g, " ").trim().slice(0, 60);
  }
  return findWordOutside(body, right);
}

/** The beginning of the first word that ends right of the edge given: a block keeps its own width whatever its text does. */
function findWordOutside(body: HTMLElement, right: number): string | undefined {
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node as Text;
    range.selectNodeContents(text);
    if (range.getBoundingClientRect().right <= right) continue;
    for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (range.getBoundingClientRect().right > right) return word.slice(0, 60);
    }
  }
  return undefined;
}

const there = [
  settleThere,
  loadFonts,
  settleSpaces,
  asSeen,
  tryBreaks,
  keepBreaks,
  fillPageNumbers,
  findTooWide,
  findWordOutside,
].join("\n");
