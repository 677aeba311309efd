import { compareDates, type LocalDate } from "../core/date.ts";
import { type SourceBytes, sourceHash } from "../core/identity.ts";
import { picturePath } from "../core/picture-source.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { SignedPlan } from "../lock/signed-plan.ts";
import type { FinishFacts, SignatoryFacts, SourceFile } from "../pdf/finish/facts.ts";
import { type Plan, planYears } from "../plan/plan.ts";
import { contentTypeOf } from "../template/form.ts";

/** What a document is made from. */
export interface Provenance {
  readonly plan: Plan;
  /** What the document is about, in words. */
  readonly subject: string;
  /** The files that it was written in, as they are; they go along in the PDF. */
  readonly sources: readonly SourceBytes[];
  /** What was signed, where the plan is locked. */
  readonly signed?: SignedPlan | undefined;
  /** The day that the document is of, where it is not the day of the plan's letter. */
  readonly day?: LocalDate;
}

/** What the finished PDF of a document says of itself. */
export function finishFacts(
  { plan, subject, sources, day }: Provenance,
  document: Pick<HtmlDocument, "title">,
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
    date: epochDay(env.SOURCE_DATE_EPOCH) ?? day ?? letterDay(plan) ?? plan.period.from,
    draft: plan.state === "draft",
    id: `sha256:${sourceHash(sources)}`,
    signatories: placesOf(plan),
    sources: sources.map(sourceFile),
  };
}

/** A source as it goes along in the PDF. */
function sourceFile({ name, bytes }: SourceBytes): SourceFile {
  if (picturePath(name) !== undefined)
    return { name, bytes, type: contentTypeOf(name) ?? "image/png", description: "Et billede, som dokumentet viser" };
  const type = name.endsWith(".json") ? "application/json" : "text/markdown";
  return { name, bytes, type, description: "Den kilde, som dokumentet er dannet af" };
}

/** Who signs, in the order of their places: people, then organisations with their seals. */
export function placesOf(plan: Pick<Plan, "signatories" | "seals">): SignatoryFacts[] {
  return [
    ...plan.signatories.map(({ name, title, organisation }) => ({
      name,
      role: [title, organisation].filter(Boolean).join(", "),
    })),
    ...plan.seals.map(({ organisation }) => ({ name: organisation, role: "", seal: true as const })),
  ];
}

/** The day that is in the letter: that of the last signature; undefined as long as there is none. */
export function letterDay(plan: Plan): LocalDate | undefined {
  return plan.signatories
    .flatMap(({ date }) => (date ? [date] : []))
    .sort(compareDates)
    .at(-1);
}

/** https://reproducible-builds.org/specs/source-date-epoch/: whole seconds since 1970; undefined for anything else. */
export function epochDay(seconds: string | undefined): LocalDate | undefined {
  if (!seconds || !/^\d{1,11}$/.test(seconds)) return undefined;
  const date = new Date(Number(seconds) * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
