import type { Page } from "puppeteer";
import { Failure } from "../core/failure.ts";
import { wordPieces } from "./hyphenate.ts";

/**
 * Makes the text of a loaded page ready to be printed:
 *
 * 1. White space is brought to what a reader sees, and then kept (`pre-wrap`). Chromium drops a collapsed space at a
 *    soft line break, so that the tagged text of the print would read »ogSundhedsministeriets«; a kept one is printed
 *    (ISO 32000-1, 14.8.2.5 wants word breaks explicit).
 * 2. Words in narrow columns (`data-orddeling` in the form) are parted where a line ends. The break points are tried as
 *    soft hyphens, and only those that end a line stay, as a plain hyphen and a line break; a soft hyphen that is
 *    printed would spoil search and copying.
 *
 * The functions handed to `evaluate` run in the browser, outside the page's own world, whose scripts stay off.
 */
export async function settleText(page: Page): Promise<void> {
  const words = await page.evaluate(settleSpaces, WORD);
  const parted = words.map((word) => wordPieces(word)).filter((pieces) => pieces.length > 1);
  if (parted.length > 0) await page.evaluate(partWords, parted, WORD);
}

/** Fills in page numbers in a text that is settled; where they stand, there is some text already. */
export async function fillPageNumbers(page: Page, numbers: ReadonlyMap<string, string>): Promise<void> {
  await page.evaluate(
    (entries) => {
      const known = new Map(entries);
      for (const element of document.querySelectorAll("[data-sidetal]"))
        element.textContent = known.get(element.getAttribute("data-sidetal") ?? "") ?? "";
    },
    [...numbers],
  );
}

/** @throws Failure `for-bred` when something is wider than the page */
export async function requireWidth(page: Page): Promise<void> {
  const tooWide = await page.evaluate(findTooWide);
  if (tooWide !== undefined) {
    throw new Failure("print", "for-bred", `Noget er bredere end siden: »${tooWide}«.`, {
      hint: "Er det en tabel, så giv den færre kolonner eller kortere ord; er det et link, så skriv det som [tekst](adresse).",
    });
  }
}

/**
 * A word that may be parted. Not one with a hyphen of its own (ALT-evalueringen), which is parted there, and not part of
 * an address (www.fyrstyrelsen.dk), which a hyphen would make another.
 */
const WORD = "(?<![\\p{L}\\p{N}@/:._-])\\p{L}+(?![\\p{L}\\p{N}@/_-]|[.:]\\S)";

/** Runs in the browser. Returns the distinct words of the elements that want hyphenation. */
function settleSpaces(word: string): string[] {
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
  return [...words];
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
