import type { Diagnostic } from "../../src/core/diagnostic.ts";
import { spannedText } from "../../src/core/source.ts";

/** A mistake in a text: where it is, its code, and what is wrong there. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly text: string;
}

/** A text without its marks, and what they say: behind »«« on a line stand the code and the text of the mistake in it. */
export function unmarked(marked: string): { text: string; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const lines = marked.split("\n").map((line, index) => {
    const [written = "", mark] = line.split(/ +«/);
    if (mark !== undefined) {
      const [code = ""] = mark.split(" ");
      const text = mark.slice(code.length + 1);
      mistakes.push({ line: index + 1, column: written.indexOf(text) + 1, code, text });
    }
    return written;
  });
  return { text: lines.join("\n"), mistakes };
}

/** A diagnostic as a mistake; a block's last line end is not part of it. */
export function mistakeOf({ code, span }: Diagnostic): Mistake {
  const { line, column } = span.source.place(span.start);
  return { line, column, code, text: spannedText(span).trimEnd() };
}
