import { isGrouping, isInline } from "./roles.ts";
import { Element, type Kid } from "./structure.ts";

/** Elements that say nothing of what they hold (ISO 32000-1, tables 333 and 338). */
const hollow = new Set(["NonStruct", "Div"]);
/** Elements that mean something even when they are empty: a table's row must keep its cells. */
const kept = new Set(["TD", "TH", "Figure", "Formula"]);

/** Takes out elements that say nothing, puts their kids in their place, and drops what has become empty. */
export function simplify(element: Element): void {
  const kids: Kid[] = [];
  for (const kid of element.kids) {
    if (!(kid instanceof Element)) {
      kids.push(kid);
      continue;
    }
    simplify(kid);
    if (saysNothing(kid)) kids.push(...kid.kids);
    else if (kid.kids.length > 0 || kept.has(kid.type)) kids.push(kid);
  }
  element.replaceKids(kids);
}

function saysNothing({ type, alt, actualText, title, language }: Element): boolean {
  return hollow.has(type) && [alt, actualText, title, language].every((one) => one === undefined);
}

/** Where text lies beside paragraphs in an element that groups, it becomes a paragraph (ISO 32000-1, 14.8.4.2). */
export function giveTextParagraphs(element: Element): void {
  for (const kid of element.elements) giveTextParagraphs(kid);
  if (!isGrouping(element) || !element.kids.some(isInline)) return;
  const kids: Kid[] = [];
  let paragraph: Element | undefined;
  for (const kid of element.kids) {
    if (!isInline(kid)) {
      paragraph = undefined;
      kids.push(kid);
      continue;
    }
    if (!paragraph) {
      paragraph = new Element("P");
      kids.push(paragraph);
    }
    paragraph.kids.push(kid);
  }
  element.replaceKids(kids);
}
