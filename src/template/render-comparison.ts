import type { PartDifference } from "../compare/compare.ts";
import { Failure } from "../core/failure.ts";
import { documentId, type SourceBytes, sha256, sourceHash } from "../core/identity.ts";
import type { HtmlDocument } from "../core/states.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Plan } from "../plan/plan.ts";
import { type ComparisonView, partViews } from "./comparison-view.ts";
import { documentOf } from "./render.ts";
import type { FormShelf } from "./shelf.ts";

/** One of two plans that are compared. */
export interface ComparedPlan {
  readonly plan: Plan;
  readonly bytes: Uint8Array;
  /** What it is called, its path or a revision. */
  readonly name: string;
}

/** Two plans and how they differ. */
export interface ComparedPlans {
  readonly before: ComparedPlan;
  readonly after: ComparedPlan;
  readonly parts: readonly PartDifference[];
  /** How much differs, in a sentence. */
  readonly summary: string;
}

/** A comparison for those who negotiate: a document to print, and a page of its own that needs no other file. */
export interface ComparisonDocuments {
  readonly document: HtmlDocument;
  readonly page: string;
}

/** What a comparison is made from: the later plan, and the earlier under a name of its own. */
export function comparisonSources({ before, after }: Pick<ComparedPlans, "before" | "after">): SourceBytes[] {
  return [
    { name: "plan.md", bytes: after.bytes },
    { name: "foer.md", bytes: before.bytes },
  ];
}

/** Fills a comparison into the later plan's form. @throws Failure `ukendt-skabelon` */
export async function renderComparison(compared: ComparedPlans, shelf: FormShelf): Promise<ComparisonDocuments> {
  const { plan } = compared.after;
  const names = await shelf.names();
  if (!names.includes(plan.form))
    throw new Failure("plan", "ukendt-skabelon", `Skabelonen »${plan.form}« findes ikke.`, {
      hint: didYouMean(plan.form, names),
    });
  const compiled = await shelf.get(plan.form);
  const view = comparisonView(compared, compiled.form.color);
  return {
    document: documentOf(compiled.page("sammenligning", view), compiled, new Map()),
    page: compiled.page("sammenligning-side", view),
  };
}

function comparisonView(compared: ComparedPlans, color: string): ComparisonView {
  const { before, after, parts, summary } = compared;
  const { plan } = after;
  return {
    dokumenttitel: `Sammenligning: ${plan.title} – ${plan.institution.name}`,
    plantitel: plan.title,
    institution: { navn: plan.institution.name, kort: plan.institution.shortName },
    dokument: { id: documentId(sourceHash(comparisonSources(compared))), udkast: false },
    farve: color,
    før: versionView(before),
    nu: versionView(after),
    sammenfatning: summary,
    dele: partViews(parts),
  };
}

function versionView({ plan, bytes, name }: ComparedPlan): ComparisonView["nu"] {
  return { navn: name, titel: plan.title, dokument_id: documentId(sha256(bytes)) };
}
