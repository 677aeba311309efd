import type { PrintedPdf } from "../core/states.ts";
import { WorkThread } from "../core/work-thread.ts";
import type { FinishFacts } from "../pdf/finish/facts.ts";
import type { Finisher } from "./finishing.ts";

/** A print to be finished. */
export interface FinishJob {
  readonly printed: PrintedPdf;
  readonly facts: FinishFacts;
}

/** Finishes prints on a thread of its own, so that this one has time for the browser. Worth its start for more than a few. */
export class FinishThread {
  readonly #thread = new WorkThread("finish-worker");
  #closed = false;

  constructor() {
    this.#thread.start();
  }

  /** @throws Failure as `finishPdf` does */
  readonly finish: Finisher = async (printed, facts) => {
    // A plan that is still on its way when the others are given up is given up, too.
    if (this.#closed) throw new Error("The thread that finishes has ended");
    return await this.#thread.do({ printed, facts } satisfies FinishJob);
  };

  /** Ends the thread. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread.close();
  }
}
