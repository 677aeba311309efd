import type { Roles } from "./roles.ts";
import { everyContent, TreeElement, type TreeKid } from "./tree.ts";

/** Where what an element holds is: the first and the last page of the host, and how much it is. Undefined for nothing. */
interface Extent {
  readonly first: number;
  readonly last: number;
  readonly amount: number;
}

/**
 * Puts other documents' elements into the host's tree so that reading order follows page order. Nothing of the host is cut: an
 * element that only groups (a section) and goes on after the place is entered, and anything else that does (a table, a
 * paragraph) stays whole before it.
 */
export class Inserter {
  readonly #roles: Roles;
  readonly #extents = new Map<TreeElement, Extent | undefined>();

  constructor(roles: Roles) {
    this.#roles = roles;
  }

  /**
   * @param document the host's outermost element
   * @param boundary the number of host pages before the place
   */
  insert(document: TreeElement, element: TreeElement, boundary: number): void {
    // Between the pages, so that what is put in at the same place afterwards comes after it.
    this.#extents.set(element, { first: boundary - 0.5, last: boundary - 0.5, amount: 0 });
    let parent = document;
    for (let next: TreeElement | undefined = parent; next; next = this.#across(parent, boundary)) parent = next;
    parent.kids.splice(this.#position(parent.kids, boundary), 0, element);
  }

  /** The group with most in it that holds something on both sides. */
  #across(parent: TreeElement, boundary: number): TreeElement | undefined {
    let best: TreeElement | undefined;
    for (const kid of parent.kids) {
      if (!(kid instanceof TreeElement) || kid.part !== parent.part || !this.#roles.isGrouping(kid.type)) continue;
      const extent = this.#extent(kid);
      if (!extent || extent.first >= boundary || extent.last < boundary) continue;
      if (!best || extent.amount > (this.#extent(best)?.amount ?? 0)) best = kid;
    }
    return best;
  }

  /** The place with the fewest elements on the wrong side; of several the last, so that what is on both sides stays before. */
  #position(kids: readonly TreeKid[], boundary: number): number {
    const extents = kids.map((kid) => this.#extent(kid));
    let wrong = extents.filter((one) => one && one.last < boundary).length;
    let fewest = wrong;
    let position = 0;
    for (const [index, extent] of extents.entries()) {
      if (extent && extent.last < boundary) wrong--;
      if (extent && extent.first >= boundary) wrong++;
      if (wrong <= fewest) {
        fewest = wrong;
        position = index + 1;
      }
    }
    return position;
  }

  #extent(kid: TreeKid): Extent | undefined {
    if (!(kid instanceof TreeElement)) return { first: kid.page, last: kid.page, amount: 1 };
    if (this.#extents.has(kid)) return this.#extents.get(kid);
    let extent: Extent | undefined;
    for (const one of kid.kids) {
      const inner = this.#extent(one);
      if (!inner) continue;
      extent = {
        first: Math.min(extent?.first ?? inner.first, inner.first),
        last: Math.max(extent?.last ?? inner.last, inner.last),
        amount: (extent?.amount ?? 0) + inner.amount,
      };
    }
    this.#extents.set(kid, extent);
    return extent;
  }
}

/**
 * Takes out what lies on pages that are not taken. An element goes when all that it held is gone. An empty one stays with its
 * parent, but between sections and paragraphs it follows what stands before it.
 */
export function prune(element: TreeElement, roles: Roles, kept: (page: number) => boolean): boolean {
  const held = hasContent(element);
  const grouping = roles.isGrouping(element.type);
  let beforeStays = true;
  element.kids = element.kids.filter((kid) => {
    if (!(kid instanceof TreeElement)) return kept(kid.page);
    const stays = hasContent(kid) ? prune(kid, roles, kept) : beforeStays || !grouping;
    beforeStays = stays;
    return stays;
  });
  return !held || hasContent(element);
}

function hasContent(element: TreeElement): boolean {
  return !everyContent(element.kids).next().done;
}
