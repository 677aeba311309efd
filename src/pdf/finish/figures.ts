import { around, type Bounds } from "./marks.ts";
import { Element, everyElement, marksIn } from "./structure.ts";

/**
 * A frame around a picture with its own alternate text is no picture itself (ISO 14289-1, 7.3): `<figure>` is printed as a
 * Figure around a Figure. What a described picture shows, words too, is told by its description.
 */
export function separateFigures(document: Element): void {
  for (const element of everyElement(document)) {
    if (element.type !== "Figure") continue;
    if (element.alt === undefined && element.elements.length > 0) element.type = "Div";
    else {
      element.replaceKids(flattened(element));
      element.bounds = boundsOf(element);
    }
  }
}

/** A figure on one page says where it is (ISO 32000-1, 14.8.5.4.3), as far as the browser has marked what is drawn in it. */
function boundsOf(figure: Element): Bounds | undefined {
  const marks = marksIn(figure);
  if (new Set(marks.map((mark) => mark.content)).size !== 1) return undefined;
  let bounds: Bounds | undefined;
  for (const { bounds: own } of marks) {
    if (own) bounds = around(around(bounds, [own[0], own[1]]), [own[2], own[3]]);
  }
  return bounds;
}

function flattened(element: Element): Element["kids"] {
  return element.kids.flatMap((kid) => (kid instanceof Element ? flattened(kid) : [kid]));
}
