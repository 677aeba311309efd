/** A stretch of a file that is compared elsewhere, or is known to differ. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /**
   * What holds its place: a value or some lines, where the other file has its like there; nothing, where it has none. Spaces
   * before a value belong to it, and so do those around what is in one file only.
   */
  readonly place: "value" | "lines" | "none";
}

/** A stretch of a file. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Space that lays out a file; other spaces are typed on purpose, and printed. */
const LAYOUT = " \t\r\n";

/** Where the layout before an offset begins. */
export function layoutBefore(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && LAYOUT.includes(text[at - 1] ?? "")) at--;
  return at;
}

/** Where the layout after an offset ends. */
export function layoutAfter(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && LAYOUT.includes(text[at] ?? "")) at++;
  return at;
}

/** A character that is no layout, what layout stands before it, and whether that layout counts. */
interface Ink {
  readonly character: string;
  readonly at: number;
  readonly gap: string;
  readonly counts: boolean;
}

/**
 * Where two files differ, whatever is cut out of them: an offset in the later one; undefined where they do not. Where they
 * are indented can be passed over, for what now lies deeper.
 */
export function firstRemainingDifference(before: Remainder, after: Remainder, indentCounts = true): number | undefined {
  const [old, fresh] = [inkIn(before), inkIn(after)];
  const shown = (gap: string) => (indentCounts ? gap : gap.replace(/(?<=\n)[ \t]+$/, ""));
  for (const [index, now] of fresh.entries()) {
    const was = old[index];
    if (was?.counts && now.counts && shown(was.gap) !== shown(now.gap)) return gapDifference(was, now);
    if (was?.character !== now.character) return now.at;
  }
  return undefined;
}

/** A stretch of a file, and what is cut out of it. */
export interface Remainder extends Stretch {
  readonly text: string;
  readonly cuts: readonly Cut[];
}

/** What is left of a stretch, character by character, and its end, which is none. */
function inkIn({ text, start, end, cuts }: Remainder): Ink[] {
  const inside = cuts
    .filter((cut) => cut.start >= start && cut.end <= end && !(cut.start === start && cut.end === end))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const found: Ink[] = [];
  let [gap, counts, next] = ["", true, 0];
  const add = (character: string, at: number) => {
    found.push({ character, at, gap, counts });
    [gap, counts] = ["", true];
  };
  for (let at = start; at < end; ) {
    while ((inside[next]?.start ?? end) < at) next++;
    const cut = inside[next];
    if (cut?.start === at) {
      next++;
      if (cut.place !== "lines") counts = false;
      // No file has this character.
      if (cut.place !== "none") add("\0", at);
      at = cut.end;
      continue;
    }
    const character = text[at] ?? "";
    if (LAYOUT.includes(character)) gap += character;
    else add(character, at);
    at++;
  }
  add("", end);
  return found;
}

function gapDifference(was: Ink, now: Ink): number {
  let index = 0;
  while (was.gap[index] !== undefined && was.gap[index] === now.gap[index]) index++;
  return now.at - now.gap.length + index;
}
