import { type ExitCode, Failure } from "../core/failure.ts";
import type { Side } from "../pdf/merge/place/find-place.ts";
import { joinFiles, type MergedFile, spliceInto } from "../pipeline/splice.ts";
import { findPlans, workspaceAt } from "../pipeline/workspace.ts";
import { mergedAsData, mergedLines } from "../report/merge.ts";
import { type BuildCommand, report } from "./build.ts";
import type { Console } from "./console.ts";

/** What `resultatplan merge` was asked for. */
export interface MergeCommand {
  readonly files: readonly string[];
  readonly output: string;
  readonly json: boolean;
}

/** Puts PDFs one after another. */
export async function merge(command: MergeCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  console.progress("Sætter sammen …");
  tell(await joinFiles(command.files, command.output, signal), command.json, console);
  return "done";
}

/** What `resultatplan report --into` was asked for, besides the report itself. */
export interface IntoOptions {
  readonly into: string;
  readonly at: string | undefined;
  readonly before: boolean;
  readonly after: boolean;
  readonly instead: boolean;
}

/** Builds a plan's målrapportering and puts it into a report that was made elsewhere. */
export async function reportInto(
  command: BuildCommand,
  options: IntoOptions,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { into, at } = options;
  const sides: Side[] = (["before", "after", "instead"] as const).filter((side) => options[side]);
  const [side = "after", another] = sides;
  if (at === undefined || another !== undefined || command.plans.length !== 1) {
    const hint = "Nævn én plan, ét sted med --at, og højst ét af --before, --after og --instead (ellers --after).";
    throw new Failure("usage", "brug", "Med --into skal det være klart, hvad der skal hvorhen.", { hint });
  }
  const workspace = workspaceAt(command.root);
  const [plan] = await findPlans(workspace, command.plans);
  // Told by the merge, which is the last word.
  const quiet: Console = command.json ? { ...console, out: () => {} } : console;
  const exit = await report(command, quiet, signal);
  if (exit !== "done" || !plan) return exit;
  console.progress("Sætter ind …");
  const document = `${workspace.output}/${plan.id}/maalrapportering.pdf`;
  tell(await spliceInto({ report: into, at, side }, document, signal), command.json, console);
  return "done";
}

function tell(merged: MergedFile, json: boolean, console: Console): void {
  if (json) {
    console.out(JSON.stringify(mergedAsData(merged), null, 2));
    return;
  }
  const { out, remarks } = mergedLines(merged, console.paint);
  for (const line of out) console.out(line);
  for (const line of remarks) console.remark(line);
}
