import { compareDates, type LocalDate } from "../core/date.ts";
import { type Diagnostic, note, warning } from "../core/diagnostic.ts";
import type { AssessedGoal, AssessedMilestone, AssessedPart } from "./assessment.ts";
import type { Result } from "./results.ts";

/**
 * That a goal with a deadline was met in time can only be seen from a day. Where people say that it was met, they answer
 * for that too; where the numbers alone say so, nobody has looked at the deadline, and that is worth a warning. A number is
 * of the plan's period, whose last day is the day that it tells of.
 */
export function undatedGoal(assessed: AssessedGoal, unsettled: boolean, lastDay: LocalDate): Diagnostic[] {
  const { goal, result, outcome } = assessed;
  if (!goal.deadline || result.date) return [];
  const message = `Mål ${goal.called} har en frist, men det er ikke oplyst, hvornår det blev nået.`;
  const hint = "Skriv dato: og dagen.";
  if (result.stated)
    return result.stated.outcome === "met" ? [note("dato-mangler", result.stated.span, message, hint)] : [];
  if (unsettled || outcome !== "met" || isDatedBy(assessed, goal.deadline, lastDay)) return [];
  return [warning("dato-mangler", result.span, message, hint)];
}

/** Whether days that are told of something show that it was reached in time: its own, or those of all its parts. */
function isDatedBy(of: Dated, deadline: LocalDate, lastDay: LocalDate): boolean {
  const inTime = (date: LocalDate) => compareDates(date, deadline) <= 0;
  const days = of.result.actuals.flatMap((actual) => (actual.kind === "day" ? [actual.date] : []));
  if (of.result.date) days.push(of.result.date);
  if (days.length > 0) return days.every(inTime);
  if (inTime(lastDay) && of.result.actuals.some(({ kind }) => kind === "number")) return true;
  const parts: readonly Dated[] = [
    ...(of.parts ?? []).filter((part) => part.outcome !== "withdrawn"),
    ...(of.milestones ?? []),
  ];
  return parts.length > 0 && parts.every((part) => isDatedBy(part, deadline, lastDay));
}

/** What may have a day, or parts that have. */
interface Dated {
  readonly result: Result;
  readonly parts?: readonly AssessedPart[];
  readonly milestones?: readonly AssessedMilestone[];
}
