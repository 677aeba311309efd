import { Source, type Span } from "../core/source.ts";

/** A piece of Markdown with the way back from its offsets to the file it stands in. */
export class Passage {
  readonly text: string;
  readonly source: Source;
  /** The offset in the file of an offset in the text. */
  readonly offsetAt: (offset: number) => number;
  #lines: Source | undefined;

  constructor(text: string, source: Source, offsetAt: (offset: number) => number) {
    this.text = text;
    this.source = source;
    this.offsetAt = offsetAt;
  }

  /** The offset in the text where a line begins, counted from 0 as markdown-it does; the end for a line past the end. */
  lineOffset(line: number): number {
    this.#lines ??= new Source(this.source.path, this.text);
    return this.#lines.lineStart(line + 1);
  }
}

/** The Markdown that a span covers, as it stands. */
export function passageOf(span: Span): Passage {
  return new Passage(span.source.text.slice(span.start, span.end), span.source, (offset) => span.start + offset);
}

/** The place in the file of a piece of a passage. */
export function passageSpan(passage: Passage, start: number, end: number): Span {
  return passage.source.span(passage.offsetAt(start), passage.offsetAt(end));
}
