import { dialect } from "../plan/dialect.ts";
import type { Prose } from "../plan/prose.ts";

type Token = Prose["tokens"][number];

/** What Markdown begins at a line, and how that is shown among the words. */
export interface Break {
  /**
   * What is begun here, and in what that is still open: the same in two texts where the same is printed. What has ended
   * before it can be told from both.
   */
  readonly key: string;
  /** A line break where a line of its own begins, two before a paragraph; empty at the beginning of the text. */
  readonly plain: string;
  /** What the words do not show by themselves: »(rykket ind)«, »(tabel)«, »(luft mellem punkterne)«; empty for nothing. */
  readonly remark: string;
}

/**
 * The lines of a text (from 0) at which Markdown begins a block, in their order. Two texts with the same words and the same
 * breaks between them are printed alike, however their lines are broken and indented; the words alone do not tell, for a
 * list in a list has the words of a longer list, and a table without outer bars those of a paragraph.
 */
export function breaksIn(text: string): ReadonlyMap<number, Break> {
  const reader = new BreakReader();
  const tokens = dialect.parse(text, {});
  for (const [index, token] of tokens.entries()) reader.visit(token, tokens, index);
  return reader.found();
}

/** A line at which blocks begin. */
interface Group {
  readonly line: number;
  readonly first: boolean;
  /** How many points of lists it lies in, that began on earlier lines. */
  readonly depth: number;
  key: string;
  ownLine: boolean;
  table: boolean;
  /** Whether it is the points around it that are parted, which its own line does not show. */
  readonly aroundParted: boolean;
}

/** A list that is open; whether its points are parted is told once, on the first line after its own. */
interface OpenList {
  readonly line: number;
  readonly loose: boolean;
  told: boolean;
}

class BreakReader {
  readonly #groups: Group[] = [];
  readonly #open: string[] = [];
  readonly #lists: OpenList[] = [];

  visit(token: Token, tokens: readonly Token[], index: number): void {
    if (token.type === "inline") return;
    const name = token.type.replace(/_(?:open|close)$/, "");
    if (token.nesting < 0) {
      this.#open.pop();
      if (name.endsWith("_list")) this.#lists.pop();
      return;
    }
    const group = this.#groupAt(token);
    group.key += `${name}${token.tag.startsWith("h") ? token.tag : ""}${token.attrGet("style") ?? ""} `;
    if (token.nesting === 0) return;
    this.#open.push(name);
    if (name.endsWith("_list")) this.#lists.push({ line: group.line, loose: isLoose(tokens, index), told: false });
    if (name === "list_item") group.ownLine = this.#lists.at(-1)?.loose !== true;
    if (name === "tr") group.ownLine = true;
    if (name === "table") {
      group.table = true;
      // The line of hyphens under a table's head gives no token.
      this.#groups.push({
        ...group,
        first: false,
        line: group.line + 1,
        key: "delimiter",
        ownLine: true,
        table: false,
      });
    }
  }

  found(): ReadonlyMap<number, Break> {
    return new Map(
      this.#groups.map((group): [number, Break] => {
        const plain = group.first ? "" : group.ownLine && !group.table ? "\n" : "\n\n";
        return [group.line, { key: group.key, plain, remark: remarkOn(group) }];
      }),
    );
  }

  /** The line that a block begins on; the cells of a table have the line of their row. */
  #groupAt({ map, type }: Token): Group {
    const present = this.#groups.findLast(({ key }) => key !== "delimiter");
    const line = map?.[0] ?? present?.line ?? 0;
    if (present && line <= present.line) return present;
    const depth = this.#open.filter((name) => name === "list_item").length;
    const parted = this.#lists.filter((list) => !list.told && list.line < line);
    for (const list of parted) list.told = true;
    const key = [...this.#open, ...parted.map(({ loose }) => (loose ? "loose" : "tight")), ": "].join(" ");
    const aroundParted = type.endsWith("_list_open") && parted.some(({ loose }) => loose);
    const group = { line, first: present === undefined, depth, key, ownLine: false, table: false, aroundParted };
    this.#groups.push(group);
    return group;
  }
}

/** Whether a list's points are printed as paragraphs: markdown-it hides those that are not. */
function isLoose(tokens: readonly Token[], at: number): boolean {
  const level = tokens[at]?.level ?? 0;
  for (let index = at + 1; (tokens[index]?.level ?? 0) > level; index++)
    if (tokens[index]?.type === "paragraph_open" && tokens[index]?.level === level + 2) return !tokens[index]?.hidden;
  return false;
}

function remarkOn({ depth, table, aroundParted }: Group): string {
  const indented = depth > 1 ? `(rykket ind ${depth} gange)` : depth === 1 ? "(rykket ind)" : "";
  return [aroundParted ? "(luft mellem punkterne)" : "", indented, table ? "(tabel)" : ""].filter(Boolean).join(" ");
}
