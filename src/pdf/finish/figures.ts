import { Element, everyElement } from "./structure.ts";

/**
 * A frame around a picture with its own alternate text is no picture itself (ISO 14289-1, 7.3): `<figure>` is printed as a
 * Figure around a Figure. What a described picture shows, words too, is told by its description.
 */
export function separateFigures(document: Element): void {
  for (const element of everyElement(document)) {
    if (element.type !== "Figure") continue;
    if (element.alt === undefined && element.elements.length > 0) element.type = "Div";
    else element.replaceKids(flattened(element));
  }
}

function flattened(element: Element): Element["kids"] {
  return element.kids.flatMap((kid) => (kid instanceof Element ? flattened(kid) : [kid]));
}
