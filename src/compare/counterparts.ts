import type { Part } from "./outline.ts";

/** A part and what it was before; one of them is missing for what was added or removed. */
export type Pair =
  | { readonly before: Part; readonly after: Part; readonly moved: boolean }
  | { readonly before: Part; readonly after?: undefined; readonly moved: false }
  | { readonly before?: undefined; readonly after: Part; readonly moved: false };

/** More parts than any plan has are not searched for likeness: the time goes with the square of their number. */
const MANY = 150;

/**
 * Finds what became of each part: the one with its title, else with its key, else the one that is most alike. The later
 * plan's order comes first, then what was removed.
 */
export function counterparts(before: readonly Part[], after: readonly Part[]): Pair[] {
  const found = new Map<Part, Part>();
  const kinds = [...new Set([...before, ...after].map(({ kind }) => kind))];
  for (const kind of kinds) {
    const [old, fresh] = [before.filter((one) => one.kind === kind), after.filter((one) => one.kind === kind)];
    match(old, fresh, found, (one) => `${one.key}\n${plain(one.title)}`);
    match(old, fresh, found, (one) => plain(one.title) || undefined);
    match(old, fresh, found, (one) => one.key);
    matchAlike(old, fresh, found);
  }
  const moved = movedAmong(before, after, found);
  const kept = new Set(found.values());
  return kinds.flatMap((kind): Pair[] => [
    ...after
      .filter((one) => one.kind === kind)
      .map((one): Pair => {
        const old = found.get(one);
        return old ? { before: old, after: one, moved: moved.has(one) } : { after: one, moved: false };
      }),
    ...before.filter((one) => one.kind === kind && !kept.has(one)).map((one): Pair => ({ before: one, moved: false })),
  ]);
}

/** Pairs what has the same key, where one part on each side has it. */
function match(
  old: readonly Part[],
  fresh: readonly Part[],
  found: Map<Part, Part>,
  keyOf: (part: Part) => string | undefined,
): void {
  const taken = new Set(found.values());
  const byKey = (parts: readonly Part[]) => {
    const groups = new Map<string, Part[]>();
    for (const one of parts) {
      const key = keyOf(one);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(one);
      else groups.set(key, [one]);
    }
    return groups;
  };
  const candidates = byKey(old.filter((one) => !taken.has(one)));
  for (const [key, wanting] of byKey(fresh.filter((one) => !found.has(one)))) {
    const [one, ...others] = wanting;
    const [other, ...more] = candidates.get(key) ?? [];
    if (one && other && others.length === 0 && more.length === 0) found.set(one, other);
  }
}

/** Pairs what shares at least half of its words, the most alike first. */
function matchAlike(old: readonly Part[], fresh: readonly Part[], found: Map<Part, Part>): void {
  const taken = new Set(found.values());
  const left = old.filter((one) => !taken.has(one));
  const wanting = fresh.filter((one) => !found.has(one));
  if (left.length * wanting.length === 0 || left.length > MANY || wanting.length > MANY) return;
  const words = new Map([...left, ...wanting].map((one) => [one, wordsOf(one)]));
  const alike = wanting
    .flatMap((one) => left.map((other) => ({ one, other, share: shared(words.get(one), words.get(other)) })))
    .filter(({ share }) => share >= 0.5)
    .sort((a, b) => b.share - a.share);
  for (const { one, other } of alike) {
    if (found.has(one) || taken.has(other)) continue;
    found.set(one, other);
    taken.add(other);
  }
}

function wordsOf(part: Part): ReadonlySet<string> {
  return new Set(part.fields.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
}

function shared(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  const both = [...a].filter((word) => b.has(word)).length;
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size);
}

/** The parts that stand in another order than before: the fewest that explain it. */
function movedAmong(before: readonly Part[], after: readonly Part[], found: ReadonlyMap<Part, Part>): Set<Part> {
  const moved = new Set<Part>();
  const places = new Map(before.map((one, place) => [one, place]));
  for (const kind of ["group", "goal", "section"]) {
    const pairs = after.flatMap((one) => {
      const old = one.kind === kind ? found.get(one) : undefined;
      return old ? [{ one, place: places.get(old) ?? 0 }] : [];
    });
    const stay = longestRising(pairs.map(({ place }) => place));
    for (const [index, { one }] of pairs.entries()) if (!stay.has(index)) moved.add(one);
  }
  return moved;
}

/** The indexes of the longest rising row among numbers; each row's end is found by halving. */
function longestRising(numbers: readonly number[]): Set<number> {
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, number] of numbers.entries()) {
    let [length, above] = [0, ends.length];
    while (length < above) {
      const middle = (length + above) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) length = middle + 1;
      else above = middle;
    }
    previous[index] = ends[length - 1];
    ends[length] = index;
  }
  const row = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) row.add(at);
  return row;
}

function plain(title: string): string {
  return title.toLowerCase().replace(/\s+/g, " ").trim();
}
