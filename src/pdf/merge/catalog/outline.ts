import { type PDFContext, type PDFDict, PDFHexString, PDFNumber, type PDFObject, type PDFRef } from "pdf-lib";
import type { Copier } from "../copier.ts";
import type { Source } from "../read/source.ts";
import { Damage } from "../read/syntax.ts";
import { dictAt, key as keyOf, numberAt } from "../read/values.ts";
import { type Fate, type NamedPlaces, settle } from "./places.ts";

/** A bookmark (ISO 32000-1, 12.3.3). */
export interface Bookmark {
  /** Undefined for one that the merge has made. */
  readonly dictionary: PDFDict | undefined;
  /** Its title, for one that the merge has made. */
  readonly title: string | undefined;
  /** Where it leads, for one that the merge has made. */
  readonly target: PDFRef | undefined;
  /** The index of its part. */
  readonly part: number;
  /** The page of its part that it leads to, counted from 0, in-between for one that was put in; undefined for none. */
  readonly page: number | undefined;
  readonly open: boolean;
  kids: Bookmark[];
}

/** The keys that say how bookmarks hang together. */
const RENEWED = ["First", "Last", "Next", "Prev", "Parent", "Count"];

/** Reads a part's bookmarks; those to pages that are not taken are left out where nothing below them stays. @throws Damage */
export function readOutline(
  source: Source,
  part: number,
  places: NamedPlaces,
  fate: (page: PDFRef) => Fate,
): Bookmark[] {
  const pages = new Map(source.pages.map((page, index) => [page.ref, index]));
  const seen = new Set<PDFDict>();
  const level = (first: PDFDict | undefined, depth: number): Bookmark[] => {
    if (depth > 100) throw new Damage("bogmærkerne har for mange lag");
    const found: Bookmark[] = [];
    for (let item = first; item; item = dictAt(item, "Next")) {
      if (seen.has(item)) throw new Damage("bogmærkerne går i ring");
      seen.add(item);
      const target = places.targetOf(item);
      const page = target && pages.get(target);
      const below = dictAt(item, "First");
      const kids = level(below, depth + 1);
      const kind = target ? fate(target).kind : "kept";
      // One that leads to no page is the heading of those below it.
      const empty = kids.length === 0 && (kind !== "kept" || (below !== undefined && !target));
      if (empty) continue;
      settle(item, places, fate);
      const open = (numberAt(item, "Count") ?? 0) > 0;
      found.push({ dictionary: item, title: undefined, target: undefined, part, page, open, kids });
    }
    return found;
  };
  const root = dictAt(source.catalog, "Outlines");
  return level(root && dictAt(root, "First"), 0);
}

/**
 * Puts another part's bookmarks in between the host's: after those before the place, and as deep as the place is. A bookmark
 * with something under it on both sides is entered; `depth` asks for a deeper place (1 is the outermost).
 *
 * @param boundary the number of host pages before the place
 */
export function insertBookmarks(
  host: Bookmark[],
  added: readonly Bookmark[],
  boundary: number,
  depth: number | undefined,
): void {
  let level = host;
  for (let reached = 1; ; reached++) {
    const position = positionIn(level, boundary);
    const before = level[position - 1];
    const across = before?.kids.some((kid) => firstPage(kid) >= boundary) ?? false;
    if (before?.part !== 0 || !(across || (depth !== undefined && reached < depth))) {
      level.splice(position, 0, ...added.map((one) => ({ ...one, page: boundary - 0.5 })));
      return;
    }
    level = before.kids;
  }
}

/** After the last bookmark that leads to a page before the place. */
function positionIn(level: readonly Bookmark[], boundary: number): number {
  for (let index = level.length; index > 0; index--) {
    const one = level[index - 1];
    if (one && firstPage(one) < boundary) return index;
  }
  return 0;
}

function firstPage(bookmark: Bookmark): number {
  return bookmark.page ?? Math.min(Number.POSITIVE_INFINITY, ...bookmark.kids.map(firstPage));
}

/** Writes the bookmarks with their chains and counts; undefined where there are none. */
export function writeOutline(
  context: PDFContext,
  bookmarks: readonly Bookmark[],
  copiers: readonly Copier[],
): PDFRef | undefined {
  if (bookmarks.length === 0) return undefined;
  const root = context.nextRef();
  const dictionary = context.obj({ Type: "Outlines" });
  const visible = writeLevel(context, bookmarks, root, dictionary, copiers);
  dictionary.set(keyOf("Count"), PDFNumber.of(visible));
  context.assign(root, dictionary);
  return root;
}

/** @returns how many bookmarks of this level and below are seen when its parent is open */
function writeLevel(
  context: PDFContext,
  bookmarks: readonly Bookmark[],
  parent: PDFRef,
  parentDictionary: PDFDict,
  copiers: readonly Copier[],
): number {
  const refs = bookmarks.map(() => context.nextRef());
  const set = (dictionary: PDFDict, key: string, value: PDFObject | undefined) => {
    if (value) dictionary.set(keyOf(key), value);
  };
  set(parentDictionary, "First", refs[0]);
  set(parentDictionary, "Last", refs.at(-1));
  let visible = 0;
  for (const [index, bookmark] of bookmarks.entries()) {
    const ref = refs[index];
    if (!ref) continue;
    const copy = bookmark.dictionary
      ? copiers[bookmark.part]?.dictionary(bookmark.dictionary, ref, RENEWED)
      : context.obj({ Title: PDFHexString.fromText(bookmark.title ?? ""), Dest: [bookmark.target, "Fit"] });
    if (!copy) throw new Error("A bookmark of no part");
    set(copy, "Parent", parent);
    set(copy, "Prev", refs[index - 1]);
    set(copy, "Next", refs[index + 1]);
    visible++;
    if (bookmark.kids.length > 0) {
      const below = writeLevel(context, bookmark.kids, ref, copy, copiers);
      copy.set(keyOf("Count"), PDFNumber.of(bookmark.open ? below : -below));
      if (bookmark.open) visible += below;
    }
    context.assign(ref, copy);
  }
  return visible;
}
