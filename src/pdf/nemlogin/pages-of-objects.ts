import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFStream } from "pdf-lib";
import { textOfName } from "../names.ts";

/** Keys that lead from a page's own objects to those of others. */
const outwards = new Set(["Parent", "P", "Dest", "D", "Pg", "StructParent", "StructParents", "Prev", "Next"]);

/**
 * The number of the first page, counted from 1, that each object belongs to: by being used on it, or, as an element of the
 * structure or a bookmark, by pointing at it.
 */
export function pagesOfObjects(document: PDFDocument): ReadonlyMap<PDFRef, number> {
  const { context } = document;
  const numbers = new Map(document.getPages().map((page, index) => [page.ref, index + 1]));
  const found = new Map<PDFRef, number>();
  const reach = (object: PDFObject, page: number): void => {
    if (object instanceof PDFRef) {
      if (found.has(object) || (numbers.has(object) && numbers.get(object) !== page)) return;
      found.set(object, page);
      const target = context.lookup(object);
      if (target) reach(target, page);
    } else if (object instanceof PDFArray) {
      for (const one of object.asArray()) reach(one, page);
    } else if (object instanceof PDFDict || object instanceof PDFStream) {
      const dictionary = object instanceof PDFDict ? object : object.dict;
      for (const [key, value] of dictionary.entries()) if (!outwards.has(textOfName(key))) reach(value, page);
    }
  };
  for (const [ref, page] of numbers) reach(ref, page);
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const page = object instanceof PDFDict && !found.has(ref) ? pointedAt(object, numbers) : undefined;
    if (page !== undefined) found.set(ref, page);
  }
  return found;
}

/** The page that an element (`Pg`, its own or its content's) or a bookmark (`Dest`) points at. */
function pointedAt(object: PDFDict, numbers: ReadonlyMap<PDFRef, number>): number | undefined {
  for (let element: PDFDict | undefined = object, depth = 0; element && depth < 50; depth++) {
    const dest = element.lookup(PDFName.of("Dest"));
    const page = element.get(PDFName.of("Pg")) ?? (dest instanceof PDFArray ? dest.get(0) : undefined);
    if (page instanceof PDFRef) return numbers.get(page);
    const kids = element.lookup(PDFName.of("K"));
    const first: unknown = kids instanceof PDFArray ? kids.lookup(0) : kids;
    element = first instanceof PDFDict ? first : undefined;
  }
  return undefined;
}
