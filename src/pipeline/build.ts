import { join } from "node:path";
import { writeAtomically } from "../core/files.ts";
import type { HtmlDocument, PrintedPdf } from "../core/states.ts";
import { inspectPdf, type PdfFacts } from "../pdf/inspect.ts";
import type { PrintShop } from "../print/print-shop.ts";
import { wantsPageNumbers, withPageNumbers } from "../template/page-numbers.ts";
import type { FormShelf } from "../template/shelf.ts";
import { draft } from "./check.ts";
import { judge } from "./judge.ts";
import { outcomeOf, type PlanOutcome } from "./outcome.ts";
import type { PlanFile, Workspace } from "./workspace.ts";

/** What the stages of a build need besides the plan. */
export interface BuildTools {
  readonly workspace: Workspace;
  readonly forms: FormShelf;
  readonly shop: PrintShop;
}

/**
 * Builds `output/<plan-id>/plan.pdf`. The stages in their order, each a function from one named type to the next:
 * load and render (the draft, which is all that `check` needs), print, judge, write.
 */
export function buildPlan(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say) => {
    const document = await draft(plan, tools.forms, say);
    if (!document) return undefined;
    const { printed, facts } = await print(document, tools.shop);
    judge(facts, document);
    const path = join(tools.workspace.output, plan.id, "plan.pdf");
    await writeAtomically(path, printed);
    return { path, pages: facts.pages, bytes: printed.length };
  });
}

/** Prints, and once more when a table of contents has to learn the pages from the first print. */
async function print(document: HtmlDocument, shop: PrintShop): Promise<{ printed: PrintedPdf; facts: PdfFacts }> {
  const first = await shop.print(document);
  const facts = await inspectPdf(first);
  if (!wantsPageNumbers(document)) return { printed: first, facts };
  const printed = await shop.print(withPageNumbers(document, facts.destinations));
  return { printed, facts: await inspectPdf(printed) };
}
