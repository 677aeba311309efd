import Handlebars from "handlebars";
import { longDate } from "../core/danish.ts";
import { documentId, type SourceBytes, sourceHash } from "../core/identity.ts";
import { pageCodeText, planMark } from "../core/page-code.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { Plan, Signatory } from "../plan/plan.ts";
import type { Form } from "./form.ts";
import { qrSvg } from "./qr-code.ts";
import { documentOf, documentView } from "./render.ts";
import type { FormShelf } from "./shelf.ts";
import { signatoryView } from "./view.ts";

/** The pages that a plan is signed on with ink, as the browser will print them, and how many sheets they must be. */
export interface SignaturePages {
  readonly document: HtmlDocument;
  readonly pages: number;
}

/**
 * Fills in the page that is signed with ink: one for all signatories, or one for each.
 *
 * @param sources what the plan is made from; their hash says which version is signed
 */
export async function renderSignaturePages(
  { plan, sources }: { readonly plan: Plan; readonly sources: readonly SourceBytes[] },
  each: boolean,
  shelf: FormShelf,
): Promise<SignaturePages> {
  const compiled = await shelf.get(plan.form);
  const view = await signaturePageView(plan, sources, each, compiled.form);
  // Ink needs no field in the file.
  const html = compiled.page("underskriftsside", view, {
    underskriftsfelt: () => '<div class="underskriftsfelt"></div>',
  });
  return { document: documentOf(html, compiled, new Map()), pages: view.sider.length };
}

/** What the page sees. */
export async function signaturePageView(plan: Plan, sources: readonly SourceBytes[], each: boolean, form: Form) {
  const hash = sourceHash(sources);
  const sheets: readonly (readonly Signatory[])[] = each ? plan.signatories.map((one) => [one]) : [plan.signatories];
  const sider = sheets.map(async (signatories, index) => {
    const number = { page: index + 1, pages: sheets.length };
    const whose = { signatory: each ? index + 1 : undefined, signatories: plan.signatories.length };
    const told = `QR-kode: dokument-id ${documentId(hash)}, underskriftsside ${number.page} af ${number.pages}`;
    const code = pageCodeText({ hash, plan: planMark(plan.id), ...whose, ...number });
    return {
      nr: number.page,
      antal: number.pages,
      underskriver: each ? (signatories[0]?.name ?? "") : null,
      underskrivere: signatories.map(signatoryView),
      // A seal is set by a machine, never with ink.
      segl: [],
      qr: new Handlebars.SafeString(await qrSvg(code, told)),
    };
  });
  return {
    dokumenttitel: `Underskriftsside – ${plan.title}, ${plan.institution.name}`,
    plantitel: plan.title,
    ministerium: plan.ministry,
    institution: { navn: plan.institution.name, kort: plan.institution.shortName },
    periode: { fra: longDate(plan.period.from), til: longDate(plan.period.to) },
    sagsnummer: plan.caseNumber ?? null,
    dokument: documentView(plan, sources),
    farve: form.color,
    skrift: form.fonts.families[0] ?? "",
    // Two lines of four groups, which the eye can follow.
    sha256: (hash.match(/.{32}/g) ?? []).map((half) => half.replace(/.{8}(?=.)/g, "$& ")),
    sider: await Promise.all(sider),
  };
}
