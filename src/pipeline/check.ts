import type { FormShelf } from "../template/shelf.ts";
import { draft } from "./draft.ts";
import { outcomeOf, type PlanOutcome } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/** Checks a plan and its results against everything that can be said without printing. Loads neither browser nor PDF library. */
export function checkPlan(plan: PlanFile, forms: FormShelf): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say) => {
    await draft(plan, forms, say);
  });
}
