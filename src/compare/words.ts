import { diffArrays } from "diff";

/** A run of words that two texts have in common, or that only one of them has. */
export interface WordRun {
  readonly kind: "same" | "added" | "removed";
  /** The words, one space between them; a line break where a line of its own begins, two between paragraphs. */
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

/**
 * What became of a text, word by word. A word is what stands between spaces, so that a comma that is added changes the word
 * before it. How lines are broken does not matter, but paragraphs, list points, headings and rows of tables do.
 */
export function compareWords(before: string, after: string, budget = new EditBudget()): WordRun[] {
  const [old, fresh] = [tokensOf(before), tokensOf(after)];
  const texts = (tokens: readonly Token[]) => tokens.map(({ text }) => text);
  const { edits } = budget;
  const shared = diffArrays(texts(old), texts(fresh), { maxEditLength: edits });
  budget.spend(shared ? shared.reduce((sum, one) => sum + (one.added || one.removed ? one.count : 0), 0) : edits);
  const found = shared ?? wholly(texts(old), texts(fresh));
  const steps = found.map((one): Step => ({ kind: kindOf(one), words: one.value }));
  let position = 0;
  return merged(steps).map(({ kind, words }) => {
    const at = fresh[position]?.at ?? after.length;
    if (kind !== "removed") position += words.length;
    return { kind, text: joined(words), at };
  });
}

/** Whether two texts have the same words in the same paragraphs. */
export function sameWords(before: string, after: string): boolean {
  if (before === after) return true;
  const [old, fresh] = [tokensOf(before), tokensOf(after)];
  return old.length === fresh.length && old.every(({ text }, index) => text === fresh[index]?.text);
}

interface Token {
  readonly text: string;
  readonly at: number;
}

interface Step {
  readonly kind: WordRun["kind"];
  readonly words: string[];
}

/** Words, and the line breaks that Markdown takes for more than a space. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const gap = text.slice(end, index);
    const breaks = tokens.length > 0 ? breakOf(gap, word) : undefined;
    if (breaks) tokens.push({ text: breaks, at: index });
    tokens.push({ text: word, at: index });
    end = index + word.length;
  }
  return tokens;
}

function breakOf(gap: string, next: string): string | undefined {
  const lines = gap.split("\n").length - 1;
  if (lines === 0) return undefined;
  if (lines > 1) return "\n\n";
  const begins = /^(?:[-*+|>]|#{1,6}$|\d{1,9}[.)]$|:::)/.test(next);
  return begins || / {2}\r?\n/.test(gap) ? "\n" : undefined;
}

function kindOf(change: { added: boolean; removed: boolean }): WordRun["kind"] {
  if (change.added) return "added";
  return change.removed ? "removed" : "same";
}

/** Two texts that share too little: what they begin and end with alike, and between that all of one and all of the other. */
function wholly(old: readonly string[], fresh: readonly string[]) {
  const least = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < least && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < least - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  const step = (value: string[], added: boolean, removed: boolean) => ({ value, added, removed });
  return [
    step(fresh.slice(0, start), false, false),
    step(old.slice(start, old.length - end), false, true),
    step(fresh.slice(start, fresh.length - end), true, false),
    step(fresh.slice(fresh.length - end), false, false),
  ].filter(({ value }) => value.length > 0);
}

/** A short word that happens to stand in both texts does not part what was rewritten around it. */
function merged(steps: readonly Step[]): Step[] {
  const isBridge = ({ kind, words }: Step, index: number) =>
    kind === "same" &&
    index > 0 &&
    index < steps.length - 1 &&
    words.length === 1 &&
    /^[^\n]{1,3}$/.test(words[0] ?? "");
  const found: Step[] = [];
  let region: { removed: string[]; added: string[] } | undefined;
  const close = () => {
    if (region && region.removed.length > 0) found.push({ kind: "removed", words: region.removed });
    if (region && region.added.length > 0) found.push({ kind: "added", words: region.added });
    region = undefined;
  };
  for (const [index, step] of steps.entries()) {
    if (step.kind === "same" && !isBridge(step, index)) {
      close();
      found.push(step);
      continue;
    }
    region ??= { removed: [], added: [] };
    if (step.kind !== "added") region.removed.push(...step.words);
    if (step.kind !== "removed") region.added.push(...step.words);
  }
  close();
  return found;
}

function joined(words: readonly string[]): string {
  return words
    .map((word, index) =>
      index === 0 || word.startsWith("\n") || words[index - 1]?.startsWith("\n") ? word : ` ${word}`,
    )
    .join("");
}
