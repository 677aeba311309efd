import { type Checked, type Diagnostic, inReadingOrder } from "../core/diagnostic.ts";
import { Failure } from "../core/failure.ts";
import type { PlanAdvice } from "../plan/advice/advice.ts";
import type { PlanFile } from "./workspace.ts";

/** What became of one plan. */
export interface PlanOutcome {
  readonly plan: PlanFile;
  readonly diagnostics: readonly Diagnostic[];
  /** The documents that were written; those with errors or a failure are not among them. */
  readonly written: readonly WrittenPdf[];
  readonly failure: Failure | undefined;
  readonly milliseconds: number;
  /** Advice on the plan's goals, where it was asked for; never a reason to stop. */
  readonly advice?: PlanAdvice;
}

/** A document on disk. */
export interface WrittenPdf {
  readonly path: string;
  readonly pages: number;
  readonly bytes: number;
  readonly title: string;
  /** The hash of the file, in hexadecimal. */
  readonly sha256: string;
  /** Other files that were written with it, of the same content: a status as CSV and XLSX. */
  readonly files?: readonly string[];
  readonly milliseconds: number;
  /** The page numbers that its table of contents shows, by the anchors that they are of. */
  readonly contents?: Readonly<Record<string, string>> | undefined;
  /** Whether it was signed, and stays as it was instead of being made anew. */
  readonly kept?: true;
  /** True for one that was not made again, because nothing that it is made from has changed. */
  readonly unchanged?: boolean;
}

/** Notes what a stage had to say, and hands on its value. */
export type Say = <T>(result: Checked<T>) => T | undefined;

/** Runs one plan's stages. A failure stops this plan and no other; a bug of ours, or the user breaking off, stops all. */
export async function outcomeOf(
  plan: PlanFile,
  stages: (say: Say, wrote: (document: WrittenPdf) => void) => Promise<void>,
): Promise<PlanOutcome> {
  const start = performance.now();
  const diagnostics: Diagnostic[] = [];
  const say: Say = (result) => {
    diagnostics.push(...result.diagnostics);
    return result.value;
  };
  const written: WrittenPdf[] = [];
  let failure: Failure | undefined;
  try {
    await stages(say, (document) => written.push(document));
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.exit === "interrupted") throw cause;
    failure = cause;
  }
  return { plan, diagnostics: inReadingOrder(diagnostics), written, failure, milliseconds: performance.now() - start };
}
