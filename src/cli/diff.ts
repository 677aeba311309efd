import { type ExitCode, exitCodes, Failure } from "../core/failure.ts";
import { traced } from "../core/trace.ts";
import { type ComparisonFiles, writeComparison } from "../pipeline/compare/comparison-files.ts";
import {
  compareVersions,
  presentVersion,
  signedVersion,
  type Version,
  type VersionComparison,
  versionAt,
} from "../pipeline/compare/diff.ts";
import { refuseLoss } from "../pipeline/named-output.ts";
import { findPlans, type PlanFile, type Workspace, workspaceAt } from "../pipeline/workspace.ts";
import { PrintShop } from "../print/print-shop.ts";
import { comparisonAsData } from "../report/diff-data.ts";
import { comparisonLines } from "../report/diff-text.ts";
import { differencesInWords } from "../report/diff-words.ts";
import { frame } from "../report/frame.ts";
import { FormShelf } from "../template/shelf.ts";
import type { Console } from "./console.ts";
import { usage } from "./usage.ts";

/** What `resultatplan diff` was asked for. */
export interface DiffCommand extends ComparisonFiles {
  readonly plan: string;
  /** Another plan, or a revision in git; what was signed or last saved where it is not given. */
  readonly other: string | undefined;
  readonly root: string;
  readonly browser: string | undefined;
  readonly json: boolean;
}

/** Says how two plans differ, or a plan from what it was. */
export async function diff(command: DiffCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  const workspace = workspaceAt(command.root);
  const { value, trace } = await traced(() => versions(command, workspace));
  const [before, after] = value;
  await refuseLoss(named(command), trace.read);
  const comparison = compareVersions(before, after);
  const errors = [before, after].flatMap(({ diagnostics }) => diagnostics.filter((one) => one.severity === "error"));
  const exit: ExitCode = errors.length > 0 ? "plan" : "done";
  if (!command.json) {
    for (const one of errors) console.remark(`${frame(one, console.paint)}\n`);
    for (const line of comparisonLines(comparison, console.paint)) console.out(line);
  }
  const written = await files(command, comparison, workspace, console, signal);
  if (command.json) console.out(JSON.stringify(comparisonAsData(comparison, exitCodes[exit].number, written), null, 2));
  else for (const path of written) console.out(`${console.paint("green", "✓")} ${path}`);
  return exit;
}

async function files(
  command: DiffCommand,
  comparison: VersionComparison,
  { templates }: Workspace,
  console: Console,
  signal: AbortSignal,
): Promise<string[]> {
  if (named(command).length === 0) return [];
  const { html, pdf } = command;
  const shop = new PrintShop({ override: command.browser, signal, onNotice: (text) => console.remark(text) });
  try {
    const tools = { forms: new FormShelf(templates), shop, summary: differencesInWords(comparison) };
    return await writeComparison(comparison, { html, pdf }, tools);
  } finally {
    await shop.close();
  }
}

/** The files that are to be written. */
function named({ html, pdf }: ComparisonFiles): string[] {
  return [html, pdf].filter((path) => path !== undefined);
}

/** The earlier and the later: of two plans in the order they are named, of a plan and its past the plan is the later. */
async function versions({ plan: name, other }: DiffCommand, workspace: Workspace): Promise<[Version, Version]> {
  const [plan] = await findPlans(workspace, [name]);
  if (!plan) throw usage("Her mangler planen.", "Se »resultatplan diff --help«.");
  const present = await presentVersion(plan);
  if (other === undefined) return [(await signedVersion(plan)) ?? (await versionAt(plan, "HEAD")), present];
  const second = await planNamed(workspace, other);
  if (!(second instanceof Failure)) return [present, await presentVersion(second)];
  try {
    return [await versionAt(plan, other), present];
  } catch (cause) {
    // Without git, what was named can only have been meant as a plan.
    throw cause instanceof Failure && cause.code === "git-intet-arkiv" ? second : cause;
  }
}

/** The failure for a name that is no plan's. */
async function planNamed(workspace: Workspace, name: string): Promise<PlanFile | Failure> {
  try {
    const [plan] = await findPlans(workspace, [name]);
    return plan ?? usage("Her mangler planen.", "Se »resultatplan diff --help«.");
  } catch (cause) {
    if (cause instanceof Failure && cause.code === "ukendt-plan") return cause;
    throw cause;
  }
}
