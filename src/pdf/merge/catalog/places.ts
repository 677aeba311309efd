import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject, PDFRef } from "pdf-lib";
import { nameOf, textOfName } from "../../names.ts";
import type { Copier } from "../copier.ts";
import type { PartNames, WholeNames } from "../part-names.ts";
import type { Source } from "../read/source.ts";
import { nameTree } from "../read/trees.ts";
import {
  asDict,
  byteKey,
  dictAt,
  isString,
  key as keyOf,
  keyString,
  listAt,
  nameAt,
  resolved,
} from "../read/values.ts";

/** Stands for a page that a document does not have: object 0 is never one (ISO 32000-1, 7.5.4). */
const NO_PAGE = PDFRef.of(0, 65535);

/** Whether a destination says its page by a number, counted from 0. */
function isCounted(destination: PDFObject | undefined): destination is PDFArray {
  return destination instanceof PDFArray && destination.asArray()[0] instanceof PDFNumber;
}

/** The named destinations of a part (ISO 32000-1, 12.3.2.3): in the catalog's dictionary by name, in its name tree by string. */
export class NamedPlaces {
  readonly #source: Source;
  readonly named: ReadonlyMap<string, PDFObject>;
  readonly keyed: ReadonlyMap<string, PDFObject>;

  constructor(source: Source) {
    this.#source = source;
    const dictionary = dictAt(source.catalog, "Dests");
    this.named = new Map(dictionary?.entries().map(([key, value]) => [textOfName(key), value]));
    const names = dictAt(source.catalog, "Names");
    this.keyed = nameTree(names && dictAt(names, "Dests"));
  }

  /** The page that a destination leads to, by whatever name; undefined where it leads to none of this document. */
  page(destination: PDFObject | undefined): PDFRef | undefined {
    const value = resolved(this.#source.catalog.context, destination);
    if (value instanceof PDFName) return this.#explicit(this.named.get(textOfName(value)));
    if (isString(value)) return this.#explicit(this.keyed.get(byteKey(value) ?? ""));
    return this.#explicit(value);
  }

  #explicit(object: PDFObject | undefined): PDFRef | undefined {
    const value = resolved(this.#source.catalog.context, object);
    if (value instanceof PDFDict) return this.#explicit(value.get(keyOf("D")));
    const first = value instanceof PDFArray ? value.asArray()[0] : undefined;
    // Only a destination in another file counts its pages, but programs write it in their own too, and readers follow it.
    if (first instanceof PDFNumber) return this.#source.pages[first.asNumber()]?.ref ?? NO_PAGE;
    return first instanceof PDFRef ? first : undefined;
  }

  /**
   * The copy of a destination, a page that it counts as the page itself: in the whole another has that number. What leads to a
   * page that is not taken, leads nowhere.
   */
  copy(destination: PDFObject, copier: Copier): PDFObject {
    const { context } = this.#source.catalog;
    const value = resolved(context, destination);
    const inner = value instanceof PDFDict ? resolved(context, value.get(keyOf("D"))) : undefined;
    if (value instanceof PDFDict && isCounted(inner)) {
      const copy = copier.dictionary(value, undefined, ["D"]);
      copy.set(keyOf("D"), this.copy(inner, copier));
      return copy;
    }
    const copy = copier.copy(isCounted(value) ? value : destination);
    if (isCounted(value) && copy instanceof PDFArray) copy.set(0, copier.copy(this.page(value) ?? NO_PAGE));
    return copy;
  }

  /** Where a bookmark, a link or an action of either leads: its page, undefined where it does not lead to one. */
  targetOf(dictionary: PDFDict): PDFRef | undefined {
    const own = dictionary.get(keyOf("Dest"));
    if (own) return this.page(own);
    const action = dictAt(dictionary, "A");
    return action && nameAt(action, "S") === "GoTo" ? this.page(action.get(keyOf("D"))) : undefined;
  }
}

/** What became of the page that something leads to. */
export type Fate =
  | { readonly kind: "kept" }
  /** The page that stands for it now, as its own document names it. */
  | { readonly kind: "replaced" }
  | { readonly kind: "gone" };

/**
 * Sees to the links on the pages that are taken, before anything is copied: one to a page that was replaced leads to what came
 * in its place, one to a page that is not taken leads nowhere any more.
 *
 * @returns how many links lead nowhere
 */
export function settleLinks(source: Source, places: NamedPlaces, fate: (page: PDFRef) => Fate): number {
  let lost = 0;
  for (const page of source.pages) {
    if (fate(page.ref).kind !== "kept") continue;
    for (const one of listAt(page.dictionary, "Annots")) {
      const annotation = asDict(resolved(source.catalog.context, one));
      if (annotation && !settle(annotation, places, fate)) lost++;
    }
  }
  return lost;
}

/** @returns false when the link leads nowhere now */
export function settle(dictionary: PDFDict, places: NamedPlaces, fate: (page: PDFRef) => Fate): boolean {
  const target = places.targetOf(dictionary);
  if (!target) return true;
  const { kind } = fate(target);
  if (kind === "kept") return true;
  dictionary.delete(keyOf("A"));
  dictionary.delete(keyOf("Dest"));
  dictionary.delete(keyOf("SE"));
  if (kind === "gone") return false;
  dictionary.set(keyOf("Dest"), dictionary.context.obj([target, "Fit"]));
  return true;
}

/** Gives the destinations their new names and pages wherever a copied dictionary uses one: links, bookmarks, actions. */
export function renamePlaces(
  copy: PDFDict,
  names: PartNames,
  source: PDFDict,
  places: NamedPlaces,
  copier: Copier,
): void {
  const renamed = (key: string) => {
    const value = resolved(source.context, source.get(keyOf(key)));
    if (value instanceof PDFName) copy.set(keyOf(key), nameOf(names.namedPlace(textOfName(value))));
    else if (isString(value)) copy.set(keyOf(key), keyString(names.keyedPlace(byteKey(value) ?? "")));
    else if (isCounted(value)) copy.set(keyOf(key), places.copy(value, copier));
  };
  if (copy.has(keyOf("Dest"))) renamed("Dest");
  if (nameAt(source, "S") === "GoTo" && copy.has(keyOf("D"))) renamed("D");
}

/** Claims the names of the destinations whose pages are taken. */
export function claimPlaces(
  places: NamedPlaces,
  fate: (page: PDFRef) => Fate,
  names: PartNames,
  whole: WholeNames,
): void {
  const stays = ([, value]: [string, PDFObject]) => {
    const page = places.page(value);
    return page === undefined || fate(page).kind !== "gone";
  };
  names.claim(
    "namedPlace",
    whole.namedPlaces,
    [...places.named].filter(stays).map(([name]) => name),
  );
  names.claim(
    "keyedPlace",
    whole.keyedPlaces,
    [...places.keyed].filter(stays).map(([name]) => name),
  );
}

/** The whole's destinations: pairs for the dictionary, and for the name tree. */
export class JoinedPlaces {
  readonly named: [string, PDFObject][] = [];
  readonly keyed: [string, PDFObject][] = [];
  readonly #context: PDFContext;

  /** @param context the whole's */
  constructor(context: PDFContext) {
    this.#context = context;
  }

  add(places: NamedPlaces, fate: (page: PDFRef) => Fate, names: PartNames, copier: Copier): void {
    const copied = (value: PDFObject): PDFObject | undefined => {
      const page = places.page(value);
      const kind = page && fate(page).kind;
      if (kind === "gone") return undefined;
      if (kind !== "replaced" || !page) return places.copy(value, copier);
      // Where on the old page it was means nothing on the new one.
      const whole = PDFArray.withContext(this.#context);
      whole.push(copier.copy(page));
      whole.push(keyOf("Fit"));
      return whole;
    };
    for (const [name, value] of places.named) {
      const copy = copied(value);
      if (copy) this.named.push([names.namedPlace(name), copy]);
    }
    for (const [key, value] of places.keyed) {
      const copy = copied(value);
      if (copy) this.keyed.push([names.keyedPlace(key), copy]);
    }
  }
}
