import type { HtmlDocument } from "../core/states.ts";
import { type LoadedPlan, loadPlan } from "../plan/load.ts";
import { renderPlan } from "../template/render.ts";
import type { FormShelf } from "../template/shelf.ts";
import { outcomeOf, type PlanOutcome, type Say } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/** A plan, and as the browser will print it. */
export interface Draft {
  readonly loaded: LoadedPlan;
  readonly document: HtmlDocument;
}

/** The first stages of every command, load and render; undefined where the plan has errors. */
export async function draft(plan: PlanFile, forms: FormShelf, say: Say): Promise<Draft | undefined> {
  const loaded = say(await loadPlan(plan.path));
  const document = loaded && say(await renderPlan(loaded, forms));
  return document && { loaded, document };
}

/** Checks a plan against everything that can be said without printing it. Loads neither browser nor PDF library. */
export function checkPlan(plan: PlanFile, forms: FormShelf): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say) => {
    await draft(plan, forms, say);
    return undefined;
  });
}
