import { inWords } from "../core/danish.ts";
import type { Goal, SubGoal } from "../plan/plan.ts";

/** A goal's own rule for its sub-goals in words; null where the general one holds. */
export function ruleText(part: Goal | SubGoal): string | null {
  if (!part.rule) return null;
  return part.rule.atLeast === 1
    ? "Mindst ét af delmålene skal være opfyldt."
    : `Mindst ${inWords(part.rule.atLeast)} af delmålene skal være opfyldt.`;
}
