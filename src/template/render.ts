import { type Checked, checked, error, inReadingOrder } from "../core/diagnostic.ts";
import type { Asset, HtmlDocument } from "../core/states.ts";
import { didYouMean } from "../core/suggest.ts";
import type { LoadedPlan } from "../plan/load.ts";
import { coverageDiagnostics } from "./coverage.ts";
import { contentTypeOf, FORM_ORIGIN } from "./form.ts";
import { formDiagnostics } from "./requirements.ts";
import type { FormShelf } from "./shelf.ts";
import { planView } from "./view.ts";

/** Fills the plan into its form. The author learns what the plan lacks for the form. */
export async function renderPlan(loaded: LoadedPlan, shelf: FormShelf): Promise<Checked<HtmlDocument>> {
  const { plan } = loaded;
  const names = await shelf.names();
  if (!names.includes(plan.form)) {
    return checked<HtmlDocument>(undefined, [
      error("ukendt-skabelon", plan.formSpan, `Skabelonen »${plan.form}« findes ikke.`, didYouMean(plan.form, names)),
    ]);
  }
  const { form, page } = await shelf.get(plan.form);
  const diagnostics = [...formDiagnostics(plan, form), ...coverageDiagnostics(plan.formSpan.source, form)];
  const base = new URL(`${form.name}/`, FORM_ORIGIN).href;
  const imageAddress = (path: string) => new URL(`_plan/${path}`, FORM_ORIGIN).href;
  const images = [...loaded.images].map(([path, bytes]): [string, Asset] => [
    imageAddress(path),
    { contentType: contentTypeOf(path) ?? "image/png", bytes },
  ]);
  const html = page("plan", planView(plan, imageAddress));
  const document: HtmlDocument = {
    base,
    html,
    assets: new Map([...form.assets, ...images]),
    fontFamilies: form.fonts.families,
    title: documentTitle(html),
  };
  return checked(document, inReadingOrder(diagnostics));
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
