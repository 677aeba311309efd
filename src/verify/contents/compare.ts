import { checkAppended } from "../changes/appended.ts";
import { changesBetween } from "../changes/between.ts";
import type { Change } from "../changes/change.ts";
import type { Unreadable } from "../inspect/inspect.ts";
import type { PdfState } from "../reader/document.ts";
import { Budget, Malformed, TooMuch } from "../reader/limits.ts";
import { readRevisions } from "../reader/revisions.ts";
import { drawingsOf, markedPages } from "./drawing.ts";

/** A signed file held against the copy that was sent out to be signed. */
export interface CopyComparison {
  /**
   * True when the file begins with the copy's bytes, and what was added up to the signature are signatures, what belongs to them,
   * and what the file says of itself: its program and date, which savers write anew.
   */
  readonly untouched: boolean;
  /** True when the file begins with the copy's bytes. */
  readonly begins: boolean;
  /** What else was added to the copy before it was signed, in words, Danish. */
  readonly added: readonly string[];
  /** The file's pages in order, and for each the copy's page that is drawn the same, counted from 1; undefined where there is none. */
  readonly pages: readonly { readonly number: number; readonly same: number | undefined }[];
  /** The copy's pages that no page of the file is drawn like, in their order. */
  readonly missing: readonly number[];
  readonly copyPages: number;
  /** The file's pages that the mark of a signature can be seen on. */
  readonly marked: readonly number[];
}

/** What may be added before a signature without changing what is signed. */
const harmless = new Set(["archive", "signing", "new visible field"]);

/**
 * Compares a copy with what somebody signed: byte for byte, and page by page as they are drawn, which also holds where another
 * program has saved the file anew.
 *
 * @param revision the revision of the file that was signed, counted from 1
 * @returns the comparison, or why the file cannot be compared, in Danish
 */
export function compareWithCopy(copy: Uint8Array, returned: Uint8Array, revision: number): CopyComparison | Unreadable {
  try {
    const budget = new Budget();
    const before = readRevisions(copy, new Budget()).last.state;
    const { all, last } = readRevisions(returned, budget);
    const signed = (all.find((one) => one.number === revision) ?? last).state;
    const begins = Buffer.compare(returned.subarray(0, copy.length), copy) === 0;
    const start = begins ? all.find((one) => one.end <= copy.length && one.end >= copy.length - 2)?.state : undefined;
    const changes = start && start !== signed ? additions(returned, start, signed) : [];
    const [theirs, ours] = [drawingsOf(signed), drawingsOf(before)];
    const { pages, missing } = aligned(ours, theirs);
    const whole = missing.length === 0 && pages.length === ours.length;
    return {
      untouched: start !== undefined && changes.every(({ code }) => code === "metadata-ændret") && whole,
      begins: start !== undefined,
      added: changes.map(({ message }) => message),
      pages,
      missing,
      copyPages: ours.length,
      marked: markedPages(signed),
    };
  } catch (cause) {
    if (cause instanceof Malformed || cause instanceof TooMuch) return { unreadable: cause.message };
    throw cause;
  }
}

function additions(bytes: Uint8Array, from: PdfState, to: PdfState): Change[] {
  const changes = [...checkAppended(bytes.subarray(0, to.end), from, to), ...changesBetween(from, to)];
  return changes.filter((change) => !harmless.has(change.kind));
}

/** Each page of theirs with the next of ours that is drawn the same: pages may come between, not change places. */
function aligned(ours: readonly string[], theirs: readonly string[]): Pick<CopyComparison, "pages" | "missing"> {
  const matched = new Set<number>();
  let next = 0;
  const pages = theirs.map((drawing, index) => {
    const at = ours.indexOf(drawing, next);
    if (at < 0) return { number: index + 1, same: undefined };
    matched.add(at);
    next = at + 1;
    return { number: index + 1, same: at + 1 };
  });
  return {
    pages,
    missing: ours
      .map((_, at) => at)
      .filter((at) => !matched.has(at))
      .map((at) => at + 1),
  };
}
