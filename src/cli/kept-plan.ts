import { join } from "node:path";
import { readBytes } from "../core/files.ts";

/** The plan.md in a folder; undefined where no folder was named, or there is none in it. */
export async function keptPlan(folder: string | undefined): Promise<Uint8Array | undefined> {
  return folder === undefined ? undefined : await readBytes(join(folder, "plan.md"));
}
