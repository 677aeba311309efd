import { Source, type Span } from "./source.ts";

/** A piece of a source that is replaced; an empty piece is a place where something is put in. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A piece of what was put in. */
export interface PutIn {
  readonly edit: Edit;
  readonly at: number;
  readonly length: number;
}

/** A place in the text that a rewrite gives: a piece of what was put in, or of what was there and stays. */
export type Landmark = PutIn | Span;

/**
 * Changes to a text that leave everything else in it letter for letter, and the way from places in the old text to
 * those in the new one. Changes may touch each other, and may not overlap.
 */
export class Rewrite {
  readonly #source: Source;
  readonly #edits: Edit[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  /** Puts a text in place of a piece. */
  replace(start: number, end: number, text: string): PutIn {
    const edit = { start, end, text };
    this.#edits.push(edit);
    return { edit, at: 0, length: text.length };
  }

  /** The new text, known by a path, with the new places of landmarks. */
  finish(path: string): { readonly source: Source; spanOf(landmark: Landmark): Span } {
    const edits = this.#edits
      .map((edit, index) => ({ edit, index }))
      .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
      .map(({ edit }) => edit);
    const starts = new Map<Edit, number>();
    const { text: old } = this.#source;
    let text = "";
    let at = 0;
    for (const edit of edits) {
      if (edit.start < at) throw new Error(`changes overlap at ${edit.start}`);
      text += old.slice(at, edit.start);
      starts.set(edit, text.length);
      text += edit.text;
      at = edit.end;
    }
    text += old.slice(at);
    const source = new Source(path, text);
    const moved = (offset: number) => {
      const before = edits.filter((edit) => edit.end <= offset);
      return before.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), offset);
    };
    return {
      source,
      spanOf(landmark) {
        if (!("edit" in landmark)) return source.span(moved(landmark.start), moved(landmark.end));
        const start = (starts.get(landmark.edit) ?? 0) + landmark.at;
        return source.span(start, start + landmark.length);
      },
    };
  }
}
