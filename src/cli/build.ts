import { type ExitCode, Failure, throwIfInterrupted } from "../core/failure.ts";
import { buildPay, buildPlan, buildReport } from "../pipeline/build.ts";
import { namesByPattern, plainNames } from "../pipeline/file-names.ts";
import { buildSigningCopies } from "../pipeline/nemlogin.ts";
import type { PlanOutcome } from "../pipeline/outcome.ts";
import { buildSignaturePages } from "../pipeline/signature-page.ts";
import { findPlans, workspaceAt } from "../pipeline/workspace.ts";
import { PrintShop } from "../print/print-shop.ts";
import { exitOf, outcomesAsData } from "../report/data.ts";
import { buildRemarks, builtLines, countOf, failureText, seconds } from "../report/text.ts";
import { FormShelf } from "../template/shelf.ts";
import type { Console } from "./console.ts";

/** What `resultatplan build`, `report` or `pay` was asked for. */
export interface BuildCommand {
  readonly plans: readonly string[];
  readonly root: string;
  readonly browser: string | undefined;
  /** How files are named, »{år} {dokument}«. */
  readonly fileName?: string | undefined;
  readonly json: boolean;
}

/** Builds plans and their reports. */
export function build(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return run(buildPlan, command, console, signal);
}

/** Builds the reports alone. */
export function report(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return run(buildReport, command, console, signal);
}

/** Builds the sheets of the heads' pay. */
export function pay(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return run(buildPay, command, console, signal);
}

/** Builds the copies that are signed with NemLog-in. */
export function nemlogin(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return run(buildSigningCopies, command, console, signal);
}

/** Builds the pages that are signed with ink: one for all signatories, or one for each. */
export function signaturePages(
  command: BuildCommand,
  each: boolean,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  return run(buildSignaturePages(each), command, console, signal);
}

/** Runs a builder over plans, tells of each in the order they were named, and ends the browser whatever happens. */
async function run(
  builder: typeof buildPlan,
  command: BuildCommand,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const start = performance.now();
  const workspace = workspaceAt(command.root);
  const plans = await findPlans(workspace, command.plans);
  const shop = new PrintShop({ override: command.browser, signal, onNotice: (text) => console.remark(text) });
  try {
    const names = command.fileName === undefined ? plainNames : namesByPattern(command.fileName);
    const tools = { workspace, forms: new FormShelf(workspace.templates), shop, names };
    const width = Math.max(...plans.map((plan) => plan.id.length));
    const running = plans.map((plan) => builder(plan, tools));
    // All run at once; a failure is met where its turn comes, so none may go unheard meanwhile.
    for (const one of running) one.catch(() => {});
    const outcomes: PlanOutcome[] = [];
    for (const [index, one] of running.entries()) {
      console.progress(`${index} af ${plans.length}: ${plans[index]?.id ?? ""} …`);
      const outcome = await one;
      outcomes.push(outcome);
      if (!command.json) tell(outcome, outcomes, width, console);
    }
    throwIfInterrupted(signal);
    if (command.json) console.out(JSON.stringify(outcomesAsData(outcomes), null, 2));
    else summarise(outcomes, performance.now() - start, console);
    return exitOf(outcomes);
  } finally {
    await shop.close();
  }
}

function tell(outcome: PlanOutcome, told: readonly PlanOutcome[], width: number, console: Console): void {
  for (const line of builtLines(outcome, width, console.paint)) console.out(line);
  for (const remark of buildRemarks(outcome, console.paint)) console.remark(remark.replace(/^/gm, "  "));
  // What fails for every plan, as a missing browser does, is explained once.
  const { failure } = outcome;
  const before = told.slice(0, -1).some((other) => other.failure?.message === failure?.message);
  if (failure instanceof Failure && !before) console.remark(failureText(failure, console.paint).replace(/^/gm, "  "));
}

function summarise(outcomes: readonly PlanOutcome[], milliseconds: number, console: Console): void {
  const documents = outcomes.reduce((count, outcome) => count + outcome.written.length, 0);
  const remarks = countOf(outcomes.flatMap((outcome) => outcome.diagnostics));
  const plans = outcomes.length === 1 ? "1 plan" : `${outcomes.length} planer`;
  const written = documents === 1 ? "1 dokument" : `${documents} dokumenter`;
  console.out(
    `${written} fra ${plans} bygget på ${seconds(milliseconds)}; ${remarks}. Det hele vises af »resultatplan check«.`,
  );
}
