import { basename, join, resolve } from "node:path";
import { buildPlan } from "../../src/pipeline/build.ts";
import { findPlans, workspaceAt } from "../../src/pipeline/workspace.ts";
import type { PrintShop } from "../../src/print/print-shop.ts";
import { FormShelf } from "../../src/template/shelf.ts";
import { seedPlanIds } from "./plans.ts";
import { stressForms, writeStressPlans } from "./stress.ts";

const root = resolve(import.meta.dirname, "../..");

/** A document that was built, and where its PDF is. */
export interface Built {
  /** The plan's id, and for other documents than the plan the document's name: `benchmarkingenheden-2022.maalrapportering`. */
  readonly id: string;
  readonly path: string;
}

/** Builds the seed plans with their reports and the stress plan in every form, into a folder. A plan that is not built is an error. */
export async function buildEverything(shop: PrintShop, folder: string): Promise<Built[]> {
  await writeStressPlans(folder);
  const forms = new FormShelf(join(root, "templates"));
  const seeds = { ...workspaceAt(root), output: join(folder, "seeds") };
  const stress = { plans: join(folder, "plans"), templates: seeds.templates, output: join(folder, "stress") };
  const built: Built[] = [];
  for (const [workspace, ids] of [
    [seeds, seedPlanIds],
    [stress, stressForms],
  ] as const) {
    for (const plan of await findPlans(workspace, ids)) {
      const { written, failure, diagnostics } = await buildPlan(plan, { workspace, forms, shop });
      const problem = failure?.message ?? diagnostics.find((one) => one.severity === "error")?.message;
      if (problem !== undefined) throw new Error(`${plan.id} was not built: ${problem}`);
      const id = workspace === stress ? `stress-${plan.id}` : plan.id;
      for (const { path } of written) {
        const name = basename(path, ".pdf");
        built.push({ id: name === "plan" ? id : `${id}.${name}`, path });
      }
    }
  }
  return built;
}
