import { type Decimal, sum, wholeNumber } from "../core/decimal.ts";
import type { Scoring } from "../plan/plan.ts";
import type { Outcome } from "./results.ts";

/** What scoring needs to know of a goal. */
export interface ScoredGoal {
  readonly outcome: Outcome;
  /** False for goals outside the score (initiativmål). */
  readonly counts: boolean;
  readonly weight: Decimal | undefined;
  readonly points: Decimal | undefined;
  /** How much of its share it has earned, from 0 to 1. */
  readonly credit: Decimal;
}

/** A plan's fulfilment. */
export interface Score {
  /**
   * Each goal's share of 100, exactly, in the goals' order; they make 100 together. Undefined for a goal that is outside
   * the base (withdrawn or not counted), and for every goal where the plan is not scored.
   */
  readonly shares: readonly (Decimal | undefined)[];
  /** The fulfilment in per cent, from 0 to 100, exactly; undefined where the plan counts levels only, or has no base. */
  readonly percent: Decimal | undefined;
  /** The points of the goals in the base, and those that were earned, by the method of points. */
  readonly points: { readonly earned: Decimal; readonly of: Decimal } | undefined;
}

/**
 * Scores a plan by its method, in fractions: a goal's share is its part of what the goals in the base weigh, and what is
 * withdrawn leaves the base, so that three met goals of three make exactly 100 whatever they weigh.
 *
 * - binary: equal shares, 100/n (seeds 2018 and 2022);
 * - weighted: shares by weight; points: by points;
 * - threeLevel and milestones: equal shares where the plan says what a partly met goal counts, else no score;
 * - manual: no score; a person gives the fulfilment.
 */
export function score(scoring: Scoring, goals: readonly ScoredGoal[]): Score {
  const measures = goals.map((goal) => (isInBase(goal) ? sizeBy(scoring, goal) : undefined));
  const base = sum(measures.flatMap((size) => size ?? []));
  if (base.equals(0)) return { shares: goals.map(() => undefined), percent: undefined, points: undefined };
  const shares = measures.map((size) => size?.mul(100).div(base));
  const earnedOf = (amounts: readonly (Decimal | undefined)[]) =>
    sum(amounts.flatMap((amount, index) => amount?.mul(goals[index]?.credit ?? 0) ?? []));
  return {
    shares,
    percent: earnedOf(shares),
    points: scoring.method === "points" ? { earned: earnedOf(measures), of: base } : undefined,
  };
}

/** Whether a goal is part of what the fulfilment is computed of. */
export function isInBase(goal: Pick<ScoredGoal, "counts" | "outcome">): boolean {
  return goal.counts && goal.outcome !== "withdrawn";
}

/** Whether goals can be partly met by a plan's method. */
export function hasLevels(scoring: Scoring): boolean {
  if (scoring.method === "weighted") return scoring.partCredit !== undefined;
  return scoring.method !== "binary";
}

function sizeBy(scoring: Scoring, goal: ScoredGoal): Decimal | undefined {
  switch (scoring.method) {
    case "binary":
      return wholeNumber(1);
    case "weighted":
      return goal.weight;
    case "points":
      return goal.points;
    case "threeLevel":
    case "milestones":
      return scoring.partCredit && wholeNumber(1);
    case "manual":
      return undefined;
  }
}
