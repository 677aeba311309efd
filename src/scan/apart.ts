import { Failure } from "../core/failure.ts";
import { inThread, type ThreadLimits, TooHeavy } from "../core/work-thread.ts";
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
  return apart(job, name, limits, signal);
}

/** Looks at a picture of a page, in a thread of its own. @throws Failure `scanning-for-tung` */
export function lookApart(
  picture: GreyPicture,
  name: string,
  signal: AbortSignal,
  limits = WORK_LIMITS,
): Promise<Look> {
  const job: ScanJob = { kind: "look", picture };
  return apart(job, name, limits, signal);
}

async function apart<T>(job: ScanJob, name: string, limits: ThreadLimits, signal: AbortSignal): Promise<T> {
  try {
    return await inThread<T>("scan-worker", job, limits, signal);
  } catch (cause) {
    if (!(cause instanceof TooHeavy)) throw cause;
    throw new Failure("foreign", "scanning-for-tung", `Det tog ${cause.what} at læse ${name}; arbejdet er standset.`, {
      hint: "Scan siden igen med 200 eller 300 punkter pr. tomme (dpi).",
    });
  }
}
