import type { Content } from "./content.ts";
import type { Mark } from "./marks.ts";
import { Element } from "./structure.ts";

/** Elements whose drawing says something without a word. */
const speaking = new Set(["Figure", "Formula", "Lbl"]);

/**
 * Takes out of the structure what only decorates (ISO 14289-1, 7.1): backgrounds and borders of cells, rules, and the
 * heads of a table where they are repeated on the next page.
 */
export function setDecorationAside(element: Element, inHead = element.type === "TH"): void {
  if (!speaking.has(element.type)) {
    const shown: Mark[] = [];
    element.replaceKids(
      element.kids.filter((kid) => {
        if (kid instanceof Element || !("mark" in kid) || kid.mark.inside) return true;
        const { mark } = kid;
        mark.artifact = isDrawing(mark) || (inHead && shown.some((other) => isRepeated(other, mark)));
        shown.push(mark);
        return !mark.artifact;
      }),
    );
  }
  for (const kid of element.elements) setDecorationAside(kid, inHead || kid.type === "TH");
}

function isDrawing(mark: Mark): boolean {
  return mark.shown === undefined && !mark.pictures;
}

/** One piece of text is marked once on each page that it is on: the same text on a later page was repeated there. */
function isRepeated(first: Mark, later: Mark): boolean {
  return first.content.page < later.content.page && first.text === later.text && later.text.trim() !== "";
}

/** The marks that nothing in the structure points at become artifacts, too. */
export function setStrayMarksAside(contents: readonly Content[], used: ReadonlySet<Mark>): void {
  for (const content of contents) {
    for (const mark of content.marks.values()) if (!mark.inside && !used.has(mark)) mark.artifact = true;
  }
}

/**
 * Tells page furniture from other loose text: what stands above or below all marked text of the document
 * (ISO 14289-1, 7.8 wants running headers and footers named as such).
 */
export function namePageFurniture(contents: readonly Content[]): void {
  let top = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  for (const { shown } of contents.flatMap((content) => [...content.marks.values()])) {
    if (!shown) continue;
    top = Math.max(top, shown.first.from[1]);
    bottom = Math.min(bottom, shown.last.to[1]);
  }
  for (const loose of contents.flatMap((content) => content.loose)) {
    if (loose.become !== "artifact" || !loose.shown) continue;
    if (loose.shown.last.to[1] > top) loose.become = "header";
    else if (loose.shown.first.from[1] < bottom) loose.become = "footer";
  }
}
