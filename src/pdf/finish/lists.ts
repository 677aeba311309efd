import type { Content } from "./content.ts";
import { Element, everyElement, marksIn } from "./structure.ts";

/** What a mark of a list that is drawn, not written, is read as. */
const BULLET = "•";

/**
 * Gives lists the structure that ISO 32000-1, 14.8.4.3.3 asks for: an item is a label, where it has one, and a body.
 */
export function completeLists(document: Element): void {
  for (const list of [...everyElement(document)].filter((element) => element.type === "L")) {
    for (const item of list.elements.filter((element) => element.type === "LI")) completeItem(item);
    // With labels, the list says how it is marked (ISO 14289-1, 7.6).
    const labels = list.elements.flatMap((item) => item.elements.filter((part) => part.type === "Lbl"));
    const [first] = labels;
    if (first)
      list.numbering ??= numberingOf(
        marksIn(first)
          .map((mark) => mark.text)
          .join(""),
      );
    for (const label of labels) {
      const written = marksIn(label).some((mark) => mark.text.trim() !== "");
      if (!written) label.actualText = BULLET;
    }
  }
}

function completeItem(item: Element): void {
  const label = adoptedLabel(item) ?? item.elements.find((part) => part.type === "Lbl");
  if (item.elements.some((part) => part.type === "LBody")) return;
  const body = new Element("LBody");
  body.replaceKids(item.kids.filter((kid) => kid !== label));
  item.replaceKids([...(label ? [label] : []), ...(body.kids.length > 0 ? [body] : [])]);
}

function numberingOf(label: string): string {
  return /^\s*\p{N}/u.test(label) ? "Decimal" : /^\s*\p{L}[.)]/u.test(label) ? "LowerAlpha" : "Disc";
}

/** Older browsers print the label of an item, »1. « or »– «, just before the item and leave it out of the structure. */
function adoptedLabel(item: Element): Element | undefined {
  if (item.elements.some((part) => part.type === "Lbl")) return undefined;
  const [first] = marksIn(item);
  const start = first?.shown?.first;
  const opening = first?.opening;
  if (!first || !start || !opening) return undefined;
  const { content } = first;
  const loose = content.loose.findLast((one) => one.end <= opening[0]);
  const shown = loose?.shown?.first;
  if (!loose || !shown || loose.become !== "artifact" || isParted(content, loose.end, opening[0])) return undefined;
  const onLine = Math.abs(shown.from[1] - start.from[1]) < start.size / 2 && shown.from[0] < start.from[0];
  if (!onLine) return undefined;
  const mark = content.adopt(loose);
  const label = new Element("Lbl");
  label.kids.push({ mark });
  return label;
}

/** Whether other marked content begins between two places in the stream. */
function isParted(content: Content, from: number, to: number): boolean {
  return [...content.marks.values()].some(({ opening }) => opening && opening[0] > from && opening[0] < to);
}
