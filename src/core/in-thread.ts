import { Worker } from "node:worker_threads";
import { type ExitCode, Failure, throwIfInterrupted } from "./failure.ts";

/** What a foreign file may cost before it is given up. */
export interface ThreadLimits {
  readonly milliseconds: number;
  /** How much the process may grow, in bytes. */
  readonly memory: number;
}

/** What a thread answers: a result, a `Failure` in its parts (a thread's errors lose their class on the way), or a bug of ours. */
export type Answer =
  | { readonly result: unknown }
  | {
      readonly failure: {
        readonly exit: string;
        readonly code: string;
        readonly message: string;
        readonly hint: string | undefined;
      };
    }
  | { readonly bug: string };

/** What is to be done in a thread of its own. */
export interface ThreadWork {
  /** The program of the thread. */
  readonly entry: URL;
  readonly job: unknown;
  readonly limits: ThreadLimits;
  /** The failure of work that takes »for lang tid« or »for meget hukommelse«. */
  tooHeavy(what: string): Failure;
}

/** Does work in a thread of its own, one job and one answer: what is made to last for ever, or to swell, ends with a `Failure`. */
export async function inThread<T>({ entry, job, limits, tooHeavy }: ThreadWork, signal: AbortSignal): Promise<T> {
  throwIfInterrupted(signal);
  const worker = new Worker(entry, {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limits.memory / 1024 / 1024), stackSizeMb: 4 },
  });
  let watch: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const start = performance.now();
      const before = process.memoryUsage.rss();
      // The thread's own limit counts its objects, but not the bytes of what it unpacks.
      watch = setInterval(() => {
        if (signal.aborted) reject(new Failure("interrupted", "afbrudt", "Afbrudt."));
        else if (performance.now() - start > limits.milliseconds) reject(tooHeavy("for lang tid"));
        else if (process.memoryUsage.rss() - before > limits.memory) reject(tooHeavy("for meget hukommelse"));
      }, 50);
      worker.once("message", resolve);
      worker.once("error", (cause: NodeJS.ErrnoException) =>
        reject(cause.code === "ERR_WORKER_OUT_OF_MEMORY" ? tooHeavy("for meget hukommelse") : cause),
      );
      worker.once("exit", (code) => reject(new Error(`The thread ended without an answer (${code})`)));
    });
    if ("result" in answer) return answer.result as T;
    if ("bug" in answer) throw new Error(answer.bug);
    const { exit, code, message, hint } = answer.failure;
    throw new Failure(exit as ExitCode, code, message, { hint });
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

/** What the thread answers with: the result of its work, or what was thrown in it. */
export async function answerOf(work: () => unknown): Promise<Answer> {
  try {
    return { result: await work() };
  } catch (cause) {
    if (!(cause instanceof Failure)) return { bug: cause instanceof Error ? (cause.stack ?? "") : String(cause) };
    const { exit, code, message, hint } = cause;
    return { failure: { exit, code, message, hint } };
  }
}
