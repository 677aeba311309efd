import type { Plan } from "../plan/plan.ts";
import { columns, kindWords } from "./columns.ts";
import { PATH_MARK, type SheetRow, text, type Value } from "./rows.ts";

/** The sheet as a table: the headings, and a line for each row with all its columns. */
export function tableOf(
  rows: readonly SheetRow[],
  { plan, round }: { readonly plan: Plan; readonly round: string },
): (Value | undefined)[][] {
  const common = { institution: text(plan.institution.name), plan: text(plan.id), round: text(round) };
  return [
    columns.map(({ heading }) => text(heading)),
    ...rows.map((row) => {
      const cells: Partial<Record<string, Value | undefined>> = {
        ...row.cells,
        ...common,
        goal: text(row.goal),
        kind: text(kindWords[row.kind]),
        part: text(row.path.join(PATH_MARK)),
      };
      return columns.map(({ key }) => cells[key]);
    }),
  ];
}
