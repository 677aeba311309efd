import type { FinishedPdf, PrintedPdf } from "../core/states.ts";
import type { FinishFacts } from "../pdf/finish/facts.ts";
import type { PdfFacts } from "../pdf/inspect.ts";

/** A finished PDF, and what is read back from its bytes. */
export interface FinishedPrint {
  readonly finished: FinishedPdf;
  readonly facts: PdfFacts;
}

/** Finishes a print and reads the result back, here or on another thread. */
export type Finisher = (printed: PrintedPdf, facts: FinishFacts) => Promise<FinishedPrint>;

/**
 * Finishes a print on this thread. The PDF library is loaded by the first call, so that nothing waits for it before there
 * is a print.
 *
 * @throws Failure as `finishPdf` does
 */
export const finishHere: Finisher = async (printed, facts) => {
  const { finishPdf, inspectPdf } = await finishingTools();
  const finished = await finishPdf(printed, facts);
  return { finished, facts: await inspectPdf(finished) };
};

/** What finishing needs, loaded once: called early, it is there when it is needed. */
export async function finishingTools() {
  const [{ finishPdf }, { inspectPdf }] = await Promise.all([
    import("../pdf/finish/finish.ts"),
    import("../pdf/inspect.ts"),
  ]);
  return { finishPdf, inspectPdf };
}
