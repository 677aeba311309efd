import type { PrintedPdf } from "../core/states.ts";
import type { FinishFacts } from "../pdf/finish/facts.ts";
import type { FinishedPrint } from "../pdf/finish/finish.ts";

/** Finishes a print and tells what it says of itself, here or on another thread. */
export type Finisher = (printed: PrintedPdf, facts: FinishFacts) => Promise<FinishedPrint>;

/**
 * Finishes a print on this thread. The PDF library is loaded by the first call, so that nothing waits for it before there
 * is a print.
 *
 * @throws Failure as `finishPdf` does
 */
export const finishHere: Finisher = async (printed, facts) => {
  const { finishAndTell } = await finishingTools();
  return await finishAndTell(printed, facts);
};

/** What finishing needs, loaded once: called early, it is there when it is needed. */
export async function finishingTools() {
  const [{ finishAndTell }, { inspectPdf }, { placesIn }] = await Promise.all([
    import("../pdf/finish/finish.ts"),
    import("../pdf/inspect.ts"),
    import("../pdf/finish/read-print.ts"),
  ]);
  return { finishAndTell, inspectPdf, placesIn };
}
