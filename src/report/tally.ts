import type { Diagnostic } from "../core/diagnostic.ts";
import type { ExitCode } from "../core/failure.ts";
import type { PlanOutcome } from "../pipeline/outcome.ts";
import { exitOf } from "./data.ts";
import { countWords, reason } from "./text.ts";

/** How many plans that were not built are named at the end; all of them have been told of where they stand. */
const NAMED = 20;

/** The sum of a run over plans, however many: it holds on to no plan. */
export class Tally {
  /** Documents that were written, and those that were as they should be already. */
  built = 0;
  unchanged = 0;
  #plans = 0;
  readonly #counts: Record<Diagnostic["severity"], number> = { error: 0, warning: 0, note: 0 };
  readonly #missed: { readonly id: string; readonly why: string }[] = [];
  #failed: ExitCode | undefined;
  #faulty = false;

  /** Counts a plan in. */
  add(outcome: PlanOutcome): void {
    this.#plans++;
    for (const document of outcome.written) {
      if (document.unchanged) this.unchanged++;
      else this.built++;
    }
    for (const { severity } of outcome.diagnostics) this.#counts[severity]++;
    const exit = exitOf([outcome]);
    if (outcome.failure) this.#failed ??= exit;
    else if (exit !== "done") this.#faulty = true;
    if (exit !== "done") this.#missed.push({ id: outcome.plan.id, why: reason(outcome) });
  }

  /** How the run ends: the first failure decides, else errors in a plan. */
  get exit(): ExitCode {
    return this.#failed ?? (this.#faulty ? "plan" : "done");
  }

  /** The sum in words, and among many plans those that were not built, with the reason. */
  lines(time: string): string[] {
    const plans = this.#plans === 1 ? "1 plan" : `${this.#plans} planer`;
    const written = this.built === 1 ? "1 dokument" : `${this.built} dokumenter`;
    const same = this.unchanged === 0 ? "" : `, ${this.unchanged} var uændret`;
    const told = Object.values(this.#counts).some((count) => count > 0);
    const where = told ? " Det hele vises af »npx resultatplan check«." : "";
    const sum = `${written} fra ${plans} bygget på ${time}${same}; ${countWords(this.#counts)}.${where}`;
    if (this.#plans === 1 || this.#missed.length === 0) return [sum];
    const named = this.#missed.slice(0, NAMED).map(({ id, why }) => `  ${id}: ${why}`);
    const more = this.#missed.length - named.length;
    const count = this.#missed.length === 1 ? "1 plan blev" : `${this.#missed.length} planer blev`;
    return [sum, `${count} ikke bygget helt:`, ...named, ...(more > 0 ? [`  … og ${more} til`] : [])];
  }
}
