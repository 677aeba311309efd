import { compareDates, type LocalDate } from "../core/date.ts";
import { onWorkday, type WorkdayRule } from "../core/holidays.ts";
import type { Span } from "../core/source.ts";
import { measuredParts } from "./criteria.ts";
import { type Criterion, type FollowUpRound, type Goal, goalsOf, type Plan, type SubGoal } from "./plan.ts";

/** Something that a plan says is to be done by a day. */
export interface Deadline {
  readonly kind: "followUp" | "goal" | "milestone";
  /** What tells it from the plan's other deadlines, whatever its day is. */
  readonly key: string;
  /** »Opfølgning: 2. kvartal«, »Mål 1.2: Ny vejledning«. */
  readonly name: string;
  /** Absent where the plan doesn't say when. */
  readonly date?: LocalDate;
  /** The rule that gave the day, as the plan has it; absent for a day that is written. */
  readonly rule?: string;
  /** The day it was moved from, where it fell on a day off. */
  readonly movedFrom?: LocalDate;
  readonly span: Span;
}

/** The deadline of a goal, its milestones or its criteria. */
export interface GoalDeadline extends Deadline {
  readonly goal: Goal;
  readonly date: LocalDate;
}

/**
 * Every deadline of a plan, the earliest first, those without a day last: follow-ups, goals, milestones, and criteria that
 * say by when. `workday` is what happens to a follow-up on a day off, where the plan does not say; goals are never moved.
 */
export function deadlinesOf(plan: Plan, workday: WorkdayRule): Deadline[] {
  const all = [...plan.followUps.map((round, index) => ofRound(round, index, plan, workday)), ...goalDeadlines(plan)];
  return all.sort((a, b) => {
    if (!a.date || !b.date) return Number(a.date === undefined) - Number(b.date === undefined);
    return compareDates(a.date, b.date);
  });
}

function ofRound(round: FollowUpRound, index: number, plan: Plan, fallback: WorkdayRule): Deadline {
  const { name, written, span } = round;
  const date = written?.day && onWorkday(written.day, round.workday ?? fallback);
  const earlier = plan.followUps.slice(0, index).filter((other) => other.name === name).length;
  const moved = written?.day && date && compareDates(written.day, date) !== 0;
  return {
    kind: "followUp",
    key: `opfølgning/${name}${earlier === 0 ? "" : `/${earlier + 1}`}`,
    name: `Opfølgning: ${name}`,
    ...(date && { date }),
    ...(written && !/^\d{4}-/.test(written.text.trim()) && { rule: written.text.trim() }),
    ...(moved && written?.day && { movedFrom: written.day }),
    span: written?.span ?? span,
  };
}

/** The deadlines of a plan's goals, their milestones and their criteria, goal by goal. */
export function goalDeadlines(plan: Plan): GoalDeadline[] {
  return goalsOf(plan.groups).flatMap((goal) => ofGoal(goal).map((one) => ({ ...one, goal })));
}

type DatedDeadline = Deadline & { readonly date: LocalDate };

function ofGoal(goal: Goal): DatedDeadline[] {
  const name = `Mål ${goal.number}`;
  const title = goal.title.plain.trim();
  const own = goal.deadline;
  return [
    ...(own ? [at("goal", `mål/${goal.id}`, `${name}: ${title}`, own, goal.span)] : []),
    ...goal.milestones.flatMap((milestone, index) => {
      const number = milestone.number ?? String(index + 1);
      const said = `${name}, milepæl ${number}: ${milestone.text.plain.trim()}`;
      const key = `mål/${goal.id}/milepæl/${number}`;
      return milestone.deadline ? [at("milestone", key, said, milestone.deadline, milestone.span)] : [];
    }),
    ...byCriterion(goal, `mål/${goal.id}`, name, own ? [own] : []),
  ];
}

/** The days of the criteria of a goal and its parts, but for those that have been told already. */
function byCriterion(part: Goal | SubGoal, key: string, name: string, told: readonly LocalDate[]): DatedDeadline[] {
  const days = part.measure.criterion ? daysOf(part.measure.criterion) : [];
  const fresh = days.filter((day) => !told.some((other) => compareDates(day, other) === 0));
  const title = part.title?.plain.trim();
  return [
    ...fresh.map((day, index) =>
      at("goal", `${key}/senest/${index + 1}`, title ? `${name}: ${title}` : name, day, part.span),
    ),
    ...part.subGoals.flatMap((inner, index) => {
      const number = inner.number ?? String(index + 1);
      return byCriterion(inner, `${key}/${number}`, `${name}, delmål ${number}`, told);
    }),
  ];
}

function daysOf(criterion: Criterion): LocalDate[] {
  return measuredParts(criterion).flatMap((part) => (part.kind === "by" ? [part.deadline] : []));
}

function at(kind: Deadline["kind"], key: string, name: string, date: LocalDate, span: Span): DatedDeadline {
  return { kind, key, name, date, span };
}
