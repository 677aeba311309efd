import { join } from "node:path";
import { writeAtomically } from "../core/files.ts";
import type { HtmlDocument, PrintedPdf } from "../core/states.ts";
import { finishPdf } from "../pdf/finish/finish.ts";
import { inspectPdf } from "../pdf/inspect.ts";
import type { PrintShop } from "../print/print-shop.ts";
import { wantsPageNumbers, withPageNumbers } from "../template/page-numbers.ts";
import type { FormShelf } from "../template/shelf.ts";
import { draft } from "./check.ts";
import { planFacts } from "./finish-facts.ts";
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
 * load and render (the draft, which is all that `check` needs), print, finish, judge, write.
 */
export function buildPlan(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say) => {
    const drafted = await draft(plan, tools.forms, say);
    if (!drafted) return undefined;
    const { loaded, document } = drafted;
    const printed = await printDocument(document, tools.shop);
    const finished = await finishPdf(printed, planFacts(loaded, document));
    const facts = await inspectPdf(finished);
    judge(facts, document);
    const path = join(tools.workspace.output, plan.id, "plan.pdf");
    await writeAtomically(path, finished);
    return { path, pages: facts.pages, bytes: finished.length };
  });
}

/** Prints, and once more when a table of contents has to learn the pages from the first print. */
export async function printDocument(document: HtmlDocument, shop: PrintShop): Promise<PrintedPdf> {
  const first = await shop.print(document);
  if (!wantsPageNumbers(document)) return first;
  const { destinations } = await inspectPdf(first);
  return shop.print(withPageNumbers(document, destinations));
}
