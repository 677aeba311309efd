import { Failure } from "../../core/failure.ts";
import { sha256 } from "../../core/identity.ts";
import type { SignatoryFacts } from "../../pdf/finish/facts.ts";
import { placeOfField } from "../../pdf/paper-fields.ts";
import { given } from "../../plan/written-values.ts";
import type { Verifier } from "../../verify/apart/verifier.ts";
import type { FileFacts } from "../../verify/inspect/inspect.ts";
import type { SourceFacts } from "../../verify/inspect/source.ts";
import type { SignatureReport } from "../../verify/report.ts";
import { remarksWorthTelling } from "../../verify/verdict.ts";
import type { Certificate } from "../../verify/x509/certificate.ts";
import { holderFit } from "../package/certificate.ts";
import type { VerifiedSignature } from "./lock.ts";

/** What a signed plan is judged by. */
export interface SignedBy {
  /** Those who sign or seal the plan, in its order. */
  readonly places: readonly SignatoryFacts[];
  /** Whom the reader trusts; none where it is enough that the signatures are whole. */
  readonly anchors: readonly Certificate[];
  readonly now: Date;
}

/** The signatures in a plan that was signed digitally, and what a reader should know of them. */
export interface FoundSignatures {
  readonly signatures: readonly VerifiedSignature[];
  readonly remarks: readonly string[];
}

/**
 * Finds out who has signed a PDF that this program made, and which sources it holds. Without anchors a signature counts that is
 * whole and under what the file shows now; with them, only one that passes.
 *
 * @throws Failure `pdf-ulæselig`, `uden-kilde`, `ingen-underskrift`, `underskrift-holder-ikke`, `underskrift-uafklaret`,
 *   `ukendt-underskriver`
 */
export async function signaturesIn(
  path: string,
  bytes: Uint8Array,
  by: SignedBy,
  verifier: Verifier,
): Promise<FoundSignatures> {
  const facts = await verifier.inspect(bytes);
  if ("unreadable" in facts)
    throw new Failure("foreign", "pdf-ulæselig", `${path} kan ikke læses: ${facts.unreadable}`);
  const source = soundSource(path, facts);
  const report = await verifier.verify(bytes, by.anchors, by.now);
  const found = report.signatures.filter(({ kind }) => kind === "signature");
  if (found.length === 0)
    throw new Failure("signature", "ingen-underskrift", `${path} har ingen digital underskrift.`, {
      hint: "Den kan ikke låse planen.",
    });
  const said = [...report.findings, ...found.flatMap(({ findings }) => findings)];
  const broken = said.find(({ verdict }) => verdict?.indication === "TOTAL-FAILED");
  if (broken)
    throw new Failure("broken", "underskrift-holder-ikke", `En underskrift i ${path} holder ikke: ${broken.message}`, {
      hint: `Se det hele med »resultatplan verify ${path}«.`,
    });
  const unsure = found.filter(({ verdict }) => verdict.indication !== "TOTAL-PASSED");
  const doubts = [
    ...report.findings.flatMap(({ message, verdict }) => (verdict ? [message] : [])),
    ...unsure.map((one) => `${one.field}: ${one.findings.find(({ verdict }) => verdict)?.message ?? ""}`),
  ];
  if (doubts.length > 0 && by.anchors.length > 0)
    throw new Failure("unsure", "underskrift-uafklaret", `En underskrift i ${path} kan ikke afgøres. ${doubts[0]}`, {
      hint: `Se det hele med »resultatplan verify ${path}«.`,
    });
  const placed = found.map((one) => ({ one, place: placeOf(one, path, by.places) }));
  const signatures = placed.map(({ one, place }): VerifiedSignature => {
    const time = one.proven ?? one.claimed;
    return {
      name: place.name,
      way: place.seal ? "segl" : "digital",
      ...given("time", time && `${time.toISOString().slice(0, 19)}Z`),
      ...given("certificate", one.signer),
      file: path,
      sha256: sha256(bytes),
      signed: source.named,
    };
  });
  return {
    signatures,
    remarks: [...doubts, ...remarksWorthTelling(said).map(({ message }) => message), ...placed.flatMap(stranger)],
  };
}

function soundSource(path: string, { source }: FileFacts): SourceFacts {
  if (source?.fits) return source;
  if (source && source.attached !== undefined)
    throw new Failure("foreign", "uden-kilde", `Kilden i ${path} er ikke den, som filen nævner.`, {
      hint: "Filen er ændret, eller den er sat sammen af flere.",
    });
  throw new Failure(
    "foreign",
    "uden-kilde",
    `${path} har ikke planen i sig, så det kan ikke ses, hvad der er underskrevet.`,
    {
      hint: "Den skal være planens egen PDF, underskrevet. Kopier fra NemLog-in samles med »resultatplan signature-package«.",
    },
  );
}

/** Our fields are numbered as the plan's places are; in another field, the certificate's holder must be one of those who sign. */
function placeOf(
  { field, signer, holder }: SignatureReport,
  path: string,
  places: readonly SignatoryFacts[],
): SignatoryFacts {
  const place =
    places[placeOfField(field) - 1] ?? places.find((one) => holder && holderFit(one, holder).kind === "same");
  if (place) return place;
  throw new Failure(
    "foreign",
    "ukendt-underskriver",
    `Det kan ikke ses, hvem underskriften »${signer ?? field}« i ${path} er af.`,
    { hint: `Planens underskrivere er ${places.map(({ name }) => name).join(", ")}; skriv under i deres felter.` },
  );
}

function stranger({ one: { holder }, place }: { one: SignatureReport; place: SignatoryFacts }): string[] {
  if (!holder || holderFit(place, holder).kind !== "other") return [];
  return [`Certifikatet i feltet for ${place.name} lyder på »${holder.name}«.`];
}
