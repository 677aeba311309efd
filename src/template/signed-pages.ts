import { documentId, type SourceBytes, sourceHash } from "../core/identity.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { Plan } from "../plan/plan.ts";
import type { Form } from "./form.ts";
import { documentOf, documentView, imageAddress } from "./render.ts";
import type { FormShelf } from "./shelf.ts";

/** A scanned page that was signed with ink. */
export interface ScannedPage {
  /** The name of its picture's file. */
  readonly name: string;
  readonly picture: Uint8Array;
  /** Those who have signed on it: title, name and organisation. */
  readonly signatories: readonly string[];
}

/** Fills in the pages that show what was signed on paper: a sheet for each scan, with words for those who cannot see it. */
export async function renderSignedPages(
  { plan, sources }: { readonly plan: Plan; readonly sources: readonly SourceBytes[] },
  scans: readonly ScannedPage[],
  shelf: FormShelf,
): Promise<HtmlDocument> {
  const compiled = await shelf.get(plan.form);
  const view = signedPagesView(plan, sources, scans, compiled.form);
  const pictures = new Map(scans.map(({ name, picture }) => [name, picture]));
  return documentOf(compiled.page("underskrevne-sider", view), compiled, pictures);
}

/** What the pages see. */
export function signedPagesView(
  plan: Plan,
  sources: readonly SourceBytes[],
  scans: readonly ScannedPage[],
  form: Form,
) {
  const id = documentId(sourceHash(sources));
  return {
    dokumenttitel: `Underskrifter på papir – ${plan.title}`,
    plantitel: plan.title,
    dokument: documentView(plan, sources),
    farve: form.color,
    skrift: form.fonts.families[0] ?? "",
    scanninger: scans.map(({ name, signatories }, index) => ({
      nr: index + 1,
      antal: scans.length,
      billede: imageAddress(name),
      alternativ:
        `Scannet underskriftsside, underskrevet på papir af ${signatories.join("; ")}. ` +
        `Underskriften gælder ${plan.title} for ${plan.institution.name}, dokument-id ${id}.`,
    })),
  };
}
