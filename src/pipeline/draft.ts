import { dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Diagnostic } from "../core/diagnostic.ts";
import { Failure } from "../core/failure.ts";
import { eachOnce, pictureSources } from "../core/picture-source.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { SignedPlan } from "../lock/signed-plan.ts";
import { agreedIn, type FaultyPlan, type LoadedPlan, planSources, readFaultyPlan } from "../plan/load.ts";
import { planYears } from "../plan/plan.ts";
import { loadPlanWithHistory } from "../results/history.ts";
import { type LoadedResults, loadResults, reportSources } from "../results/load.ts";
import { loadPay } from "../results/pay/load.ts";
import { foundBesides, renderPay, renderPlan, renderReport } from "../template/render.ts";
import type { FormShelf } from "../template/shelf.ts";
import type { Provenance } from "./finish-facts.ts";
import type { Numbering } from "./numbers-around.ts";
import type { Say } from "./outcome.ts";
import { holdAgainstSigned } from "./signed/lock.ts";
import type { PlanFile } from "./workspace.ts";

/** The public documents that a plan can become, by the names of their files. */
export type DocumentName = "plan" | "maalrapportering" | "plan-og-maalrapportering";

/** A document as the browser will print it, and the name of its file. */
export interface Draft<Name extends string = string> {
  readonly name: Name;
  readonly provenance: Provenance;
  document(): Promise<HtmlDocument>;
}

/** A plan's files, read and held against one another. */
export interface Prepared {
  readonly file: PlanFile;
  readonly loaded: LoadedPlan;
  /** The plan as the browser will print it; undefined where its form finds errors in it. */
  readonly document: HtmlDocument | undefined;
  /** `none` where there is no results file, undefined where it has errors. */
  readonly results: LoadedResults | "none" | undefined;
  /** What was signed, for a locked plan. */
  readonly signed: SignedPlan | undefined;
}

/**
 * The first stages of every command: loads the plan and its results, holds it against what was signed, and renders it.
 * Undefined where the plan has errors, or differs from what was signed and nobody has declared it.
 */
export async function prepare(file: PlanFile, forms: FormShelf, say: Say): Promise<Prepared | undefined> {
  const { value: loaded, diagnostics } = await loadPlanWithHistory(file.path);
  // What the form finds, and what is wrong with the results, is told with the rest, and not first when that is mended.
  const faulty = loaded ? undefined : await readAsFarAsTold(file, diagnostics);
  const besides = faulty ? await foundBesides(faulty, forms) : [];
  say({ value: loaded, diagnostics: [...diagnostics, ...besides] });
  await nextTurn();
  const agreed = loaded?.plan ?? (faulty && agreedIn(faulty));
  const read = agreed && (await loadResults(fileBeside(file, "resultater.md"), agreed));
  const results = read ? say(read) : "none";
  const held = say(await holdAgainstSigned(file, loaded, read ? read.changes : []));
  if (!loaded) return undefined;
  // Between long stretches of work the browser is heard, which may be opening its first page.
  await nextTurn();
  const document = say(await renderPlan(loaded, forms));
  return held && { file, loaded, results, document, signed: held.signed };
}

/** A plan with errors, as far as it can be read; undefined where there are more errors than are told. */
async function readAsFarAsTold({ path }: PlanFile, told: readonly Diagnostic[]): Promise<FaultyPlan | undefined> {
  return told.some(({ code }) => code === "flere") ? undefined : await readFaultyPlan(path);
}

/** Lets the numbers of tables and figures begin where they are told to; what the results file says goes before. */
export function numbered(prepared: Prepared, { firstTable, firstFigure }: Numbering = {}): Prepared {
  const { results: loaded } = prepared;
  if (!loaded || loaded === "none") return prepared;
  const { assessment } = loaded;
  const { settings } = assessment.results;
  const given = {
    ...(firstTable !== undefined && { firstTable }),
    ...(firstFigure !== undefined && { firstFigure }),
  };
  const results = { ...assessment.results, settings: { ...given, ...settings } };
  return { ...prepared, results: { ...loaded, assessment: { ...assessment, results } } };
}

/**
 * The public documents of a plan: the plan itself, and where there are results the målrapportering too. What has errors is
 * left out; faulty results are no reason to hold the plan back.
 */
export async function drafts(prepared: Prepared, forms: FormShelf, say: Say): Promise<Draft<DocumentName>[]> {
  const { loaded, document, results, signed } = prepared;
  if (!document) return [];
  const { plan } = loaded;
  const subject = `Aftale mellem ${plan.ministry} og ${plan.institution.name} for ${planYears(plan.period)}`;
  const agreed = { plan, subject, sources: planSources(loaded), signed };
  const made: Draft<DocumentName>[] = [{ name: "plan", provenance: agreed, document: async () => document }];
  if (!results || results === "none") return made;
  const reports = say(await renderReport(loaded, results, forms, signed));
  if (!reports) return made;
  const { year } = results.assessment.results.settings;
  const reported = {
    plan,
    subject: `Målrapportering ${year} for ${plan.institution.name}`,
    sources: reportSources(loaded, results, signed?.file),
    signed,
  };
  made.push(
    { name: "maalrapportering", provenance: reported, document: reports.report },
    { name: "plan-og-maalrapportering", provenance: reported, document: reports.planAndReport },
  );
  return made;
}

/** Loads a plan and drafts its public documents. */
export async function draft(file: PlanFile, forms: FormShelf, say: Say): Promise<Draft<DocumentName>[]> {
  const prepared = await prepare(file, forms, say);
  return prepared ? await drafts(prepared, forms, say) : [];
}

/**
 * The sheet of the head's pay: a document that no other holds any part of. Undefined where plan or results have errors.
 *
 * @throws Failure `resultater-mangler`, `resultatløn-mangler`
 */
export async function draftPay(
  { file, loaded, document, results, signed }: Prepared,
  forms: FormShelf,
  say: Say,
): Promise<Draft<"resultatloen"> | undefined> {
  if (results === "none") throw noResults(fileBeside(file, "resultater.md"));
  if (!results || !document) return undefined;
  const pay = say(await loadPay(fileBeside(file, "resultatloen.md"), results.assessment));
  const sheet = pay && say(await renderPay(pay, results.assessment, forms));
  if (!pay || !sheet) return undefined;
  const own = [{ name: "resultatloen.md", bytes: pay.bytes }, ...pictureSources(pay.images)];
  const sources = eachOnce([...reportSources(loaded, results, signed?.file), ...own]);
  const provenance = { plan: loaded.plan, subject: `Resultatløn: ${pay.pay.recipient}`, sources, signed };
  return { name: "resultatloen", provenance, document: async () => sheet };
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
