/**
 * The exit codes: a stable, documented interface (the README repeats this table and a test compares the two).
 * The number is what the shell sees, the text is the Danish explanation.
 */
export const exitCodes = {
  done: { number: 0, meaning: "alt lykkedes" },
  internal: { number: 1, meaning: "fejl i programmet selv; meld den gerne" },
  usage: { number: 2, meaning: "kommandoen er skrevet forkert" },
  plan: { number: 3, meaning: "mindst én plan har fejl" },
  template: { number: 4, meaning: "skabelonen har fejl" },
  print: { number: 5, meaning: "udskriften mislykkedes" },
  output: { number: 6, meaning: "den færdige PDF bestod ikke efterprøvningen" },
  foreign: { number: 7, meaning: "en PDF eller et regneark, der er lavet andre steder, kan ikke bruges" },
  signature: { number: 8, meaning: "dokumentet kunne ikke underskrives" },
  environment: { number: 10, meaning: "noget mangler på maskinen: browser, adgang eller plads" },
  unsure: { number: 20, meaning: "mindst én underskrift kan ikke afgøres (INDETERMINATE), og ingen holder ikke" },
  broken: { number: 21, meaning: "mindst én underskrift holder ikke (TOTAL-FAILED)" },
  interrupted: { number: 130, meaning: "afbrudt" },
} as const;

/** The name of an exit code. */
export type ExitCode = keyof typeof exitCodes;

/** What a failure may carry besides its message. */
export interface FailureFacts {
  /** What the user can do about it, in Danish. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * Trouble that is neither the author's mistake (a `Diagnostic`) nor a bug of ours: the machine, the template or the
 * browser. The message is Danish and says what failed. Anything else that is thrown is a bug and is reported as one.
 */
export class Failure extends Error {
  readonly exit: ExitCode;
  /** Stable Danish name of what failed, for example `browser-mangler`. */
  readonly code: string;
  readonly hint: string | undefined;

  constructor(exit: ExitCode, code: string, message: string, facts: FailureFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "Failure";
    this.exit = exit;
    this.code = code;
    this.hint = facts.hint;
  }
}

/** Throws an `afbrudt` failure when the signal has been raised. */
export function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new Failure("interrupted", "afbrudt", "Afbrudt.");
}
