import type { ExitCode } from "../core/failure.ts";
import type { Console } from "./console.ts";
import { type Order, runBuild } from "./run-build.ts";

/** What `resultatplan build`, `report` or `pay` was asked for. */
export interface BuildCommand {
  readonly plans: readonly string[];
  readonly root: string;
  readonly browser: string | undefined;
  /** How files are named, »{år} {dokument}«. */
  readonly fileName?: string | undefined;
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
  name: "nemlogin",
  load: async () => (await import("../pipeline/nemlogin.ts")).buildSigningCopies,
};

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

/** Builds the copies that are signed with NemLog-in. */
export function nemlogin(command: BuildCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  return runBuild(copies, command, console, signal);
}
