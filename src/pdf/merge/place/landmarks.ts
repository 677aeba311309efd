import { labelText, readLabels } from "../catalog/labels.ts";
import { type Bookmark, readOutline } from "../catalog/outline.ts";
import { NamedPlaces } from "../catalog/places.ts";
import type { Source } from "../read/source.ts";
import { textAt } from "../read/values.ts";
import { Roles } from "../structure/roles.ts";
import { everyContent, readTree, TreeElement, type TreeKid } from "../structure/tree.ts";
import { type Caption, captionIn } from "./captions.ts";
import { type PageText, pageText } from "./page-text.ts";

/** Something in a document that has a name and a page. */
export interface Landmark {
  readonly kind: "bookmark" | "heading" | "text";
  readonly title: string;
  /** Counted from 0. */
  readonly page: number;
  /** 1 for the outermost; undefined for text, which has no level. */
  readonly level: number | undefined;
  /** Whether nothing stands before it on its page; undefined where no tags tell. */
  readonly first: boolean | undefined;
}

/** A line of a table of contents: what it names, and the page it says. */
export interface ContentsEntry {
  readonly title: string;
  readonly page: string;
}

/** So many lines a title is broken into at most. */
const TITLE_LINES = 4;

/** Reads »2.5 Forventninger ........ 14«; undefined for what is no such line. */
export function contentsEntry(line: string): ContentsEntry | undefined {
  const found = /^([\p{L}\p{N}].*?)\s*(?:[.…·_]\s?){4,}\s*(\d{1,4})$/u.exec(line.trim());
  return found ? { title: found[1] ?? "", page: found[2] ?? "" } : undefined;
}

/** All that a place in a document can be named by. */
export class Landmarks {
  readonly bookmarks: readonly Landmark[];
  readonly headings: readonly Landmark[];
  readonly #texts: readonly PageText[];
  readonly #labels: readonly string[] | undefined;
  #titles: ReadonlyMap<string, number> | undefined;

  constructor(source: Source) {
    this.#texts = source.pages.map(pageText);
    this.#labels = readLabels(source)?.map(labelText);
    this.headings = this.#readHeadings(source);
    const places = new NamedPlaces(source);
    this.bookmarks = this.#flat(
      readOutline(source, 0, places, () => ({ kind: "kept" })),
      1,
    );
  }

  /** How many pages there are. */
  get pages(): number {
    return this.#texts.length;
  }

  /** The lines of text that are equal to one, by `same`. */
  texts(same: (line: string) => boolean): Landmark[] {
    return this.#texts.flatMap(({ lines }, page) =>
      lines.filter(same).map((title) => ({ kind: "text" as const, title, page, level: undefined, first: undefined })),
    );
  }

  /** What the document's own table of contents says, as far as its lines look like one, and the page it stands on, counted from 0. */
  get contents(): (ContentsEntry & { readonly on: number })[] {
    return this.#texts.flatMap(({ lines }, on) =>
      lines
        .map(contentsEntry)
        .filter((entry) => entry !== undefined)
        .map((entry) => ({ ...entry, on })),
    );
  }

  /** The page that a title stands on, as a bookmark, a heading or a text that may go over some lines; counted from 0. */
  titled(title: string): number | undefined {
    this.#titles ??= this.#readTitles();
    return this.#titles.get(plain(title));
  }

  /** All that may be a title, in plain letters, and where each stands first. A report has too many lines to be gone through for each. */
  #readTitles(): Map<string, number> {
    const pages = new Map<string, number>();
    const note = (text: string, page: number) => {
      const title = plain(text);
      if (!pages.has(title)) pages.set(title, page);
    };
    for (const { title, page } of [...this.bookmarks, ...this.headings]) note(title, page);
    for (const [page, { lines }] of this.#texts.entries()) {
      for (const from of lines.keys()) {
        for (let to = from + 1; to <= from + TITLE_LINES; to++) note(lines.slice(from, to).join(""), page);
      }
    }
    return pages;
  }

  /** The numbers of tables and figures. A list of them (»Tabel 4. Ressourcer ..... 12«) has none of its own. */
  get captions(): Caption[] {
    return this.#texts.flatMap(({ lines }, page) =>
      lines
        .filter((line) => !contentsEntry(line))
        .map((line) => captionIn(line, page + 1))
        .filter((one) => one !== undefined),
    );
  }

  /** The page with a label, or with a number where no page has it as a label; counted from 0. */
  page(called: string): number | undefined {
    const labelled = this.#labels?.indexOf(called) ?? -1;
    if (labelled !== -1) return labelled;
    const number = Number(called);
    return Number.isInteger(number) && number >= 1 && number <= this.pages ? number - 1 : undefined;
  }

  /** Bookmarks in their order. Whether one stands first on its page is told by the heading that it means. */
  #flat(bookmarks: readonly Bookmark[], level: number): Landmark[] {
    return bookmarks.flatMap((one) => {
      const title = (one.dictionary && textAt(one.dictionary, "Title"))?.trim() ?? "";
      const { page } = one;
      const first = this.headings.find((heading) => heading.page === page && sameTitle(heading.title, title))?.first;
      const own = page === undefined ? [] : [{ kind: "bookmark" as const, title, page, level, first }];
      return [...own, ...this.#flat(one.kids, level + 1)];
    });
  }

  #readHeadings(source: Source): Landmark[] {
    const tree = readTree(source, 0);
    if (!tree) return [];
    const roles = new Roles(tree);
    const begun = new Set<number>();
    const headings: Landmark[] = [];
    const visit = (kids: readonly TreeKid[]): void => {
      for (const kid of kids) {
        if (!(kid instanceof TreeElement)) {
          if (kid.kind === "marked" && (this.#texts[kid.page]?.marks.get(kid.id) ?? "").trim() !== "")
            begun.add(kid.page);
          continue;
        }
        const level = /^H([1-6])?$/.exec(roles.standard(kid.type) ?? kid.type);
        const page = level ? everyContent(kid.kids).next().value?.page : undefined;
        if (level && page !== undefined) {
          const title = this.#textOf(kid);
          headings.push({ kind: "heading", title, page, level: Number(level[1] ?? 1), first: !begun.has(page) });
        }
        visit(kid.kids);
      }
    };
    visit(tree.kids);
    return headings.filter(({ title }) => title !== "");
  }

  #textOf(element: TreeElement): string {
    const actual = element.dictionary && textAt(element.dictionary, "ActualText");
    if (actual !== undefined) return actual.trim();
    let text = "";
    for (const one of everyContent(element.kids)) {
      if (one.kind === "marked") text += this.#texts[one.page]?.marks.get(one.id) ?? "";
    }
    return text.replaceAll("\u00AD", "").replace(/\s+/g, " ").trim();
  }
}

/** Whether two titles are the same but for white space, capitals and soft hyphens. */
export function sameTitle(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(title: string): string {
  return title
    .normalize("NFKC")
    .replace(/[\s\u00AD]+/gu, "")
    .toLowerCase();
}
