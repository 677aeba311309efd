import { createPublicKey } from "node:crypto";
import { Failure } from "../../core/failure.ts";
import type { Digest, Scheme } from "../asn1/algorithms.ts";
import type { Certificate } from "../pki/certificate.ts";

/** The curves, and the digest that fits each. */
const curves: Readonly<Record<string, Digest>> = { prime256v1: "sha256", secp384r1: "sha384" };

/**
 * How a certificate's key signs: RSA of 2048 to 4096 bits with PKCS#1 v1.5 unless PSS is asked for, ECDSA on P-256 and P-384.
 *
 * @throws Failure `nøgle-uegnet` for any other key.
 */
export function schemeFor(certificate: Certificate, pss: boolean): { scheme: Scheme; digest: Digest } {
  const key = createPublicKey({ key: Buffer.from(certificate.publicKey.bytes), format: "der", type: "spki" });
  const { modulusLength = 0, namedCurve = "" } = key.asymmetricKeyDetails ?? {};
  const strong = modulusLength >= 2048 && modulusLength <= 4096;
  if (key.asymmetricKeyType === "rsa" && strong) return { scheme: pss ? "rsa-pss" : "rsa-pkcs1", digest: "sha256" };
  const digest = curves[namedCurve];
  if (key.asymmetricKeyType === "ec" && digest) return { scheme: "ecdsa", digest };
  const what = modulusLength > 0 ? `RSA med ${modulusLength} bit` : namedCurve || (key.asymmetricKeyType ?? "ukendt");
  throw new Failure("signature", "nøgle-uegnet", `Nøglen (${what}) kan ikke bruges til at underskrive med.`, {
    hint: "Brug en RSA-nøgle på 2048-4096 bit eller en EC-nøgle på kurven P-256 eller P-384.",
  });
}
