import { fileSize } from "../core/files.ts";
import { adviseOn, type PlanAdvice } from "../plan/advice/advice.ts";
import type { FormShelf } from "../template/shelf.ts";
import { draftPay, drafts, fileBeside, prepare } from "./draft.ts";
import { outcomeOf, type PlanOutcome } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";
import { draftStatuses } from "./year/draft-status.ts";

/**
 * Checks a plan, its follow-ups, its results and its calculation of pay against everything that can be said without printing, and with
 * `advise` its goals against the guidance on goals. Loads neither browser nor PDF library.
 */
export async function checkPlan(plan: PlanFile, forms: FormShelf, advise = false): Promise<PlanOutcome> {
  let advice: PlanAdvice | undefined;
  const outcome = await outcomeOf(plan, async (say) => {
    const prepared = await prepare(plan, forms, say);
    if (!prepared) return;
    if (advise) advice = adviseOn(prepared.loaded.plan);
    const made = await drafts(prepared, forms, say);
    await draftStatuses(prepared, forms, say);
    const hasPay = (await fileSize(fileBeside(plan, "resultatloen.md"))) !== undefined;
    if (hasPay && made.length > 1) await draftPay(prepared, forms, say);
  });
  // A goal that nobody has written yet needs no advice on its wording.
  const unwritten = outcome.diagnostics.some(({ code }) => code === "udfyld");
  return advice && !unwritten ? { ...outcome, advice } : outcome;
}
