import { type Goal, goalsOf, type Plan, subGoalsOf } from "../plan.ts";
import type { Prose } from "../prose.ts";

/** What a goal is called in advice. */
export function nameOf(goal: Goal): string {
  return `Mål ${goal.called}`;
}

/** Every goal with what its block in the body tells of it. */
export function goalsWithNarrative(plan: Plan): { goal: Goal; narrative: Prose | undefined }[] {
  const narratives = new Map(
    plan.body.blocks.flatMap((block) =>
      block.kind === "goals" && block.narrative ? block.goals.map((goal) => [goal, block.narrative] as const) : [],
    ),
  );
  return goalsOf(plan.groups).map((goal) => ({ goal, narrative: narratives.get(goal) }));
}

/** The text that decides whether a goal is met: how it is seen, where that is written; else its wording. */
export function decidingText(goal: Goal): Prose | undefined {
  return hasWords(goal.measurePoint) ? goal.measurePoint : goal.statement;
}

/** Whether a text says anything: a hyphen alone is the sign for nothing. */
export function hasWords(prose: Prose | undefined): boolean {
  return /\p{L}/u.test(prose?.plain ?? "");
}

/** All words of a goal, those of its parts and of its block in the body. */
export function allWords(goal: Goal, narrative: Prose | undefined): string {
  const texts = [
    goal.title,
    goal.statement,
    goal.measurePoint,
    goal.remarks,
    narrative,
    goal.scale?.met,
    goal.scale?.partlyMet,
    goal.scale?.notMet,
    goal.measure.note,
    goal.measure.dataSource,
    ...goal.milestones.map((milestone) => milestone.text),
    ...subGoalsOf(goal).flatMap((part) => [part.title, part.text, part.measure.note, part.measure.dataSource]),
  ];
  return texts.flatMap((text) => (text ? [text.plain] : [])).join("\n");
}

/** The measures of a goal and its parts. */
export function measuresOf(goal: Goal): Goal["measure"][] {
  return [goal.measure, ...subGoalsOf(goal).map((part) => part.measure)];
}

/** Whether numbers decide: a criterion, or targets over years. */
export function isMeasured(goal: Goal): boolean {
  return measuresOf(goal).some(({ criterion, rows }) => criterion !== undefined || rows.length > 0);
}

/** A text with its outermost lists taken apart: the words around them, and their points. */
export interface Requirements {
  readonly around: string;
  readonly points: readonly string[];
}

/** The points of a text's outermost lists, none where it has no list, and the words around them. */
export function requirementsOf(prose: Prose): Requirements {
  const points: string[] = [];
  let around = "";
  let inside = false;
  for (const token of prose.tokens) {
    if (token.type === "list_item_open" && token.level === 1) points.push("");
    if (/^(?:bullet|ordered)_list_(?:open|close)$/.test(token.type) && token.level === 0)
      inside = token.type.endsWith("open");
    if (token.type !== "inline") continue;
    if (inside) points[points.length - 1] += `${token.content}\n`;
    else around += `${token.content}\n`;
  }
  return { around, points };
}
