import { Failure } from "../core/failure.ts";
import { danishTime } from "./pdf/danish-time.ts";
import type { Certificate } from "./pki/certificate.ts";

/**
 * Refuses a certificate that nobody should sign with now.
 *
 * @throws Failure `certifikat-ikke-endnu`, `certifikat-udløbet`, `certifikat-formål`
 */
export function checkUsable(certificate: Certificate, now: Date): void {
  const hint = "Brug et certifikat, der gælder og er til underskrifter. Filen er ikke ændret.";
  const what = `Certifikatet »${certificate.name}«`;
  if (now < certificate.notBefore) {
    const from = danishTime(certificate.notBefore);
    throw new Failure("signature", "certifikat-ikke-endnu", `${what} gælder først fra ${from}.`, { hint });
  }
  if (now > certificate.notAfter) {
    throw new Failure("signature", "certifikat-udløbet", `${what} udløb ${danishTime(certificate.notAfter)}.`, {
      hint,
    });
  }
  if (certificate.isAuthority || !certificate.maySign) {
    throw new Failure("signature", "certifikat-formål", `${what} er ikke udstedt til at underskrive med.`, { hint });
  }
}
