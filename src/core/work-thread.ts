import { parentPort, Worker } from "node:worker_threads";
import { type ExitCode, Failure, throwIfInterrupted } from "./failure.ts";

/** What a job may cost before it is given up. */
export interface ThreadLimits {
  readonly milliseconds: number;
  /** How much the process may grow, in bytes. */
  readonly memory: number;
}

/** A job that was given up, and what it took too much of. */
export class TooHeavy extends Error {
  override readonly name = "TooHeavy";
  /** Danish, as in »det tog … at læse filen«. */
  readonly what: "for lang tid" | "for meget hukommelse";

  constructor(what: TooHeavy["what"]) {
    super(`The job takes ${what}`);
    this.what = what;
  }
}

interface Job {
  readonly id: number;
  readonly job: unknown;
}

/**
 * What became of a job: a result, a `Failure` in its parts (a thread's errors lose their class on the way), or another error,
 * and whether it was of what a machine cannot hold: a stack too deep, a text or an array too long.
 */
type Answer =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number;
      readonly failure: {
        readonly exit: ExitCode;
        readonly code: string;
        readonly message: string;
        readonly hint: string | undefined;
      };
    }
  | { readonly id: number; readonly error: string; readonly heavy: boolean };

interface Waiting {
  resolve(result: unknown): void;
  reject(cause: unknown): void;
}

/** The threads, by the names that bundle.mjs gives their programs. Tests, which run the sources, use those of the last bundle. */
export type ThreadName = "finish-worker" | "merge-worker" | "scan-worker" | "verify-worker";

function programOf(name: ThreadName): URL {
  const besides = import.meta.url.endsWith(".ts") ? "../../dist/" : "./";
  return new URL(`${besides}${name}.js`, import.meta.url);
}

/**
 * A thread of its own that does jobs. The first starts it, unless it was started, and the first after one that was given up, or
 * after the thread was closed, starts it anew. With limits it is for one job at a time, and what is made to last for ever, or to
 * swell, is given up: whatever it is doing just then, the thread ends.
 */
export class WorkThread {
  readonly #name: ThreadName;
  readonly #limits: ThreadLimits | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #jobs = 0;

  constructor(name: ThreadName, limits?: ThreadLimits) {
    this.#name = name;
    this.#limits = limits;
  }

  /** @throws what the job throws; TooHeavy; Failure `afbrudt`, when the signal is raised meanwhile */
  async do<T>(job: unknown, signal?: AbortSignal): Promise<T> {
    if (signal) throwIfInterrupted(signal);
    this.start();
    const id = this.#jobs++;
    const stop = this.#watch(signal);
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
        // Whoever waits for an answer keeps the program running.
        this.#worker?.ref();
        this.#worker?.postMessage({ id, job } satisfies Job);
      });
    } finally {
      stop();
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#worker?.unref();
    }
  }

  /** Starts the thread, so that the first job need not wait for it. */
  start(): void {
    this.#worker ??= this.#begin();
  }

  /** Ends the thread, and what it was doing. */
  async close(): Promise<void> {
    await this.#end(new Error("The thread was closed"));
  }

  #begin(): Worker {
    const limits = this.#limits;
    const worker = new Worker(
      programOf(this.#name),
      limits && {
        resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limits.memory / 1024 / 1024), stackSizeMb: 4 },
      },
    );
    worker.unref();
    worker.on("message", (answer: Answer) => this.#take(answer));
    worker.on("error", (cause: NodeJS.ErrnoException) => {
      const swollen = cause.code === "ERR_WORKER_OUT_OF_MEMORY";
      if (this.#worker === worker) void this.#end(swollen ? new TooHeavy("for meget hukommelse") : cause);
    });
    worker.on("exit", (code) => {
      if (this.#worker === worker) void this.#end(new Error(`The thread ended without an answer (${code})`));
    });
    return worker;
  }

  /** The thread's own limit counts its objects, but not the bytes of what it unpacks. */
  #watch(signal: AbortSignal | undefined): () => void {
    if (!this.#limits && !signal) return () => undefined;
    const { milliseconds, memory } = this.#limits ?? { milliseconds: Infinity, memory: Infinity };
    const start = performance.now();
    const before = process.memoryUsage.rss();
    const timer = setInterval(() => {
      if (signal?.aborted) void this.#end(new Failure("interrupted", "afbrudt", "Afbrudt."));
      else if (performance.now() - start > milliseconds) void this.#end(new TooHeavy("for lang tid"));
      else if (process.memoryUsage.rss() - before > memory) void this.#end(new TooHeavy("for meget hukommelse"));
    }, 50);
    return () => clearInterval(timer);
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if ("result" in answer) waiting?.resolve(answer.result);
    else if ("failure" in answer) {
      const { exit, code, message, hint } = answer.failure;
      waiting?.reject(new Failure(exit, code, message, { hint }));
    } else
      waiting?.reject(answer.heavy && this.#limits ? new TooHeavy("for meget hukommelse") : new Error(answer.error));
  }

  /** Everybody who waits is told why. */
  async #end(reason: unknown): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(reason);
    await worker?.terminate();
  }
}

/** What one job in a thread of its own may cost, and what is said of one that costs more. */
export interface ThreadTerms {
  readonly limits: ThreadLimits;
  readonly signal: AbortSignal;
  tooHeavy(what: TooHeavy["what"]): Failure;
}

/** Does one job in a thread of its own. @throws as `WorkThread.do`, and what is said of a job that is too heavy */
export async function inThread<T>(
  name: ThreadName,
  job: unknown,
  { limits, signal, tooHeavy }: ThreadTerms,
): Promise<T> {
  const thread = new WorkThread(name, limits);
  try {
    return await thread.do<T>(job, signal);
  } catch (cause) {
    throw cause instanceof TooHeavy ? tooHeavy(cause.what) : cause;
  } finally {
    await thread.close();
  }
}

/** The thread's own side: does every job that comes, and answers it. */
export function serve<Asked>(work: (job: Asked) => unknown): void {
  parentPort?.on("message", async ({ id, job }: Job) =>
    parentPort?.postMessage(await answerTo(id, () => work(job as Asked))),
  );
}

async function answerTo(id: number, work: () => unknown): Promise<Answer> {
  try {
    return { id, result: await work() };
  } catch (cause) {
    if (!(cause instanceof Failure)) {
      const error = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      return { id, error, heavy: cause instanceof RangeError };
    }
    const { exit, code, message, hint } = cause;
    return { id, failure: { exit, code, message, hint } };
  }
}
