import { placeholderValues } from "../plan/placeholders.ts";
import type { Milestone, Plan, SubGoal } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";
import { proseText } from "../plan/prose-html.ts";

/** A text on one line, without markup. */
export function wordsOf(prose: Prose, plan: Plan): string {
  return proseText(prose, placeholderValues(plan)).replace(/\s+/g, " ").trim();
}

/** What sub-goals may be called in a results file: by number, by title, and where they have no numbers by their place. */
export function partNames(parts: readonly SubGoal[]): string[][] {
  const numbered = parts.some((part) => part.number !== undefined);
  return parts.map((part, index) => [
    ...(part.number === undefined ? [] : [part.number]),
    ...(part.title === undefined ? [] : [part.title.plain.trim()]),
    ...(numbered ? [] : [String(index + 1)]),
  ]);
}

/** A sub-goal's name inside a sentence: »delmål a«, »delmålet »Tillid til ledelsen««. */
export function partName(part: SubGoal, index: number): string {
  if (part.number !== undefined) return `delmål ${part.number}`;
  return part.title === undefined ? `delmål ${index + 1}` : `delmålet »${part.title.plain.trim()}«`;
}

/** A milestone's name inside a sentence. */
export function milestoneName(milestone: Milestone, index: number): string {
  return `milepæl ${milestone.number ?? index + 1}`;
}
