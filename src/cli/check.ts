import type { ExitCode } from "../core/failure.ts";
import { checkPlan } from "../pipeline/check.ts";
import { findPlans, workspaceAt } from "../pipeline/workspace.ts";
import { adviceCount, adviceRemarks } from "../report/advice.ts";
import { exitOf, outcomesAsData } from "../report/data.ts";
import { checkRemarks, countOf, failureText } from "../report/text.ts";
import { FormShelf } from "../template/shelf.ts";
import type { Console } from "./console.ts";

/** What `resultatplan check` was asked for. */
export interface CheckCommand {
  readonly plans: readonly string[];
  readonly root: string;
  readonly json: boolean;
  /** Whether the goals are held against the guidance on goals. */
  readonly advice: boolean;
}

/** Says everything there is to say about plans, without a browser. */
export async function check(command: CheckCommand, console: Console): Promise<ExitCode> {
  const workspace = workspaceAt(command.root);
  const plans = await findPlans(workspace, command.plans);
  const forms = new FormShelf(workspace.templates);
  const outcomes = await Promise.all(plans.map((plan) => checkPlan(plan, forms, command.advice)));
  if (command.json) {
    console.out(JSON.stringify(outcomesAsData(outcomes), null, 2));
    return exitOf(outcomes);
  }
  for (const outcome of outcomes) {
    for (const remark of checkRemarks(outcome, console.paint)) console.remark(remark);
    if (outcome.advice) for (const piece of adviceRemarks(outcome.advice, console.paint)) console.remark(piece);
    if (outcome.failure) console.remark(failureText(outcome.failure, console.paint));
    else console.out(`${outcome.plan.id}: ${countOf(outcome.diagnostics)}${adviceCount(outcome.advice)}`);
  }
  return exitOf(outcomes);
}
