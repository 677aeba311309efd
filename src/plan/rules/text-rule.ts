import type { Token } from "markdown-it";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Span } from "../../core/source.ts";
import { passageSpan } from "../passage.ts";
import type { Prose } from "../prose.ts";
import type { Rule } from "./rule.ts";
import { allTexts } from "./texts.ts";

/** A rule for each text by itself, whatever the rest of the file says: it holds for plans and results alike. */
export interface TextRule {
  readonly code: string;
  find(prose: Prose): Diagnostic[];
}

/** A rule for single texts, as one for all of a plan's. */
export function inTexts(rule: TextRule): Rule {
  return { code: rule.code, needs: [], check: (plan) => allTexts(plan).flatMap((prose) => rule.find(prose)) };
}

/** A line of a block's, counted from the block's own first line, as it is written. */
export function lineAt(prose: Prose, token: Token, line = 0): string {
  const { passage } = prose;
  const at = lineOf(prose, token) + line;
  return passage.text.slice(passage.lineOffset(at), passage.lineOffset(at + 1));
}

/** A line of a block's, without the white space around it. */
export function lineSpan(prose: Prose, token: Token, line = 0): Span {
  return textSpan(prose, token, lineAt(prose, token, line).trim(), line);
}

/** Where words of a block are, from one of its lines on; the line's beginning, where they are written in another way. */
export function textSpan(prose: Prose, token: Token, words: string, line = 0): Span {
  const { passage } = prose;
  const from = passage.lineOffset(lineOf(prose, token) + line);
  const at = passage.text.indexOf(words, from);
  return at === -1 ? passageSpan(passage, from, from + 1) : passageSpan(passage, at, at + words.length);
}

/** The line of the passage that a block begins at. */
function lineOf({ firstLine }: Prose, token: Token): number {
  return (token.map?.[0] ?? firstLine) - firstLine;
}
