import { LAYOUT_HYPHEN } from "../../core/states.ts";
import type { Mark, Show } from "./marks.ts";
import { isInline } from "./roles.ts";
import { Element, everyElement } from "./structure.ts";

/**
 * The hyphens at line ends that are the layout's, not the text's: the print stage describes each as a soft hyphen, and as
 * that they are read and copied (ISO 32000-1, 14.8.2.2.3), so that the word is whole again.
 */
export function softenHyphens(document: Element): void {
  for (const element of everyElement(document)) {
    if (element.alt !== LAYOUT_HYPHEN) continue;
    element.type = "Span";
    element.alt = undefined;
    element.actualText = LAYOUT_HYPHEN;
  }
}

/**
 * Makes the breaks between words explicit (ISO 32000-1, 14.8.2.5). Within one text a browser prints its spaces; where a
 * line is broken by the author, and between the columns of one line, it prints none.
 */
export function separateWords(document: Element): void {
  let previous: Mark | undefined;
  const visit = (element: Element): void => {
    const block = !isInline(element);
    if (block) previous = undefined;
    for (const kid of element.kids) {
      if (kid instanceof Element) visit(kid);
      else if ("mark" in kid && kid.mark.shown !== undefined) {
        if (element.actualText !== undefined) kid.mark.actualText = element.actualText;
        if (previous && lacksSpace(previous, kid.mark)) previous.spaceAfter = true;
        previous = kid.mark;
      }
    }
    if (block) previous = undefined;
  };
  visit(document);
}

/** The part of the font's size that must lie between two words on one line. */
const GAP = 0.15;

function lacksSpace(before: Mark, after: Mark): boolean {
  const last = before.shown?.last;
  const first = after.shown?.first;
  if (!last || !first || before.actualText !== undefined || after.actualText !== undefined) return false;
  if (/\s$/u.test(before.text) || /^\s/u.test(after.text)) return false;
  const size = Math.max(last.size, first.size);
  if (before.content !== after.content || isNewLine(last, first, size)) return !/[-/\u2010]$/u.test(before.text);
  return first.from[0] - last.to[0] > GAP * size || first.from[0] < last.from[0];
}

/** Raised and lowered text stays on its line. */
function isNewLine(last: Show, first: Show, size: number): boolean {
  return Math.abs(first.from[1] - last.to[1]) > 0.6 * size;
}
