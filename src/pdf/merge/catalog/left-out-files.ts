import { type PDFDict, type PDFObject, PDFRef } from "pdf-lib";
import type { Source } from "../read/source.ts";
import { nameTree } from "../read/trees.ts";
import { asDict, dictAt, key as keyOf, listAt, nameAt, resolved, textAt } from "../read/values.ts";
import type { Fate } from "./places.ts";

/** The attachments of a part that must not go along. */
export interface LeftOutFiles {
  readonly names: readonly string[];
  readonly specifications: ReadonlySet<PDFDict>;
  /** The same, as far as they are objects of their own. */
  readonly objects: ReadonlySet<PDFRef>;
}

/**
 * What a document is made of, and what says the same in another way (ISO 32000-2, 7.11.3, table 43): it holds the pages that
 * are not taken.
 */
const WHOLE = new Set(["Source", "Alternative"]);

/**
 * Finds the attachments that would bring along what was left out: those that hold the whole document, and those that belong to
 * pages which are not taken, or to annotations there, and to nothing else. Other attachments are the document's.
 */
export function filesLeftOut(source: Source, fate: (page: PDFRef) => Fate): LeftOutFiles {
  const partial = source.pages.some(({ ref }) => fate(ref).kind === "gone");
  const { catalog } = source;
  const { context } = catalog;
  const specifications = new Set<PDFDict>();
  const objects = new Set<PDFRef>();
  const names: string[] = [];
  if (!partial) return { names, specifications, objects };
  const dictionary = (object: PDFObject | undefined) => asDict(resolved(context, object));
  const filesOn = (kept: boolean) =>
    source.pages
      .filter(({ ref }) => (fate(ref).kind === "kept") === kept)
      .flatMap(({ dictionary: page }) => {
        const holders = [page, ...listAt(page, "Annots").flatMap((one) => dictionary(one) ?? [])];
        return holders.flatMap((holder) => [holder.get(keyOf("FS")), ...listAt(holder, "AF")]);
      });
  const staying = new Set([...filesOn(true), ...listAt(catalog, "AF")].map(dictionary));
  const elsewhere = new Set(
    filesOn(false)
      .map(dictionary)
      .filter((one) => one && !staying.has(one)),
  );
  const trees = dictAt(catalog, "Names");
  const attached = nameTree(trees && dictAt(trees, "EmbeddedFiles"));
  for (const [name, one] of [...attached, ...listAt(catalog, "AF").map((file) => ["", file] as const)]) {
    const file = dictionary(one);
    if (!file || !(WHOLE.has(nameAt(file, "AFRelationship") ?? "") || elsewhere.has(file))) continue;
    if (one instanceof PDFRef) objects.add(one);
    if (!specifications.has(file)) names.push(textAt(file, "UF") ?? textAt(file, "F") ?? name);
    specifications.add(file);
  }
  return { names, specifications, objects };
}
