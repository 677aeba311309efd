import { Failure } from "../../core/failure.ts";
import { writeAtomically } from "../../core/files.ts";
import { finishPdf } from "../../pdf/finish/finish.ts";
import { inspectPdf } from "../../pdf/inspect.ts";
import { planYears } from "../../plan/plan.ts";
import type { PrintShop } from "../../print/print-shop.ts";
import { type ComparedPlan, comparisonSources, renderComparison } from "../../template/render-comparison.ts";
import type { FormShelf } from "../../template/shelf.ts";
import { printDocument } from "../build.ts";
import { finishFacts } from "../finish-facts.ts";
import { judge } from "../judge.ts";
import type { Version, VersionComparison } from "./diff.ts";

/** Where a comparison is to be written; undefined for what nobody asked for. */
export interface ComparisonFiles {
  readonly html: string | undefined;
  readonly pdf: string | undefined;
}

/** What the files are made with. The browser is started for a PDF only. */
export interface ComparisonTools {
  readonly forms: FormShelf;
  readonly shop: PrintShop;
  /** How much differs, in a sentence. */
  readonly summary: string;
}

/**
 * Writes a comparison as a page of its own and as a PDF, which goes the way of every PDF: print, finish, judge, write.
 *
 * @throws Failure `plan-har-fejl` where a plan has errors; `ukendt-skabelon`; those of printing and of the last judgement
 */
export async function writeComparison(
  { before, after, parts }: VersionComparison,
  { html, pdf }: ComparisonFiles,
  { forms, shop, summary }: ComparisonTools,
): Promise<string[]> {
  if (!parts)
    throw new Failure("plan", "plan-har-fejl", "En plan med fejl kan ikke sammenlignes i en fil; ret fejlene først.");
  const compared = { before: soundPlan(before), after: soundPlan(after), parts, summary };
  const { document, page } = await renderComparison(compared, forms);
  const written: string[] = [];
  if (pdf !== undefined) {
    const { plan } = compared.after;
    const subject = `Ændringer i ${plan.title} for ${planYears(plan.period)}`;
    const facts = finishFacts({ plan, subject, sources: comparisonSources(compared) }, document);
    const printed = await printDocument(document, shop);
    // A comparison of drafts is no draft, and nobody signs it.
    const finished = await finishPdf(printed, { ...facts, draft: false, signatories: [] });
    judge(await inspectPdf(finished), document);
    await writeAtomically(pdf, finished);
    written.push(pdf);
  }
  if (html !== undefined) {
    await writeAtomically(html, new TextEncoder().encode(page));
    written.push(html);
  }
  return written;
}

function soundPlan({ plan, bytes, publicName: name }: Version): ComparedPlan {
  if (!plan) throw new Error("only sound plans are compared part by part");
  return { plan, bytes, name };
}
