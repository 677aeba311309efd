import { parentPort } from "node:worker_threads";
import { inspectFile } from "../inspect/inspect.ts";
import { verifyPdf } from "../verify.ts";
import { readCertificate } from "../x509/certificate.ts";
import type { Answer, Job } from "./job.ts";

/** The thread that reads files, started by verifier.ts: one answer for each job, in their order. */
function answer(job: Job): Answer {
  try {
    if (job.kind === "inspect") return { result: inspectFile(job.bytes) };
    return { result: verifyPdf(job.bytes, { anchors: job.anchors.map(readCertificate), now: job.now }) };
  } catch (cause) {
    // What a machine cannot hold: a stack too deep, a text or an array too long.
    if (cause instanceof RangeError) return { heavy: true };
    return { bug: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
  }
}

parentPort?.on("message", (job: Job) => parentPort?.postMessage(answer(job)));
