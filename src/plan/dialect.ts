import MarkdownIt, { type StateBlock, type StateInline } from "markdown-it";
import { parseDirectiveHead } from "./directive.ts";

/**
 * The Markdown of plans: CommonMark with tables, and three things of our own: block directives (`:::mål 1.1`),
 * placeholders (`{{antal_mål}}`) and fractions (`$\frac{3}{4}$`, as the agreed text of 2018 writes them).
 *
 * HTML is read, so that it can be pointed at as an error, but never printed: `prose.ts` makes an error of
 * it, and a plan with errors is not rendered.
 *
 * Left out is what would take typed text away or turn it into something else without a word: program text, addresses
 * in a line of their own (`[note]: text`), headings made by a line of hyphens under a paragraph, and words struck out, which
 * would still be there for whoever copies them or has them read aloud.
 *
 * What is nested deeper than `maxNesting` would be dropped; `prose.ts` stops a plan long before. More levels would make
 * hostile text slow.
 */
export const dialect = new MarkdownIt({ html: true, linkify: false, typographer: false, maxNesting: 20 }).disable([
  "code",
  "fence",
  "backticks",
  "reference",
  "lheading",
  "strikethrough",
]);

// Every address becomes a token, so that a forbidden one is pointed at instead of being printed as text.
dialect.validateLink = () => true;

dialect.block.ruler.before("table", "directive", directiveRule, {
  alt: ["paragraph", "reference", "blockquote", "list"],
});
dialect.inline.ruler.before("escape", "placeholder", placeholderRule);
dialect.inline.ruler.before("escape", "fraction", fractionRule);
dialect.inline.ruler.at("html_inline", htmlRule);
dialect.inline.ruler.at("entity", entityRule);

/** `:::name arguments` … `:::`, only outside lists and quotes. Without an end it is its first line alone. */
function directiveRule(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const line = (number: number) =>
    state.src.slice((state.bMarks[number] ?? 0) + (state.tShift[number] ?? 0), state.eMarks[number]);
  if (!line(startLine).startsWith(":::") || state.level !== 0) return false;
  if (silent) return true;
  let closing = startLine + 1;
  while (closing < endLine && !line(closing).startsWith(":::")) closing++;
  const head = parseDirectiveHead(line(startLine));
  const closed = head.name !== "" && closing < endLine && line(closing).trim() === ":::";
  // A block that does not end is no reason to misread what comes after it.
  if (!closed) closing = startLine + 1;

  const open = state.push("directive_open", "", 1);
  open.map = [startLine, closing];
  open.meta = { ...head, closed };
  const outerEnd = state.lineMax;
  state.lineMax = closing;
  state.md.block.tokenize(state, startLine + 1, closing);
  state.lineMax = outerEnd;
  state.push("directive_close", "", -1).map = [closing, closing];
  state.line = closed ? closing + 1 : closing;
  return true;
}

function placeholderRule(state: StateInline, silent: boolean): boolean {
  const match = matchAt(/\{\{([^{}\n]*)\}\}/y, state);
  if (!match) return false;
  if (!silent) {
    const token = state.push("placeholder", "", 0);
    token.content = match[1]?.trim() ?? "";
    token.markup = match[0];
  }
  state.pos += match[0].length;
  return true;
}

function fractionRule(state: StateInline, silent: boolean): boolean {
  const match = matchAt(/\$\\frac\{(\d{1,3})\}\{(\d{1,3})\}\$/y, state);
  if (!match) return false;
  if (!silent) state.push("fraction", "", 0).meta = { numerator: match[1], denominator: match[2] };
  state.pos += match[0].length;
  return true;
}

/** A tag or the beginning of a comment. Looks no further than the next <, so that many of them take no time. */
function htmlRule(state: StateInline, silent: boolean): boolean {
  return htmlToken(matchAt(/<!--|<[A-Za-z/!?][^<>]*>/y, state), state, silent);
}

/** `&nbsp;` and its like, which could bring in characters that nobody sees or that no font has. */
function entityRule(state: StateInline, silent: boolean): boolean {
  return htmlToken(matchAt(/&(?:#x?[0-9a-f]{1,8}|[a-z][a-z0-9]{1,30});/iy, state), state, silent);
}

function htmlToken(match: RegExpExecArray | null, state: StateInline, silent: boolean): boolean {
  if (!match) return false;
  if (!silent) state.push("html_inline", "", 0).content = match[0];
  state.pos += match[0].length;
  return true;
}

function matchAt(pattern: RegExp, state: StateInline): RegExpExecArray | null {
  pattern.lastIndex = state.pos;
  const match = pattern.exec(state.src);
  return match && state.pos + match[0].length <= state.posMax ? match : null;
}
