import { Worker } from "node:worker_threads";
import { type ExitCode, Failure } from "../core/failure.ts";
import type { PrintedPdf } from "../core/states.ts";
import type { FinishFacts } from "../pdf/finish/facts.ts";
import type { FinishedPrint } from "../pdf/finish/finish.ts";
import type { Finisher } from "./finishing.ts";

/** A print to be finished. */
export interface FinishJob {
  readonly id: number;
  readonly printed: PrintedPdf;
  readonly facts: FinishFacts;
}

/** What became of it: a result, a `Failure` in its parts (a thread's errors lose their class on the way), or a bug of ours. */
export type FinishAnswer =
  | { readonly id: number; readonly result: FinishedPrint }
  | {
      readonly id: number;
      readonly failure: {
        readonly exit: ExitCode;
        readonly code: string;
        readonly message: string;
        readonly hint: string | undefined;
      };
    }
  | { readonly id: number; readonly bug: string };

/** The bundle has the worker beside it; tests, which run the sources, use that of the last bundle. */
const entry = import.meta.url.endsWith(".ts")
  ? new URL("../../dist/finish-worker.js", import.meta.url)
  : new URL("./finish-worker.js", import.meta.url);

/** Finishes prints on a thread of its own, so that this one has time for the browser. Worth its start for more than a few. */
export class FinishThread {
  readonly #worker = new Worker(entry);
  readonly #waiting = new Map<number, { resolve(print: FinishedPrint): void; reject(cause: unknown): void }>();
  #jobs = 0;
  #broken: unknown;

  constructor() {
    // Whoever waits for an answer keeps the program running.
    this.#worker.unref();
    this.#worker.on("message", (answer: FinishAnswer) => this.#take(answer));
    this.#worker.on("error", (cause) => this.#break(cause));
    this.#worker.on("exit", () => this.#break(new Error("The thread that finishes has ended")));
  }

  /** @throws Failure as `finishPdf` does */
  readonly finish: Finisher = (printed, facts) =>
    new Promise((resolve, reject) => {
      if (this.#broken !== undefined) return reject(this.#broken);
      const id = this.#jobs++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, printed, facts } satisfies FinishJob);
    });

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(answer: FinishAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ("result" in answer) waiting?.resolve(answer.result);
    else if ("bug" in answer) waiting?.reject(new Error(answer.bug));
    else {
      const { exit, code, message, hint } = answer.failure;
      waiting?.reject(new Failure(exit, code, message, { hint }));
    }
  }

  #break(cause: unknown): void {
    this.#broken ??= cause;
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
  }
}
