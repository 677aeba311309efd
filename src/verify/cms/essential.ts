import { BadDer, type Der, Fields, sequence, tags } from "../der/der.ts";
import { integerHex } from "../der/values.ts";
import { digest, hashName } from "../x509/algorithms.ts";
import type { Certificate } from "../x509/certificate.ts";
import { attribute, ids, type SignerInfo } from "./signed-data.ts";

/**
 * What the signed attribute signing-certificate or signing-certificate-v2 (RFC 5035) says of the certificate: it is the one
 * that was signed with, or another one was put in its place; undefined where the signer bound none.
 */
export function namesCertificate(signer: SignerInfo, certificate: Certificate): boolean | undefined {
  const v2 = attribute(signer.signed, ids.signingCertificateV2);
  const v1 = attribute(signer.signed, ids.signingCertificate);
  if (!v2 && !v1) return undefined;
  return (!v2 || fits(v2, "sha256", certificate)) && (!v1 || fits(v1, "sha1", certificate));
}

/** The first of the certificates in the attribute is the signer's (RFC 5035, 3). */
function fits(value: Der, otherwise: string, certificate: Certificate): boolean {
  const first = sequence(sequence(value)[0])[0];
  const fields = new Fields(sequence(first));
  // In version 1 there is no hash function to name.
  const named = otherwise === "sha256" ? fields.optional(tags.sequence) : undefined;
  const hash = fields.next(tags.octetString).content;
  const issuerSerial = fields.optional(tags.sequence);
  const expected = digest(named ? hashName(named) : otherwise, certificate.der);
  if (Buffer.compare(expected, hash) !== 0) return false;
  if (!issuerSerial) return true;
  const serial = sequence(issuerSerial)[1];
  if (!serial) throw new BadDer("Underskriftens certifikat er ikke nævnt, som det skal.");
  return integerHex(serial) === certificate.serial;
}
