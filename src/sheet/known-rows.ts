import { type Goal, goalsOf, type Plan, type SubGoal } from "../plan/plan.ts";
import { measuredParts } from "../results/criteria.ts";
import { partNames } from "../results/names.ts";
import { kindWords, type RowKind } from "./columns.ts";
import { PATH_MARK } from "./rows.ts";

/** The name of every row that a sheet of a plan may have. */
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
