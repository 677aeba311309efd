import { PDFArray, type PDFDict, type PDFObject, PDFRef } from "pdf-lib";
import type { Source } from "../read/source.ts";
import { asDict, dictAt, isString, key as keyOf, listAt, resolved } from "../read/values.ts";

/** What of a part must not go along, since it belongs to pages that are not taken. */
export interface LeftOut {
  /** How many fields of its form. */
  readonly fields: number;
  /** The objects that nothing in the whole may lead to: annotations, fields. */
  readonly objects: ReadonlySet<PDFRef>;
}

/**
 * Takes out of a part, before anything is copied, what belongs to pages that are not taken and can be reached from elsewhere:
 * their annotations, and the fields that only those pages show. A field holds its value (ISO 32000-1, 12.7.3.1), so that an
 * identity number from the next page would otherwise lie unseen in a file that was made to be without it. A field that no page
 * shows goes too: nobody could see that it went along.
 *
 * @param kept whether a page is taken
 */
export function leaveOut(source: Source, kept: (page: PDFRef) => boolean): LeftOut {
  if (source.pages.every(({ ref }) => kept(ref))) return { fields: 0, objects: new Set() };
  return new Leaving(source, kept).leave();
}

class Leaving {
  readonly #source: Source;
  readonly #kept: (page: PDFRef) => boolean;
  /** The annotations of the pages that are taken. */
  readonly #taken = new Set<PDFDict>();
  readonly #objects = new Set<PDFRef>();
  /** Which fields stay; undefined for one that is being looked into. */
  readonly #known = new Map<PDFDict, boolean | undefined>();
  #fields = 0;

  constructor(source: Source, kept: (page: PDFRef) => boolean) {
    this.#source = source;
    this.#kept = kept;
  }

  leave(): LeftOut {
    const annotations = (wanted: boolean) =>
      this.#source.pages
        .filter(({ ref }) => this.#kept(ref) === wanted)
        .flatMap(({ dictionary }) => listAt(dictionary, "Annots"));
    for (const one of annotations(true)) {
      const dictionary = this.#dictionary(one);
      if (dictionary) this.#taken.add(dictionary);
    }
    for (const one of annotations(false)) {
      const dictionary = this.#dictionary(one);
      if (one instanceof PDFRef && dictionary && !this.#taken.has(dictionary)) this.#objects.add(one);
    }
    const form = dictAt(this.#source.catalog, "AcroForm");
    if (form) this.#keepOnly(form, "Fields");
    // A form that lost its list of fields still has them where a widget that is taken names its parent.
    for (const widget of this.#taken) {
      const root = rootOf(widget);
      if (root !== widget) this.#stays(root);
    }
    if (form) this.#withoutObjects(form, "CO");
    return { fields: this.#fields, objects: this.#objects };
  }

  /** Whether a field or a widget has anything on a page that is taken; what below it has not is taken out. */
  #stays(field: PDFDict): boolean {
    if (this.#known.has(field)) return this.#known.get(field) ?? true;
    this.#known.set(field, undefined);
    const terminal = isTerminal(field);
    const stays = listAt(field, "Kids").length > 0 ? this.#keepOnly(field, "Kids") : this.#taken.has(field);
    this.#known.set(field, stays);
    if (terminal && !stays) this.#fields++;
    return stays;
  }

  /** Leaves in a list of fields those that stay. @returns whether there are any */
  #keepOnly(owner: PDFDict, list: "Fields" | "Kids"): boolean {
    const all = listAt(owner, list);
    const staying = all.filter((one) => {
      const field = this.#dictionary(one);
      if (field && this.#stays(field)) return true;
      if (one instanceof PDFRef) this.#objects.add(one);
      return false;
    });
    if (staying.length < all.length) owner.set(keyOf(list), arrayOf(owner, staying));
    return staying.length > 0;
  }

  #withoutObjects(owner: PDFDict, list: string): void {
    const all = listAt(owner, list);
    const staying = all.filter((one) => !(one instanceof PDFRef && this.#objects.has(one)));
    if (staying.length < all.length) owner.set(keyOf(list), arrayOf(owner, staying));
  }

  #dictionary(object: PDFObject): PDFDict | undefined {
    return asDict(resolved(this.#source.catalog.context, object));
  }
}

/** The field at the top of a widget's; a ring of parents ends where it began to turn. */
function rootOf(widget: PDFDict): PDFDict {
  const seen = new Set<PDFDict>();
  let top = widget;
  for (let next: PDFDict | undefined = widget; next && !seen.has(next); next = dictAt(next, "Parent")) {
    seen.add(next);
    top = next;
  }
  return top;
}

/** A field that a person fills in, not a group of fields and not one of its widgets: it has a name, and none below it has. */
function isTerminal(field: PDFDict): boolean {
  const { context } = field;
  const named = (one: PDFDict) => isString(resolved(context, one.get(keyOf("T"))));
  const kids = listAt(field, "Kids").flatMap((one) => asDict(resolved(context, one)) ?? []);
  return named(field) && !kids.some(named);
}

function arrayOf({ context }: PDFDict, members: readonly PDFObject[]): PDFArray {
  const array = PDFArray.withContext(context);
  for (const one of members) array.push(one);
  return array;
}
