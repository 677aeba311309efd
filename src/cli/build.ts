import type { ExitCode } from "../core/failure.ts";
import type { Numbering } from "../pipeline/numbers-around.ts";
import type { Console } from "./console.ts";
import { type Order, runBuild } from "./run-build.ts";

/** What `resultatplan build`, `report` or `pay` was asked for. */
export interface BuildCommand {
  readonly plans: readonly string[];
  readonly root: string;
  readonly browser: string | undefined;
  /** How files are named, »{år} {dokument}«. */
  readonly fileName?: string | undefined;
  /** Where the numbers of a målrapportering begin, when it goes into another document. */
  readonly numbering?: Numbering | undefined;
  readonly json: boolean;
  /** Events as they happen, a line of JSON each. */
  readonly jsonLines?: boolean;
  /** Builds also what has not changed. */
  readonly force?: boolean;
  /** Goes on, and builds what changes. */
  readonly watch?: boolean;
}

const documents: Order = { name: "build", load: async () => (await import("../pipeline/build.ts")).buildPlan };
const reports: Order = { name: "report", load: async () => (await import("../pipeline/build.ts")).buildReport };
const paySheets: Order = { name: "pay", load: async () => (await import("../pipeline/build.ts")).buildPay };
const copies: Order = {
  name: "signature-package",
  load: async () => (await import("../pipeline/package/make.ts")).buildSigningPackage,
};

const figures: Order = { name: "figure", load: async () => (await import("../pipeline/figure.ts")).buildFigure };

/** Builds plans and their reports. */
export async function build(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  if (!command.watch) return await runBuild(documents, command, console, signal);
  const { watch } = await import("./watch.ts");
  return await watch(documents, command, console, signal);
}

/** Builds the reports alone. */
export function report(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return runBuild(reports, command, console, signal);
}

/** Builds the sheets of the heads' pay. */
export function pay(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return runBuild(paySheets, command, console, signal);
}

/** Builds the packages of copies that are signed with NemLog-in. */
export function signaturePackage(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return runBuild(copies, command, console, signal);
}

/** Builds the pages that are signed with ink: one for all signatories, or one for each. */
export function signaturePages(
  command: BuildCommand,
  each: boolean,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const pages: Order = {
    name: "signature-page",
    variant: each ? "each" : "all",
    load: async () => (await import("../pipeline/paper/signature-page.ts")).buildSignaturePages(each),
  };
  return runBuild(pages, command, console, signal);
}

/** Builds the status documents of some rounds, of all where none is named. */
export function status(
  command: BuildCommand,
  rounds: readonly string[],
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const statuses: Order = {
    name: "status",
    variant: rounds.join(" "),
    load: async () => {
      const { buildStatus } = await import("../pipeline/year/status.ts");
      return (plan, tools) => buildStatus(plan, rounds, tools);
    },
  };
  return runBuild(statuses, command, console, signal);
}

/** Builds the figures of strategy, goals and work programme. */
export function figure(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return runBuild(figures, command, console, signal);
}
