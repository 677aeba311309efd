import type { Page } from "puppeteer";
import { Failure } from "../core/failure.ts";
import { wordPieces } from "./hyphenate.ts";

// A loaded page is made ready to be printed in two steps, each one message to the browser:
//
// 1. White space is brought to what a reader sees, and then kept (`pre-wrap`). Chromium drops a collapsed space at a soft
//    line break, so that the tagged text of the print would read »ogSundhedsministeriets«; a kept one is printed
//    (ISO 32000-1, 14.8.2.5 wants word breaks explicit).
// 2. Words in narrow columns (`data-orddeling` in the form) are parted where a line ends. The break points are tried as soft
//    hyphens, and only those that end a line stay, as a plain hyphen and a line break; a soft hyphen that is printed would
//    spoil search and copying. Page numbers are filled in, and what is wider than the sheet is found.
//
// What is sent to the browser runs outside the page's own scripts, which stay off.

/** A page whose spaces are settled. */
export interface LoadedPage {
  /** Fonts that the page wants and that could not be loaded. */
  readonly unloadedFonts: readonly string[];
  /** The alternative texts of pictures that are none: a file that is no picture is shown as an empty frame and reported by nobody. */
  readonly brokenPictures: readonly string[];
  /** The distinct words of the elements that want hyphenation. */
  readonly words: readonly string[];
}

/** The first step. Waits until the fonts are there. */
export async function settleSpaces(page: Page): Promise<LoadedPage> {
  return await page.evaluate(settleSpacesThere, WORD);
}

/** The words that are parted in narrow columns, each in the pieces that a line may end after. */
export function wordsInPieces(words: readonly string[]): (readonly string[])[] {
  return words.map((word) => wordPieces(word)).filter((pieces) => pieces.length > 1);
}

/**
 * The second step, and again when other page numbers are to be shown; where they stand, there is some text already.
 *
 * @param numbers by their `data-sidetal`
 * @throws Failure `for-bred` when something is wider than the page
 */
export async function setText(
  page: Page,
  parted: readonly (readonly string[])[],
  numbers: ReadonlyMap<string, string> | undefined,
): Promise<void> {
  const tooWide = await page.evaluate(
    [
      parted.length > 0 ? call(partWords, parted, WORD) : "",
      numbers ? call(fillPageNumbers, [...numbers]) : "",
      call(findTooWide),
    ].join(""),
  );
  if (typeof tooWide !== "string") return;
  throw new Failure("print", "for-bred", `Noget er bredere end siden: »${tooWide}«.`, {
    hint: "Er det en tabel, så giv den færre kolonner eller kortere ord; er det et link, så skriv det som [tekst](adresse).",
  });
}

/** A function and what it is called with, as a statement that the browser runs. */
function call<Parameters extends readonly unknown[]>(
  act: (...parameters: Parameters) => unknown,
  ...parameters: Parameters
): string {
  return `(${act})(...${JSON.stringify(parameters)});`;
}

/**
 * A word that may be parted. Not one with a hyphen of its own (ALT-evalueringen), which is parted there, and not part of
 * an address (www.fyrstyrelsen.dk), which a hyphen would make another.
 */
const WORD = "(?<![\\p{L}\\p{N}@/:._-])\\p{L}+(?![\\p{L}\\p{N}@/_-]|[.:]\\S)";

/** Runs in the browser. */
async function settleSpacesThere(word: string): Promise<LoadedPage> {
  await document.fonts.ready;
  const unloadedFonts = [...document.fonts]
    .filter((font) => font.status === "error")
    .map((font) => `${font.family} ${font.weight} ${font.style}`);
  const brokenPictures = [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.alt);

  interface Line {
    /** Whether a space here would be seen: false at the start of a block and after another space. */
    open: boolean;
    last: Text | undefined;
  }
  const startOfBlock = (): Line => ({ open: false, last: undefined });
  const endLine = (line: Line) => {
    if (!line.last) return;
    line.last.data = line.last.data.replace(/ $/, "");
    if (line.last.data === "") line.last.remove();
  };
  const visit = (parent: Node, entering: Line): Line => {
    let line = entering;
    for (const node of [...parent.childNodes]) {
      if (node instanceof Text) {
        const text = node.data.replace(/[ \t\r\n\f]+/g, " ");
        node.data = line.open ? text : text.replace(/^ /, "");
        if (node.data === "") {
          node.remove();
          continue;
        }
        line = { open: !node.data.endsWith(" "), last: node };
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
  endLine(visit(document.body, startOfBlock()));
  // Chromium leaves an empty cell out of the structure tree, and the row would lose a column.
  for (const cell of document.querySelectorAll("td:empty, th:empty")) cell.append("\u00A0");
  document.body.style.whiteSpace = "pre-wrap";

  const words = new Set<string>();
  for (const element of document.querySelectorAll("[data-orddeling]")) {
    for (const found of (element.textContent ?? "").match(new RegExp(word, "gu")) ?? []) words.add(found);
  }
  return { unloadedFonts, brokenPictures, words: [...words] };
}

/** Runs in the browser. */
function partWords(parted: readonly (readonly string[])[], word: string): void {
  const SOFT = "\u00AD";
  const pieces = new Map(parted.map((one) => [one.join(""), one.join(SOFT)]));
  const pattern = new RegExp(word, "gu");
  const texts: Text[] = [];
  for (const element of document.querySelectorAll("[data-orddeling]")) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
  }
  for (const text of texts) text.data = text.data.replace(pattern, (found) => pieces.get(found) ?? found);

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
    for (let at = text.data.indexOf(SOFT); at !== -1; at = text.data.indexOf(SOFT, at + 1)) {
      if (endsLine(text, at)) found.push(at);
    }
    return found;
  });
  texts.forEach((text, number) => {
    const whole = text.data;
    const ends = [...(breaks[number] ?? []), whole.length];
    let start = 0;
    for (const end of ends) {
      const piece = document.createTextNode(whole.slice(start, end).replaceAll(SOFT, ""));
      text.before(piece);
      if (end < whole.length) {
        const hyphen = document.createElement("span");
        hyphen.className = "orddeling";
        hyphen.textContent = "-";
        // How finishing knows this hyphen from the text's own: it is printed as a figure with this description.
        hyphen.setAttribute("role", "img");
        hyphen.setAttribute("aria-label", SOFT);
        text.before(hyphen, document.createElement("br"));
      }
      start = end + 1;
    }
    text.remove();
  });
}

/** Runs in the browser. */
function fillPageNumbers(numbers: readonly (readonly [anchor: string, number: string])[]): void {
  const known = new Map(numbers);
  for (const element of document.querySelectorAll("[data-sidetal]"))
    element.textContent = known.get(element.getAttribute("data-sidetal") ?? "") ?? "";
}

/**
 * Runs in the browser. Chromium shrinks the whole document, in silence, until its widest part fits the sheet; here that
 * part is found first. Returns the beginning of its text.
 */
function findTooWide(): string | undefined {
  const right = document.body.getBoundingClientRect().right + 1;
  for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
    if (element.getBoundingClientRect().right <= right) continue;
    return element.innerText.replaceAll("-\n", "").replace(/\s+/g, " ").trim().slice(0, 60);
  }
  return undefined;
}
