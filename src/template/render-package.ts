import type { SourceBytes } from "../core/identity.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { Plan, Signatory } from "../plan/plan.ts";
import { documentOf, documentView } from "./render.ts";
import type { FormShelf } from "./shelf.ts";

/** A plan and the files that it was written in. */
interface PlanAndSources {
  readonly plan: Plan;
  readonly sources: readonly SourceBytes[];
}

/** What the guide to a plan's signing copies tells. */
export interface PackageGuide {
  /** What the signatories are shown as the name of what they sign. */
  readonly reference: string;
  readonly copies: readonly {
    readonly signatory: Pick<Signatory, "name" | "title" | "organisation">;
    readonly file: string;
    /** The hash of the file, in hexadecimal. */
    readonly sha256: string;
  }[];
}

/** Fills in the pages that list who signs which copy, and say what the secretariat does, step by step. */
export async function renderPackageGuide(
  { plan, sources }: PlanAndSources,
  guide: PackageGuide,
  shelf: FormShelf,
): Promise<HtmlDocument> {
  const compiled = await shelf.get(plan.form);
  const view = {
    ...commonView(plan, sources, compiled.form.color),
    dokumenttitel: `Underskrift med MitID – ${plan.title}`,
    planid: plan.id,
    referencetekst: guide.reference,
    kopier: guide.copies.map(({ signatory, file, sha256 }) => ({
      ...signatoryView(signatory),
      fil: file,
      sha256: groups(sha256),
    })),
  };
  return documentOf(compiled.page("underskriftspakke", view), compiled, new Map());
}

/** A signatory in the index of a collected package. */
export interface CollectedRow {
  readonly signatory: Pick<Signatory, "name" | "title" | "organisation">;
  /** Undefined for one who is missing. */
  readonly signature: CollectedSignatureText | undefined;
}

/** What there is to say of a signature, in words. */
export interface CollectedSignatureText {
  /** »21. november 2026 kl. 12.34«, and how it is known. */
  readonly time: string | undefined;
  readonly timeSource: string;
  readonly holder: string;
  readonly certificate: string;
  readonly issuer: string;
  readonly serial: string;
  readonly file: string;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly verdict: string;
  /** Whether the document in the file is the copy's bytes. */
  readonly untouched: boolean;
  readonly remarks: readonly string[];
}

/** Fills in the page in front of a collected package: who has signed, when, with what, and in which of the attached files. */
export async function renderCollectedIndex(
  { plan, sources }: PlanAndSources,
  rows: readonly CollectedRow[],
  shelf: FormShelf,
): Promise<HtmlDocument> {
  const compiled = await shelf.get(plan.form);
  const view = {
    ...commonView(plan, sources, compiled.form.color),
    dokumenttitel: `Underskrevet pakke – ${plan.title}`,
    mangler: rows.filter(({ signature }) => !signature).map(({ signatory }) => signatory.name),
    underskrifter: rows.flatMap(({ signatory, signature }) =>
      signature
        ? [
            {
              ...signatoryView(signatory),
              tid: signature.time ?? null,
              tidskilde: signature.timeSource,
              indehaver: signature.holder,
              certifikat: signature.certificate,
              udsteder: signature.issuer,
              serienummer: groups(signature.serial),
              fil: signature.file,
              sha256: groups(signature.sha256),
              dom: signature.verdict,
              uændret: signature.untouched,
              bemærkninger: signature.remarks,
            },
          ]
        : [],
    ),
  };
  return documentOf(compiled.page("underskrevet-pakke", view), compiled, new Map());
}

function commonView(plan: Plan, sources: readonly SourceBytes[], color: string) {
  return {
    plantitel: plan.title,
    institution: { navn: plan.institution.name, kort: plan.institution.shortName },
    dokument: documentView(plan, sources),
    farve: color,
  };
}

function signatoryView({ name, title, organisation }: Pick<Signatory, "name" | "title" | "organisation">) {
  return { navn: name, stilling: title, organisation: organisation ?? null };
}

/** Figures in groups of eight, which can be read aloud and broken over lines. */
function groups(hexadecimal: string): string[] {
  return hexadecimal.match(/.{1,8}/g) ?? [];
}
