import type { PairDifference, PartDifference } from "../compare/compare.ts";
import type { Pair } from "../compare/counterparts.ts";
import { isRecord, namesIn, type Written } from "../compare/fields.ts";
import type { Outline, Part } from "../compare/outline.ts";
import { sameWords } from "../compare/words.ts";
import type { Path } from "../plan/front-matter.ts";
import { type Cut, firstRemainingDifference, layoutAfter, layoutBefore, type Stretch } from "./remainder.ts";

/**
 * Where two versions of a plan differ in what no difference of their parts tells: line breaks, spaces, remarks. An offset in
 * the later file; undefined where the differences tell all. Every value that differs is cut out of both files, as are things
 * that only one of them has; what is left must be the same, character by character. What has been moved is held against
 * itself, and so is what the body tells of a goal.
 */
export function untoldDifference(
  before: Outline,
  after: Outline,
  pairs: readonly Pair[],
  differences: readonly PairDifference[],
): number | undefined {
  const told = new Map(differences.map((one) => [one.pair, one]));
  const cutter = new Cutter(before, after);
  for (const pair of pairs) cutter.visit(pair, told.get(pair));
  const { old, fresh } = cutter;
  const whole = ({ text }: Side): Stretch => ({ start: 0, end: text.length });
  const places = [{ was: whole(old), is: whole(fresh), indentCounts: true }, ...cutter.apart].flatMap(
    ({ was, is, indentCounts }) =>
      firstRemainingDifference({ ...was, ...old.cutText }, { ...is, ...fresh.cutText }, indentCounts) ?? [],
  );
  return places.length === 0 ? undefined : Math.min(...places);
}

/** One of two versions, and what is cut out of it. */
class Side {
  readonly text: string;
  readonly #outline: Outline;
  readonly #cuts: Cut[] = [];

  constructor(outline: Outline) {
    this.#outline = outline;
    this.text = outline.source.text;
  }

  get cutText(): { text: string; cuts: readonly Cut[] } {
    return { text: this.text, cuts: this.#cuts };
  }

  cut({ start, end }: Stretch, place: Cut["place"]): void {
    this.#cuts.push({ start, end, place });
  }

  /** What is written at a path. */
  written(path: Path): unknown {
    let value: unknown = this.#outline.front.data;
    for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
    return value;
  }

  /** Where the value at a path stands, quotation marks and all, without the line breaks that end a text of several lines. */
  value(path: Path): Stretch {
    const { start, end } = this.#outline.front.spanOf(path);
    return { start, end: start + this.text.slice(start, end).trimEnd().length };
  }

  /** A key and its value. */
  entry(path: Path): Stretch {
    const key = this.#outline.front.keySpan(path);
    const colon = /^[ \t]*:/.exec(this.text.slice(key.end))?.[0].length ?? 0;
    const stretch = { start: key.start, end: Math.max(key.end + colon, this.value(path).end) };
    const flow = this.#outline.front.mapAt(path.slice(0, -1))?.inBraces === true;
    return flow ? this.#withComma(stretch) : stretch;
  }

  /** A thing in a list, with its hyphen. */
  item(path: Path): Stretch {
    const { start, end } = this.value(path);
    const before = layoutBefore(this.text, start) - 1;
    return this.text[before] === "-" ? { start: before, end } : this.#withComma({ start, end });
  }

  /** In brackets, what is put in brings a comma along. */
  #withComma({ start, end }: Stretch): Stretch {
    const after = layoutAfter(this.text, end);
    if (this.text[after] === ",") return { start, end: after + 1 };
    const before = layoutBefore(this.text, start) - 1;
    return { start: this.text[before] === "," ? before : start, end };
  }

  /** What the body tells of a goal, from the line that begins its block to the one that ends it. */
  narrative({ start, end }: Stretch): Stretch {
    return { start: layoutBefore(this.text, start), end: layoutAfter(this.text, end) };
  }
}

class Cutter {
  readonly old: Side;
  readonly fresh: Side;
  /** What is held against its like by itself. */
  readonly apart: { readonly was: Stretch; readonly is: Stretch; readonly indentCounts: boolean }[] = [];

  constructor(before: Outline, after: Outline) {
    this.old = new Side(before);
    this.fresh = new Side(after);
  }

  visit({ before, after, moved }: Pair, told: PartDifference | undefined): void {
    if (!before || !after) {
      if (before) this.#alone(this.old, before);
      if (after) this.#alone(this.fresh, after);
    } else if (before.kind === "section") this.#section(before, after, moved, told);
    else this.#data(before, after, moved, told);
  }

  #alone(side: Side, { kind, path, lines }: Part): void {
    if (kind === "section" && lines) side.cut(lines, "none");
    else if (path) side.cut(side.item(path), "none");
    if (kind === "goal" && lines) side.cut(side.narrative(lines), "none");
  }

  #section(before: Part, after: Part, moved: boolean, told: PartDifference | undefined): void {
    const changed = told !== undefined && told.fields.length > 0;
    const [was, is] = [before.lines, after.lines];
    if (!was || !is || !(changed || moved)) return;
    this.#both(was, is, moved ? "none" : "lines");
    if (!changed) this.apart.push({ was, is, indentCounts: true });
  }

  #data(before: Part, after: Part, moved: boolean, told: PartDifference | undefined): void {
    if (!before.path || !after.path) return;
    this.#values(before.path, after.path, before.kind === "plan" || before.kind === "group");
    const regrouped = told?.fields.some(({ label }) => label === "gruppe") === true && before.kind === "goal";
    if (moved || regrouped) {
      const [was, is] = [this.old.item(before.path), this.fresh.item(after.path)];
      this.#both(was, is, "none");
      this.apart.push({ was, is, indentCounts: !regrouped });
    }
    if (before.kind === "goal") this.#narrative(before, after, told);
  }

  #narrative(before: Part, after: Part, told: PartDifference | undefined): void {
    const was = before.lines && this.old.narrative(before.lines);
    const is = after.lines && this.fresh.narrative(after.lines);
    if (was) this.old.cut(was, "none");
    if (is) this.fresh.cut(is, "none");
    const changed = told?.fields.some(({ label }) => label === "tekst");
    if (was && is && !changed) this.apart.push({ was, is, indentCounts: true });
  }

  #both(was: Stretch, is: Stretch, place: Cut["place"]): void {
    this.old.cut(was, place);
    this.fresh.cut(is, place);
  }

  /** Cuts out what differs in two values; what holds goals does so apart from them, for they are parts of their own. */
  #values(was: Path, is: Path, holdsGoals = false): void {
    const [old, fresh] = [this.old.written(was), this.fresh.written(is)];
    if (isRecord(old) && isRecord(fresh)) this.#records(old, fresh, was, is, holdsGoals);
    else if (Array.isArray(old) && Array.isArray(fresh)) this.#lists(old, fresh, was, is);
    else if (isText(old) && isText(fresh) && sameWords(old ?? "", fresh ?? "")) return;
    else this.#replaced(was, is);
  }

  #records(old: Written, fresh: Written, was: Path, is: Path, holdsGoals: boolean): void {
    for (const key of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
      if (!(key in fresh)) this.old.cut(this.old.entry([...was, key]), "none");
      else if (!(key in old)) this.fresh.cut(this.fresh.entry([...is, key]), "none");
      else if (!holdsGoals || !["mål", "grupper", "underskrivere"].includes(key))
        this.#values([...was, key], [...is, key]);
    }
  }

  #lists(old: readonly unknown[], fresh: readonly unknown[], was: Path, is: Path): void {
    const [before, after] = [namesIn(old), namesIn(fresh)];
    const kept = before.filter((name) => after.includes(name));
    if (kept.join("\n") !== after.filter((name) => before.includes(name)).join("\n")) {
      this.#replaced(was, is);
      return;
    }
    for (const [index, name] of before.entries()) {
      if (kept.includes(name)) this.#values([...was, index], [...is, after.indexOf(name)]);
      else this.old.cut(this.old.item([...was, index]), "none");
    }
    for (const [index, name] of after.entries())
      if (!kept.includes(name)) this.fresh.cut(this.fresh.item([...is, index]), "none");
  }

  #replaced(was: Path, is: Path): void {
    const [old, fresh] = [this.old.value(was), this.fresh.value(is)];
    const empty = old.start === old.end || fresh.start === fresh.end;
    this.#cutValue(this.old, old, empty);
    this.#cutValue(this.fresh, fresh, empty);
  }

  /** A remark after the sign of a text in several lines is none of the text. */
  #cutValue(side: Side, { start, end }: Stretch, empty: boolean): void {
    const place = empty ? "none" : "value";
    const remark = /^([|>][^\s#]*)[ \t]+#.*/.exec(side.text.slice(start, end));
    if (!remark) {
      side.cut({ start, end }, place);
      return;
    }
    side.cut({ start, end: start + (remark[1] ?? "").length }, place);
    side.cut({ start: start + remark[0].length, end }, "none");
  }
}

function isText(value: unknown): value is string | null {
  return typeof value === "string" || value === null;
}
