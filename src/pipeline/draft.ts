import { dirname, join } from "node:path";
import { Failure } from "../core/failure.ts";
import type { HtmlDocument } from "../core/states.ts";
import { planYears } from "../plan/plan.ts";
import { loadPlanWithHistory } from "../results/history.ts";
import { loadResults } from "../results/load.ts";
import { loadPay } from "../results/pay/load.ts";
import { renderPay, renderPlan, renderReport } from "../template/render.ts";
import type { FormShelf } from "../template/shelf.ts";
import type { Provenance } from "./finish-facts.ts";
import type { Say } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/** The public documents that a plan can become, by the names of their files. */
export type DocumentName = "plan" | "maalrapportering" | "plan-og-maalrapportering";

/** A document as the browser will print it, and the name of its file. */
export interface Draft<Name extends string = string> {
  readonly name: Name;
  readonly provenance: Provenance;
  document(): Promise<HtmlDocument>;
}

/**
 * The first stages of every command, load and render: the plan, and where there are results the målrapportering too.
 * What has errors is left out; faulty results are no reason to hold the plan back.
 */
export async function draft(plan: PlanFile, forms: FormShelf, say: Say): Promise<Draft<DocumentName>[]> {
  const loaded = say(await loadPlanWithHistory(plan.path));
  if (!loaded) return [];
  const checkedResults = await loadResults(fileBeside(plan, "resultater.md"), loaded.plan);
  const results = checkedResults && say(checkedResults);
  const document = say(await renderPlan(loaded, forms));
  if (!document) return [];
  const { plan: agreed } = loaded;
  const source = { name: "plan.md", bytes: loaded.bytes };
  const subject = `Aftale mellem ${agreed.ministry} og ${agreed.institution.name} for ${planYears(agreed.period)}`;
  const provenance = { plan: agreed, subject, sources: [source] };
  const drafts: Draft<DocumentName>[] = [{ name: "plan", provenance, document: async () => document }];
  const reports = results && say(await renderReport(loaded, results, forms));
  if (!results || !reports) return drafts;
  const sources = [source, { name: "resultater.md", bytes: results.bytes }];
  const reported = {
    plan: agreed,
    subject: `Målrapportering ${results.assessment.results.settings.year} for ${agreed.institution.name}`,
    sources,
  };
  drafts.push(
    { name: "maalrapportering", provenance: reported, document: reports.report },
    { name: "plan-og-maalrapportering", provenance: reported, document: reports.planAndReport },
  );
  return drafts;
}

/** The sheet of the head's pay: a document that no other holds any part of. Undefined where plan or results have errors. */
export async function draftPay(
  plan: PlanFile,
  forms: FormShelf,
  say: Say,
  sayOfPay: Say = say,
): Promise<Draft<"resultatloen"> | undefined> {
  const loaded = say(await loadPlanWithHistory(plan.path));
  const checkedResults = loaded && (await loadResults(fileBeside(plan, "resultater.md"), loaded.plan));
  if (loaded && !checkedResults) throw noResults(fileBeside(plan, "resultater.md"));
  const results = checkedResults && say(checkedResults);
  if (!loaded || !results || !say(await renderPlan(loaded, forms))) return undefined;
  const pay = sayOfPay(await loadPay(fileBeside(plan, "resultatloen.md"), results.assessment));
  const document = pay && sayOfPay(await renderPay(pay, results.assessment, forms));
  if (!pay || !document) return undefined;
  const sources = [
    { name: "plan.md", bytes: loaded.bytes },
    { name: "resultater.md", bytes: results.bytes },
    { name: "resultatloen.md", bytes: pay.bytes },
  ];
  const provenance = { plan: loaded.plan, subject: `Resultatløn: ${pay.pay.recipient}`, sources };
  return { name: "resultatloen", provenance, document: async () => document };
}

/** The failure of a command that builds on results, where there are none. */
export function noResults(path: string): Failure {
  return new Failure("plan", "resultater-mangler", `Filen ${path} findes ikke.`, {
    hint: "Resultaterne skrives i resultater.md i planens mappe; se docs/resultater.md.",
  });
}

/** The path of a file in a plan's folder. */
export function fileBeside(plan: PlanFile, name: string): string {
  return join(dirname(plan.path), name);
}
