import { basename, relative } from "node:path";
import { listed } from "../core/danish.ts";
import type { Diagnostic, Severity } from "../core/diagnostic.ts";
import type { Failure } from "../core/failure.ts";
import type { PlanOutcome } from "../pipeline/outcome.ts";
import { frame, headline } from "./frame.ts";
import type { Paint } from "./paint.ts";

/** A plan's lines in the list of what was built, one for each document: mark, name, pages, time and file. */
export function builtLines(outcome: PlanOutcome, width: number, paint: Paint): string[] {
  const name = outcome.plan.id.padEnd(width);
  const missed = outcome.failure !== undefined || outcome.diagnostics.some((one) => one.severity === "error");
  return [
    ...outcome.written.flatMap((document) => {
      const pages = `${document.pages} ${document.pages === 1 ? "side" : "sider"}`.padStart(8);
      const time = document.unchanged ? "uændret" : seconds(document.milliseconds).padStart(7);
      const note = document.kept ? " (underskrevet, bliver stående)" : "";
      const line = (what: string, path: string) =>
        `${paint("green", "✓")} ${name}  ${what}  ${relative(process.cwd(), path) || path}`;
      const others = (document.files ?? []).map((path) => line(" ".repeat(pages.length + 2 + time.length), path));
      return [`${line(`${pages}  ${time}`, document.path)}${note}`, ...others];
    }),
    ...(missed ? [`${paint("red", "✗")} ${name}  ${notBuilt(outcome)}`] : []),
  ];
}

function notBuilt(outcome: PlanOutcome): string {
  const what = outcome.written.length === 0 ? "ikke bygget" : "ikke bygget helt";
  return `${what}: ${reason(outcome)}`;
}

/** What a build has to say about a plan: errors with their lines, the rest in short. */
export function buildRemarks(outcome: PlanOutcome, paint: Paint): string[] {
  const errors = outcome.diagnostics.filter((one) => one.severity === "error");
  const warnings = outcome.diagnostics.filter((one) => one.severity === "warning");
  return [...errors.map((one) => `${frame(one, paint)}\n`), ...warnings.map((one) => headline(one, paint))];
}

/** Everything there is to say about a plan, each with its line. */
export function checkRemarks(outcome: PlanOutcome, paint: Paint): string[] {
  return outcome.diagnostics.map((one) => `${frame(one, paint)}\n`);
}

/** »1 fejl, 2 advarsler og 3 bemærkninger«, or »ingen bemærkninger«. */
export function countOf(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity) => diagnostics.filter((one) => one.severity === severity).length;
  return countWords({ error: count("error"), warning: count("warning"), note: count("note") });
}

/** As `countOf`, of diagnostics that have been counted. */
export function countWords(counts: Readonly<Record<Severity, number>>): string {
  const parts = [
    [counts.error, "fejl", "fejl"],
    [counts.warning, "advarsel", "advarsler"],
    [counts.note, "bemærkning", "bemærkninger"],
  ] as const;
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
  return said.length === 0 ? "ingen bemærkninger" : said.join(", ");
}

/** A failure and what can be done about it. */
export function failureText(failure: Failure, paint: Paint): string {
  return [
    `${paint("red", "fejl")}: ${failure.message} ${paint("dim", `[${failure.code}]`)}`,
    ...(failure.hint === undefined ? [] : [failure.hint.replace(/^/gm, "  ")]),
  ].join("\n");
}

/** »0,4 s«. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1).replace(".", ",")} s`;
}

/** »ca. 40 s tilbage«, »ca. 3 min. tilbage«. */
export function secondsLeft(milliseconds: number): string {
  const left = Math.ceil(milliseconds / 1000);
  return left >= 90 ? `ca. ${Math.round(left / 60)} min. tilbage` : `ca. ${left} s tilbage`;
}

/** Why a plan was not built, in short. */
export function reason(outcome: PlanOutcome): string {
  if (outcome.failure) return outcome.failure.code;
  const errors = outcome.diagnostics.filter((one) => one.severity === "error");
  const files = [...new Set(errors.map((one) => basename(one.span.source.path)))];
  return `${errors.length} fejl i ${listed(files)}`;
}
