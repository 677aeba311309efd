import { measuredParts } from "../plan/criteria.ts";
import { type Goal, goalsOf, type Plan, type SubGoal } from "../plan/plan.ts";
import { partNames } from "../results/names.ts";
import { kindWords, type RowKind } from "./columns.ts";
import type { GridRow } from "./grid.ts";
import { PATH_MARK } from "./rows.ts";

/** The name of every row that a sheet of a plan may have, but for further years. */
export function knownRows(plan: Plan): Set<string> {
  const names = new Set<string>();
  const add = (goal: string, kind: RowKind, path: readonly string[]) =>
    names.add(rowName(goal, kindWords[kind], path.join(PATH_MARK)));
  const visit = (of: Goal | SubGoal, goal: string, path: readonly string[]) => {
    const demands = of.measure.criterion ? measuredParts(of.measure.criterion) : [];
    demands.forEach((demand, index) => {
      if (demands.length > 1) add(goal, "demand", [...path, String(index + 1)]);
      if ("reference" in demand) add(goal, "reference", [...path, demand.reference]);
      if (demand.kind === "reduction") add(goal, "earlier", [...path, String(demand.baseYear)]);
    });
    const parts = partNames(of.subGoals);
    of.subGoals.forEach((part, index) => {
      const inside = [...path, parts[index]?.[0] ?? ""];
      add(goal, "part", inside);
      visit(part, goal, inside);
    });
  };
  for (const goal of goalsOf(plan.groups)) {
    const name = goal.called;
    add(name, "goal", []);
    for (const [index, milestone] of goal.milestones.entries())
      add(name, "milestone", [milestone.number ?? String(index + 1)]);
    visit(goal, name, []);
  }
  return names;
}

/** A row by its first three columns. */
export function rowName(goal: string, kind: string, part: string): string {
  return [goal, kind.toLowerCase(), part].join("\n");
}

/**
 * Whether a row is an earlier year of something that has a row in every sheet: a follow-up may tell of years that no
 * criterion asks for, and so may its sheet.
 */
export function isEarlierYear(row: GridRow, known: ReadonlySet<string>): boolean {
  const isEarlier = row.text("kind").toLowerCase() === kindWords.earlier.toLowerCase();
  return isEarlier && /^\d{4}$/.test(pathOf(row).at(-1) ?? "") && known.has(ownerOf(row));
}

/** The name of the row that a row stands under: a sub-goal's, or the goal's. */
export function ownerOf(row: GridRow): string {
  const path = pathOf(row).slice(0, -1);
  return rowName(row.text("goal"), path.length > 0 ? kindWords.part : kindWords.goal, path.join(PATH_MARK));
}

/** The names on the way to what a row is about, inside its goal. */
export function pathOf(row: GridRow): string[] {
  return row.text("part").split(PATH_MARK);
}
