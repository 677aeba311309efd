import { basename } from "node:path";
import { isoDate } from "../core/date.ts";
import { documentId, sha256 } from "../core/identity.ts";
import { type Lock, lockedHash, missingSignatories } from "../lock/lock.ts";
import type { Plan } from "../plan/plan.ts";
import { finishFacts, letterDay, type Provenance } from "./finish-facts.ts";
import type { WrittenPdf } from "./outcome.ts";

/**
 * What a records system (ESDH) wants to know of a plan's documents, as JSON beside them: WorkZone's least metadata and
 * what F2 asks for. The keys are Danish, as its readers are.
 */
export function sideCar(provenance: Provenance, documents: readonly WrittenPdf[]): string {
  const { plan, sources, signed } = provenance;
  const day = letterDay(plan);
  return `${JSON.stringify(
    {
      version: 1,
      titel: plan.title,
      dokumenttype: /mål- og resultatplan/i.test(plan.title) ? "Mål- og resultatplan" : "Resultatplan",
      brevdato: day ? isoDate(day) : null,
      periode: { fra: isoDate(plan.period.from), til: isoDate(plan.period.to) },
      sagsnummer: plan.caseNumber ?? null,
      tilstand: stateOf(provenance),
      ...(signed && { underskrevet: signedPart(signed.lock) }),
      parter: partiesOf(plan),
      emneord: finishFacts(provenance, { title: plan.title }).keywords,
      kilder: sources.map(({ name, bytes }) => ({ fil: name, sha256: sha256(bytes) })),
      dokumenter: documents.map((document) => ({
        fil: basename(document.path),
        titel: document.title,
        sider: document.pages,
        bytes: document.bytes,
        sha256: document.sha256,
      })),
    },
    null,
    2,
  )}\n`;
}

function stateOf({ plan, signed }: Provenance): string {
  if (signed) return missingSignatories(signed.lock).length === 0 ? "underskrevet" : "delvist underskrevet";
  return plan.state === "draft" ? "udkast" : "til underskrift";
}

/** What was signed, and by whom. */
function signedPart(lock: Lock): object {
  const hash = lockedHash(lock);
  return {
    dokument_id: documentId(hash),
    sha256: hash,
    underskrifter: lock.signatures.map(({ name, way, time, certificate, file, sha256: digest }) => ({
      navn: name,
      måde: way,
      tidspunkt: time ?? null,
      certifikat: certificate ?? null,
      fil: file,
      sha256: digest,
    })),
    mangler: missingSignatories(lock),
  };
}

function partiesOf(plan: Plan): object[] {
  return [
    { rolle: "ministerium", navn: plan.ministry },
    { rolle: "institution", navn: plan.institution.name, cvr: plan.institution.cvr ?? null },
    ...plan.signatories.map((signatory) => ({
      rolle: "underskriver",
      navn: signatory.name,
      stilling: signatory.title,
      organisation: signatory.organisation ?? null,
    })),
    ...plan.seals.map(({ organisation }) => ({ rolle: "segl", navn: organisation })),
  ];
}
