import { Failure } from "../core/failure.ts";
import type { PlanOutcome } from "../pipeline/outcome.ts";
import type { PlanFile } from "../pipeline/workspace.ts";
import { outcomeAsData } from "../report/data.ts";
import { buildRemarks, builtLines, failureText, seconds } from "../report/text.ts";
import type { BuildCommand } from "./build.ts";
import type { Console } from "./console.ts";

/**
 * What is seen while plans are watched: on a terminal how every plan stands, drawn anew after each change; elsewhere, and as
 * JSON, what was built, as it is built.
 */
export class WatchScreen {
  readonly #console: Console;
  readonly #asJson: boolean;
  readonly #outcomes = new Map<string, PlanOutcome>();
  #plans: readonly PlanFile[] = [];
  #began = 0;
  #built = 0;

  constructor(command: BuildCommand, console: Console) {
    this.#console = console;
    this.#asJson = command.json || command.jsonLines === true;
  }

  /** A round begins; these are the plans there are. */
  begin(plans: readonly PlanFile[]): void {
    this.#plans = plans;
    this.#began = performance.now();
    this.#built = 0;
    if (!this.#asJson) this.#console.progress("Bygger …");
  }

  /** What became of a plan. */
  tell(outcome: PlanOutcome): void {
    this.#outcomes.set(outcome.plan.path, outcome);
    this.#built++;
    if (this.#asJson) this.#console.out(JSON.stringify({ event: "plan", ...outcomeAsData(outcome) }));
    else if (!this.#console.terminal) this.#lines(outcome);
  }

  /** A round that could not begin. */
  trouble(cause: unknown): void {
    if (!(cause instanceof Failure)) throw cause;
    this.#console.remark(failureText(cause, this.#console.paint));
  }

  /** A round has ended. */
  end(): void {
    if (this.#asJson) {
      this.#console.out(JSON.stringify({ event: "idle", built: this.#built }));
      return;
    }
    if (this.#console.terminal) {
      this.#console.clear();
      for (const plan of this.#plans) {
        const outcome = this.#outcomes.get(plan.path);
        if (outcome) this.#lines(outcome);
      }
    }
    if (this.#built === 0) this.#console.progress("Intet er ændret. Ctrl+C slutter.");
    else
      this.#console.remark(
        `Bygget på ${seconds(performance.now() - this.#began)}. Holder øje med ændringer; Ctrl+C slutter.`,
      );
  }

  #lines(outcome: PlanOutcome): void {
    const width = Math.max(...this.#plans.map((plan) => plan.id.length));
    const { paint } = this.#console;
    for (const line of builtLines(outcome, width, paint)) this.#console.out(line);
    for (const remark of buildRemarks(outcome, paint)) this.#console.remark(remark.replace(/^/gm, "  "));
    if (outcome.failure) this.#console.remark(failureText(outcome.failure, paint).replace(/^/gm, "  "));
  }
}
