import type { Decimal } from "../core/decimal.ts";
import type { Goal, Milestone, Plan, SubGoal } from "../plan/plan.ts";
import type { Outcome, Result, Results } from "./results.ts";
import type { Score } from "./scoring.ts";

/** What the results say of a plan. */
export interface Assessment {
  readonly plan: Plan;
  readonly results: Results;
  /** Every goal of the plan, in its order. */
  readonly goals: readonly AssessedGoal[];
  readonly score: Score;
}

/** What became of a goal or a part of it, and why. */
export interface Assessed {
  readonly outcome: Outcome;
  /** How much of its share or its points it has earned, from 0 to 1. */
  readonly credit: Decimal;
  /** Why, in Danish sentences with the numbers in them; none where a person has judged it. */
  readonly sentences: readonly string[];
  /** The same as clauses, for a place inside another sentence. */
  readonly clauses: readonly string[];
  readonly parts: readonly AssessedPart[];
  readonly milestones: readonly AssessedMilestone[];
}

/** A goal that has been reported. */
export interface AssessedGoal extends Assessed {
  readonly goal: Goal;
  readonly result: Result;
}

/** A sub-goal that has been reported. */
export interface AssessedPart extends Assessed {
  readonly part: SubGoal;
  readonly result: Result;
}

/** A milestone that has been reported. */
export interface AssessedMilestone {
  readonly milestone: Milestone;
  readonly result: Result;
  readonly reached: boolean;
}
