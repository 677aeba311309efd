import { createHash } from "node:crypto";
import { compareDates, type LocalDate } from "../core/date.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { FinishFacts } from "../pdf/finish/facts.ts";
import { type Plan, planYears } from "../plan/plan.ts";

/** What a document is made from. */
export interface Provenance {
  readonly plan: Plan;
  /** What the document is about, in words. */
  readonly subject: string;
  /** The files that it was written in, as they are; they go along in the PDF. */
  readonly sources: readonly { readonly name: string; readonly bytes: Uint8Array }[];
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
    id: `sha256:${sourceHash(sources)}`,
    sources: sources.map(({ name, bytes }) => ({
      name,
      bytes,
      type: "text/markdown",
      description: "Den kilde, som dokumentet er dannet af",
    })),
  };
}

/** The SHA-256 of a document's sources: of one, that of the file itself; of several, that of the list that sha256sum writes. */
export function sourceHash(sources: Provenance["sources"]): string {
  const hashOf = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
  const [only] = sources;
  if (only && sources.length === 1) return hashOf(only.bytes);
  return hashOf(sources.map(({ name, bytes }) => `${hashOf(bytes)}  ${name}\n`).join(""));
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
