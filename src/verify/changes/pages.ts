import type { PdfState } from "../reader/document.ts";
import { Malformed } from "../reader/limits.ts";
import { PdfDict, type PdfObject, PdfRef } from "../reader/objects.ts";

/** A page: its object, and its number counted from 1. */
export interface Page {
  readonly number: number;
  readonly index: number;
  readonly dict: PdfDict;
}

/** The pages in their order (ISO 32000-2, 7.7.3). A page tree that loops is `Malformed`. */
export function pagesOf(state: PdfState): Page[] {
  const pages: Page[] = [];
  const seen = new Set<number>();
  const visit = (item: PdfObject, depth: number) => {
    if (!(item instanceof PdfRef)) return;
    if (seen.has(item.number) || depth > 64) throw new Malformed("Sidetræet fører i ring.");
    seen.add(item.number);
    state.budget.object();
    const dict = state.resolve(item);
    if (!(dict instanceof PdfDict)) return;
    if (dict.entries.has("Kids")) for (const kid of state.array(dict, "Kids")) visit(kid, depth + 1);
    else pages.push({ number: item.number, index: pages.length + 1, dict });
  };
  visit(state.catalog.entries.get("Pages") ?? null, 0);
  return pages;
}

/** What stands under a key of a page, or of what it inherits from (7.7.3.4); null where there is nothing. */
export function inherited(state: PdfState, page: PdfDict, key: string): PdfObject {
  let node: PdfDict | undefined = page;
  for (let level = 0; node && level < 64; level += 1) {
    const own = state.value(node, key);
    if (own !== null) return own;
    node = state.dict(node, "Parent");
  }
  return null;
}
