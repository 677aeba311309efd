declare module "hyphen/da/index.js" {
  /** Puts a mark at each place where the patterns part a word. */
  export function hyphenateSync(text: string, options: { hyphenChar: string; minWordLength: number }): string;
}
