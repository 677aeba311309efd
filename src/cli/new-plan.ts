import { relative } from "node:path";
import { type Diagnostic, hasErrors } from "../core/diagnostic.ts";
import type { ExitCode } from "../core/failure.ts";
import { fileSize } from "../core/files.ts";
import { type PlanFile, type Workspace, workspaceAt } from "../pipeline/workspace.ts";
import { beginPlan, starterOf } from "../pipeline/year/new-plan.ts";
import { signatoriesOf } from "../plan/new-plan.ts";
import { DATA_VERSION, diagnosticAsData } from "../report/data.ts";
import { frame } from "../report/frame.ts";
import { FormShelf } from "../template/shelf.ts";
import type { Console } from "./console.ts";
import { type Answers, planFrom, problemsOf, required } from "./new-plan-answers.ts";
import { usage } from "./usage.ts";

/** What `resultatplan new plan` was asked for. */
export interface NewPlanCommand {
  /** The plan that it is to be next year's of. */
  readonly from: string | undefined;
  readonly answers: Answers;
  readonly root: string;
  readonly json: boolean;
}

/** Begins a plan: a new one, of what is given or answered, or next year's. */
export async function newPlan(command: NewPlanCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  if (command.from !== undefined) {
    const { nextPlan } = await import("./next-plan.ts");
    return nextPlan({ ...command, from: command.from }, console);
  }
  const workspace = workspaceAt(command.root);
  const forms = new FormShelf(workspace.templates);
  const names = await forms.names();
  const wrong = problemsOf(command.answers, names);
  const answers = await complete(command, workspace, forms, names, wrong, signal);
  const { id, plan } = planFrom(answers);
  const { value, diagnostics } = await beginPlan(id, plan, workspace, forms);
  if (command.json) console.out(JSON.stringify(asData(value, diagnostics), null, 2));
  else tell(value, diagnostics, console);
  return value ? "done" : "plan";
}

/** What was given, with answers for what was not where there is somebody to ask. */
async function complete(
  { answers, json }: NewPlanCommand,
  workspace: Workspace,
  forms: FormShelf,
  names: readonly string[],
  wrong: readonly string[],
  signal: AbortSignal,
): Promise<Answers> {
  const missing = required.filter((option) => answers[option] === undefined).map((option) => `--${option}`);
  const somebody = !json && process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (wrong.length > 0 || (missing.length > 0 && !somebody)) {
    const lines = [...(missing.length > 0 ? [`Der mangler ${missing.join(", ")}.`] : []), ...wrong];
    throw usage(
      lines.join("\n"),
      missing.length === 0
        ? undefined
        : `Skabelonerne er ${names.join(", ")}.\nPå en terminal spørger »resultatplan new plan« selv om det, der mangler.`,
    );
  }
  if (missing.length === 0) return answers;
  const { askForPlan } = await import("./new-plan-questions.ts");
  const offered = await Promise.all(
    names.map(async (name) => {
      const form = await forms.get(name);
      return { name, title: form.form.title, signatories: signatoriesOf(starterOf(form), form.form.needs.positions) };
    }),
  );
  const taken = async (id: string) => (await fileSize(`${workspace.plans}/${id}/plan.md`)) !== undefined;
  return askForPlan(answers, offered, signal, taken);
}

function tell(file: PlanFile | undefined, diagnostics: readonly Diagnostic[], console: Console): void {
  if (!file) {
    for (const one of diagnostics.filter((said) => said.severity === "error"))
      console.remark(`${frame(one, console.paint)}\n`);
    console.remark("Planen er ikke skrevet, fordi den ville få fejl.");
    return;
  }
  const path = relative(process.cwd(), file.path) || file.path;
  console.out(`${console.paint("green", "✓")} ${path}`);
  const gaps = diagnostics.filter((one) => one.code === "udfyld");
  if (gaps.length > 0) {
    console.out(`\nDet skal udfyldes (${gaps.length} steder):`);
    for (const { span, message } of gaps) {
      const { line, column } = span.source.place(span.start);
      console.out(`  ${`${line}:${column}`.padEnd(8)} ${message.replace("Skal udfyldes: ", "")}`);
    }
  }
  console.out(
    [
      "\nSådan kommer du videre:",
      `  1. Åbn ${path}, og skriv, hvor der står (UDFYLD …).`,
      `  2. npx resultatplan check ${file.id}   siger, hvad der mangler.`,
      `  3. npx resultatplan build ${file.id}   laver PDF'en; den er et udkast, til du sletter »tilstand: udkast«.`,
    ].join("\n"),
  );
}

function asData(file: PlanFile | undefined, diagnostics: readonly Diagnostic[]): object {
  return {
    version: DATA_VERSION,
    written: file ? { id: file.id, path: file.path } : null,
    errors: hasErrors(diagnostics),
    diagnostics: diagnostics.map(diagnosticAsData),
  };
}
