import { type Checked, type Diagnostic, inReadingOrder } from "../core/diagnostic.ts";
import { Failure } from "../core/failure.ts";
import type { PlanFile } from "./workspace.ts";

/** What became of one plan. */
export interface PlanOutcome {
  readonly plan: PlanFile;
  readonly diagnostics: readonly Diagnostic[];
  /** The document that was written; undefined when there are errors or a failure, or when none was asked for. */
  readonly written: WrittenPdf | undefined;
  readonly failure: Failure | undefined;
  readonly milliseconds: number;
}

/** A document on disk. */
export interface WrittenPdf {
  readonly path: string;
  readonly pages: number;
  readonly bytes: number;
}

/** Notes what a stage had to say, and hands on its value. */
export type Say = <T>(result: Checked<T>) => T | undefined;

/** Runs one plan's stages. A failure stops this plan and no other; a bug of ours, or the user breaking off, stops all. */
export async function outcomeOf(
  plan: PlanFile,
  stages: (say: Say) => Promise<WrittenPdf | undefined>,
): Promise<PlanOutcome> {
  const start = performance.now();
  const diagnostics: Diagnostic[] = [];
  const say: Say = (result) => {
    diagnostics.push(...result.diagnostics);
    return result.value;
  };
  let written: WrittenPdf | undefined;
  let failure: Failure | undefined;
  try {
    written = await stages(say);
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.exit === "interrupted") throw cause;
    failure = cause;
  }
  return { plan, diagnostics: inReadingOrder(diagnostics), written, failure, milliseconds: performance.now() - start };
}
