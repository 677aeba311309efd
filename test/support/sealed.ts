import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { SeedPlanId } from "./plans.ts";

const root = resolve(import.meta.dirname, "../..");

/** The organisation that seals. */
export const SEALER = "Prøvens Styrelse";

/** A seed plan that an organisation seals, too: the plan's PDF as the program builds it, in a folder. */
export async function sealedPlan(id: SeedPlanId, folder: string): Promise<Uint8Array> {
  const plan = join(folder, "plans", id, "plan.md");
  await cp(join(root, "plans", id), join(folder, "plans", id), { recursive: true });
  const text = await readFile(plan, "utf8");
  await writeFile(plan, text.replace("\nunderskrivere:", `\nsegl:\n  - organisation: ${SEALER}\nunderskrivere:`));
  await promisify(execFile)(process.execPath, [join(root, "dist/main.js"), "build", "--root", folder, id]);
  return new Uint8Array(await readFile(join(folder, "output", id, "plan.pdf")));
}
