import { PDFName } from "pdf-lib";
import { nameOf, textOfName } from "../../names.ts";
import { key } from "../read/values.ts";
import { everyElement, type Tree } from "./tree.ts";

/** The standard structure types (ISO 32000-1, 14.8.4), which need no role map. */
export const STANDARD_TYPES: ReadonlySet<string> = new Set(
  (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody " +
    "Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP " +
    "Figure Formula Form"
  ).split(" "),
);

/** The types that only group others (14.8.4.2): between what they hold another document may stand. */
const GROUPING = new Set(["Document", "Part", "Art", "Sect", "Div", "NonStruct", "DocumentFragment"]);

/** The types of one document: what each is standing for. */
export class Roles {
  readonly entries: ReadonlyMap<string, string>;

  constructor(tree: Tree) {
    const map = tree.root.lookup(key("RoleMap"));
    const entries = map && "entries" in map ? (map as { entries(): [PDFName, unknown][] }).entries() : [];
    this.entries = new Map(
      entries.flatMap(([type, role]) => (role instanceof PDFName ? [[textOfName(type), textOfName(role)]] : [])),
    );
  }

  /** The standard type that a type stands for, by as many steps as it takes (14.7.3); undefined where it leads to none. */
  standard(type: string): string | undefined {
    let role: string | undefined = type;
    for (let steps = 0; role !== undefined && steps < 50; steps++) {
      const next: string | undefined = this.entries.get(role);
      if (next === undefined || next === role) return STANDARD_TYPES.has(role) ? role : undefined;
      role = next;
    }
    return undefined;
  }

  isGrouping(type: string): boolean {
    return GROUPING.has(this.standard(type) ?? type);
  }
}

/**
 * The role map of the whole. Where two documents mean different things by one type, the later one's gets another name; and where
 * one gives a standard type another meaning, that meaning gets a name of its own, so that it does not spread to the others.
 */
export class JoinedRoles {
  readonly #meanings = new Map<string, string | undefined>();
  readonly #entries = new Map<string, string>();

  /** Takes a document's types in. @returns the new names of those that have one */
  join(tree: Tree, roles: Roles): ReadonlyMap<string, string> {
    const used = [...everyElement(tree.kids)].map((element) => element.type);
    const renamed = new Map<string, string>();
    for (const type of new Set([...roles.entries.keys(), ...used])) {
      const mapped = roles.entries.has(type) && roles.entries.get(type) !== type;
      if (STANDARD_TYPES.has(type) && !mapped) continue;
      const meaning = roles.standard(type);
      let name = type;
      for (let count = 2; this.#clashes(name, meaning); count++) name = `${type}-${count}`;
      this.#meanings.set(name, meaning);
      if (name !== type) renamed.set(type, name);
    }
    for (const [type, role] of roles.entries) {
      if (type === role) continue;
      this.#entries.set(renamed.get(type) ?? type, renamed.get(role) ?? role);
    }
    return renamed;
  }

  /** The map's entries in the order of their names. */
  entries(): [PDFName, PDFName][] {
    const sorted = [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([type, role]) => [nameOf(type), nameOf(role)]);
  }

  #clashes(name: string, meaning: string | undefined): boolean {
    if (STANDARD_TYPES.has(name)) return true;
    return this.#meanings.has(name) && this.#meanings.get(name) !== meaning;
  }
}
