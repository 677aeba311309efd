import type { Content } from "./content.ts";
import { Mark } from "./content.ts";
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
    if (first) list.numbering ??= numberingOf([...marksIn(first)].map((mark) => mark.text).join(""));
    for (const label of labels) {
      const written = [...marksIn(label)].some((mark) => mark.text.trim() !== "");
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
  if (!first) return undefined;
  const { content } = first;
  const loose = content.loose.findLast((one) => one.last < first.opening);
  const shown = loose?.shows[0];
  const start = first.shows[0];
  if (!loose || !shown || !start || loose.become !== "artifact") return undefined;
  const onLine = Math.abs(shown.from[1] - start.from[1]) < start.size / 2 && shown.from[0] < start.from[0];
  if (!onLine || isParted(content, loose.last, first.opening)) return undefined;
  const mark = new Mark(content, content.nextMark(), loose.first, false);
  mark.shows.push(...loose.shows);
  content.marks.set(mark.id, mark);
  loose.become = { mark: mark.id, tag: "Lbl" };
  mark.adopted = true;
  const label = new Element("Lbl");
  label.kids.push({ mark });
  return label;
}

/** Whether other text or marked content lies between two operations. */
function isParted(content: Content, from: number, to: number): boolean {
  return content.operations.slice(from + 1, to).some(({ operator }) => operator === "BDC" || operator === "Tj");
}
