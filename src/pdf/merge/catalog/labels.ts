import { type PDFContext, PDFHexString, PDFName, PDFNumber, type PDFObject } from "pdf-lib";
import type { Source } from "../read/source.ts";
import { numberTree } from "../read/trees.ts";
import { asDict, dictAt, nameAt, numberAt, resolved, textAt } from "../read/values.ts";

/** How a page is called (ISO 32000-1, 12.4.2): a prefix and a number in a style. */
export interface PageLabel {
  /** `D`, `R`, `r`, `A`, `a`; undefined for a label without a number. */
  readonly style: string | undefined;
  readonly prefix: string;
  readonly number: number;
}

/** The labels of all pages; undefined for a document without. */
export function readLabels(source: Source): PageLabel[] | undefined {
  const root = dictAt(source.catalog, "PageLabels");
  if (!root) return undefined;
  const ranges = numberTree(root);
  let current: PageLabel = { style: "D", prefix: "", number: 0 };
  return source.pages.map((_, index) => {
    const range = asDict(resolved(root.context, ranges.get(index)));
    if (range) {
      const number = numberAt(range, "St") ?? 1;
      current = { style: nameAt(range, "S"), prefix: textAt(range, "P") ?? "", number };
    } else current = { ...current, number: current.number + 1 };
    return current;
  });
}

/** How a label reads. */
export function labelText({ style, prefix, number }: PageLabel): string {
  const written = {
    D: String(number),
    R: roman(number).toUpperCase(),
    r: roman(number),
    A: letters(number),
    a: letters(number).toLowerCase(),
  };
  return prefix + (style === undefined ? "" : (written[style as keyof typeof written] ?? String(number)));
}

/** The labels' number tree; undefined where no part has labels. A part without counts its own pages from 1. */
export function writeLabels(
  context: PDFContext,
  labels: readonly (PageLabel | undefined)[],
  own: readonly number[],
): PDFObject | undefined {
  if (labels.every((label) => label === undefined)) return undefined;
  const pairs: PDFObject[] = [];
  let before: PageLabel | undefined;
  for (const [index, given] of labels.entries()) {
    const label = given ?? { style: "D", prefix: "", number: (own[index] ?? 0) + 1 };
    const last = before;
    const goesOn = last?.style === label.style && last?.prefix === label.prefix && last.number + 1 === label.number;
    before = label;
    if (goesOn) continue;
    const range = context.obj({});
    if (label.style !== undefined) range.set(PDFName.of("S"), PDFName.of(label.style));
    if (label.prefix !== "") range.set(PDFName.of("P"), PDFHexString.fromText(label.prefix));
    if (label.number !== 1) range.set(PDFName.of("St"), PDFNumber.of(label.number));
    pairs.push(PDFNumber.of(index), range);
  }
  return context.register(context.obj({ Nums: pairs }));
}

function roman(number: number): string {
  const signs: [number, string][] = [
    [1000, "m"],
    [900, "cm"],
    [500, "d"],
    [400, "cd"],
    [100, "c"],
    [90, "xc"],
    [50, "l"],
    [40, "xl"],
    [10, "x"],
    [9, "ix"],
    [5, "v"],
    [4, "iv"],
    [1, "i"],
  ];
  let rest = Math.min(number, 10_000);
  let text = "";
  for (const [value, sign] of signs) for (; rest >= value; rest -= value) text += sign;
  return text;
}

/** A, B … Z, AA, BB …: the letter as often as the alphabet has been gone through. */
function letters(number: number): string {
  const times = Math.ceil(number / 26);
  return String.fromCharCode(65 + ((number - 1) % 26)).repeat(Math.min(times, 400));
}
