import { type Checked, checked, type Diagnostic, error, inReadingOrder } from "../core/diagnostic.ts";
import { Failure } from "../core/failure.ts";
import type { Asset, HtmlDocument } from "../core/states.ts";
import { didYouMean } from "../core/suggest.ts";
import type { LoadedPlan } from "../plan/load.ts";
import type { LoadedResults } from "../results/load.ts";
import { coverageDiagnostics } from "./coverage.ts";
import { reportWords } from "./edition.ts";
import { contentTypeOf, FORM_ORIGIN } from "./form.ts";
import { type ReportView, reportView } from "./report-view.ts";
import { formDiagnostics } from "./requirements.ts";
import type { CompiledForm, FormShelf } from "./shelf.ts";
import { planView } from "./view.ts";

/** Fills the plan into its form. The author learns what the plan lacks for the form. */
export async function renderPlan(loaded: LoadedPlan, shelf: FormShelf): Promise<Checked<HtmlDocument>> {
  const { plan, images } = loaded;
  const names = await shelf.names();
  if (!names.includes(plan.form)) {
    return checked<HtmlDocument>(undefined, [
      error("ukendt-skabelon", plan.formSpan, `Skabelonen »${plan.form}« findes ikke.`, didYouMean(plan.form, names)),
    ]);
  }
  const compiled = await shelf.get(plan.form);
  const diagnostics: Diagnostic[] = [
    ...formDiagnostics(plan, compiled.form),
    ...coverageDiagnostics(plan.formSpan.source, compiled.form),
  ];
  const html = compiled.page("plan", planView(plan, imageAddress));
  return checked(documentOf(html, compiled, images), inReadingOrder(diagnostics));
}

/** The documents that hold a målrapportering. */
export interface ReportDocuments {
  readonly report: HtmlDocument;
  /** The plan and the report, printed as one, so that tags, outline and page numbers are whole. */
  readonly planAndReport: HtmlDocument;
}

/** Fills results into the målrapportering in the plan's form, alone and after the plan. The plan's form is known by now. */
export async function renderReport(
  loaded: LoadedPlan,
  results: LoadedResults,
  shelf: FormShelf,
): Promise<Checked<ReportDocuments>> {
  const { plan } = loaded;
  const { assessment } = results;
  const compiled = await shelf.get(plan.form);
  const { span, settings } = assessment.results;
  const words = reportWords(settings, span, await shelf.editions());
  const diagnostics = [...words.diagnostics, ...coverageDiagnostics(span.source, compiled.form)];
  if (!words.value) return checked<ReportDocuments>(undefined, inReadingOrder(diagnostics));
  const setting = { form: compiled.form, words: words.value, imageAddress };
  const [alone, after] = await Promise.all([
    reportView(assessment, { ...setting, level: 1 }),
    reportView(assessment, { ...setting, level: 2 }),
  ]);
  const images = new Map([...loaded.images, ...results.images]);
  const documents: ReportDocuments = {
    report: documentOf(compiled.page("maalrapportering", alone), compiled, results.images),
    planAndReport: documentOf(pageOfBoth(loaded, after, compiled), compiled, images),
  };
  return checked(documents, inReadingOrder(diagnostics));
}

/** A form that does not know of the report would leave it out in silence. */
function pageOfBoth({ plan }: LoadedPlan, report: ReportView, { form, page }: CompiledForm): string {
  const html = page("plan", planView(plan, imageAddress, report));
  if (html.includes(`id="${report.anker}"`)) return html;
  throw new Failure("template", "skabelon-uden-rapport", `Skabelonen »${form.name}« trykker ikke målrapporteringen.`, {
    hint: "Sæt {{#if målrapportering}}{{> maalrapportering målrapportering}}{{/if}} sidst i plan.hbs; se docs/skabeloner.md.",
  });
}

/** Where the page finds a picture that lies beside the plan. */
function imageAddress(path: string): string {
  return new URL(`_plan/${path}`, FORM_ORIGIN).href;
}

function documentOf(html: string, { form }: CompiledForm, pictures: ReadonlyMap<string, Uint8Array>): HtmlDocument {
  const images = [...pictures].map(([path, bytes]): [string, Asset] => [
    imageAddress(path),
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
