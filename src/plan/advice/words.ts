/**
 * A pattern of Danish phrases: whole words, whatever white space parts them. A word may go on where it has a ~ behind
 * (»redegør~« is redegøre, redegørelse), and may be the end of a longer one where the ~ stands before it (»~system«).
 */
export function phrases(...texts: readonly string[]): RegExp {
  return bounded(texts.map((text) => text.replaceAll(" ", "\\s+").replaceAll("~", "\\p{L}*")));
}

/** The same for patterns; none of their letters and figures may run on outside what they match. */
export function bounded(patterns: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

/** Any of some patterns. */
export function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map((pattern) => pattern.source).join("|"), "giu");
}

/** Whether a text has a match. */
export function has(text: string, pattern: RegExp): boolean {
  return text.search(pattern) !== -1;
}
