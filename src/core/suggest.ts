import { distance } from "fastest-levenshtein";

/** The known word that was probably meant, when one is near enough: at most a third of its letters differ, or two. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = simplified(word);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const away = distance(wanted, simplified(candidate));
    if (away < bestDistance) {
      best = candidate;
      bestDistance = away;
    }
  }
  return best !== undefined && bestDistance <= Math.max(best.length < 4 ? 1 : 2, Math.floor(best.length / 3))
    ? best
    : undefined;
}

/**
 * »Mente du »…«?« for the word that was probably meant, else the known words, if there are any. Where a place may stand empty, that
 * is no word to be told of.
 */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const words = known.filter((one) => one !== "");
  if (words.length === 0) return undefined;
  // Any number is near to any other.
  const guess = /\p{L}/u.test(word) ? nearest(word, words) : undefined;
  return guess === undefined ? `Mulige: ${words.join(", ")}.` : `Mente du »${guess}«?`;
}

/** Without the differences that people make between keyboards: mål, maal and mal are near to one another. */
function simplified(word: string): string {
  return word.toLowerCase().replaceAll("å", "aa").replaceAll("ø", "oe").replaceAll("æ", "ae").replaceAll("-", "_");
}
