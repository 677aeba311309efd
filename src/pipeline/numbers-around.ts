import type { Remark } from "../pdf/merge/part.ts";
import type { Caption } from "../pdf/merge/place/captions.ts";
import type { FoundPlace } from "../pdf/merge/place/find-place.ts";

/** The numbers that a målrapportering begins with; what is not given is what the results file says, or 1. */
export interface Numbering {
  readonly firstTable?: number | undefined;
  readonly firstFigure?: number | undefined;
}

/** The last page before a place, and how many pages after it make way, in the report's own pages. */
export function pagesAround({ position }: FoundPlace): { before: number; gone: number } {
  if (position.kind === "instead") return { before: position.from - 1, gone: position.to - position.from + 1 };
  return { before: position.kind === "after" ? position.page : position.page - 1, gone: 0 };
}

/** The next free numbers at a place; none where the report does not number its tables or figures through. */
export function numberingAt(place: FoundPlace): Numbering {
  const { before } = pagesAround(place);
  const next = (kind: Caption["kind"]) => {
    const own = place.captions.filter((caption) => caption.kind === kind);
    const numbers = own.filter(({ page }) => page <= before).map(({ number }) => number);
    return own.length === 0 ? undefined : Math.max(0, ...numbers) + 1;
  };
  return { firstTable: next("table"), firstFigure: next("figure") };
}

/** Says where the numbers of a document do not follow those before it, or those behind it do not follow its own. */
export function brokenNumbers(place: FoundPlace, document: readonly Caption[]): Remark[] {
  const { before, gone } = pagesAround(place);
  return (["table", "figure"] as const).flatMap((kind) => {
    const word = kind === "table" ? "Tabel" : "Figur";
    const numbers = document.filter((caption) => caption.kind === kind).map(({ number }) => number);
    const [first] = numbers;
    const last = numbers.at(-1);
    if (first === undefined || last === undefined) return [];
    const own = place.captions.filter((caption) => caption.kind === kind);
    const previous = own.findLast(({ page }) => page <= before);
    const next = own.find(({ page }) => page > before + gone);
    const faults: string[] = [];
    if (previous && first !== previous.number + 1) faults.push(`foran stedet er det sidste nummer ${previous.number}`);
    if (next && next.number !== last + 1) {
      faults.push(`rapporten fortsætter med ${word.toLowerCase()} ${next.number} på det, der var side ${next.page}`);
    }
    if (faults.length === 0) return [];
    const range = first === last ? `${word} ${first}` : `${word} ${first}-${last}`;
    const message = `Numrene følger ikke efter hinanden: Målrapporteringen har ${range}, men ${faults.join(", og ")}.`;
    return [{ code: "numre-følger-ikke", message }];
  });
}
