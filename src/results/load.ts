import { dirname } from "node:path";
import { type Checked, checked, type Diagnostic, inReadingOrder } from "../core/diagnostic.ts";
import { readBytes } from "../core/files.ts";
import type { SourceBytes } from "../core/identity.ts";
import { eachOnce, pictureSources } from "../core/picture-source.ts";
import { decodeSource } from "../core/reading.ts";
import type { Source } from "../core/source.ts";
import { parseBody } from "../plan/body.ts";
import { readFrontMatter } from "../plan/front-matter.ts";
import { readImages } from "../plan/images.ts";
import { type PlanFiles, planSources } from "../plan/load.ts";
import { passageOf } from "../plan/passage.ts";
import type { Plan } from "../plan/plan.ts";
import type { ImageUse } from "../plan/prose.ts";
import { readWritten } from "../plan/written.ts";
import { bodyDiagnostics, missingAnalyses } from "./analyses.ts";
import { assess } from "./assess.ts";
import type { Assessment } from "./assessment.ts";
import { completenessDiagnostics } from "./complete.ts";
import { resolveResults } from "./resolve.ts";
import type { AgreedChange } from "./results.ts";
import { resultsSchema } from "./schema.ts";

/** What a plan came to, and the pictures that its analyses show, by the names they have there. */
export interface LoadedResults {
  readonly assessment: Assessment;
  readonly images: ReadonlyMap<string, Uint8Array>;
  /** The results file, byte by byte. */
  readonly bytes: Uint8Array;
}

/** What a document about results is made from; the lock tells which signed plan it reports on. */
export function reportSources(
  plan: PlanFiles,
  results: Pick<LoadedResults, "bytes" | "images">,
  lock?: SourceBytes,
): SourceBytes[] {
  const own = [{ name: "resultater.md", bytes: results.bytes }, ...pictureSources(results.images)];
  return eachOnce([...planSources(plan), ...own, ...(lock ? [lock] : [])]);
}

/** Results, unless they have errors, and what they say in any case. */
export interface CheckedResults extends Checked<LoadedResults> {
  /** The changes of the plan that they tell of; undefined where it cannot be read whether there are others. */
  readonly changes: readonly AgreedChange[] | undefined;
}

/** Reads a plan's `resultater.md` and assesses it; undefined where there is no such file. Says everything at once. */
export async function loadResults(path: string, plan: Plan): Promise<CheckedResults | undefined> {
  const bytes = await readBytes(path);
  if (!bytes) return undefined;
  const source = decodeSource(path, bytes);
  if (!source.value) return { ...checked<LoadedResults>(undefined, source.diagnostics), changes: undefined };
  const { value, diagnostics, images, changes } = parseResults(source.value, plan);
  const { files, problems } = await readImages(dirname(path), images);
  const loaded = value && { assessment: value, images: files, bytes };
  return { ...checked(loaded, inReadingOrder([...diagnostics, ...problems])), changes };
}

/** Results as far as their own file tells, and the pictures that their texts ask for. */
export interface ParsedResults extends Checked<Assessment> {
  readonly images: readonly ImageUse[];
  readonly changes: CheckedResults["changes"];
}

/** What stands in for what is missing in a results file, so that the rest of it is still checked. */
const standIns = { mål: {}, samlet: { pct: "0", begrundelse: "?" }, pct: "0" };

/** Reads the text of a results file and holds it against the plan. Does not look at other files. */
export function parseResults(source: Source, plan: Plan): ParsedResults {
  const parts = readFrontMatter(source);
  const written = parts.value && readWritten(resultsSchema, standIns, parts.value);
  const resolved = parts.value && written?.data && resolveResults(written.data, plan, parts.value, written.faults);
  const text = parts.body && parseBody(passageOf(parts.body), plan, ["mål"]);
  const diagnostics: Diagnostic[] = [
    ...parts.diagnostics,
    ...(written?.diagnostics ?? []),
    ...(resolved?.diagnostics ?? []),
    ...(text ? bodyDiagnostics(text.body, text.diagnostics) : []),
  ];
  // Without a list of goals every goal would be missing.
  const reported = resolved && !written?.faults.some((path) => path.length === 1 && path[0] === "mål");
  if (reported) diagnostics.push(...completenessDiagnostics(plan, resolved));
  const assessed = reported && text ? assess(plan, { ...resolved.results, body: text.body }) : undefined;
  if (assessed) diagnostics.push(...assessed.diagnostics, ...missingAnalyses(assessed));
  return {
    ...checked(assessed?.assessment, inReadingOrder(diagnostics)),
    images: [...(resolved?.images ?? []), ...(text?.body.images ?? [])],
    changes: resolved?.changesKnown ? resolved.results.changes : undefined,
  };
}
