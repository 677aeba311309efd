import { hasErrors } from "../core/diagnostic.ts";
import type { ExitCode } from "../core/failure.ts";
import { writeAtomically } from "../core/files.ts";
import type { WorkdayRule } from "../core/holidays.ts";
import { didYouMean } from "../core/suggest.ts";
import { traced } from "../core/trace.ts";
import { refuseLoss } from "../pipeline/named-output.ts";
import { findPlans, workspaceAt } from "../pipeline/workspace.ts";
import { readDeadlines } from "../pipeline/year/deadlines.ts";
import { diagnosticAsData } from "../report/data.ts";
import { deadlineLines, deadlineRules, deadlinesAsData, openDeadlineAdvice } from "../report/deadlines.ts";
import { frame } from "../report/frame.ts";
import type { Console } from "./console.ts";
import { usage } from "./usage.ts";

/** What `resultatplan deadlines` was asked for. */
export interface DeadlinesCommand {
  readonly plans: readonly string[];
  readonly root: string;
  /** What happens to a follow-up on a day off, where the plan does not say. */
  readonly workday: string | undefined;
  /** The calendar file to write. */
  readonly ics: string | undefined;
  readonly json: boolean;
}

const workdayRules: Readonly<Record<string, WorkdayRule>> = {
  næste: "next",
  forrige: "previous",
  uændret: "unchanged",
};

/** Lists the deadlines of plans, and writes them as a calendar. Where a plan has errors, nothing is written. */
export async function deadlines(command: DeadlinesCommand, console: Console): Promise<ExitCode> {
  const workday = workdayRuleOf(command.workday ?? "uændret");
  if (command.ics !== undefined && !/[^\\/]\.ics$/i.test(command.ics))
    throw usage(`Kalenderen kan ikke hedde ${command.ics}.`, "Giv den et navn, der slutter på .ics.");
  const plans = await findPlans(workspaceAt(command.root), command.plans);
  const { value: read, trace } = await traced(() => Promise.all(plans.map((plan) => readDeadlines(plan, workday))));
  const errors = read.flatMap((one) => one.diagnostics.filter((said) => said.severity === "error"));
  const sound = read.flatMap((one) => one.value ?? []);
  if (command.ics !== undefined && !hasErrors(errors)) {
    await refuseLoss([command.ics], trace.read);
    const { calendarOf } = await import("../report/calendar.ts");
    await writeAtomically(command.ics, new TextEncoder().encode(calendarOf(sound)));
  }
  if (command.json) {
    const data = { ...deadlinesAsData(sound), diagnostics: errors.map(diagnosticAsData) };
    console.out(JSON.stringify(data, null, 2));
    return hasErrors(errors) ? "plan" : "done";
  }
  for (const one of errors) console.remark(`${frame(one, console.paint)}\n`);
  for (const one of sound) console.out(`${deadlineLines(one, console.paint).join("\n")}\n`);
  const all = sound.flatMap((one) => one.deadlines);
  if (all.some((one) => !one.date)) console.remark(openDeadlineAdvice);
  console.remark(deadlineRules);
  if (command.ics !== undefined)
    console.out(
      hasErrors(errors)
        ? `${command.ics} er ikke skrevet, fordi der er fejl.`
        : `${command.ics}: ${all.filter((one) => one.date).length} frister, klar til at importere i en kalender.`,
    );
  return hasErrors(errors) ? "plan" : "done";
}

function workdayRuleOf(name: string): WorkdayRule {
  const names = Object.keys(workdayRules);
  const rule = names.includes(name) ? workdayRules[name] : undefined;
  if (!rule) throw usage(`--hverdag kan ikke være »${name}«.`, didYouMean(name, names));
  return rule;
}
