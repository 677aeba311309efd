import { PDFArray, type PDFContext, type PDFDict, PDFNull, PDFNumber, type PDFObject, PDFRef } from "pdf-lib";
import { key as keyOf, resolved } from "../read/values.ts";
import type { Owners } from "./write.ts";

/** A copied object that had a number in its own document's parent tree. */
export interface Numbered {
  readonly copy: PDFDict;
  /** The object that the copy is; undefined for one that lies within another. */
  readonly ref: PDFRef | undefined;
  readonly key: "StructParents" | "StructParent";
  /** What its own document's parent tree said of it. */
  readonly entry: PDFObject | undefined;
  /** The element of the whole for one of that document's. */
  readonly elementOf: (source: PDFRef) => PDFRef | undefined;
  readonly source: PDFContext;
}

/**
 * Builds the parent tree (ISO 32000-1, 14.7.4.4) anew: every page, form and annotation gets a number that no other has, and its
 * entry is what the elements say of their content. Where they say nothing the old entry holds, as far as its elements are there.
 *
 * Kept numbers would be the worst of errors: those of two documents collide, so that a page is read out as another's, and no
 * validator sees it.
 *
 * @param pages the pages of the whole in their order
 * @returns the tree's pairs of number and entry, and the next free number
 */
export function buildParentTree(
  context: PDFContext,
  pages: readonly PDFRef[],
  owners: Owners,
  numbered: readonly Numbered[],
): PDFObject[] {
  const pairs: PDFObject[] = [];
  const done = new Set<PDFRef>();
  const add = (dictionary: PDFDict, key: Numbered["key"], entry: PDFObject) => {
    dictionary.set(keyOf(key), PDFNumber.of(pairs.length / 2));
    pairs.push(PDFNumber.of(pairs.length / 2), entry);
  };
  const old = new Map(numbered.map((one) => [one.ref, one]));
  const addMarked = (ref: PDFRef, dictionary: PDFDict) => {
    if (done.has(ref)) return;
    done.add(ref);
    const list = marksOf(owners.marked.get(ref), old.get(ref));
    if (list.length > 0) add(dictionary, "StructParents", context.register(context.obj(list)));
  };
  for (const page of pages) addMarked(page, dictionaryOf(context, page));
  for (const ref of owners.marked.keys()) if (ref instanceof PDFRef) addMarked(ref, dictionaryOf(context, ref));
  for (const one of numbered) {
    if (one.key === "StructParents" && one.ref) addMarked(one.ref, one.copy);
    if (one.key !== "StructParent" || (one.ref && owners.objects.has(one.ref))) continue;
    const element = one.entry instanceof PDFRef ? one.elementOf(one.entry) : undefined;
    if (element) add(one.copy, "StructParent", element);
  }
  for (const [ref, element] of owners.objects) {
    if (ref instanceof PDFRef) add(dictionaryOf(context, ref), "StructParent", element);
  }
  return pairs;
}

function marksOf(owned: ReadonlyMap<number, PDFRef> | undefined, old: Numbered | undefined): PDFObject[] {
  const entry = old?.key === "StructParents" ? resolved(old.source, old.entry) : undefined;
  const before = entry instanceof PDFArray ? entry.asArray() : [];
  const length = Math.max(before.length, ...[...(owned?.keys() ?? [])].map((id) => id + 1));
  const list = Array.from({ length }, (_, id): PDFObject => {
    const known = before[id];
    return owned?.get(id) ?? (known instanceof PDFRef ? old?.elementOf(known) : undefined) ?? PDFNull;
  });
  return list.some((one) => one !== PDFNull) ? list : [];
}

function dictionaryOf(context: PDFContext, ref: PDFRef): PDFDict {
  const object = context.lookup(ref);
  if (object && "dict" in object) return object.dict as PDFDict;
  return object as PDFDict;
}
