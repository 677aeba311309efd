import type { Source, Span } from "../core/source.ts";
import { counterparts, type Pair } from "./counterparts.ts";
import type { Field, Outline, Part, PartKind } from "./outline.ts";
import { compareWords, EditBudget, type Reading, sameWords, type WordRun } from "./words.ts";

/** How a part or a field differs from what it was. */
export type DifferenceKind = "added" | "removed" | "changed";

/** A part of a plan that is not as it was. */
export interface PartDifference {
  readonly kind: DifferenceKind;
  readonly part: PartKind;
  /** What it is known by in the later plan; for what was removed, in the earlier. */
  readonly key: string;
  readonly name: string;
  /** What it was called before, where that is another name. */
  readonly was: string | undefined;
  /** Whether it stands in another place among its like. */
  readonly moved: boolean;
  readonly fields: readonly FieldDifference[];
  /** Where it is in the later plan; for what was removed, where it would be. */
  readonly span: Span;
}

/** How a part differs, with the part before and after. */
export interface PairDifference extends PartDifference {
  readonly pair: Pair;
}

/** A text that is not as it was. */
export interface FieldDifference {
  readonly kind: DifferenceKind;
  readonly label: string;
  /** The whole text, what was removed and what was added in its place. */
  readonly runs: readonly WordRun[];
  /** The places that changed, each with its place in the later plan. */
  readonly changes: readonly WordChange[];
}

/** Words that stand for other words; one side is empty where words were only added or removed. */
export interface WordChange {
  readonly before: string;
  readonly after: string;
  readonly span: Span;
}

/** What became of a plan, in the later plan's order; nothing where it says the same, however its file is laid out. */
export function comparePlans(before: Outline, after: Outline): PartDifference[] {
  return comparePairs(counterparts(before.parts, after.parts), after);
}

/** What became of the parts of a plan, of which is known what they were before. */
export function comparePairs(pairs: readonly Pair[], after: Outline): PairDifference[] {
  const budget = new EditBudget();
  return pairs.flatMap((pair) => {
    const one = partDifference(pair, after, budget);
    return one.kind === "changed" && !one.moved && one.fields.length === 0 ? [] : [one];
  });
}

/** What became of a text as it stands in its file, whatever it says. */
export function compareTexts(before: Source, after: Source): FieldDifference {
  const whole = (source: Source): Field => ({ label: "tekst", text: source.text, offsetAt: (offset) => offset });
  return fieldDifference(whole(before), whole(after), after.span(0), new EditBudget(), "file");
}

/** Where two texts begin to differ, whatever differs: a place in the later one; undefined where they are the same. */
export function firstDifference(before: Source, after: Source): Span | undefined {
  if (before.text === after.text) return undefined;
  let at = 0;
  while (before.text[at] !== undefined && before.text[at] === after.text[at]) at++;
  return after.span(at, Math.min(at + 1, after.text.length));
}

function partDifference(pair: Pair, outline: Outline, budget: EditBudget): PairDifference {
  const { before, after, moved } = pair;
  const shown = (after ?? before) as Part;
  const span = after?.span ?? outline.places[shown.kind];
  return {
    kind: before && after ? "changed" : after ? "added" : "removed",
    part: shown.kind,
    key: shown.key,
    name: shown.name,
    was: before && after && before.name !== after.name ? before.name : undefined,
    moved,
    fields: fieldDifferences(before?.fields ?? [], after?.fields ?? [], span, budget),
    pair,
    span,
  };
}

function fieldDifferences(
  before: readonly Field[],
  after: readonly Field[],
  at: Span,
  budget: EditBudget,
): FieldDifference[] {
  const old = new Map(before.map((field) => [field.label, field]));
  const fresh = new Set(after.map(({ label }) => label));
  const changed = after.flatMap((field) => {
    const was = old.get(field.label);
    if (field.order) return reordered(was, field, at, budget);
    return was && sameWords(was.text, field.text) ? [] : [fieldDifference(was, field, at, budget)];
  });
  const removed = before.filter(({ label, order }) => !fresh.has(label) && !order);
  return [...changed, ...removed.map((field) => fieldDifference(field, undefined, at, budget))];
}

/** Whether what both lists have stands in another order; what was added or removed is told by itself. */
function reordered(before: Field | undefined, after: Field, at: Span, budget: EditBudget): FieldDifference[] {
  if (!before) return [];
  const common = (field: Field, other: Field) => {
    const theirs = new Set(other.order);
    return (field.order ?? []).filter((name) => theirs.has(name));
  };
  const [was, is] = [common(before, after).join(", "), common(after, before).join(", ")];
  return was === is ? [] : [fieldDifference({ ...before, text: was }, { ...after, text: is }, at, budget)];
}

function fieldDifference(
  before: Field | undefined,
  after: Field | undefined,
  at: Span,
  budget: EditBudget,
  reading: Reading = "markdown",
): FieldDifference {
  const runs = compareWords(before?.text ?? "", after?.text ?? "", budget, reading);
  return {
    kind: before && after ? "changed" : after ? "added" : "removed",
    label: (after ?? before)?.label ?? "",
    runs,
    changes: after ? changesIn(runs, after, at.source) : [{ before: before?.text.trim() ?? "", after: "", span: at }],
  };
}

function changesIn(runs: readonly WordRun[], { offsetAt, text }: Field, source: Source): WordChange[] {
  const changes: WordChange[] = [];
  for (const [index, run] of runs.entries()) {
    const before = runs[index - 1];
    if (run.kind === "same" || (run.kind === "added" && before?.kind === "removed")) continue;
    const next = runs[index + 1];
    const added = run.kind === "added" ? run : next?.kind === "added" ? next : undefined;
    const start = offsetAt(run.at);
    const end = added ? offsetAt(run.at) + (added.text.split("\n")[0]?.length ?? 0) : start;
    changes.push({
      before: run.kind === "removed" ? run.text : "",
      after: added?.text ?? "",
      span: source.span(start, Math.min(end, source.text.length)),
    });
  }
  // An empty field that was added has no words to point at.
  return changes.length > 0 || text !== "" ? changes : [{ before: "", after: "", span: source.span(offsetAt(0)) }];
}
