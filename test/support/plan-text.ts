import { Source } from "../../src/core/source.ts";
import { parsePlan } from "../../src/plan/load.ts";
import type { Goal, Plan } from "../../src/plan/plan.ts";
import { goalsOf } from "../../src/plan/plan.ts";

/** What a plan needs besides what a test is about; any of it can be given otherwise. */
const common: Readonly<Record<string, string>> = {
  skabelon: "resultatplan-2022",
  titel: "Resultatplan 2022",
  institution: "{ navn: Styrelsen for Eksempler, kort: Eksempelstyrelsen }",
  ministerium: "Eksempelministeriet",
  periode: "{ fra: 2022-01-01, til: 2022-12-31 }",
  opgørelse: "{ metode: binær }",
  mål: "[{ nr: 1, titel: Ny vejledning, mål: Styrelsen udgiver en ny vejledning. }]",
  underskrivere: "[{ navn: Anne Jensen, stilling: Departementschef }]",
};

const wholeBody = ":::mål\n:::\n\n:::underskrifter\n:::\n";

/** The text of a plan with some data, and a body, of its own. Data are written as they are in a plan. */
export function planText(data: Readonly<Record<string, string>>, body = wholeBody): string {
  const grouped = "grupper" in data ? { ...common, mål: "" } : common;
  const lines = Object.entries({ ...grouped, ...data }).flatMap(([key, value]) =>
    value === "" ? [] : [`${key}:${value.startsWith("\n") ? "" : " "}${value}`],
  );
  return `---\n${lines.join("\n")}\n---\n\n${body}`;
}

/** The plan that a text says. Throws what is wrong with it where there is an error. */
export function soundPlan(data: Readonly<Record<string, string>>, body?: string): Plan {
  const { value, diagnostics } = parsePlan("eksempel", new Source("plan.md", planText(data, body)));
  if (!value) throw new Error(diagnostics.map((one) => `${one.code}: ${one.message}`).join("\n"));
  return value;
}

/** The one goal of a sound plan, with these lines. */
export function soundGoal(lines: string, data: Readonly<Record<string, string>> = {}): Goal {
  const plan = soundPlan({ ...data, mål: `\n  - nr: 1\n    titel: Ny vejledning\n${lines.replace(/^/gm, "    ")}` });
  const [goal] = goalsOf(plan.groups);
  if (!goal) throw new Error("the plan has no goal");
  return goal;
}
