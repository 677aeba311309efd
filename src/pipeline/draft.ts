import { dirname, join } from "node:path";
import type { HtmlDocument } from "../core/states.ts";
import { loadPlan } from "../plan/load.ts";
import { loadResults } from "../results/load.ts";
import { renderPlan, renderReport } from "../template/render.ts";
import type { FormShelf } from "../template/shelf.ts";
import type { Say } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/** The documents that a plan can become, by the names of their files. */
export type DocumentName = "plan" | "maalrapportering" | "plan-og-maalrapportering";

/** A document as the browser will print it. */
export interface Draft {
  readonly name: DocumentName;
  readonly document: HtmlDocument;
}

/**
 * The first stages of every command, load and render: the plan, and where there are results the målrapportering too.
 * What has errors is left out; faulty results are no reason to hold the plan back.
 */
export async function draft(plan: PlanFile, forms: FormShelf, say: Say): Promise<Draft[]> {
  const loaded = say(await loadPlan(plan.path));
  if (!loaded) return [];
  const checkedResults = await loadResults(resultsFile(plan), loaded.plan);
  const results = checkedResults && say(checkedResults);
  const document = say(await renderPlan(loaded, forms));
  if (!document) return [];
  const reports = results && say(await renderReport(loaded, results, forms));
  return [
    { name: "plan", document },
    ...(reports
      ? ([
          { name: "maalrapportering", document: reports.report },
          { name: "plan-og-maalrapportering", document: reports.planAndReport },
        ] as const)
      : []),
  ];
}

/** Where a plan's results are. */
export function resultsFile(plan: PlanFile): string {
  return join(dirname(plan.path), "resultater.md");
}
