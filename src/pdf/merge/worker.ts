import { parentPort, workerData } from "node:worker_threads";
import { Failure } from "../../core/failure.ts";
import type { Answer, Job } from "./job.ts";
import { mergePdfs } from "./merge.ts";
import { findCaptions, findPlace } from "./place/find-place.ts";
import { pageTexts } from "./place/page-texts.ts";

/** The thread that reads foreign files, started by apart.ts: one job, one answer. */
async function answer(job: Job): Promise<Answer> {
  try {
    if (job.kind === "merge") return { result: await mergePdfs(job.parts) };
    if (job.kind === "captions") return { result: findCaptions(job.bytes, job.name) };
    if (job.kind === "texts") return { result: pageTexts(job.bytes, job.name) };
    return { result: findPlace(job.bytes, job.name, job.wanted, job.side) };
  } catch (cause) {
    if (!(cause instanceof Failure)) return { bug: cause instanceof Error ? (cause.stack ?? "") : String(cause) };
    const { exit, code, message, hint } = cause;
    return { failure: { exit, code, message, hint } };
  }
}

parentPort?.postMessage(await answer(workerData as Job));
