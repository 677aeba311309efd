/** A place in a text as people count it: both numbers start at 1, columns in UTF-16 units as editors count them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A piece of a source, by offsets into its text; `end` is exclusive. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A text that somebody wrote, with the path it is known by; finds the line and column of any offset. */
export class Source {
  readonly path: string;
  readonly text: string;
  readonly #lineStarts: readonly number[];

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    const starts = [0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  /** The line and column of an offset; offsets outside the text are moved to its nearest end. */
  place(offset: number): Place {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStart(middle + 1) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - this.lineStart(low + 1) + 1 };
  }

  /** The offset where a line (counted from 1) begins; a line past the end begins at the end. */
  lineStart(line: number): number {
    return this.#lineStarts[line - 1] ?? this.text.length;
  }

  /** A line's text without its line break. */
  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/\r?\n$/, "");
  }

  /** How people are told of a place: `plan.md:3:7`. */
  where(offset: number): string {
    const { line, column } = this.place(offset);
    return `${this.path}:${line}:${column}`;
  }

  /** What is shown of the text around a place: a label for it, the text, and where in that the place is, from 0. */
  excerpt(offset: number): { label: string; text: string; at: number } {
    const { line, column } = this.place(offset);
    return { label: String(line), text: this.lineText(line), at: column - 1 };
  }

  /** The span between two offsets. */
  span(start: number, end: number = start): Span {
    return { source: this, start, end: Math.max(start, end) };
  }
}

/** The text that a span covers. */
export function spannedText(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}
