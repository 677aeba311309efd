import type { Milestone, SubGoal } from "../plan/plan.ts";

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
