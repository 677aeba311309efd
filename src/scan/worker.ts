import { serve } from "../core/work-thread.ts";
import { findCodes, type GreyPicture } from "./codes.ts";
import type { Look, ScanJob } from "./job.ts";
import { pdfPages } from "./pdf-pages.ts";
import { isBlank, slantOf } from "./slant.ts";

async function look(picture: GreyPicture): Promise<Look> {
  if (isBlank(picture)) return { codes: [], blank: true, slant: 0 };
  const codes = await findCodes(picture);
  return { codes, blank: false, slant: codes.length > 0 ? 0 : slantOf(picture) };
}

/** The thread that reads scans, started by apart.ts. */
serve((job: ScanJob) => (job.kind === "pages" ? pdfPages(job.bytes, job.name) : look(job.picture)));
