import { Failure } from "../core/failure.ts";
import { inThread } from "../core/in-thread.ts";
import type { GreyPicture } from "./codes.ts";
import type { Look, ScanJob } from "./job.ts";
import { WORK_LIMITS } from "./limits.ts";

/** The bundle has the worker beside it; tests, which run the sources, use that of the last bundle. */
const entry = import.meta.url.endsWith(".ts")
  ? new URL("../../dist/scan-worker.js", import.meta.url)
  : new URL("./scan-worker.js", import.meta.url);

/** The pages of a scanned PDF as pictures; `pdfPages` in a thread of its own. @throws Failure as it does, and `scanning-for-tung` */
export function pdfPagesApart(
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
  limits = WORK_LIMITS,
): Promise<Uint8Array[]> {
  const job: ScanJob = { kind: "pages", bytes, name };
  return inThread({ entry, job, limits, tooHeavy: tooHeavy(name) }, signal);
}

/** Looks at a picture of a page, in a thread of its own. @throws Failure `scanning-for-tung` */
export function lookApart(
  picture: GreyPicture,
  name: string,
  signal: AbortSignal,
  limits = WORK_LIMITS,
): Promise<Look> {
  const job: ScanJob = { kind: "look", picture };
  return inThread({ entry, job, limits, tooHeavy: tooHeavy(name) }, signal);
}

function tooHeavy(name: string) {
  return (what: string) =>
    new Failure("foreign", "scanning-for-tung", `Det tog ${what} at læse ${name}; arbejdet er standset.`, {
      hint: "Scan siden igen med 200 eller 300 punkter pr. tomme (dpi).",
    });
}
