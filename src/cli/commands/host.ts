import type { ExitCode } from "../../core/failure.ts";
import type { Console } from "../console.ts";

/** What the commands run in. */
export interface Host {
  readonly console: Console;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  readonly version: string;
  /** Takes the name of the exit code. */
  readonly finish: (exit: ExitCode) => void;
}
