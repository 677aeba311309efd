import { readFileSync } from "node:fs";
import { type ExitCode, exitCodes, Failure } from "../core/failure.ts";
import { DATA_VERSION, failureAsData } from "../report/data.ts";
import { failureText } from "../report/text.ts";
import { processConsole } from "./console.ts";
import { isHelpOrVersion, makeProgram } from "./program.ts";

/** Runs the command of this process. Signals raise the abort signal, and the exit code is set when all is cleaned up. */
async function main(): Promise<void> {
  const console = processConsole();
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());
  // Whoever reads our output may stop reading (»| head«); that is no fault of ours.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const program = makeProgram(console, interruption.signal, packageVersion(), finish);
  try {
    if (process.argv.length <= 2) program.outputHelp();
    else await program.parseAsync();
    // As below: a command may end well on Ctrl+C, and Puppeteer still wait for something.
    if (interruption.signal.aborted) process.exit();
  } catch (cause) {
    if (isHelpOrVersion(cause)) return;
    const failure = interruption.signal.aborted ? new Failure("interrupted", "afbrudt", "Afbrudt.") : asFailure(cause);
    if (process.argv.includes("--json-lines"))
      console.out(JSON.stringify({ event: "failure", version: DATA_VERSION, ...failureAsData(failure) }));
    else if (process.argv.includes("--json"))
      console.out(JSON.stringify({ version: DATA_VERSION, failure: failureAsData(failure) }, null, 2));
    else console.remark(failureText(failure, console.paint));
    finish(failure.exit);
    // All is closed by now, but what Puppeteer still waits for would keep the process for minutes.
    if (failure.exit === "interrupted") process.exit();
  }
}

function finish(exit: ExitCode): void {
  process.exitCode = exitCodes[exit].number;
}

/** Anything that is not a `Failure` is a bug of ours, and says so with all that helps to find it. */
function asFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  const details = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return new Failure("internal", "programfejl", "Programmet har selv en fejl. Meld den gerne, med teksten herunder.", {
    hint: details,
    cause,
  });
}

function packageVersion(): string {
  const file = new URL("../package.json", import.meta.url);
  return String(JSON.parse(readFileSync(file, "utf8")).version);
}

void main();
