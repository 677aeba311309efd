import { resolve } from "node:path";
import { readBytes } from "../core/files.ts";
import { sha256, sourceHash } from "../core/identity.ts";
import type { KeptPlan } from "../pipeline/signed/told-plan.ts";
import { planSources } from "../plan/load.ts";
import { loadPlanWithHistory } from "../results/history.ts";

/** The plan.md in a folder; undefined where no folder was named, or there is none in it. */
export async function keptPlan(folder: string | undefined): Promise<KeptPlan | undefined> {
  if (folder === undefined) return undefined;
  const path = resolve(folder, "plan.md");
  const bytes = await readBytes(path);
  if (!bytes) return undefined;
  const { value } = await loadPlanWithHistory(path);
  return { bytes, hash: value ? sourceHash(planSources(value)) : sha256(bytes) };
}
