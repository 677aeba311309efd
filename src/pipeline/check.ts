import type { HtmlDocument } from "../core/states.ts";
import { loadPlan } from "../plan/load.ts";
import { renderPlan } from "../template/render.ts";
import type { FormShelf } from "../template/shelf.ts";
import { outcomeOf, type PlanOutcome, type Say } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/** The first stages of every command, load and render: the plan as the browser will print it, or undefined where it has errors. */
export async function draft(plan: PlanFile, forms: FormShelf, say: Say): Promise<HtmlDocument | undefined> {
  const loaded = say(await loadPlan(plan.path));
  return loaded && say(await renderPlan(loaded, forms));
}

/** Checks a plan against everything that can be said without printing it. Loads neither browser nor PDF library. */
export function checkPlan(plan: PlanFile, forms: FormShelf): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say) => {
    await draft(plan, forms, say);
    return undefined;
  });
}
