import { relative } from "node:path";
import type { ExitCode } from "../core/failure.ts";
import { findPlans, type PlanFile, workspaceAt } from "../pipeline/workspace.ts";
import { importFollowUp, type NewFile, newFollowUp, newResults, newSheet } from "../pipeline/year/new-files.ts";
import { exitOf, outcomesAsData } from "../report/data.ts";
import { checkRemarks, failureText } from "../report/text.ts";
import type { Console } from "./console.ts";
import { usage } from "./usage.ts";

/** What `resultatplan new opfoelgning`, `new resultater` or `import` was asked for. */
export interface NewFileCommand {
  readonly plan: string;
  readonly root: string;
  readonly json: boolean;
}

/** Writes a follow-up file to fill in, or a workbook where one is named. */
export function followUpFile(
  command: NewFileCommand & { readonly round: string; readonly sheet: string | undefined },
  console: Console,
): Promise<ExitCode> {
  const { round, sheet, plan } = command;
  const next =
    sheet === undefined
      ? `Udfyld den, og se efter med »npx resultatplan check ${plan}«.`
      : `Udfyld det, og læs det ind med »npx resultatplan import ${plan} ${round} ${sheet}«.`;
  return run(command, console, next, (file) =>
    sheet === undefined ? newFollowUp(file, round) : newSheet(file, round, sheet),
  );
}

/** Writes a results file to fill in. */
export function resultsFile(command: NewFileCommand, console: Console): Promise<ExitCode> {
  return run(command, console, `Udfyld den, og se efter med »npx resultatplan check ${command.plan}«.`, newResults);
}

/** Makes a follow-up file of a filled-in workbook. */
export function importSheet(
  command: NewFileCommand & { readonly round: string; readonly sheet: string },
  console: Console,
): Promise<ExitCode> {
  const next = `Byg dokumentet med »npx resultatplan status ${command.plan} ${command.round}«.`;
  return run(command, console, next, (file) => importFollowUp(file, command.round, command.sheet));
}

async function run(
  { plan, root, json }: NewFileCommand,
  console: Console,
  next: string,
  make: (file: PlanFile) => Promise<NewFile>,
): Promise<ExitCode> {
  const [file] = await findPlans(workspaceAt(root), [plan]);
  if (!file) throw usage("Her mangler planen.", undefined);
  const outcome = await make(file);
  if (json) console.out(JSON.stringify({ ...outcomesAsData([outcome]), made: outcome.made ?? null }, null, 2));
  else {
    // A plan's own warnings are for check; here only what stood in the way is told.
    const errors = outcome.diagnostics.filter(
      (one) => outcome.made === undefined || one.span.source.path !== file.path,
    );
    for (const remark of checkRemarks({ ...outcome, diagnostics: errors }, console.paint)) console.remark(remark);
    if (outcome.failure) console.remark(failureText(outcome.failure, console.paint));
    if (outcome.made) console.out(`${relative(process.cwd(), outcome.made) || outcome.made} er lavet. ${next}`);
    else if (!outcome.failure) console.out("Der er ikke skrevet noget.");
  }
  return exitOf([outcome]);
}
