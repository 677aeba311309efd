import { createHash } from "node:crypto";
import { compareDates, type LocalDate } from "../core/date.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { FinishFacts } from "../pdf/finish/facts.ts";
import type { LoadedPlan } from "../plan/load.ts";
import { type Plan, planYears } from "../plan/plan.ts";

/** What the finished PDF of a plan says of itself. The plan's own file goes along in it. */
export function planFacts(
  { plan, bytes }: LoadedPlan,
  document: HtmlDocument,
  env: NodeJS.ProcessEnv = process.env,
): FinishFacts {
  return {
    title: document.title,
    author: plan.institution.name,
    subject: `Aftale mellem ${plan.ministry} og ${plan.institution.name} for ${planYears(plan.period)}`,
    keywords: [plan.institution.shortName, plan.ministry, planYears(plan.period), plan.caseNumber].filter(
      (keyword) => keyword !== undefined,
    ),
    language: "da",
    date: epochDay(env.SOURCE_DATE_EPOCH) ?? planDay(plan),
    id: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
    signatories: plan.signatories.map(({ name, title, organisation }) => ({
      name,
      role: [title, organisation].filter(Boolean).join(", "),
    })),
    sources: [{ name: "plan.md", bytes, type: "text/markdown", description: "Den kilde, som dokumentet er dannet af" }],
  };
}

/** The day of the last signature; as long as there is none, the first day that the plan is for. */
function planDay(plan: Plan): LocalDate {
  const days = plan.signatories.flatMap(({ date }) => (date ? [date] : [])).sort(compareDates);
  return days.at(-1) ?? plan.period.from;
}

/** https://reproducible-builds.org/specs/source-date-epoch/: whole seconds since 1970; undefined for anything else. */
function epochDay(seconds: string | undefined): LocalDate | undefined {
  if (!seconds || !/^\d{1,11}$/.test(seconds)) return undefined;
  const date = new Date(Number(seconds) * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
