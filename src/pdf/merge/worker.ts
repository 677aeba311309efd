import { parentPort, workerData } from "node:worker_threads";
import { answerOf } from "../../core/in-thread.ts";
import type { Job } from "./job.ts";
import { mergePdfs } from "./merge.ts";
import { findPlace } from "./place/find-place.ts";

/** The thread that reads foreign files, started by apart.ts: one job, one answer. */
const job = workerData as Job;
parentPort?.postMessage(
  await answerOf(() =>
    job.kind === "merge" ? mergePdfs(job.parts) : findPlace(job.bytes, job.name, job.wanted, job.side),
  ),
);
