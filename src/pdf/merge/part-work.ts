import { type PDFContext, type PDFDict, PDFNull, PDFNumber, PDFRef } from "pdf-lib";
import { filesLeftOut, type LeftOutFiles } from "./catalog/left-out-files.ts";
import { type Fate, NamedPlaces, renamePlaces, settleLinks } from "./catalog/places.ts";
import { Copier } from "./copier.ts";
import type { Part } from "./part.ts";
import { PartNames } from "./part-names.ts";
import type { Source } from "./read/source.ts";
import { numberTree } from "./read/trees.ts";
import { byteKey, dictAt, isString, key as keyOf, keyString, listAt, nameAt, resolved } from "./read/values.ts";
import type { Sharing } from "./sharing.ts";
import { headingsHold } from "./standard/headings.ts";
import { prune } from "./structure/insert.ts";
import type { Numbered } from "./structure/parent-tree.ts";
import { Roles } from "./structure/roles.ts";
import { everyElement, readTree, type Tree } from "./structure/tree.ts";

/** One part on its way into the whole: what it is, what it is called there, and how it is copied. */
export class PartWork {
  readonly part: Part;
  readonly source: Source;
  readonly index: number;
  readonly names = new PartNames();
  readonly places: NamedPlaces;
  readonly copier: Copier;
  /** Its pages in the whole, by their index in the part. */
  readonly pages = new Map<number, PDFRef>();
  /** Its structure tree without what is not taken; undefined for an untagged part. */
  readonly tree: Tree | undefined;
  readonly roles: Roles | undefined;
  /** Whether its own headings keep to their levels. */
  readonly headingsHold: boolean;
  readonly filesLeftOut: LeftOutFiles;
  /** The copies that its parent tree spoke of. */
  readonly numbered: Numbered[] = [];
  readonly #fates = new Map<PDFRef, Fate["kind"]>();

  /**
   * @param fateOf what becomes of a page, by its index
   * @throws Damage for tags or links that no program could follow
   */
  constructor(
    context: PDFContext,
    part: Part,
    source: Source,
    index: number,
    sharing: Sharing,
    fateOf: (page: number) => Fate["kind"],
  ) {
    this.part = part;
    this.source = source;
    this.index = index;
    this.places = new NamedPlaces(source);
    for (const [number, page] of source.pages.entries()) this.#fates.set(page.ref, fateOf(number));
    this.filesLeftOut = filesLeftOut(source, this.fate);
    const parents = this.#parentTree();
    this.copier = new Copier(source.catalog.context, context, sharing, (copy, original, ref) => {
      renamePlaces(copy, this.names, original, this.places, this.copier);
      this.#renameIds(copy, original);
      this.#noteNumber(copy, original, ref, parents);
    });
    for (const node of source.pageTree) this.copier.fix(node, PDFNull);
    this.tree = readTree(source, index);
    this.roles = this.tree && new Roles(this.tree);
    if (this.tree && this.roles) this.#prune(this.tree, this.roles, fateOf);
    this.headingsHold = headingsHold(this.tree?.kids ?? [], () => this.roles);
  }

  /** What becomes of one of its pages. */
  readonly fate = (page: PDFRef): Fate => ({ kind: this.#fates.get(page) ?? "gone" });

  /** @returns how many links lead nowhere now */
  settleLinks(): number {
    return settleLinks(this.source, this.places, this.fate);
  }

  /**
   * The element of the whole for one of its own. One that the parent tree knows and the tree does not, as WeasyPrint writes page
   * furniture, is copied as it is.
   */
  readonly elementOf = (ref: PDFRef): PDFRef | undefined => {
    const copy = this.copier.copy(ref);
    return copy instanceof PDFRef ? copy : undefined;
  };

  #prune(tree: Tree, roles: Roles, fateOf: (page: number) => Fate["kind"]): void {
    // Whatever refers to an element that goes, refers to nothing; those that stay are announced later.
    for (const element of everyElement(tree.kids)) if (element.ref) this.copier.fix(element.ref, PDFNull);
    const root = this.source.catalog.get(keyOf("StructTreeRoot"));
    if (root instanceof PDFRef) this.copier.fix(root, PDFNull);
    const kept = tree.kids.filter((element) => prune(element, roles, (page) => fateOf(page) === "kept"));
    tree.kids.splice(0, tree.kids.length, ...kept);
  }

  #parentTree() {
    const root = dictAt(this.source.catalog, "StructTreeRoot");
    return numberTree(root && dictAt(root, "ParentTree"));
  }

  /** Cells name their headers by ID (ISO 32000-1, table 349), and destinations may name an element so (ISO 32000-2, 12.3.2.3). */
  #renameIds(copy: PDFDict, original: PDFDict): void {
    const { context } = original;
    const renamed = (list: ReturnType<typeof listAt>) =>
      list.map((one) => {
        const key = byteKey(resolved(context, one));
        return key === undefined ? this.copier.copy(one) : keyString(this.names.id(key));
      });
    if (nameAt(original, "O") === "Table" && copy.has(keyOf("Headers"))) {
      copy.set(keyOf("Headers"), copy.context.obj(renamed(listAt(original, "Headers"))));
    }
    const place = nameAt(original, "S") === "GoTo" ? listAt(original, "SD") : [];
    if (isString(resolved(context, place[0]))) copy.set(keyOf("SD"), copy.context.obj(renamed(place)));
  }

  /** Takes the old number out, so that it can never be taken for another document's, and remembers what it stood for. */
  #noteNumber(copy: PDFDict, original: PDFDict, ref: PDFRef | undefined, parents: ReturnType<typeof numberTree>): void {
    for (const key of ["StructParents", "StructParent"] as const) {
      const value = copy.get(keyOf(key));
      if (!value) continue;
      copy.delete(keyOf(key));
      const number = resolved(original.context, original.get(keyOf(key)));
      const entry = number instanceof PDFNumber ? parents.get(number.asNumber()) : undefined;
      const { elementOf } = this;
      this.numbered.push({ copy, ref, key, entry, elementOf, source: original.context });
    }
  }
}
