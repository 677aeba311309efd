import { fileSize } from "../core/files.ts";
import type { FormShelf } from "../template/shelf.ts";
import { draft, draftPay, fileBeside } from "./draft.ts";
import { outcomeOf, type PlanOutcome } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/** Checks a plan, its results and its calculation of pay against everything that can be said without printing. Loads neither browser nor PDF library. */
export function checkPlan(plan: PlanFile, forms: FormShelf): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say) => {
    const drafts = await draft(plan, forms, say);
    const hasPay = (await fileSize(fileBeside(plan, "resultatloen.md"))) !== undefined;
    // What plan and results have to say has been said.
    if (hasPay && drafts.length > 1) await draftPay(plan, forms, (result) => result.value, say);
  });
}
