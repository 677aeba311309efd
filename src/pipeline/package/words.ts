/** Words that were put in the place of others; empty where words only came or went. */
export interface WordChange {
  readonly was: string;
  readonly now: string;
}

/** Words that are compared with each other, at most: more than any page has. */
const MANY = 4000;

/** How two texts differ, word by word, by their longest common sequence. Of texts without an end, the beginning is compared. */
export function wordChanges(before: readonly string[], after: readonly string[]): WordChange[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const ours = before.slice(start, before.length - end).slice(0, MANY);
  const theirs = after.slice(start, after.length - end).slice(0, MANY);
  const width = theirs.length + 1;
  // How long the longest common sequence is from each pair of places on.
  const lengths = new Uint16Array((ours.length + 1) * width);
  for (let i = ours.length - 1; i >= 0; i -= 1)
    for (let j = theirs.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        ours[i] === theirs[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  return walked(ours, theirs, (i, j) => lengths[i * width + j] ?? 0);
}

function walked(
  ours: readonly string[],
  theirs: readonly string[],
  lengthFrom: (i: number, j: number) => number,
): WordChange[] {
  const changes: WordChange[] = [];
  let was: string[] = [];
  let now: string[] = [];
  const close = () => {
    if (was.length + now.length > 0) changes.push({ was: was.join(" "), now: now.join(" ") });
    [was, now] = [[], []];
  };
  let [i, j] = [0, 0];
  while (i < ours.length || j < theirs.length) {
    if (i < ours.length && j < theirs.length && ours[i] === theirs[j]) {
      close();
      i += 1;
      j += 1;
    } else if (j >= theirs.length || (i < ours.length && lengthFrom(i + 1, j) >= lengthFrom(i, j + 1))) {
      was.push(ours[i] ?? "");
      i += 1;
    } else {
      now.push(theirs[j] ?? "");
      j += 1;
    }
  }
  close();
  return changes;
}
