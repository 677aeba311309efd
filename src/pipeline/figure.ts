import { Failure } from "../core/failure.ts";
import { finishPdf } from "../pdf/finish/finish.ts";
import { inspectPdf } from "../pdf/inspect.ts";
import { planSources } from "../plan/load.ts";
import { loadPlanWithHistory } from "../results/history.ts";
import { densities, hasCohesion } from "../template/cohesion-view.ts";
import { renderCohesion, renderPlan } from "../template/render.ts";
import { type BuildTools, writeJudged } from "./build.ts";
import { finishFacts, type Provenance } from "./finish-facts.ts";
import { outcomeOf, type PlanOutcome } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/**
 * Builds the figure of how strategy, goals and work programme hang together, `sammenhaeng.pdf`: one sheet, set as openly as
 * it has room for. The plan itself must be one that builds.
 */
export function buildFigure(file: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(file, async (say, wrote) => {
    const loaded = say(await loadPlanWithHistory(file.path));
    if (!loaded || !say(await renderPlan(loaded, tools.forms))) return;
    const { plan } = loaded;
    if (!hasCohesion(plan))
      throw new Failure("plan", "figur-uden-indhold", "Planen har hverken »strategi« eller »opgaver« at tegne.", {
        hint: "Skriv pejlemærkerne under »strategi« og opgaverne under målene; se docs/plansprog.md.",
      });
    const subject = `Sammenhæng mellem strategi, mål og arbejdsprogram for ${plan.institution.name}`;
    const provenance: Provenance = { plan, subject, sources: planSources(loaded) };
    for (const density of densities) {
      const start = performance.now();
      const document = await renderCohesion(loaded, density, tools.forms);
      const printed = await tools.shop.print(document);
      if ((await inspectPdf(printed)).pages > 1) continue;
      const finished = await finishPdf(printed, finishFacts(provenance, document));
      wrote(await writeJudged(file, { name: "sammenhaeng", provenance }, { document, finished, start }, tools));
      return;
    }
    throw new Failure("plan", "figur-for-stor", "Figuren kan ikke være på én side.", {
      hint: "Skriv færre eller kortere opgaver under målene. Den forrige figur står uændret.",
    });
  });
}
