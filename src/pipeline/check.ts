import { fileSize } from "../core/files.ts";
import type { FormShelf } from "../template/shelf.ts";
import { draftPay, drafts, fileBeside, prepare } from "./draft.ts";
import { draftStatuses } from "./draft-status.ts";
import { outcomeOf, type PlanOutcome } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/** Checks a plan, its follow-ups, its results and its calculation of pay against everything that can be said without printing. Loads neither browser nor PDF library. */
export function checkPlan(plan: PlanFile, forms: FormShelf): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say) => {
    const prepared = await prepare(plan, forms, say);
    if (!prepared) return;
    const made = await drafts(prepared, forms, say);
    await draftStatuses(prepared, forms, say);
    const hasPay = (await fileSize(fileBeside(plan, "resultatloen.md"))) !== undefined;
    if (hasPay && made.length > 1) await draftPay(prepared, forms, say);
  });
}
