import { relative } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { ExitCode } from "../core/failure.ts";
import { findPlans, workspaceAt } from "../pipeline/workspace.ts";
import { writeNextPlan } from "../pipeline/year/next-plan.ts";
import { idProblem } from "../plan/plan-id.ts";
import { DATA_VERSION, diagnosticAsData, exitOf } from "../report/data.ts";
import { frame } from "../report/frame.ts";
import { failureText } from "../report/text.ts";
import { FormShelf } from "../template/shelf.ts";
import type { Console } from "./console.ts";
import type { NewPlanCommand } from "./new-plan.ts";
import { usage } from "./usage.ts";

/** Makes next year's plan of an earlier one, and lists every place in it that a person must look at. */
export async function nextPlan(command: NewPlanCommand & { from: string }, console: Console): Promise<ExitCode> {
  const { id, underskriver = [], ...others } = command.answers;
  const misplaced = Object.keys(others).filter((option) => others[option as keyof typeof others] !== undefined);
  if (underskriver.length > 0) misplaced.push("underskriver");
  if (misplaced.length > 0)
    throw usage(
      `--from tager alt fra den tidligere plan; ${misplaced.map((option) => `--${option}`).join(", ")} kan ikke gives med.`,
      "Ret det bagefter i den nye plan.",
    );
  const problem = id === undefined ? undefined : idProblem(id);
  if (problem) throw usage(`--id ${problem}.`, undefined);
  const workspace = workspaceAt(command.root);
  const [earlier] = await findPlans(workspace, [command.from]);
  if (!earlier) throw new Error("a plan that was named is found or refused");
  const { value, diagnostics } = await writeNextPlan(earlier, id, new FormShelf(workspace.templates));
  if (command.json) {
    const data = {
      version: DATA_VERSION,
      written: value ? { id: value.file.id, path: value.file.path } : null,
      remarks: value?.remarks.map(diagnosticAsData) ?? [],
      diagnostics: (value?.outcome.diagnostics ?? diagnostics).map(diagnosticAsData),
    };
    console.out(JSON.stringify(data, null, 2));
    return value ? exitOf([value.outcome]) : "plan";
  }
  if (!value) {
    for (const one of diagnostics.filter((said) => said.severity === "error"))
      console.remark(`${frame(one, console.paint)}\n`);
    console.remark(`Der er ikke skrevet en ny plan: ret først fejlene i »${earlier.id}«.`);
    return "plan";
  }
  const { file, remarks, outcome } = value;
  console.out(`${console.paint("green", "✓")} ${relative(process.cwd(), file.path) || file.path}`);
  const open = remarks.filter((one) => one.severity === "warning");
  const changed = remarks.filter((one) => one.severity === "note");
  list(`Det er ændret (${places(changed)}):`, changed, console);
  list(`Det skal et menneske se på (${places(open)}):`, open, console);
  for (const one of outcome.diagnostics.filter((said) => said.severity === "error"))
    console.remark(`${frame(one, console.paint)}\n`);
  if (outcome.failure) console.remark(failureText(outcome.failure, console.paint));
  console.out(`\nGå listen igennem, og skriv så: npx resultatplan check ${file.id}`);
  return exitOf([outcome]);
}

function places(remarks: readonly Diagnostic[]): string {
  return remarks.length === 1 ? "1 sted" : `${remarks.length} steder`;
}

function list(title: string, remarks: readonly Diagnostic[], console: Console): void {
  if (remarks.length === 0) return;
  console.out(`\n${title}`);
  for (const one of remarks) {
    const { source, start } = one.span;
    const { line, column } = source.place(start);
    const hint = one.hint === undefined ? "" : ` ${one.hint}`;
    console.out(`  ${`${line}:${column}`.padEnd(8)} ${one.message}${hint}`);
  }
}
