import { Failure } from "../core/failure.ts";
import type { HtmlDocument, PrintedPdf } from "../core/states.ts";
import { finishPdf } from "../pdf/finish/finish.ts";
import { inspectPdf } from "../pdf/inspect.ts";
import { type LoadedPlan, planSources } from "../plan/load.ts";
import { loadPlanWithHistory } from "../results/history.ts";
import { closestDensity, type Density, densities, hasCohesion } from "../template/cohesion-view.ts";
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
    const start = performance.now();
    const { document, printed } = await onOneSheet(loaded, tools);
    const finished = await finishPdf(printed, finishFacts(provenance, document));
    wrote(await writeJudged(file, { name: "sammenhaeng", provenance }, { document, finished, start }, tools));
  });
}

interface Sheet {
  readonly document: HtmlDocument;
  readonly printed: PrintedPdf;
}

/**
 * Prints a plan's figure as openly as one sheet has room for. The closest setting is tried first: what it cannot hold is told
 * at once.
 *
 * @throws Failure `figur-for-stor`
 */
async function onOneSheet(loaded: LoadedPlan, { forms, shop }: BuildTools): Promise<Sheet> {
  const set = async (density: Density): Promise<Sheet | undefined> => {
    const document = await renderCohesion(loaded, density, forms);
    const printed = await shop.print(document);
    return (await inspectPdf(printed)).pages === 1 ? { document, printed } : undefined;
  };
  const closest = await set(closestDensity);
  if (!closest)
    throw new Failure("plan", "figur-for-stor", "Figuren kan ikke være på én side.", {
      hint: "Skriv færre eller kortere opgaver under målene. Den forrige figur står uændret.",
    });
  for (const density of densities) {
    const sheet = await set(density);
    if (sheet) return sheet;
  }
  return closest;
}
