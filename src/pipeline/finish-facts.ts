import { compareDates, type LocalDate } from "../core/date.ts";
import { type SourceBytes, sourceHash } from "../core/identity.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { FinishFacts } from "../pdf/finish/facts.ts";
import { type Plan, planYears } from "../plan/plan.ts";

/** What a document is made from. */
export interface Provenance {
  readonly plan: Plan;
  /** What the document is about, in words. */
  readonly subject: string;
  /** The files that it was written in, as they are; they go along in the PDF. */
  readonly sources: readonly SourceBytes[];
}

/** What the finished PDF of a document says of itself. */
export function finishFacts(
  { plan, subject, sources }: Provenance,
  document: HtmlDocument,
  env: NodeJS.ProcessEnv = process.env,
): FinishFacts {
  return {
    title: document.title,
    author: plan.institution.name,
    subject,
    keywords: [plan.institution.shortName, plan.ministry, planYears(plan.period), plan.caseNumber].filter(
      (keyword) => keyword !== undefined,
    ),
    language: "da",
    date: epochDay(env.SOURCE_DATE_EPOCH) ?? planDay(plan),
    draft: plan.state === "draft",
    id: `sha256:${sourceHash(sources)}`,
    sources: sources.map(({ name, bytes }) => ({
      name,
      bytes,
      type: "text/markdown",
      description: "Den kilde, som dokumentet er dannet af",
    })),
  };
}

/** The day of the last signature; as long as there is none, the first day that the plan is for. */
export function planDay(plan: Plan): LocalDate {
  const days = plan.signatories.flatMap(({ date }) => (date ? [date] : [])).sort(compareDates);
  return days.at(-1) ?? plan.period.from;
}

/** https://reproducible-builds.org/specs/source-date-epoch/: whole seconds since 1970; undefined for anything else. */
function epochDay(seconds: string | undefined): LocalDate | undefined {
  if (!seconds || !/^\d{1,11}$/.test(seconds)) return undefined;
  const date = new Date(Number(seconds) * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
