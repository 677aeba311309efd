import { type PDFContext, PDFDict, PDFNull, type PDFObject, type PDFRef, PDFString } from "pdf-lib";
import type { FileToEmbed } from "../embedded-file.ts";
import { nameOf } from "../names.ts";
import { JoinedFiles } from "./catalog/files.ts";
import { joinForms, keepDefaults, refuseClashingForms } from "./catalog/forms.ts";
import { type PageLabel, readLabels, writeLabels } from "./catalog/labels.ts";
import { JoinedLayers } from "./catalog/layers.ts";
import { leaveOut } from "./catalog/left-out.ts";
import { ownResources } from "./catalog/left-out-resources.ts";
import { losses } from "./catalog/losses.ts";
import { type Bookmark, insertBookmarks, readOutline, writeOutline } from "./catalog/outline.ts";
import { claimPlaces, JoinedPlaces } from "./catalog/places.ts";
import type { Layout } from "./layout.ts";
import type { Merge, MergeReport, Part, Remark } from "./part.ts";
import { WholeNames } from "./part-names.ts";
import { PartWork } from "./part-work.ts";
import type { Source } from "./read/source.ts";
import { dictAt, key as keyOf, keyString, listAt, nameAt, textAt } from "./read/values.ts";
import { Sharing } from "./sharing.ts";
import { type Claims, claimNames, claimsIn, commonClaims, xmpOf } from "./standard/claims.ts";
import { headingsHold } from "./standard/headings.ts";
import { joinIntents } from "./standard/intents.ts";
import { writeMetadata } from "./standard/metadata.ts";
import { WholeTree } from "./structure/whole.ts";

/** Builds the whole, in the one order that works: names are known before anything is copied, numbers are given when all is. */
export class Assembly {
  readonly #context: PDFContext;
  readonly #parts: readonly Part[];
  readonly #attached: readonly FileToEmbed[];
  readonly #sources: readonly Source[];
  readonly #layout: Layout;
  readonly #sharing = new Sharing();
  readonly #names = new WholeNames();
  readonly #remarks: Remark[] = [];
  readonly #pages: readonly PDFRef[];
  #works: readonly PartWork[] = [];
  #claims: Claims = { archive: undefined, accessible: undefined };
  #silent: readonly string[] = [];

  constructor(context: PDFContext, { parts, attached = [] }: Merge, sources: readonly Source[], layout: Layout) {
    this.#attached = attached;
    this.#context = context;
    this.#parts = parts;
    this.#sources = sources;
    this.#layout = layout;
    this.#pages = layout.slots.map(() => context.nextRef());
  }

  /** @param onPart is told which part's name to blame, should it turn out to be damaged */
  assemble(onPart: (name: string) => void): void {
    this.#works = this.#sources.map((source, index) => {
      onPart(source.name);
      return this.#prepare(source, index);
    });
    refuseClashingForms(this.#sources);
    keepDefaults(this.#sources);
    const [host] = this.#works;
    if (!host) throw new Error("Nothing to merge");
    const tree = new WholeTree(this.#context, this.#works, this.#layout, this.#names);
    this.#silent = tree.silent;
    const outline = this.#outline(onPart);
    const catalog = this.#context.obj({ Type: "Catalog" });
    this.#context.trailerInfo.Root = this.#context.register(catalog);
    this.#writePages(catalog);
    tree.write(catalog);
    this.#writeOutline(catalog, outline);
    this.#writeNames(catalog);
    this.#writeRest(catalog, host);
    for (const { copier } of this.#works) copier.finish();
    tree.number(this.#pages);
    this.#claims = this.#whatHolds(tree);
    writeMetadata(this.#context, catalog, host.source, host.copier, this.#claims);
    // Numbers and metadata may have led to something more.
    for (const { copier } of this.#works) copier.finish();
    for (const work of this.#works) this.#remarks.push(...losses(work.source, work.index === 0));
  }

  /** The newest version that a part follows; at least the one that knows object streams, where they may be used. */
  get version(): string {
    const versions = [...this.#sources.map((source) => source.version), this.plain ? "1.3" : "1.5"];
    return versions.sort().at(-1) ?? "1.7";
  }

  /** Whether the file must do without object streams, which the first part of PDF/A does not know. */
  get plain(): boolean {
    return this.#claims.archive?.part === 1;
  }

  get report(): MergeReport {
    return {
      parts: this.#works.map(({ source, index, tree }) => ({
        name: source.name,
        pages: this.#layout.slots.flatMap((slot, page) => (slot.part === index ? [page + 1] : [])),
        tagged: tree !== undefined,
      })),
      pages: this.#pages.length,
      claims: claimNames(this.#claims),
      remarks: this.#remarks,
    };
  }

  #prepare(source: Source, index: number): PartWork {
    const part = this.#parts[index];
    if (!part) throw new Error("A source of no part");
    const slots = new Map<number, PDFRef>();
    for (const [at, slot] of this.#layout.slots.entries()) {
      const ref = this.#pages[at];
      if (slot.part === index && ref) slots.set(slot.page, ref);
    }
    const replaced = (page: number) => (index === 0 ? this.#layout.replacedBy.get(page) : undefined);
    const work = new PartWork(this.#context, part, source, index, this.#sharing, (page) =>
      slots.has(page) ? "kept" : replaced(page) === undefined ? "gone" : "replaced",
    );
    for (const [page, { ref }] of source.pages.entries()) {
      const now = slots.get(page) ?? this.#pages[replaced(page) ?? -1];
      work.copier.fix(ref, now ?? PDFNull);
    }
    for (const [page, ref] of slots) work.pages.set(page, ref);
    const { fields, objects } = leaveOut(source, (page) => work.fate(page).kind === "kept");
    for (const ref of objects) work.copier.fix(ref, PDFNull);
    if (fields > 0) {
      const message = `${fields} ${fields === 1 ? "formularfelt" : "formularfelter"} i ${source.name} står ikke på de sider, der er taget, og er derfor ikke med.`;
      this.#remarks.push({ code: "felter-ikke-med", message });
    }
    if (slots.size < source.pages.length) ownResources([...slots.keys()].flatMap((page) => source.pages[page] ?? []));
    const { names, objects: files } = work.filesLeftOut;
    for (const ref of files) work.copier.fix(ref, PDFNull);
    if (names.length > 0) {
      const which = names.map((name) => `»${name}«`).join(", ");
      const message = `Fra ${source.name} er ${which}, der ligger i filen, ikke taget med: ${names.length === 1 ? "den" : "de"} rummer det, der står på sider, som ikke er med.`;
      this.#remarks.push({ code: "bilag-ikke-med", message });
    }
    claimPlaces(work.places, work.fate, work.names, this.#names);
    const lost = work.settleLinks();
    if (lost > 0) {
      const message = `${lost} ${lost === 1 ? "henvisning" : "henvisninger"} i ${source.name} førte til sider, der ikke er med, og fører nu ingen steder hen.`;
      this.#remarks.push({ code: "henvisninger-uden-mål", message });
    }
    return work;
  }

  #writePages(catalog: PDFDict): void {
    const tree = this.#context.nextRef();
    for (const [index, slot] of this.#layout.slots.entries()) {
      const work = this.#works[slot.part];
      const page = work?.source.pages[slot.page];
      const ref = this.#pages[index];
      if (!work || !page || !ref) throw new Error("A page of no part");
      const copy = work.copier.dictionary(page.dictionary, ref, ["Parent"]);
      copy.set(keyOf("Parent"), tree);
      this.#context.assign(ref, copy);
    }
    this.#context.assign(tree, this.#context.obj({ Type: "Pages", Kids: [...this.#pages], Count: this.#pages.length }));
    catalog.set(keyOf("Pages"), tree);
  }

  #outline(onPart: (name: string) => void): Bookmark[] {
    const [host, ...others] = this.#works;
    if (!host) return [];
    const read = this.#works.map((work) => {
      onPart(work.source.name);
      return readOutline(work.source, work.index, work.places, work.fate);
    });
    const whole = read[0] ?? [];
    // With nothing to lead to in any part, one bookmark for each would be an outline that nobody made.
    if (read.every((one) => one.length === 0)) return whole;
    if (whole.length === 0) whole.push(...this.#ownBookmark(host));
    for (const work of others) {
      const own = read[work.index] ?? [];
      const added = own.length > 0 ? own : this.#ownBookmark(work);
      insertBookmarks(whole, added, this.#layout.boundaries[work.index] ?? 0, work.part.at?.depth);
    }
    return whole;
  }

  #ownBookmark({ part, source, index, pages }: PartWork): Bookmark[] {
    const target = pages.values().next().value;
    if (!target) return [];
    const title = part.title ?? (source.info && textAt(source.info, "Title")) ?? part.name;
    const page = pages.keys().next().value;
    return [{ dictionary: undefined, title, target, part: index, page, open: false, kids: [] }];
  }

  #writeOutline(catalog: PDFDict, bookmarks: readonly Bookmark[]): void {
    const outline = writeOutline(
      this.#context,
      bookmarks,
      this.#works.map(({ copier }) => copier),
    );
    if (outline) catalog.set(keyOf("Outlines"), outline);
  }

  /** Destinations and attachments (ISO 32000-1, 7.7.4). */
  #writeNames(catalog: PDFDict): void {
    const places = new JoinedPlaces(this.#context);
    const files = new JoinedFiles(this.#names);
    for (const { places: own, fate, names, copier, source, filesLeftOut } of this.#works) {
      places.add(own, fate, names, copier);
      files.add(source, copier, filesLeftOut.specifications);
    }
    for (const file of this.#attached) files.attach(this.#context, file);
    if (places.named.length > 0) {
      const dictionary = PDFDict.withContext(this.#context);
      for (const [name, value] of places.named) dictionary.set(nameOf(name), value);
      catalog.set(keyOf("Dests"), this.#context.register(dictionary));
    }
    const trees = this.#context.obj({});
    for (const [key, entries] of [
      ["Dests", places.keyed],
      ["EmbeddedFiles", files.keyed],
    ] as const) {
      if (entries.length > 0) trees.set(keyOf(key), this.#context.register(this.#nameTree(entries)));
    }
    if (trees.keys().length > 0) catalog.set(keyOf("Names"), trees);
    if (files.associated.length > 0) catalog.set(keyOf("AF"), this.#context.obj(files.associated));
  }

  #nameTree(entries: readonly (readonly [string, PDFObject])[]): PDFDict {
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return this.#context.obj({ Names: sorted.flatMap(([key, value]) => [keyString(key), value]) });
  }

  /** What is the host's alone, and what follows from all parts. */
  #writeRest(catalog: PDFDict, host: PartWork): void {
    const set = (key: string, value: PDFObject | undefined) => {
      if (value) catalog.set(keyOf(key), value);
    };
    for (const key of ["PageLayout", "PageMode", "Extensions", "URI"]) {
      const own = host.source.catalog.get(keyOf(key));
      set(key, own && host.copier.copy(own));
    }
    const language = textAt(host.source.catalog, "Lang");
    set("Lang", language === undefined ? undefined : PDFString.of(language));
    set("OpenAction", this.#opening(host));
    const preferences = dictAt(host.source.catalog, "ViewerPreferences");
    set("ViewerPreferences", preferences && host.copier.dictionary(preferences));
    const labels = this.#works.map(({ source }) => readLabels(source));
    const inOrder = this.#layout.slots.map(({ part, page }): PageLabel | undefined => labels[part]?.[page]);
    const own = this.#layout.slots.map(({ page }) => page);
    set("PageLabels", writeLabels(this.#context, inOrder, own));
    const layers = new JoinedLayers(this.#context);
    for (const { source, copier } of this.#works) layers.add(source, copier);
    set("OCProperties", layers.write());
    const form = joinForms(this.#context, this.#works);
    set("AcroForm", form && this.#context.register(form));
    const intents = joinIntents(this.#works).entries;
    if (intents.length > 0) set("OutputIntents", this.#context.obj([...intents]));
    const threads = this.#works.flatMap(({ source, copier }) =>
      listAt(source.catalog, "Threads").map((one) => copier.copy(one)),
    );
    if (threads.length > 0) set("Threads", this.#context.obj(threads));
  }

  /** Where the document opens; a script is nothing that a document needs to be read. */
  #opening({ source, places, fate, copier }: PartWork): PDFObject | undefined {
    const opening = source.catalog.get(keyOf("OpenAction"));
    if (!opening) return undefined;
    const action = dictAt(source.catalog, "OpenAction");
    const target = action ? places.page(action.get(keyOf("D"))) : places.page(opening);
    const leads = target && fate(target).kind === "kept" && (!action || nameAt(action, "S") === "GoTo");
    return leads ? (action ? copier.copy(opening) : places.copy(opening, copier)) : undefined;
  }

  /** What the whole may claim: what every part does, as far as what can be checked holds. */
  #whatHolds(tree: WholeTree): Claims {
    const all = this.#sources.map((source) => claimsIn(xmpOf(source)));
    const common = commonClaims(all);
    const given = commonClaims([all[0] ?? common]);
    let { archive, accessible } = common;
    // Only the third part of PDF/A lets any file go along (ISO 19005-3, 6.8); it allows all that the second does.
    if (archive && this.#attached.length > 0) archive = archive.part === 1 ? undefined : { ...archive, part: 3 };
    for (const name of this.#silent) {
      this.#remarks.push({
        code: "uden-opmærkning",
        message: `${name} er ikke opmærket (tagged): en skærmlæser læser intet op på dens sider. Med --alt kan hver side få en tekst.`,
      });
    }
    if (tree.silent.length > 0) {
      accessible = undefined;
      if (archive?.conformance === "A") archive = undefined;
    }
    if (accessible !== undefined && !headingsHold([tree.document], (part) => this.#works[part]?.roles)) {
      accessible = undefined;
      const own = this.#works.filter((work) => !work.headingsHold).map(({ source }) => source.name);
      const where = own.length > 0 ? `i ${own.join(" og ")}` : "dér, hvor delene mødes";
      this.#remarks.push({
        code: "overskrifter-springer",
        message: `Overskrifterne springer et niveau over ${where}; helheden kan derfor ikke kaldes PDF/UA.`,
      });
    }
    const joined = joinIntents(this.#works);
    if (archive && !joined.agree) archive = undefined;
    const lost = claimNames(given).filter((name) => !claimNames({ archive, accessible }).includes(name));
    if (lost.length > 0) {
      const message = `${this.#parts[0]?.name} er ${lost.join(" og ")}, men det er helheden ikke.`;
      this.#remarks.push({ code: "standard-tabt", message });
    }
    return { archive, accessible };
  }
}
