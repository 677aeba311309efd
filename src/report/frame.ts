import type { Diagnostic, Severity } from "../core/diagnostic.ts";
import type { Span } from "../core/source.ts";
import type { Paint } from "./paint.ts";

const words: Record<Severity, string> = { error: "fejl", warning: "advarsel", note: "bemærk" };
const colours: Record<Severity, "red" | "yellow" | "cyan"> = { error: "red", warning: "yellow", note: "cyan" };

/** How much of a line is shown: paragraphs are one long line in a plan. */
const WIDTH = 96;

/** A diagnostic with the line it is about and a caret under the place. */
export function frame(diagnostic: Diagnostic, paint: Paint): string {
  const { hint } = diagnostic;
  const below = hint === undefined ? [] : [hint];
  return [headline(diagnostic, paint), ...pointer(diagnostic.span, colours[diagnostic.severity], below, paint)].join(
    "\n",
  );
}

/** The line that a place is on, a caret under it, and below that what there is to add. */
export function pointer(
  { source, start, end }: Span,
  colour: "red" | "yellow" | "cyan",
  below: readonly string[],
  paint: Paint,
): string[] {
  const excerpt = source.excerpt(start);
  // What a terminal would obey, and what turns the direction of a line, stands as a mark of the same width.
  const text = excerpt.text.replace(/(?!\t)[\p{Cc}\p{Cf}\p{Cs}]/gu, (hidden) => "\uFFFD".repeat(hidden.length));
  const length = Math.max(1, Math.min(end - start, text.length - excerpt.at));
  const { shown, offset } = window(text, excerpt.at, length);
  const number = excerpt.label;
  const gutter = " ".repeat(number.length);
  // Tabs keep their width under the caret, so that it points at the right letter.
  const lead = shown.slice(0, offset).replace(/[^\t]/g, " ");
  const caret = "^".repeat(Math.max(1, Math.min(length, shown.length - offset)));
  return [
    `  ${paint("dim", `${number} |`)} ${shown}`,
    `  ${paint("dim", `${gutter} |`)} ${lead}${paint(colour, caret)}`,
    ...below.map((text) => `  ${gutter}   ${text}`),
  ];
}

/** A diagnostic on one line: file, line, column, gravity, text and the rule's name. */
export function headline(diagnostic: Diagnostic, paint: Paint): string {
  const { source, start } = diagnostic.span;
  const severity = paint(colours[diagnostic.severity], words[diagnostic.severity]);
  return `${source.where(start)}: ${severity}: ${diagnostic.message} ${paint("dim", `[${diagnostic.code}]`)}`;
}

function window(text: string, at: number, length: number): { shown: string; offset: number } {
  if (text.length <= WIDTH) return { shown: text, offset: at };
  const start = Math.max(0, Math.min(at - Math.floor((WIDTH - Math.min(length, WIDTH)) / 2), text.length - WIDTH));
  const before = start > 0 ? "…" : "";
  const after = start + WIDTH < text.length ? "…" : "";
  return { shown: before + text.slice(start, start + WIDTH) + after, offset: at - start + before.length };
}
