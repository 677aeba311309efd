import { serve } from "../../core/work-thread.ts";
import type { Job } from "./job.ts";
import { mergePdfs } from "./merge.ts";
import { findCaptions, findPlace, findTitles } from "./place/find-place.ts";
import { pageTexts } from "./place/page-texts.ts";

/** The thread that reads foreign files, started by apart.ts. */
serve(resultOf);

function resultOf(job: Job): unknown {
  if (job.kind === "merge") return mergePdfs(job.parts, job.attached);
  if (job.kind === "captions") return findCaptions(job.bytes, job.name);
  if (job.kind === "titles") return findTitles(job.bytes, job.name, job.titles);
  if (job.kind === "texts") return pageTexts(job.bytes, job.name);
  return findPlace(job.bytes, job.name, job.wanted, job.side);
}
