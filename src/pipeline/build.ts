import { join } from "node:path";
import { fileSize, writeAtomically } from "../core/files.ts";
import type { HtmlDocument, PrintedPdf } from "../core/states.ts";
import { finishPdf } from "../pdf/finish/finish.ts";
import { inspectPdf } from "../pdf/inspect.ts";
import type { PrintShop } from "../print/print-shop.ts";
import { wantsPageNumbers, withPageNumbers } from "../template/page-numbers.ts";
import type { FormShelf } from "../template/shelf.ts";
import { type Draft, draft, draftPay, fileBeside, noResults } from "./draft.ts";
import { finishFacts } from "./finish-facts.ts";
import { judge } from "./judge.ts";
import { outcomeOf, type PlanOutcome, type WrittenPdf } from "./outcome.ts";
import type { PlanFile, Workspace } from "./workspace.ts";

/** What the stages of a build need besides the plan. */
export interface BuildTools {
  readonly workspace: Workspace;
  readonly forms: FormShelf;
  readonly shop: PrintShop;
}

/**
 * Builds a plan's documents, `output/<plan-id>/<name>.pdf`: the plan, and with results the målrapportering. The stages in their order, each a function from one named type to the next: load and render (the draft, which is all that `check` needs),
 * print, finish, judge, write.
 */
export function buildPlan(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const drafts = await draft(plan, tools.forms, say);
    // All print at once; each is told of in its turn.
    const documents = drafts.map((one) => produce(plan, one, tools));
    for (const one of documents) one.catch(() => {});
    for (const one of documents) wrote(await one);
  });
}

/** Builds a plan's målrapportering alone. Without results there is nothing to report, which is a failure of its own. */
export function buildReport(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const path = fileBeside(plan, "resultater.md");
    if ((await fileSize(path)) === undefined) throw noResults(path);
    for (const one of await draft(plan, tools.forms, say))
      if (one.name === "maalrapportering") wrote(await produce(plan, one, tools));
  });
}

/** Builds the sheet of the head's pay, and nothing else: it never lies in a document that is published. */
export function buildPay(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const sheet = await draftPay(plan, tools.forms, say);
    if (sheet) wrote(await produce(plan, sheet, tools));
  });
}

async function produce(plan: PlanFile, draft: Draft, tools: BuildTools): Promise<WrittenPdf> {
  const start = performance.now();
  const document = await draft.document();
  const printed = await printDocument(document, tools.shop);
  const finished = await finishPdf(printed, finishFacts(draft.provenance, document));
  const facts = await inspectPdf(finished);
  judge(facts, document);
  const path = join(tools.workspace.output, plan.id, `${draft.name}.pdf`);
  await writeAtomically(path, finished);
  return { path, pages: facts.pages, bytes: finished.length, milliseconds: performance.now() - start };
}

/** Prints, and once more when a table of contents has to learn the pages from the first print. */
export async function printDocument(document: HtmlDocument, shop: PrintShop): Promise<PrintedPdf> {
  const first = await shop.print(document);
  if (!wantsPageNumbers(document)) return first;
  const { destinations } = await inspectPdf(first);
  return await shop.print(withPageNumbers(document, destinations));
}
