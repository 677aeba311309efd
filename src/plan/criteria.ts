import type { Criterion } from "./plan.ts";

/** A criterion that has no parts. */
export type SimpleCriterion = Exclude<Criterion, { kind: "atLeastOf" }>;

/** The innermost parts of a criterion, which are what is measured, in order. */
export function measuredParts(criterion: Criterion): SimpleCriterion[] {
  return criterion.kind === "atLeastOf" ? criterion.criteria.flatMap(measuredParts) : [criterion];
}
