import { documentId } from "../../core/identity.ts";
import { decodeSource } from "../../core/reading.ts";
import { parsePlan } from "../../plan/load.ts";
import type { Period, Plan } from "../../plan/plan.ts";
import type { OwnDocument, SignatureReport } from "../../verify/report.ts";
import type { Verdict } from "../../verify/verdict.ts";
import { placesOf } from "../finish-facts.ts";
import { paperClaim } from "../paper/paper-claim.ts";

/** Which plan a PDF is, and who of its signatories has signed. The verdicts are the verifier's; nothing is judged here. */
export interface ToldPlan {
  /** The document's id as it is printed: »3f2a-9c41-77d0«. */
  readonly id: string;
  readonly title: string | undefined;
  /** Undefined where the plan itself is not to be had, for it is not in the file, or is not what the id says. */
  readonly institution: string | undefined;
  readonly period: Period | undefined;
  /** Whether the attached source is what the id says. */
  readonly source: OwnDocument["source"];
  /** In the plan's order. Empty for a document that nobody signs. */
  readonly signatories: readonly ToldSignatory[];
  /** Why what the file says of signatures on paper is not believed, as the rest of a Danish sentence. */
  readonly paperProblem: string | undefined;
}

/** A plan in its folder: its text, and the hash of all that its document is made from. */
export interface KeptPlan {
  readonly bytes: Uint8Array;
  readonly hash: string;
}

/** Somebody who is to sign, or an organisation that is to seal. */
export interface ToldSignatory {
  readonly name: string;
  /** Position and organisation; empty where they are not known. */
  readonly role: string;
  readonly seal: boolean;
  /** The digital signature; undefined as long as it is missing. */
  readonly signature: ToldSignature | undefined;
  /** Whether the file says of itself that this person has signed on paper, and nothing in it says otherwise. */
  readonly onPaper: boolean;
  /** Whether it says so of a digital signature in the plan that lies in it, which is to be verified there. */
  readonly inAttached: boolean;
}

/** A signature, by what the verifier says of it; an inspection says only that there is one. */
export interface ToldSignature {
  readonly field: string;
  /** The name in the certificate. */
  readonly holder: string | undefined;
  readonly verdict: Verdict | undefined;
}

/**
 * Joins what a PDF says of itself with the plan that it was made from. The names of the signatories come from that plan, so
 * far as it is what the document's id says; else from the fields of the form, which is all that is left.
 *
 * @param signatures the verifier's answers, or undefined where nobody asked it
 * @param kept a plan that is kept elsewhere, for documents that do not carry their own
 */
export function toldPlan(
  document: OwnDocument,
  signatures: readonly SignatureReport[] | undefined,
  kept?: KeptPlan,
): ToldPlan {
  const { source, fields } = document;
  const plan = planOf(document, kept);
  const own = fields.filter((field) => field.whose !== undefined);
  const named = plan ? placesOf(plan) : own.map(({ whose = "" }) => ({ name: whose, role: "" }));
  const places = named.map((place, index) => ({
    name: place.name,
    role: place.role,
    seal: "seal" in place,
    // The fields are in the order of the places; their names decide where somebody has moved them.
    field: same(own[index]?.whose, place.name) ? own[index] : own.find(({ whose }) => same(whose, place.name)),
  }));
  const paper = paperClaim(document, places);
  const toSign = own.length > 0 || fields.some((field) => field.signed) || paper !== undefined;
  const others = signatures?.filter((one) => one.kind === "signature" && !own.some(({ name }) => name === one.field));
  return {
    id: documentId(source.named),
    title: plan?.title ?? document.title,
    institution: plan?.institution.name,
    period: plan?.period,
    source,
    signatories: (toSign ? places : []).map(({ field, ...place }, index) => ({
      ...place,
      signature: field ? inField(field, signatures) : byHolder(place.name, others ?? []),
      onPaper: paper?.places.has(index + 1) ?? false,
      inAttached: paper?.digital.has(index + 1) ?? false,
    })),
    paperProblem: paper?.problem,
  };
}

function planOf({ source, plan }: OwnDocument, kept: KeptPlan | undefined): Plan | undefined {
  const bytes = source.fits ? plan : kept?.hash === source.named ? kept.bytes : undefined;
  const text = bytes && decodeSource("plan.md", bytes).value;
  return text && parsePlan("", text).value;
}

/** A signature that was removed is told, too: its verdict says so. */
function inField(
  field: OwnDocument["fields"][number],
  signatures: readonly SignatureReport[] | undefined,
): ToldSignature | undefined {
  const report = signatures?.findLast((one) => one.field === field.name);
  if (report) return { field: field.name, holder: report.signer, verdict: report.verdict };
  return field.signed ? { field: field.name, holder: undefined, verdict: undefined } : undefined;
}

/** A service that makes its own field, as NemLog-in does, says whose it is by the certificate only. */
function byHolder(name: string, signatures: readonly SignatureReport[]): ToldSignature | undefined {
  const report = signatures.find((one) => same(one.signer, name));
  return report && { field: report.field, holder: report.signer, verdict: report.verdict };
}

function same(one: string | undefined, other: string): boolean {
  return one !== undefined && plain(one) === plain(other);
}

function plain(name: string): string {
  return name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}
