import { serve } from "../../core/work-thread.ts";
import { compareWithCopy } from "../contents/compare.ts";
import { inspectFile } from "../inspect/inspect.ts";
import { verifyPdf } from "../verify.ts";
import { readCertificate } from "../x509/certificate.ts";
import type { Job } from "./job.ts";

/** The thread that reads files, started by verifier.ts. */
serve((job: Job) => {
  if (job.kind === "inspect") return inspectFile(job.bytes);
  if (job.kind === "compare") return compareWithCopy(job.copy, job.returned, job.revision);
  return verifyPdf(job.bytes, { anchors: job.anchors.map(readCertificate), now: job.now });
});
