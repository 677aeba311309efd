import { fileSize } from "../core/files.ts";
import { adviseOn, type PlanAdvice } from "../plan/advice/advice.ts";
import { agreedIn, readFaultyPlan } from "../plan/load.ts";
import { followUpFile, loadFollowUp } from "../results/followup/load.ts";
import type { FormShelf } from "../template/shelf.ts";
import { draftPay, drafts, fileBeside, prepare } from "./draft.ts";
import { outcomeOf, type PlanOutcome, type Say } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";
import { draftStatuses, roundsOf } from "./year/draft-status.ts";

/**
 * Checks a plan, its follow-ups, its results and its calculation of pay against everything that can be said without printing, and with
 * `advise` its goals against the guidance on goals. Loads neither browser nor PDF library.
 */
export async function checkPlan(plan: PlanFile, forms: FormShelf, advise = false): Promise<PlanOutcome> {
  let advice: PlanAdvice | undefined;
  const outcome = await outcomeOf(plan, async (say) => {
    const prepared = await prepare(plan, forms, say);
    if (!prepared) return await followUpsOfFaulty(plan, say);
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

/** What is wrong with the follow-ups of a plan that is not rendered, told with the rest. */
async function followUpsOfFaulty(plan: PlanFile, say: Say): Promise<void> {
  const read = await readFaultyPlan(plan.path);
  const agreed = read && agreedIn(read);
  for (const round of agreed ? await roundsOf(plan) : []) {
    const followUp = agreed && (await loadFollowUp(fileBeside(plan, followUpFile(round)), agreed));
    if (followUp) say(followUp);
  }
}
