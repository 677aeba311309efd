import { Worker } from "node:worker_threads";
import { type ExitCode, Failure, throwIfInterrupted } from "../../core/failure.ts";
import type { Answer, Job } from "./job.ts";
import type { Merged } from "./merge.ts";
import type { Part } from "./part.ts";
import type { Caption } from "./place/captions.ts";
import type { FoundPlace, Side } from "./place/find-place.ts";

/** What a foreign file may cost before it is given up. */
export interface Limits {
  readonly milliseconds: number;
  /** How much the process may grow, in bytes. */
  readonly memory: number;
}

/** Enough for reports of many hundred pages with pictures. */
export const LIMITS: Limits = { milliseconds: 120_000, memory: 1500 * 1024 * 1024 };

/** `mergePdfs` in a thread of its own: a file that is made to last for ever, or to swell, ends with a `Failure` (`pdf-for-tung`). */
export function mergeApart(parts: readonly Part[], signal: AbortSignal, limits = LIMITS): Promise<Merged> {
  return inThread<Merged>({ kind: "merge", parts }, signal, limits);
}

/** `pageTexts` in a thread of its own. */
export function pageTextsApart(
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
  limits = LIMITS,
): Promise<string[][]> {
  return inThread<string[][]>({ kind: "texts", bytes, name }, signal, limits);
}

/** `findPlace` in a thread of its own. */
export function findPlaceApart(
  bytes: Uint8Array,
  name: string,
  wanted: string,
  side: Side,
  signal: AbortSignal,
  limits = LIMITS,
): Promise<FoundPlace> {
  return inThread<FoundPlace>({ kind: "find", bytes, name, wanted, side }, signal, limits);
}

/** `findCaptions` in a thread of its own. */
export function findCaptionsApart(
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
  limits = LIMITS,
): Promise<Caption[]> {
  return inThread<Caption[]>({ kind: "captions", bytes, name }, signal, limits);
}

/** The bundle has the worker beside it; tests, which run the sources, use that of the last bundle. */
const entry = import.meta.url.endsWith(".ts")
  ? new URL("../../../dist/merge-worker.js", import.meta.url)
  : new URL("./merge-worker.js", import.meta.url);

async function inThread<T>(job: Job, signal: AbortSignal, limits: Limits): Promise<T> {
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

function tooHeavy(what: string): Failure {
  return new Failure("foreign", "pdf-for-tung", `Det tog ${what} at læse PDF-filerne; arbejdet er standset.`, {
    hint: "Gem filen igen i det program, den kommer fra, eller del den i mindre dele.",
  });
}
