import type { LocalDate } from "../core/date.ts";
import type { Decimal } from "../core/decimal.ts";
import type { WorkdayRule } from "../core/holidays.ts";
import type { Span } from "../core/source.ts";
import type { Body } from "./body.ts";
import type { Prose } from "./prose.ts";

/** A resultatplan or mål- og resultatplan: what a ministry and an institution agree on for a period. */
export interface Plan {
  /** The name of the plan's folder. */
  readonly id: string;
  /** The name of the form, a folder under `templates/`. */
  readonly form: string;
  readonly formSpan: Span;
  readonly title: string;
  readonly institution: { readonly name: string; readonly shortName: string; readonly cvr?: string };
  readonly ministry: string;
  readonly caseNumber?: string;
  /** A draft says so on every page. */
  readonly state: "draft" | "forSignature";
  readonly period: Period;
  /** The id of the plan whose results are this one's history. */
  readonly history?: { readonly plan: string; readonly span: Span };
  readonly scoring: Scoring;
  /** Which part of the performance pay each ground decides (2018: the chairman's opinion 3/4, the goals 1/4). */
  readonly payShares: readonly PayShare[];
  readonly followUps: readonly FollowUpRound[];
  /** The points of the institution's strategy, where the plan lists them for its goals to refer to. */
  readonly strategy: readonly StrategyPoint[];
  /** The rules of advice that the plan switches off, as they are written. */
  readonly adviceOff: readonly Named[];
  /** The goals in their groups; a plan without groups has one group without name. */
  readonly groups: readonly GoalGroup[];
  readonly signatories: readonly Signatory[];
  /** Who puts a seal in, after those who sign. */
  readonly seals: readonly Seal[];
  readonly body: Body;
}

/** A plan without what only the body can tell. */
export type FrontMatterPlan = Omit<Plan, "body">;

/** First and last day, both included. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly span: Span;
}

/** How fulfilment is graded. */
export interface Scoring {
  readonly method: "binary" | "threeLevel" | "weighted" | "points" | "milestones" | "manual";
  readonly totalPoints?: Decimal;
  /** The part of its share that a partly met goal counts with; without it, levels are counted, not scored. */
  readonly partCredit?: Decimal;
  readonly span: Span;
}

export interface PayShare {
  readonly ground: string;
  readonly share: Decimal;
  readonly span: Span;
}

/** A time at which the plan is followed up. */
export interface FollowUpRound {
  readonly name: string;
  /** The day it is due, moved from a day off where the plan says so. */
  readonly deadline?: LocalDate;
  /** The deadline as it is written, and the day that gives before it is moved; no day where the period has none. */
  readonly written?: { readonly text: string; readonly day?: LocalDate; readonly span: Span };
  /** What the plan says about days off. */
  readonly workday?: WorkdayRule;
  readonly span: Span;
}

/** A point of the institution's strategy; goals refer to it by its key. */
export interface StrategyPoint {
  readonly key: string;
  readonly text: Prose;
  readonly span: Span;
}

/** A name that refers to something, and where it is written. */
export interface Named {
  readonly name: string;
  readonly span: Span;
}

/** A section of goals; goal numbers may restart in each. */
export interface GoalGroup {
  readonly key: string;
  readonly name: string;
  readonly goals: readonly Goal[];
  readonly groups: readonly GoalGroup[];
  readonly span: Span;
}

/** Something the institution shall reach. */
export interface Goal {
  /** Unique in the plan: the group's key and the number, `koncernfælles/1`. */
  readonly id: string;
  /** What people call it: its number, or its id where other goals have that number too. */
  readonly called: string;
  readonly number: string;
  readonly title: Prose;
  /** The whole heading, where it differs from what the form would make of number and title. */
  readonly heading?: Prose;
  readonly boxHeading?: Prose;
  readonly statement?: Prose;
  readonly measurePoint?: Prose;
  /** Remarks; an empty text is an empty cell, an absent one was never written. */
  readonly remarks?: Prose;
  /** Whether the goal counts in the score; initiativmål do not. */
  readonly counts: boolean;
  readonly weight?: Decimal;
  readonly points?: Decimal;
  readonly rule?: SubGoalRule;
  readonly scale?: Scale;
  readonly deadline?: LocalDate;
  readonly responsible?: string;
  /** What the goal builds on: the key of one of the plan's strategy points, or free words where the plan lists none. */
  readonly strategy?: Named;
  readonly continues?: EarlierGoal;
  readonly measure: Measure;
  readonly subGoals: readonly SubGoal[];
  readonly milestones: readonly Milestone[];
  /** What the work programme holds for the goal; not part of the agreement. */
  readonly tasks: readonly Task[];
  readonly span: Span;
}

/** Part of a goal. */
export interface SubGoal {
  readonly number?: string;
  readonly title?: Prose;
  readonly text?: Prose;
  readonly points?: Decimal;
  readonly rule?: SubGoalRule;
  readonly continues?: EarlierGoal;
  readonly measure: Measure;
  readonly subGoals: readonly SubGoal[];
  readonly span: Span;
}

/** The goal or sub-goal of an earlier plan that one continues, by its number, id or title there. */
export type EarlierGoal = Named;

/** At least so many sub-goals must be met; beats the plan's general rule, which is all of them. */
export interface SubGoalRule {
  readonly atLeast: number;
  readonly span: Span;
}

/** What numbers show whether a goal is met. */
export interface Measure {
  readonly unit?: string;
  readonly criterion?: Criterion;
  /** Targets and results per year, as they are printed. */
  readonly rows: readonly YearRow[];
  readonly note?: Prose;
  readonly dataSource?: Prose;
}

/** A row of a table over years; a year without a text is an empty cell. */
export interface YearRow {
  readonly kind: "target" | "actual";
  readonly cells: readonly YearCell[];
}

export interface YearCell {
  readonly year: number;
  readonly text: string;
  readonly span: Span;
}

/** A machine-checkable measure. */
export type Criterion =
  | {
      readonly kind: "tolerance" | "atMost" | "atLeast" | "countAtLeast";
      readonly limit: Decimal;
      /** How many decimals the limit was agreed with; so it is printed. */
      readonly decimals: number;
    }
  | { readonly kind: "by"; readonly deadline: LocalDate }
  | { readonly kind: "atMostReference" | "atLeastReference"; readonly reference: string }
  | { readonly kind: "reduction"; readonly percent: Decimal; readonly baseYear: number }
  | { readonly kind: "atLeastOf"; readonly count: number; readonly criteria: readonly Criterion[] };

/** The goal's own scale in words. */
export interface Scale {
  readonly met?: Prose;
  readonly partlyMet?: Prose;
  readonly notMet?: Prose;
  /** So many milestones make the goal met, and so many partly met, where the scale says it in numbers. */
  readonly metFrom?: number;
  readonly partlyMetFrom?: number;
}

/** A step on the way to a goal. */
export interface Milestone {
  readonly number?: string;
  readonly text: Prose;
  readonly deadline?: LocalDate;
  readonly points?: Decimal;
  readonly span: Span;
}

/** A task of the work programme, by which a goal is to be reached. */
export interface Task {
  readonly text: Prose;
  readonly deadline?: LocalDate;
  readonly responsible?: string;
}

/** Somebody who signs. */
export interface Signatory {
  readonly name: string;
  readonly title: string;
  readonly organisation?: string;
  readonly place?: string;
  /** Absent while the date is open. */
  readonly date?: LocalDate;
  /** Place and date as they are to stand, where they differ from the form's own way. */
  readonly dateLine?: string;
  readonly span: Span;
}

/** An organisation that seals a plan with a certificate of its own: a signature that no person makes. */
export interface Seal {
  readonly organisation: string;
  readonly span: Span;
}

/** Every goal of a plan or a group in the order it is written, sub-groups included. */
export function goalsOf(groups: readonly GoalGroup[]): Goal[] {
  return groups.flatMap((group) => [...group.goals, ...goalsOf(group.groups)]);
}

/** The sub-goals of a goal or a sub-goal, and theirs. */
export function subGoalsOf(whole: Goal | SubGoal): SubGoal[] {
  return whole.subGoals.flatMap((part) => [part, ...subGoalsOf(part)]);
}

/** Every group, sub-groups included, in the order they are written. */
export function allGroups(groups: readonly GoalGroup[]): GoalGroup[] {
  return groups.flatMap((group) => [group, ...allGroups(group.groups)]);
}

/** The year or years the plan is for: »2022«, »2013-2016«. */
export function planYears(period: Period): string {
  return period.from.year === period.to.year ? String(period.from.year) : `${period.from.year}-${period.to.year}`;
}
