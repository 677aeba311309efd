import { Element } from "./structure.ts";

/** Types that only group others (ISO 32000-1, table 333). */
const grouping = "Document Part Art Sect Div BlockQuote TOC TOCI Index Private";
const blocks = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Caption";
const inlines = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP NonStruct";
const illustrations = "Figure Formula Form";

const inlineTypes = new Set(inlines.split(" "));
const groupingTypes = new Set(grouping.split(" "));
const standardTypes = new Set(`${grouping} ${blocks} ${inlines} ${illustrations}`.split(" "));

/** Types of PDF 2.0 that browsers write, and what comes nearest in PDF 1.7. */
const nearest: Readonly<Record<string, string>> = {
  Strong: "Span",
  Em: "Span",
  Sub: "Span",
  Aside: "Div",
  DocumentFragment: "Div",
  FENote: "Note",
  Title: "P",
};

/**
 * The standard type that an element counts as, for the role map (ISO 14289-1, 7.1; ISO 19005-3, 6.7.3.4); undefined for a
 * type that is standard itself.
 */
export function roleOf(element: Element): string | undefined {
  if (standardTypes.has(element.type)) return undefined;
  return nearest[element.type] ?? (element.kids.every(isInline) ? "Span" : "Div");
}

/** Whether a kid runs on in a line of text: content, an annotation, or an element that is part of a text. */
export function isInline(kid: Element["kids"][number]): boolean {
  return !(kid instanceof Element) || inlineTypes.has(roleOf(kid) ?? kid.type);
}

/** Whether an element may hold other elements only, and no text of its own. */
export function isGrouping(element: Element): boolean {
  return groupingTypes.has(roleOf(element) ?? element.type);
}
