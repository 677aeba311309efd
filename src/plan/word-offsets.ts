import type { Span } from "../core/source.ts";

interface Word {
  readonly start: number;
  readonly end: number;
}

/**
 * The way from offsets in a text value to the file it is written in. YAML takes quotation marks, indents and line
 * breaks away, but leaves every word in its place, so the nth word read is the nth word written. Where that does not
 * hold (escapes in double quotation marks) every offset leads to the beginning.
 */
export function wordOffsets(read: string, written: Span): (offset: number) => number {
  let words: readonly (readonly [read: Word, written: Word])[] | undefined;
  return (offset) => {
    words ??= paired(read, written);
    const index = lastStartingAtOrBefore(words, offset);
    const here = words[index];
    const next = words[index + 1];
    if (!here) return next ? next[1].start : written.start;
    // After a line break the indent counts back from the next word.
    const ofNextLine = next && offset > here[0].end && read.slice(here[0].end, offset).includes("\n");
    return ofNextLine ? next[1].start - (next[0].start - offset) : here[1].start + (offset - here[0].start);
  };
}

function paired(read: string, written: Span): [Word, Word][] {
  const readWords = wordsOf(read, 0);
  const writtenWords = wordsOf(written.source.text.slice(written.start, written.end), written.start);
  if (readWords.length !== writtenWords.length) return [];
  return readWords.flatMap((word, index) => {
    const match = writtenWords[index];
    return match ? [[word, match]] : [];
  });
}

function wordsOf(text: string, from: number): Word[] {
  return [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => ({
    start: from + index,
    end: from + index + word.length,
  }));
}

/** By halving; -1 when the offset is before the first word. */
function lastStartingAtOrBefore(words: readonly (readonly [Word, Word])[], offset: number): number {
  let low = -1;
  let high = words.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((words[middle]?.[0].start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
