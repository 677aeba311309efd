import { Worker } from "node:worker_threads";
import type { FileReport } from "../report.ts";
import { TOO_HEAVY, tooHeavy } from "../verify.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { Answer, Inspection, Job } from "./job.ts";

/** What one file may cost before the thread is stopped, whatever it is doing just then. */
export interface HardLimits {
  readonly milliseconds: number;
  /** How much the process may grow, in bytes. */
  readonly memory: number;
}

/** Above the limits that the reader keeps itself, which end with the same verdict and more gently. */
export const HARD_LIMITS: HardLimits = { milliseconds: 30_000, memory: 1500 * 1024 * 1024 };

/** The bundle has the worker beside it; tests, which run the sources, use that of the last bundle. */
const entry = import.meta.url.endsWith(".ts")
  ? new URL("../../../dist/verify-worker.js", import.meta.url)
  : new URL("./verify-worker.js", import.meta.url);

/**
 * Verifies and inspects files in a thread of its own, so that a file that makes a loop of a single call, or swells, is answered
 * in time: such a file is »for tung«. The thread serves all files; after one that was too heavy there is a new one.
 */
export class Verifier {
  readonly #limits: HardLimits;
  #worker: Worker | undefined;

  constructor(limits: HardLimits = HARD_LIMITS) {
    this.#limits = limits;
  }

  /** The verdict over a file's signatures. One file at a time. */
  async verify(bytes: Uint8Array, anchors: readonly Certificate[], now: Date): Promise<FileReport> {
    const job: Job = { kind: "verify", bytes, anchors: anchors.map((one) => one.der), now };
    return (await this.#result<FileReport>(job)) ?? tooHeavy(bytes);
  }

  /** What a file is and holds. One file at a time. */
  async inspect(bytes: Uint8Array): Promise<Inspection> {
    return (await this.#result<Inspection>({ kind: "inspect", bytes })) ?? { unreadable: TOO_HEAVY };
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  /** Undefined for what is too heavy. */
  async #result<T>(job: Job): Promise<T | undefined> {
    const worker = this.#worker ?? new Worker(entry, { resourceLimits: this.#resources() });
    this.#worker = worker;
    const answer = await answerOf(worker, job, this.#limits);
    if ("result" in answer) return answer.result as T;
    if ("bug" in answer) throw new Error(answer.bug);
    await this.close();
    return undefined;
  }

  #resources() {
    return { maxOldGenerationSizeMb: Math.ceil(this.#limits.memory / 1024 / 1024), stackSizeMb: 4 };
  }
}

function answerOf(worker: Worker, job: Job, limits: HardLimits): Promise<Answer> {
  const start = performance.now();
  const before = process.memoryUsage.rss();
  return new Promise<Answer>((resolve, reject) => {
    const end = () => {
      clearInterval(watch);
      worker.off("message", hear).off("error", fail).off("exit", leave);
    };
    const settle = (answer: Answer) => {
      end();
      resolve(answer);
    };
    const hear = (answer: Answer) => settle(answer);
    const fail = (cause: NodeJS.ErrnoException) => {
      if (cause.code === "ERR_WORKER_OUT_OF_MEMORY") return settle({ heavy: true });
      end();
      reject(cause);
    };
    const leave = (code: number) => {
      end();
      reject(new Error(`The thread ended without an answer (${code})`));
    };
    // The thread's own limit counts its objects, but not the bytes of what it unpacks.
    const watch = setInterval(() => {
      const grown = process.memoryUsage.rss() - before;
      if (performance.now() - start > limits.milliseconds || grown > limits.memory) settle({ heavy: true });
    }, 50);
    worker.on("message", hear).on("error", fail).on("exit", leave);
    worker.postMessage(job);
  });
}
