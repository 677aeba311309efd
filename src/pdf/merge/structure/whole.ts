import { type PDFContext, PDFDict, type PDFName, PDFNumber, type PDFObject, type PDFRef, PDFString } from "pdf-lib";
import { nameOf, textOfName } from "../../names.ts";
import type { Layout } from "../layout.ts";
import type { WholeNames } from "../part-names.ts";
import type { PartWork } from "../part-work.ts";
import { byteKey, dictAt, key as keyOf, keyString, listAt, resolved, textAt } from "../read/values.ts";
import { pagesAsFigures } from "./figures.ts";
import { Inserter } from "./insert.ts";
import { buildParentTree } from "./parent-tree.ts";
import { JoinedRoles, Roles } from "./roles.ts";
import { everyElement, TreeElement } from "./tree.ts";
import { type Owners, TreeWriter } from "./write.ts";

/** The structure tree of the whole (ISO 32000-1, 14.7): the parts' trees in reading order, and all that belongs to a tree. */
export class WholeTree {
  /** The names of the parts that no tag says anything of. */
  readonly silent: readonly string[];
  readonly document: TreeElement;
  readonly #context: PDFContext;
  readonly #works: readonly PartWork[];
  readonly #names: WholeNames;
  readonly #roles = new JoinedRoles();
  readonly #writer: TreeWriter;
  readonly #root: PDFRef;
  #dictionary: PDFDict | undefined;
  #owners: Owners | undefined;

  /** Puts the elements together and gives them their objects and names; nothing is written yet. */
  constructor(context: PDFContext, works: readonly PartWork[], layout: Layout, names: WholeNames) {
    this.#context = context;
    this.#works = works;
    this.#names = names;
    this.#root = context.nextRef();
    this.silent = works
      .filter(({ tree, part }) => !tree && part.untagged?.kind !== "figures")
      .map(({ part }) => part.name);
    this.document = this.#join(layout);
    for (const work of works) this.#claimNames(work);
    this.#writer = new TreeWriter(context, works);
    this.#writer.announce(this.document);
  }

  /** Writes the elements and the root; not yet the numbers, which are known when all is copied. */
  write(catalog: PDFDict): void {
    if (this.document.kids.length === 0) return;
    const dictionary = this.#context.obj({ Type: "StructTreeRoot" });
    this.#dictionary = dictionary;
    this.#owners = this.#writer.write(this.document, this.#root);
    dictionary.set(keyOf("K"), this.#writer.refOf(this.document));
    const roles = this.#roles.entries();
    if (roles.length > 0) dictionary.set(keyOf("RoleMap"), this.#map(roles));
    const ids = [...this.#owners.ids].sort(([a], [b]) => (a < b ? -1 : 1));
    if (ids.length > 0) {
      const names = ids.flatMap(([id, ref]) => [keyString(id), ref]);
      dictionary.set(keyOf("IDTree"), this.#context.register(this.#context.obj({ Names: names })));
    }
    const classes = this.#works.flatMap((work) => this.#classes(work));
    if (classes.length > 0) dictionary.set(keyOf("ClassMap"), this.#map(classes));
    for (const key of ["Namespaces", "PronunciationLexicon", "AF"]) {
      const all = this.#works.flatMap(({ tree, copier }) =>
        tree ? listAt(tree.root, key).map((one) => copier.copy(one)) : [],
      );
      if (all.length > 0) dictionary.set(keyOf(key), this.#context.obj(all));
    }
    this.#context.assign(this.#root, dictionary);
    catalog.set(keyOf("StructTreeRoot"), this.#root);
    // A host without tags stays a document without: its own pages are silent.
    const marked = !this.silent.includes(this.#works[0]?.part.name ?? "");
    catalog.set(keyOf("MarkInfo"), this.#context.obj({ Marked: marked }));
  }

  /** Numbers all that belongs to an element. Must come when everything is copied. */
  number(pages: readonly PDFRef[]): void {
    if (!this.#dictionary || !this.#owners) return;
    const numbered = this.#works.flatMap((work) => work.numbered);
    const pairs = buildParentTree(this.#context, pages, this.#owners, numbered);
    this.#dictionary.set(keyOf("ParentTree"), this.#context.register(this.#context.obj({ Nums: pairs })));
    this.#dictionary.set(keyOf("ParentTreeNextKey"), PDFNumber.of(pairs.length / 2));
  }

  #join(layout: Layout): TreeElement {
    const [host, ...others] = this.#works;
    if (!host) throw new Error("Nothing to merge");
    const language = textAt(host.source.catalog, "Lang");
    const tops = new Map(others.map((work) => [work, this.#asPart(work, language)]));
    if (layout.inRow && others.length > 0) {
      const document = new TreeElement("Document", 0);
      document.kids = [this.#asPart(host, language), ...tops.values()].filter((kid) => kid !== undefined);
      return document;
    }
    const document = this.#asDocument(host);
    const inserter = new Inserter(host.roles ?? new Roles({ root: PDFDict.withContext(this.#context), kids: [] }));
    for (const [work, element] of tops) {
      if (element) inserter.insert(document, element, layout.boundaries[work.index] ?? 0);
    }
    return document;
  }

  #asDocument(host: PartWork): TreeElement {
    const kids = host.tree?.kids ?? this.#figures(host)?.kids ?? [];
    const [only] = kids;
    if (
      kids.length === 1 &&
      only instanceof TreeElement &&
      (host.roles?.standard(only.type) ?? only.type) === "Document"
    ) {
      return only;
    }
    const document = new TreeElement("Document", 0);
    document.kids = [...kids];
    return document;
  }

  /** One element for a whole part: a document has one Document (ISO 32000-1, 14.8.4.2), so that a part's becomes a Part. */
  #asPart(work: PartWork, language: string | undefined): TreeElement | undefined {
    const element = work.tree ? this.#onePart(work, work.tree.kids) : this.#figures(work);
    const own = textAt(work.source.catalog, "Lang");
    if (element && own !== undefined && own !== language && !element.dictionary?.has(keyOf("Lang"))) {
      element.more.set("Lang", PDFString.of(own));
    }
    return element;
  }

  #onePart(work: PartWork, kids: readonly TreeElement[]): TreeElement | undefined {
    const [only] = kids;
    if (!only) return undefined;
    const role = work.roles?.standard(only.type) ?? only.type;
    if (kids.length === 1 && (role === "Document" || role === "Part")) {
      only.type = "Part";
      return only;
    }
    const part = new TreeElement("Part", work.index);
    part.kids = [...kids];
    return part;
  }

  #figures({ part, source, index, pages }: PartWork): TreeElement | undefined {
    if (part.untagged?.kind !== "figures") return undefined;
    return pagesAsFigures(source, index, part.untagged.alternatives, [...pages.keys()]);
  }

  #claimNames({ tree, roles, names }: PartWork): void {
    if (!tree || !roles) return;
    names.setTypes(this.#roles.join(tree, roles));
    const classes = dictAt(tree.root, "ClassMap")?.keys() ?? [];
    names.claim(
      "class",
      this.#names.classes,
      classes.map((key) => textOfName(key)),
    );
    const ids = new Set<string>();
    for (const { dictionary } of everyElement(tree.kids)) {
      const id = dictionary && byteKey(resolved(dictionary.context, dictionary.get(keyOf("ID"))));
      if (id !== undefined) ids.add(id);
    }
    names.claim("id", this.#names.ids, ids);
  }

  #classes({ tree, names, copier }: PartWork): [PDFName, PDFObject][] {
    const map = tree && dictAt(tree.root, "ClassMap");
    return (map?.entries() ?? []).map(([key, value]) => [nameOf(names.class(textOfName(key))), copier.copy(value)]);
  }

  #map(entries: readonly (readonly [PDFName, PDFObject])[]): PDFDict {
    const dictionary = PDFDict.withContext(this.#context);
    for (const [key, value] of entries) dictionary.set(key, value);
    return dictionary;
  }
}
