import type { Span } from "../../core/source.ts";
import { passageSpan } from "../passage.ts";
import { goalsOf, type Plan, subGoalsOf } from "../plan.ts";
import type { Prose } from "../prose.ts";

/** The running text of a body: its prose and the goals' narratives. */
export function bodyTexts({ body }: Pick<Plan, "body">): Prose[] {
  return body.blocks.flatMap((block) => {
    if (block.kind === "prose") return [block.prose];
    return block.kind === "goals" && block.narrative ? [block.narrative] : [];
  });
}

/** Every text that is printed, those of the goals included. */
export function allTexts(plan: Plan): Prose[] {
  const goals = goalsOf(plan.groups).flatMap((goal) => [
    goal.statement,
    goal.measurePoint,
    goal.remarks,
    goal.scale?.met,
    goal.scale?.partlyMet,
    goal.scale?.notMet,
    ...goal.milestones.map((milestone) => milestone.text),
    ...goal.tasks.map((task) => task.text),
    ...subGoalsOf(goal).map((part) => part.text),
  ]);
  return [...bodyTexts(plan), ...goals.filter((text) => text !== undefined)];
}

/** Matches in the Markdown as it is written, so that their places are exact. */
export function matchesIn(texts: readonly Prose[], pattern: RegExp): { match: RegExpExecArray; prose: Prose }[] {
  return texts.flatMap((prose) => [...prose.passage.text.matchAll(pattern)].map((match) => ({ match, prose })));
}

/** Where a match is. */
export function spanOf(prose: Prose, match: RegExpExecArray): Span {
  return passageSpan(prose.passage, match.index, match.index + match[0].length);
}
