import { CLOSING, PdfState, TAIL } from "./document.ts";
import { type Budget, Malformed, TooMuch } from "./limits.ts";

/** One revision: the file as it was when it was saved for the n-th time (ISO 32000-2, 7.5.6). */
export interface Revision {
  /** Counted from 1. */
  readonly number: number;
  /** The byte after its last: the bytes from the start of the file to here are the revision. */
  readonly end: number;
  readonly state: PdfState;
  /** Objects that were written or freed in it. */
  readonly objects: readonly number[];
}

/** What is known of a file's revisions. */
export interface Revisions {
  readonly all: readonly Revision[];
  /** The newest that can be read. */
  readonly last: Revision;
  /** The byte after the newest one's end of file marker. What follows is in no revision. */
  readonly end: number;
  /** Why the file as a whole cannot be read although an older revision of it can. */
  readonly damage: string | undefined;
}

/**
 * Every revision of a file, found by its end (`startxref n %%EOF`) and read from its own bytes alone. An end that does not
 * close a readable PDF (in the first part of a linearised file, in an attached file) is no revision. Throws `Malformed` when
 * there is none at all, `TooMuch` beyond the limits.
 */
export function readRevisions(bytes: Uint8Array, budget: Budget): Revisions {
  if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") !== "%PDF-") throw new Malformed("Filen er ikke en PDF.");
  const all: Revision[] = [];
  let problem: string | undefined;
  let last = 0;
  for (const end of endsOf(bytes)) {
    budget.time();
    last = end;
    try {
      const state = new PdfState(bytes.subarray(0, end), budget);
      const before = all.at(-1);
      problem = undefined;
      // Of a linearised file's two sections, the first in the file is the last in the chain: one revision.
      const fresh = state.sections.filter((section) => section.offset >= (before?.end ?? 0));
      const objects = new Set(fresh.flatMap((section) => [...section.places.keys()]));
      all.push({ number: all.length + 1, end, state, objects: [...objects].sort((a, b) => a - b) });
    } catch (cause) {
      if (!(cause instanceof Malformed)) throw cause;
      problem = cause.message;
    }
  }
  const newest = all.at(-1);
  if (!newest) throw new Malformed(problem ?? "Filen slutter ikke, som en PDF skal (startxref og %%EOF).");
  return { all, last: newest, end: last, damage: problem };
}

/** How many ends are looked at: each is read from its own start. */
const MANY = 200;

const closing = new RegExp(`^${CLOSING.source}(?:\\r\\n|\\r|\\n)?`);

function endsOf(bytes: Uint8Array): number[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const ends: number[] = [];
  for (let at = text.indexOf("startxref"); at >= 0; at = text.indexOf("startxref", at + 9)) {
    const close = closing.exec(text.subarray(at, at + TAIL).toString("latin1"));
    if (close) ends.push(at + close[0].length);
  }
  if (ends.length > MANY) throw new TooMuch("Filen er gemt flere gange, end her undersøges.");
  return ends;
}
