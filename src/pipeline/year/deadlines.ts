import type { LocalDate } from "../../core/date.ts";
import { type Checked, checked } from "../../core/diagnostic.ts";
import type { WorkdayRule } from "../../core/holidays.ts";
import { type Deadline, deadlinesOf } from "../../plan/deadlines.ts";
import { loadPlan } from "../../plan/load.ts";
import type { Plan } from "../../plan/plan.ts";
import { epochDay } from "../finish-facts.ts";
import type { PlanFile } from "../workspace.ts";

/** A plan's deadlines. */
export interface PlanDeadlines {
  readonly file: PlanFile;
  readonly plan: Plan;
  /** The day that a calendar of them is dated: never today, and the same before and after the signature. */
  readonly dated: LocalDate;
  readonly deadlines: readonly Deadline[];
}

/** Reads a plan for its deadlines. `workday` is what happens to a follow-up on a day off, where the plan does not say. */
export async function readDeadlines(
  file: PlanFile,
  workday: WorkdayRule,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Checked<PlanDeadlines>> {
  const { value, diagnostics } = await loadPlan(file.path);
  if (!value) return checked<PlanDeadlines>(undefined, diagnostics);
  const { plan } = value;
  const dated = epochDay(env.SOURCE_DATE_EPOCH) ?? plan.period.from;
  return checked({ file, plan, dated, deadlines: deadlinesOf(plan, workday) }, diagnostics);
}
