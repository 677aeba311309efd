import { parentPort } from "node:worker_threads";
import { Failure } from "../core/failure.ts";
import { finishAndTell } from "../pdf/finish/finish.ts";
import type { FinishAnswer, FinishJob } from "./finish-thread.ts";

/** The thread that finishes prints, started by finish-thread.ts: an answer for every job. */
async function answer({ id, printed, facts }: FinishJob): Promise<FinishAnswer> {
  try {
    return { id, result: await finishAndTell(printed, facts) };
  } catch (cause) {
    if (!(cause instanceof Failure)) return { id, bug: cause instanceof Error ? (cause.stack ?? "") : String(cause) };
    const { exit, code, message, hint } = cause;
    return { id, failure: { exit, code, message, hint } };
  }
}

parentPort?.on("message", async (job: FinishJob) => parentPort?.postMessage(await answer(job)));
