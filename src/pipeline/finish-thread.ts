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

  constructor() {
    this.#thread.start();
  }

  /** @throws Failure as `finishPdf` does */
  readonly finish: Finisher = (printed, facts) => this.#thread.do({ printed, facts } satisfies FinishJob);

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#thread.close();
  }
}
