import { Failure } from "../core/failure.ts";
import { inThread } from "../core/work-thread.ts";
import type { GreyPicture } from "./codes.ts";
import type { Look, ScanJob } from "./job.ts";
import { WORK_LIMITS } from "./limits.ts";

/** The pages of a scanned PDF as pictures; `pdfPages` in a thread of its own. @throws Failure as it does, and `scanning-for-tung` */
export function pdfPagesApart(
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
  limits = WORK_LIMITS,
): Promise<Uint8Array[]> {
  const job: ScanJob = { kind: "pages", bytes, name };
  return inThread("scan-worker", job, { limits, signal, tooHeavy: tooHeavy(name) });
}

/** Looks at a picture of a page, in a thread of its own. @throws Failure `scanning-for-tung` */
export function lookApart(
  picture: GreyPicture,
  name: string,
  signal: AbortSignal,
  limits = WORK_LIMITS,
): Promise<Look> {
  const job: ScanJob = { kind: "look", picture };
  return inThread("scan-worker", job, { limits, signal, tooHeavy: tooHeavy(name) });
}

function tooHeavy(name: string) {
  return (what: string) =>
    new Failure("foreign", "scanning-for-tung", `Det tog ${what} at læse ${name}; arbejdet er standset.`, {
      hint: "Scan siden igen med 200 eller 300 punkter pr. tomme (dpi).",
    });
}
