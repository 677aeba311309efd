import { Source } from "../../src/core/source.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { GoalProgress, Progress } from "../../src/results/followup/followup.ts";
import { parseFollowUp } from "../../src/results/followup/load.ts";
import { told } from "./results-text.ts";

/** The text of a follow-up file with this under `mål:`. */
export function followUpText(goals: string, others = ""): string {
  return `---\n${others}mål:\n${goals.replace(/^(?=.)/gm, "  ")}\n---\n`;
}

/** Everything that is said about a follow-up. */
export function saidOfFollowUp(plan: Plan, text: string, round = "2-kvartal"): string[] {
  return parseFollowUp(new Source("opfoelgning.md", text), plan, round).diagnostics.map(told);
}

/** A follow-up without errors. Throws what is wrong with it where there is an error. */
export function soundProgress(plan: Plan, text: string, round = "2-kvartal"): Progress {
  const { value, diagnostics } = parseFollowUp(new Source("opfoelgning.md", text), plan, round);
  if (!value) throw new Error(diagnostics.map(told).join("\n"));
  return value;
}

/** The first goal of one. */
export function firstGoal({ goals: [goal] }: Progress): GoalProgress {
  if (!goal) throw new Error("the plan has no goal");
  return goal;
}
