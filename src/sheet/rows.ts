import { longDate } from "../core/danish.ts";
import type { LocalDate } from "../core/date.ts";
import { type Decimal, decimalPlaces } from "../core/decimal.ts";
import { measuredParts } from "../plan/criteria.ts";
import { placeholderValues } from "../plan/placeholders.ts";
import { type Criterion, type Goal, goalsOf, type Milestone, type Plan, type SubGoal } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";
import { proseLines } from "../plan/prose-lines.ts";
import { given } from "../plan/written-values.ts";
import type { PartProgress, Progress, Told } from "../results/followup/followup.ts";
import { wordsOfStatus } from "../results/followup/followup.ts";
import { NOT_YET } from "../results/followup/schema.ts";
import { partNames } from "../results/names.ts";
import type { Actual, Result } from "../results/results.ts";
import { targetText } from "../results/series.ts";
import type { ColumnKey, RowKind } from "./columns.ts";

/** What a cell holds, with its type. */
export type Value =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: Decimal; readonly decimals: number }
  | { readonly kind: "day"; readonly date: LocalDate };

/** A row of the sheet: what it is about, and its cells. */
export interface SheetRow {
  /** The goal's name in a follow-up file: its number, with its group's key where numbers restart. */
  readonly goal: string;
  readonly kind: RowKind;
  /** The way to what it is about inside the goal: sub-goals by name, then the milestone, reference or year. */
  readonly path: readonly string[];
  readonly cells: Partial<Readonly<Record<Exclude<ColumnKey, "goal" | "kind" | "part">, Value>>>;
}

/** Between the names of a sub-goal and its own parts. */
export const PATH_MARK = " › ";

/** Every row of a plan, with what a follow-up says of it where there is one. */
export function sheetRows(plan: Plan, progress: Progress | undefined): SheetRow[] {
  const rows = new Rows(plan, progress);
  return goalsOf(plan.groups).flatMap((goal) => rows.goal(goal));
}

class Rows {
  readonly #progress: Progress | undefined;
  readonly #values;

  constructor(plan: Plan, progress: Progress | undefined) {
    this.#progress = progress;
    this.#values = placeholderValues(plan);
  }

  goal(goal: Goal): SheetRow[] {
    const name = goal.called;
    const reported = this.#progress?.goals.find((one) => one.of === goal);
    return [
      ...this.#measured(goal, reported, { goal: name, kind: "goal", path: [] }),
      ...goal.milestones.map((milestone, index) =>
        this.#milestone(milestone, reported?.result.milestones.get(milestone), {
          goal: name,
          kind: "milestone",
          path: [milestone.number ?? String(index + 1)],
        }),
      ),
    ];
  }

  #measured(of: Goal | SubGoal, reported: PartProgress | undefined, at: Omit<SheetRow, "cells">): SheetRow[] {
    const { criterion, unit } = of.measure;
    const result = reported?.result;
    const demands = criterion ? measuredParts(criterion) : [];
    const apart = demands.length > 1 && (result ? result.actuals.length > 1 : mixed(demands));
    const deadline = "deadline" in of ? of.deadline : undefined;
    const due = deadline && `senest ${longDate(deadline)}`;
    const target = [criterion && demandText(criterion), due].filter((one) => one !== undefined).join("; ");
    const shownUnit = unit ?? result?.unit;
    const parts = partNames(of.subGoals);
    return [
      {
        ...at,
        cells: {
          ...this.#told(of, of.title, result),
          ...given("soFar", apart ? undefined : soFar(result?.actuals[0], reported?.told)),
          ...given("unit", text(shownUnit)),
          ...given("target", text(target)),
          ...given("forecast", text(reported?.outlook.sentences.join(" "))),
        },
      },
      ...(apart
        ? demands.map((demand, index) => ({
            ...at,
            kind: "demand" as const,
            path: [...at.path, String(index + 1)],
            cells: {
              ...given("soFar", soFar(result?.actuals[index], undefined)),
              ...given("target", text(demandText(demand))),
              ...given("unit", demand.kind === "by" ? undefined : text(shownUnit)),
            },
          }))
        : []),
      ...this.#comparisons(of, result, { at, unit: shownUnit }),
      ...of.subGoals.flatMap((part, index) =>
        this.#measured(
          part,
          reported?.parts.find((one) => one.of === part),
          { goal: at.goal, kind: "part", path: [...at.path, parts[index]?.[0] ?? ""] },
        ),
      ),
    ];
  }

  /** What a criterion is compared with: named quantities, and earlier years that the plan has no number for. */
  #comparisons(
    of: Goal | SubGoal,
    result: Result | undefined,
    { at, unit }: { readonly at: Omit<SheetRow, "cells">; readonly unit: string | undefined },
  ): SheetRow[] {
    const demands = of.measure.criterion ? measuredParts(of.measure.criterion) : [];
    const references = new Set([
      ...demands.flatMap((part) => ("reference" in part ? [part.reference] : [])),
      ...(result?.references.keys() ?? []),
    ]);
    const years = new Set([
      ...demands.flatMap((part) => (part.kind === "reduction" ? [part.baseYear] : [])),
      ...(result?.earlier.keys() ?? []),
    ]);
    const row = (kind: RowKind, name: string, number: Decimal | undefined): SheetRow => ({
      ...at,
      kind,
      path: [...at.path, name],
      cells: { ...given("soFar", number && numberCell(number)), ...given("unit", text(unit)) },
    });
    return [
      ...[...references].map((name) => row("reference", name, result?.references.get(name))),
      ...[...years].map((year) => row("earlier", String(year), result?.earlier.get(year))),
    ];
  }

  #milestone(milestone: Milestone, result: Result | undefined, at: Omit<SheetRow, "cells">): SheetRow {
    const due = milestone.deadline && `senest ${longDate(milestone.deadline)}`;
    return { ...at, cells: { ...this.#told(milestone, milestone.text, result), ...given("target", text(due)) } };
  }

  #told(of: Goal | SubGoal | Milestone, title: Prose | undefined, result: Result | undefined): SheetRow["cells"] {
    const told = this.#progress?.followUp.told.get(of);
    const lines = (prose: Prose | undefined) => prose && text(proseLines(prose, this.#values));
    return {
      ...given("title", lines(title)),
      ...given("status", told?.stated && text(wordsOfStatus[told.stated.status])),
      ...given("date", result?.date && { kind: "day" as const, date: result.date }),
      ...given("expectation", lines(told?.expectation)),
      ...given("comment", lines(told?.comment)),
    };
  }
}

function mixed(parts: ReturnType<typeof measuredParts>): boolean {
  return (
    new Set(parts.map(({ kind }) => (kind === "by" ? "day" : kind === "countAtLeast" ? "count" : "number"))).size > 1
  );
}

/** A criterion in words. Nothing that a cell holds begins with a sign that spreadsheets take for a formula's. */
function demandText(criterion: Criterion): string {
  return targetText(criterion).replaceAll("+/-", "inden for +/-");
}

function soFar(actual: Actual | undefined, told: Told | undefined): Value | undefined {
  if (!actual) return told?.numberPending ? text(NOT_YET) : undefined;
  if (actual.kind === "never") return text("ikke sket");
  if (actual.kind === "day") return { kind: "day", date: actual.date };
  return { kind: "number", number: actual.number, decimals: actual.decimals };
}

function numberCell(number: Decimal): Value {
  return { kind: "number", number, decimals: decimalPlaces(number) ?? 2 };
}

/** A cell of text; nothing for an empty one. */
export function text(words: string | undefined): Value | undefined {
  return words === undefined || words === "" ? undefined : { kind: "text", text: words };
}
