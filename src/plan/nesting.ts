import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { Source, Span } from "../core/source.ts";

/** Deeper than any plan: the deepest value of the seed plans lies at depth 6. */
const MAX_DEPTH = 40;

/** A gap takes gray-matter time with the square of its length. */
const MAX_GAP = 1000;

/**
 * Looks for nesting that no plan needs, before the YAML reader meets it: the reader calls itself once a level, and its
 * regular expression for indents can exhaust memory, so that hostile input would end the whole program.
 */
export function nestingProblems(source: Source, offset: number, written: string): Diagnostic[] {
  const deep = firstTooDeep(written);
  if (deep !== undefined) return [tooDeep(source.span(offset + deep, offset + deep + 1))];
  const gap = longGap(written);
  if (gap === undefined) return [];
  return [
    error(
      "for-dybt",
      source.span(offset + gap, offset + gap + 1),
      `Her står over ${MAX_GAP} tomme linjer eller mellemrum i træk.`,
      "Slet dem.",
    ),
  ];
}

/** What is said of nesting that cannot be read. */
export function tooDeep(span: Span): Diagnostic {
  return error(
    "for-dybt",
    span,
    `Oplysningerne er lagt i mere end ${MAX_DEPTH} lag inden i hinanden; så dybt er der ikke brug for.`,
    "Se efter parenteser ([ eller {), der ikke er lukket, og gentagne bindestreger eller koloner.",
  );
}

function firstTooDeep(written: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < written.length; at++) {
    const character = written[at];
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return at;
  }
  for (const line of written.matchAll(/^[ \t]*(?:[-?][ \t]+)+/gm)) {
    const indicators = line[0].replace(/[ \t]/g, "").length;
    if (indicators > MAX_DEPTH || line[0].length > 400) return line.index;
  }
  return /^ {400}/m.exec(written)?.index;
}

function longGap(written: string): number | undefined {
  for (const gap of written.matchAll(/\s+/g)) if (gap[0].length > MAX_GAP) return gap.index;
  return undefined;
}
