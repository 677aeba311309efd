import type { LocalDate } from "../../core/date.ts";
import type { Span } from "../../core/source.ts";
import type { Body } from "../../plan/body.ts";
import type { Goal, Milestone, Plan, SubGoal } from "../../plan/plan.ts";
import type { Prose } from "../../plan/prose.ts";
import type { Result } from "../results.ts";
import type { Outlook } from "./forecast.ts";

/** What is said of a goal while the year runs. None of them is an outcome: that is for the results. */
export type Status = "expectedMet" | "atRisk" | "expectedNotMet" | "met" | "withdrawn";

/** What people have said of a goal or a part of it. */
export interface Told {
  readonly stated?: { readonly status: Status; readonly span: Span };
  /** What is expected for the rest of the year. */
  readonly expectation?: Prose;
  /** What has happened so far. */
  readonly comment?: Prose;
  /** True where it is said that there is no number yet. */
  readonly numberPending: boolean;
}

/** An in-year report on a plan: the content of `opfoelgning-<runde>.md`. */
export interface FollowUp {
  /** True for what nobody reported; every page then says so. */
  readonly example: boolean;
  /** The name of the round, as in the file's name. */
  readonly round: string;
  readonly title: string;
  /** The day that the numbers are as of. */
  readonly asOf: LocalDate;
  /** When the plan wants it, where it says so. */
  readonly deadline?: LocalDate;
  readonly goals: ReadonlyMap<Goal, Result>;
  readonly told: ReadonlyMap<Goal | SubGoal | Milestone, Told>;
  /** An introduction, and texts under a directive per goal. */
  readonly body: Body;
  readonly span: Span;
}

/** A follow-up held against its plan. */
export interface Progress {
  readonly plan: Plan;
  readonly followUp: FollowUp;
  /** Every goal of the plan, in its order. */
  readonly goals: readonly GoalProgress[];
}

/** A goal, a part of one, and what the numbers so far would make of it. */
export interface PartProgress {
  readonly of: Goal | SubGoal;
  readonly result: Result;
  readonly told: Told;
  readonly outlook: Outlook;
  readonly parts: readonly PartProgress[];
}

export interface GoalProgress extends PartProgress {
  readonly of: Goal;
}

/** The statuses as files and documents write them. */
export const wordsOfStatus: Readonly<Record<Status, string>> = {
  expectedMet: "forventes opfyldt",
  atRisk: "i risiko",
  expectedNotMet: "forventes ikke opfyldt",
  met: "opfyldt",
  withdrawn: "udgået",
};

/** The status that stands for the words; undefined for anything else. */
export function statusFrom(words: string | undefined): Status | undefined {
  return (Object.keys(wordsOfStatus) as Status[]).find((status) => wordsOfStatus[status] === words);
}
