import type { Asset } from "../core/states.ts";

/** What the fonts of a form are called, and the characters they have. */
export interface FormFonts {
  readonly families: readonly string[];
  /**
   * First and last code point of each `unicode-range`. The files themselves are not asked, which would take every check longer
   * to unpack them than to read the plan: that the ranges tell the truth is tested (test/unit/template/fonts.test.ts).
   */
  readonly covered: readonly (readonly [first: number, last: number])[];
}

/** The fonts that the style sheets among some files bring. */
export function fontsIn(assets: Iterable<Asset>): FormFonts {
  const styles = [...assets]
    .filter((asset) => asset.contentType.startsWith("text/css"))
    .map((asset) => new TextDecoder().decode(asset.bytes));
  return { families: [...new Set(styles.flatMap(familiesIn))], covered: styles.flatMap(rangesIn) };
}

function familiesIn(css: string): string[] {
  return [...css.matchAll(/@font-face\s*\{[^}]*font-family:\s*["']?([^;"'}]+)/g)].map((match) =>
    (match[1] ?? "").trim(),
  );
}

function rangesIn(css: string): (readonly [number, number])[] {
  return [...css.matchAll(/unicode-range:\s*([^;}]+)/g)].flatMap((match) =>
    [...(match[1] ?? "").matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].map(
      ([, first, last]) => [Number.parseInt(first ?? "0", 16), Number.parseInt(last ?? first ?? "0", 16)] as const,
    ),
  );
}
