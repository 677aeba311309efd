import type { Diagnostic } from "../core/diagnostic.ts";
import { type ExitCode, exitCodes, type Failure } from "../core/failure.ts";
import type { PlanOutcome } from "../pipeline/outcome.ts";
import { adviceAsData } from "./advice.ts";

/** The version of the JSON that `--json` writes; it grows when a field changes its meaning. */
export const DATA_VERSION = 2;

/** What became of the plans, as plain data for `--json`. */
export function outcomesAsData(outcomes: readonly PlanOutcome[]): object {
  return {
    version: DATA_VERSION,
    exitCode: exitCodes[exitOf(outcomes)].number,
    plans: outcomes.map(outcomeAsData),
  };
}

/** What became of one plan, as plain data. */
export function outcomeAsData(outcome: PlanOutcome): object {
  return {
    id: outcome.plan.id,
    path: outcome.plan.path,
    diagnostics: outcome.diagnostics.map(diagnosticAsData),
    outputs: outcome.written.map((document) => ({
      ...document,
      unchanged: document.unchanged === true,
      milliseconds: Math.round(document.milliseconds),
    })),
    failure: outcome.failure ? failureAsData(outcome.failure) : null,
    milliseconds: Math.round(outcome.milliseconds),
    ...(outcome.advice && { advice: adviceAsData(outcome.advice) }),
  };
}

/** A failure as plain data. */
export function failureAsData(failure: Failure): object {
  return {
    code: failure.code,
    message: failure.message,
    hint: failure.hint ?? null,
    exitCode: exitCodes[failure.exit].number,
  };
}

/** How a run over several plans ends: the first failure decides, else errors in a plan. */
export function exitOf(outcomes: readonly PlanOutcome[]): ExitCode {
  const failed = outcomes.find((outcome) => outcome.failure)?.failure;
  if (failed) return failed.exit;
  return outcomes.some((outcome) => outcome.diagnostics.some((one) => one.severity === "error")) ? "plan" : "done";
}

/** A diagnostic as plain data. */
export function diagnosticAsData(diagnostic: Diagnostic): object {
  const { source, start, end } = diagnostic.span;
  const from = source.place(start);
  const to = source.place(end);
  return {
    severity: diagnostic.severity,
    code: diagnostic.code,
    message: diagnostic.message,
    hint: diagnostic.hint ?? null,
    file: source.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    // In a workbook line and column are those of the cell, and this is its address.
    where: source.where(start),
  };
}
