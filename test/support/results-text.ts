import type { Diagnostic } from "../../src/core/diagnostic.ts";
import { Source } from "../../src/core/source.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { AssessedGoal, Assessment } from "../../src/results/assessment.ts";
import { type ParsedResults, parseResults } from "../../src/results/load.ts";

/** The text of a results file with this under `mål:`, and analyses of these goals. */
export function resultsText(goals: string, analysed: readonly string[] = [], others = ""): string {
  const under = goals.replace(/^(?=.)/gm, "  ");
  const analyses = analysed.map((goal) => `:::mål ${goal}\nDet skyldes ubesatte stillinger.\n:::\n\n`);
  return `---\n${others}mål:\n${under}\n---\n\n${analyses.join("")}`;
}

/** What a results file comes to, and what is said about it. */
export function parsed(plan: Plan, text: string): ParsedResults {
  return parseResults(new Source("resultater.md", text), plan);
}

/** What a results file without errors comes to. Throws what is wrong with it where there is an error. */
export function soundResults(plan: Plan, text: string): Assessment {
  const { value, diagnostics } = parsed(plan, text);
  if (!value) throw new Error(diagnostics.map(told).join("\n"));
  return value;
}

/** The same of its one goal. */
export function soundOutcome(plan: Plan, text: string): AssessedGoal {
  const [goal, ...others] = soundResults(plan, text).goals;
  if (!goal || others.length > 0) throw new Error("the plan does not have one goal");
  return goal;
}

/** »3:5 resultat-mangler Mål 1 har intet resultat. | Tilføj det …« */
export function told({ code, message, hint, span }: Diagnostic): string {
  const { line, column } = span.source.place(span.start);
  return `${line}:${column} ${code} ${message}${hint === undefined ? "" : ` | ${hint}`}`;
}

/** Everything that is said about a results file. */
export function saidOf(plan: Plan, text: string): string[] {
  return parsed(plan, text).diagnostics.map(told);
}
