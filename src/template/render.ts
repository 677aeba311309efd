import { type Checked, checked, type Diagnostic, error, inReadingOrder } from "../core/diagnostic.ts";
import { Failure } from "../core/failure.ts";
import { documentId, type SourceBytes, sha256, sourceHash } from "../core/identity.ts";
import { type Asset, FORM_ORIGIN, type HtmlDocument } from "../core/states.ts";
import { didYouMean } from "../core/suggest.ts";
import type { SignedPlan } from "../lock/signed-plan.ts";
import { type FaultyPlan, type LoadedPlan, planSources } from "../plan/load.ts";
import type { Plan } from "../plan/plan.ts";
import type { Assessment } from "../results/assessment.ts";
import { type LoadedFollowUp, statusSources } from "../results/followup/load.ts";
import { type LoadedResults, reportSources } from "../results/load.ts";
import type { LoadedPay } from "../results/pay/load.ts";
import { cohesionView, type Density } from "./cohesion-view.ts";
import { coverageDiagnostics } from "./coverage.ts";
import { reportWords } from "./edition.ts";
import { contentTypeOf } from "./form.ts";
import { payView } from "./pay-view.ts";
import { type ReportView, reportView } from "./report-view.ts";
import { formDiagnostics, formDiagnosticsBesides } from "./requirements.ts";
import type { CompiledForm, FormShelf } from "./shelf.ts";
import { statusView } from "./status-view.ts";
import { type DocumentView, planView } from "./view.ts";

/** Fills the plan into its form. The author learns what the plan lacks for the form. */
export async function renderPlan(loaded: LoadedPlan, shelf: FormShelf): Promise<Checked<HtmlDocument>> {
  const { plan, images } = loaded;
  const unknown = await unknownForm(plan, shelf);
  if (unknown) return checked<HtmlDocument>(undefined, [unknown]);
  const compiled = await shelf.get(plan.form);
  const diagnostics: Diagnostic[] = [
    ...formDiagnostics(plan, compiled.form),
    ...coverageDiagnostics(plan.formSpan.source, compiled.form),
  ];
  const html = compiled.page("plan", planView(plan, addressesOf(images), documentView(plan, planSources(loaded))));
  return checked(documentOf(html, compiled, images), inReadingOrder(diagnostics));
}

/** What a form and its fonts find in a plan that has errors already and is not rendered, so that all is told at once. */
export async function foundBesides(faulty: FaultyPlan, shelf: FormShelf): Promise<Diagnostic[]> {
  const { plan, unsure } = faulty;
  if (unsure.has("skabelon")) return [];
  const unknown = await unknownForm(plan, shelf);
  if (unknown) return [unknown];
  const { form } = await shelf.get(plan.form);
  return [...formDiagnosticsBesides(faulty, form), ...coverageDiagnostics(plan.formSpan.source, form)];
}

async function unknownForm({ form, formSpan }: Plan, shelf: FormShelf): Promise<Diagnostic | undefined> {
  const names = await shelf.names();
  if (names.includes(form)) return undefined;
  return error("ukendt-skabelon", formSpan, `Skabelonen »${form}« findes ikke.`, didYouMean(form, names));
}

/** The documents that hold a målrapportering. They are made when they are asked for: charts take their time. */
export interface ReportDocuments {
  report(): Promise<HtmlDocument>;
  /** The plan and the report, printed as one, so that tags, outline and page numbers are whole. */
  planAndReport(): Promise<HtmlDocument>;
}

/**
 * Fills results into the målrapportering in the plan's form, alone and after the plan. The plan itself has been rendered
 * by then, so that its form is known.
 */
export async function renderReport(
  loaded: LoadedPlan,
  results: LoadedResults,
  shelf: FormShelf,
  signed?: SignedPlan,
): Promise<Checked<ReportDocuments>> {
  const { assessment } = results;
  const { span, settings } = assessment.results;
  const compiled = await shelf.get(loaded.plan.form);
  const words = reportWords(settings, span, await shelf.editions());
  const diagnostics = [...words.diagnostics, ...coverageDiagnostics(span.source, compiled.form)];
  if (!words.value) return checked<ReportDocuments>(undefined, inReadingOrder(diagnostics));
  const document = documentView(loaded.plan, reportSources(loaded, results, signed?.file));
  const imageAddress = addressesOf(results.images);
  const setting = { form: compiled.form, words: words.value, document, imageAddress, signed };
  let drawn: Promise<ReportView> | undefined;
  const view = () => {
    drawn ??= reportView(assessment, setting);
    return drawn;
  };
  const documents: ReportDocuments = {
    report: async () => documentOf(compiled.page("maalrapportering", await view()), compiled, results.images),
    planAndReport: async () => {
      const after: ReportView = { ...(await view()), niveau: 2 };
      return documentOf(pageOfBoth(loaded, after, compiled), compiled, new Map([...loaded.images, ...results.images]));
    },
  };
  return checked(documents, inReadingOrder(diagnostics));
}

/** Fills a calculation of pay into its sheet, in the plan's form. */
export async function renderPay(
  loaded: LoadedPay,
  assessment: Assessment,
  shelf: FormShelf,
): Promise<Checked<HtmlDocument>> {
  const compiled = await shelf.get(assessment.plan.form);
  const setting = { form: compiled.form, imageAddress: addressesOf(loaded.images) };
  const html = compiled.page("resultatloen", payView(loaded.pay, assessment, setting));
  const diagnostics = coverageDiagnostics(loaded.source, compiled.form);
  return checked(documentOf(html, compiled, loaded.images), inReadingOrder(diagnostics));
}

/** Fills a plan's strategy, goals and work programme into the figure of how they hang together, set so close. */
export async function renderCohesion(loaded: LoadedPlan, density: Density, shelf: FormShelf): Promise<HtmlDocument> {
  const compiled = await shelf.get(loaded.plan.form);
  const document = documentView(loaded.plan, planSources(loaded));
  const imageAddress = addressesOf(loaded.images);
  const view = cohesionView(loaded.plan, { form: compiled.form, document, density, imageAddress });
  return { ...documentOf(compiled.page("sammenhaeng", view), compiled, loaded.images), landscape: true };
}

/** Fills a follow-up into its status document, in the plan's form. */
export async function renderStatus(
  loaded: LoadedPlan,
  followUp: LoadedFollowUp,
  shelf: FormShelf,
): Promise<Checked<() => Promise<HtmlDocument>>> {
  const compiled = await shelf.get(loaded.plan.form);
  const { progress } = followUp;
  const document = documentView(loaded.plan, statusSources(loaded, followUp));
  const diagnostics = coverageDiagnostics(progress.followUp.span.source, compiled.form);
  const page = async () => {
    const imageAddress = addressesOf(followUp.images);
    const view = await statusView(progress, { form: compiled.form, document, imageAddress });
    return documentOf(compiled.page("status", view), compiled, followUp.images);
  };
  return checked(page, inReadingOrder(diagnostics));
}

/** A form that does not know of the report would leave it out in silence. */
function pageOfBoth({ plan, images }: LoadedPlan, report: ReportView, { form, page }: CompiledForm): string {
  const html = page("plan", planView(plan, addressesOf(images), report.dokument, report));
  if (html.includes(`id="${report.anker}"`)) return html;
  throw new Failure("template", "skabelon-uden-rapport", `Skabelonen »${form.name}« trykker ikke målrapporteringen.`, {
    hint: "Sæt {{#if målrapportering}}{{> maalrapportering målrapportering}}{{/if}} sidst i plan.hbs; se docs/skabeloner.md.",
  });
}

/** What a page tells of the document that is made from some sources. */
export function documentView(plan: Plan, sources: readonly SourceBytes[]): DocumentView {
  return { id: documentId(sourceHash(sources)), udkast: plan.state === "draft" };
}

/**
 * Where the page finds the pictures that lie beside a plan, by their names there. The address tells the content: plans have
 * pictures of the same names, and a browser that prints many keeps what it has seen.
 */
export function addressesOf(pictures: ReadonlyMap<string, Uint8Array>): (path: string) => string {
  return (path) => {
    const hash = sha256(pictures.get(path) ?? "").slice(0, 16);
    return new URL(`_plan/${hash}/${path}`, FORM_ORIGIN).href;
  };
}

/** A filled-in page with everything that it may ask for: what the form brings, and pictures at the addresses of `addressesOf`. */
export function documentOf(
  html: string,
  { form }: CompiledForm,
  pictures: ReadonlyMap<string, Uint8Array>,
): HtmlDocument {
  const addressOf = addressesOf(pictures);
  const images = [...pictures].map(([path, bytes]): [string, Asset] => [
    addressOf(path),
    { contentType: contentTypeOf(path) ?? "image/png", bytes },
  ]);
  return {
    base: new URL(`${form.name}/`, FORM_ORIGIN).href,
    html,
    assets: new Map([...form.assets, ...images]),
    fontFamilies: form.fonts.families,
    title: documentTitle(html),
  };
}

/** The title that the form gives the page, which becomes the PDF's. */
function documentTitle(html: string): string {
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "";
  return title
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .trim();
}
