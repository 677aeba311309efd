import type { PDFRawStream, PDFRef } from "pdf-lib";
import { interpret, type Resources } from "./interpreter.ts";
import { type Loose, Mark } from "./marks.ts";
import { streamBytes } from "./streams.ts";

/** The content stream of a page or of a form, read: what is marked in it, and what is not. */
export class Content {
  /** The page, or the form's own stream: whose dictionary has the StructParents entry. */
  readonly owner: PDFRef;
  /** The index of the page that shows it. */
  readonly page: number;
  readonly bytes: Uint8Array;
  readonly marks = new Map<number, Mark>();
  readonly loose: Loose[] = [];
  /** What can be written in another way, shorter, from the first to the last of its bytes; in the order of the stream. */
  readonly runs: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  /** @throws Error for a stream that is damaged, or written in a way that no browser writes. */
  constructor(owner: PDFRef, page: number, bytes: Uint8Array, resources: Resources) {
    this.owner = owner;
    this.page = page;
    this.bytes = bytes;
    interpret(this, resources);
  }

  /** Gives something loose a mark, so that the structure can point at it. */
  adopt(loose: Loose): Mark {
    const mark = new Mark(this, Math.max(-1, ...this.marks.keys()) + 1, undefined, false);
    mark.shown = loose.shown;
    this.marks.set(mark.id, mark);
    loose.become = mark;
    return mark;
  }
}

/** The content of a page's stream or streams, which count as one (ISO 32000-1, 7.8.2). */
export function joinedBytes(streams: readonly PDFRawStream[]): Uint8Array {
  const [only] = streams;
  if (only && streams.length === 1) return streamBytes(only);
  return new Uint8Array(Buffer.concat(streams.flatMap((stream) => [streamBytes(stream), Uint8Array.of(10)])));
}
