import { diffArrays } from "diff";
import { breaksIn } from "./structure.ts";

/** A run of words that two texts have in common, or that only one of them has. */
export interface WordRun {
  readonly kind: "same" | "added" | "removed";
  /**
   * The words, one space between them; a line break where a line of its own begins, two between paragraphs. In what was
   * added or removed, what the words do not show is said in brackets: »(rykket ind)«.
   */
  readonly text: string;
  /** Where it begins in the later text; for what was removed, where it would stand. */
  readonly at: number;
}

/**
 * How much may be spent on looking for what texts share: the time goes with the square of the words that differ. Texts that
 * share too little for what is left are told apart as wholes.
 */
export class EditBudget {
  #left = 4_000_000;

  /** How many words may differ in one text. */
  get edits(): number {
    return Math.floor(Math.sqrt(this.#left));
  }

  spend(edits: number): void {
    this.#left = Math.max(0, this.#left - edits * edits);
  }
}

/** What a text is: Markdown, whose blocks count, or a file as it stands, where lines that look like blocks do. */
export type Reading = "markdown" | "file";

/**
 * What became of a text, word by word. A word is what stands between spaces, so that a comma that is added changes the word
 * before it. How lines are broken does not matter, but what Markdown makes of them does: paragraphs, points, tables.
 */
export function compareWords(
  before: string,
  after: string,
  budget = new EditBudget(),
  reading: Reading = "markdown",
): WordRun[] {
  const [old, fresh] = [tokensOf(before, reading), tokensOf(after, reading)];
  let position = 0;
  return merged(stepsBetween(old, fresh, budget)).flatMap(({ kind, tokens }) => {
    const at = fresh[position]?.at ?? after.length;
    if (kind !== "removed") position += tokens.length;
    const text = joined(tokens, kind);
    return kind === "same" && text === "" ? [] : [{ kind, text, at }];
  });
}

/** Whether two texts have the same words in the same paragraphs, points and tables. */
export function sameWords(before: string, after: string): boolean {
  if (before === after) return true;
  const [old, fresh] = [tokensOf(before, "markdown"), tokensOf(after, "markdown")];
  return old.length === fresh.length && old.every(({ key }, index) => key === fresh[index]?.key);
}

/** A word, or the beginning of something between words. */
interface Token {
  /** What it is known by: a word as it is, a break by what begins and ends there. */
  readonly key: string;
  readonly at: number;
  /** How a break stands among the words; undefined for a word. */
  readonly plain?: string;
  /** What is to be said of a break that was added or removed. */
  readonly remark?: string;
}

interface Step {
  readonly kind: WordRun["kind"];
  readonly tokens: readonly Token[];
}

function tokensOf(text: string, reading: Reading): Token[] {
  const breaksBefore = reading === "file" ? fileBreaks : markdownBreaks(text);
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    tokens.push(...breaksBefore({ gap: text.slice(end, index), previous: tokens.at(-1)?.key ?? "", word, at: index }));
    tokens.push({ key: word, at: index });
    end = index + word.length;
  }
  return tokens;
}

/** What stands between two words, and the words; nothing before the first. */
interface Gap {
  readonly gap: string;
  readonly previous: string;
  readonly word: string;
  /** Where the second word begins. */
  readonly at: number;
}

/** Line breaks of a file that is not read as a plan: those that Markdown may take for more than a space. */
function fileBreaks({ gap, previous, word, at }: Gap): Token[] {
  const lines = gap.split("\n").length - 1;
  if (previous === "" || lines === 0) return [];
  const begins = /^(?:[-*+|>]|#{1,6}$|\d{1,9}[.)]$|:::)/.test(word);
  if (lines > 1) return [{ key: "\n\n", at, plain: "\n\n" }];
  return begins ? [{ key: "\n", at, plain: "\n" }] : hardBreaks({ gap, previous, word, at });
}

/** What Markdown begins before a word. A text that begins with a paragraph, as most do, begins with its first word. */
function markdownBreaks(text: string): (gap: Gap) => Token[] {
  const breaks = breaksIn(text);
  let line = -1;
  return ({ gap, previous, word, at }) => {
    const from = line + 1;
    // markdown-it takes a carriage return alone for a line break, too.
    line += (gap.match(/\r\n|\r|\n/g) ?? []).length + (line < 0 ? 1 : 0);
    const found: Token[] = [];
    for (let number = from; number <= line; number++) {
      const begun = breaks.get(number);
      if (begun && !(begun.plain === "" && begun.key === ": paragraph "))
        found.push({ key: `\n${begun.key}`, at, plain: begun.plain, remark: begun.remark });
    }
    return found.length > 0 || previous === "" ? found : hardBreaks({ gap, previous, word, at });
  };
}

/** Two spaces or a backslash at the end of a line keep the break on the page; before spaces, the backslash is printed. */
function hardBreaks({ gap, previous, at }: Gap): Token[] {
  if (/ {2}\r?\n/.test(gap)) return [{ key: "\n", at, plain: "\n" }];
  const escaped = /^\r?\n/.test(gap) && /(?<!\\)(?:\\\\)*\\$/.test(previous);
  return escaped ? [{ key: "\n\\", at, plain: "\n" }] : [];
}

function stepsBetween(old: readonly Token[], fresh: readonly Token[], budget: EditBudget): Step[] {
  const keys = (tokens: readonly Token[]) => tokens.map(({ key }) => key);
  const { edits } = budget;
  const shared = diffArrays(keys(old), keys(fresh), { maxEditLength: edits });
  budget.spend(shared ? shared.reduce((sum, one) => sum + (one.added || one.removed ? one.count : 0), 0) : edits);
  if (!shared) return wholly(old, fresh);
  let [was, is] = [0, 0];
  return shared.map((one): Step => {
    const kind = kindOf(one);
    const tokens = kind === "removed" ? old.slice(was, was + one.count) : fresh.slice(is, is + one.count);
    if (kind !== "added") was += one.count;
    if (kind !== "removed") is += one.count;
    return { kind, tokens };
  });
}

function kindOf(change: { added: boolean; removed: boolean }): WordRun["kind"] {
  if (change.added) return "added";
  return change.removed ? "removed" : "same";
}

/** Two texts that share too little: what they begin and end with alike, and between that all of one and all of the other. */
function wholly(old: readonly Token[], fresh: readonly Token[]): Step[] {
  const least = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < least && old[start]?.key === fresh[start]?.key) start++;
  let end = 0;
  while (end < least - start && old.at(-1 - end)?.key === fresh.at(-1 - end)?.key) end++;
  const steps: Step[] = [
    { kind: "same", tokens: fresh.slice(0, start) },
    { kind: "removed", tokens: old.slice(start, old.length - end) },
    { kind: "added", tokens: fresh.slice(start, fresh.length - end) },
    { kind: "same", tokens: fresh.slice(fresh.length - end) },
  ];
  return steps.filter(({ tokens }) => tokens.length > 0);
}

/** A short word that happens to stand in both texts does not part what was rewritten around it. */
function merged(steps: readonly Step[]): Step[] {
  const isBridge = ({ kind, tokens }: Step, index: number) =>
    kind === "same" &&
    index > 0 &&
    index < steps.length - 1 &&
    tokens.length === 1 &&
    /^[^\n]{1,3}$/.test(tokens[0]?.key ?? "");
  const found: Step[] = [];
  let region: { removed: Token[]; added: Token[] } | undefined;
  const close = () => {
    if (region && region.removed.length > 0) found.push({ kind: "removed", tokens: region.removed });
    if (region && region.added.length > 0) found.push({ kind: "added", tokens: region.added });
    region = undefined;
  };
  for (const [index, step] of steps.entries()) {
    if (step.kind === "same" && !isBridge(step, index)) {
      close();
      found.push(step);
      continue;
    }
    region ??= { removed: [], added: [] };
    // One by one: the words of a long text are too many for the arguments of a call.
    for (const token of step.tokens) {
      if (step.kind !== "added") region.removed.push(token);
      if (step.kind !== "removed") region.added.push(token);
    }
  }
  close();
  return found;
}

function joined(tokens: readonly Token[], kind: WordRun["kind"]): string {
  const parts: string[] = [];
  const add = (word: string) => {
    if (parts.length > 0 && !parts.at(-1)?.endsWith("\n")) parts.push(" ");
    parts.push(word);
  };
  for (const { key, plain, remark } of tokens) {
    if (plain === undefined) add(key);
    else if (plain !== "") parts.push(plain);
    if (remark && kind !== "same") add(remark);
  }
  // A break at the very beginning can be all that was added or removed.
  return parts.length === 0 && kind !== "same" ? "\n" : parts.join("");
}
