import { listed } from "../core/danish.ts";
import { documentId, type SourceBytes, sourceHash } from "../core/identity.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { Plan, Signatory } from "../plan/plan.ts";
import type { Form } from "./form.ts";
import { addressesOf, documentOf, documentView } from "./render.ts";
import type { FormShelf } from "./shelf.ts";

/** A scanned page that was signed with ink. */
export interface ScannedPage {
  /** The name of its picture's file. */
  readonly name: string;
  readonly picture: Uint8Array;
  readonly signatories: readonly Signatory[];
}

/** What there is of signatures on paper. */
export interface SignedPages {
  readonly scans: readonly ScannedPage[];
  /** Those who have not signed yet: a plan that lacks a signature says so itself. */
  readonly missing: readonly Signatory[];
  /** Those whose digital signatures the attached plan bears. */
  readonly digitally: readonly Signatory[];
}

/** Fills in the pages that show what was signed on paper: a sheet for each scan, with words for those who cannot see it. */
export async function renderSignedPages(
  { plan, sources }: { readonly plan: Plan; readonly sources: readonly SourceBytes[] },
  { scans, missing, digitally }: SignedPages,
  shelf: FormShelf,
): Promise<HtmlDocument> {
  const compiled = await shelf.get(plan.form);
  const view = signedPagesView(plan, sources, { scans, missing, digitally }, compiled.form);
  return documentOf(compiled.page("underskrevne-sider", view), compiled, picturesOf(scans));
}

function picturesOf(scans: readonly ScannedPage[]): ReadonlyMap<string, Uint8Array> {
  return new Map(scans.map(({ name, picture }) => [name, picture]));
}

/** What the pages see. */
export function signedPagesView(
  plan: Plan,
  sources: readonly SourceBytes[],
  { scans, missing, digitally }: SignedPages,
  form: Form,
) {
  const id = documentId(sourceHash(sources));
  const addressOf = addressesOf(picturesOf(scans));
  return {
    dokumenttitel: `Underskrifter på papir – ${plan.title}`,
    plantitel: plan.title,
    dokument: documentView(plan, sources),
    farve: form.color,
    skrift: form.fonts.families[0] ?? "",
    mangler: missing.length > 0 ? listed(missing.map(whole)) : null,
    digitalt: digitally.length > 0 ? listed(digitally.map(whole)) : null,
    scanninger: scans.map(({ name, signatories }) => ({
      billede: addressOf(name),
      underskrivere: listed(signatories.map((one) => one.name)),
      alternativ:
        `Scannet underskriftsside, underskrevet på papir af ${signatories.map(whole).join("; ")}. ` +
        `Underskriften gælder ${plan.title} for ${plan.institution.name}, dokument-id ${id}.`,
    })),
  };
}

/** »Sophus Garfiel, Departementschef, Indenrigs- og Boligministeriet«. */
function whole({ name, title, organisation }: Signatory): string {
  return [name, title, organisation].filter(Boolean).join(", ");
}
