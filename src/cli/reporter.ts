import { type ExitCode, exitCodes, Failure } from "../core/failure.ts";
import type { PlanOutcome } from "../pipeline/outcome.ts";
import type { PlanFile } from "../pipeline/workspace.ts";
import { DATA_VERSION, exitOf, outcomeAsData, outcomesAsData } from "../report/data.ts";
import { Tally } from "../report/tally.ts";
import { buildRemarks, builtLines, failureText, seconds } from "../report/text.ts";
import type { BuildCommand } from "./build.ts";
import type { Console } from "./console.ts";
import { ProgressBar } from "./progress-bar.ts";

/** Tells of a run over plans while it goes on. */
export interface Reporter {
  /** Work on a plan begins. */
  begin(plan: PlanFile): void;
  /** Work on a plan has ended; it is told of in its turn. */
  finish(plan: PlanFile): void;
  /** What became of the next plan. */
  tell(outcome: PlanOutcome): void;
  /** All plans are told; sums up and gives the exit code. */
  end(): ExitCode;
  /** Leaves the terminal as it was, also when the run was broken off. */
  stop(): void;
}

/** The reporter that a command asks for. */
export function reporterFor(command: BuildCommand, console: Console, plans: readonly PlanFile[]): Reporter {
  if (command.jsonLines) return new LineReporter(console, plans.length);
  if (command.json) return new ObjectReporter(console);
  return new TextReporter(console, plans);
}

/** `--json`: one object at the end. */
class ObjectReporter implements Reporter {
  readonly #console: Console;
  readonly #outcomes: PlanOutcome[] = [];

  constructor(console: Console) {
    this.#console = console;
  }

  begin(): void {}

  finish(): void {}

  tell(outcome: PlanOutcome): void {
    this.#outcomes.push(outcome);
  }

  end(): ExitCode {
    this.#console.out(JSON.stringify(outcomesAsData(this.#outcomes), null, 2));
    return exitOf(this.#outcomes);
  }

  stop(): void {}
}

/** `--json-lines`: an object for everything that happens, when it happens. */
class LineReporter implements Reporter {
  readonly #console: Console;
  readonly #tally = new Tally();

  constructor(console: Console, total: number) {
    this.#console = console;
    this.#say({ event: "start", version: DATA_VERSION, plans: total });
  }

  begin(plan: PlanFile): void {
    this.#say({ event: "begin", id: plan.id, path: plan.path });
  }

  finish(): void {}

  tell(outcome: PlanOutcome): void {
    this.#tally.add(outcome);
    this.#say({ event: "plan", ...outcomeAsData(outcome) });
  }

  end(): ExitCode {
    const { exit, built, unchanged } = this.#tally;
    this.#say({ event: "end", exitCode: exitCodes[exit].number, built, unchanged });
    return exit;
  }

  stop(): void {}

  #say(event: object): void {
    this.#console.out(JSON.stringify(event));
  }
}

/** For people: a line for each document and, on a terminal, a bar of how far it is. */
class TextReporter implements Reporter {
  readonly #console: Console;
  readonly #start = performance.now();
  readonly #width: number;
  readonly #bar: ProgressBar;
  readonly #tally = new Tally();
  /** What fails for every plan, as a missing browser does, is explained once. */
  readonly #explained = new Set<string>();

  constructor(console: Console, plans: readonly PlanFile[]) {
    this.#console = console;
    this.#width = Math.max(...plans.map((plan) => plan.id.length));
    this.#bar = new ProgressBar(console, plans.length);
  }

  begin(plan: PlanFile): void {
    this.#bar.begin(plan.id);
  }

  finish(plan: PlanFile): void {
    this.#bar.finish(plan.id);
  }

  tell(outcome: PlanOutcome): void {
    this.#tally.add(outcome);
    const { paint } = this.#console;
    for (const line of builtLines(outcome, this.#width, paint)) this.#console.out(line);
    for (const remark of buildRemarks(outcome, paint)) this.#console.remark(remark.replace(/^/gm, "  "));
    const { failure } = outcome;
    if (failure instanceof Failure && !this.#explained.has(failure.message)) {
      this.#explained.add(failure.message);
      this.#console.remark(failureText(failure, paint).replace(/^/gm, "  "));
    }
    this.#bar.told(outcome.plan.id);
  }

  end(): ExitCode {
    for (const line of this.#tally.lines(seconds(performance.now() - this.#start))) this.#console.out(line);
    return this.#tally.exit;
  }

  stop(): void {
    this.#bar.stop();
  }
}
