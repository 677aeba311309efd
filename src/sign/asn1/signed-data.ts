import { createHash } from "node:crypto";
import type { Certificate } from "../pki/certificate.ts";
import { type Digest, digestAlgorithm, type Scheme, signatureAlgorithm } from "./algorithms.ts";
import { integer, octets, oid, sequence, setOf, tagged, value } from "./writer.ts";

/** Content types and attributes of CMS. */
export const cms = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  signatureTimeStamp: "1.2.840.113549.1.9.16.2.14",
  timeStampInfo: "1.2.840.113549.1.9.16.1.4",
} as const;

/**
 * The signed attributes of a PAdES baseline signature (ETSI EN 319 142-1, 6.3): content type, the digest of the document,
 * and the signing certificate (ESS signing-certificate-v2, RFC 5035). No signing-time: the time stands in the signature's
 * dictionary. This SET is what the key signs.
 */
export function signedAttributes(messageDigest: Uint8Array, certificate: Certificate, digest: Digest): Uint8Array {
  const hash = createHash(digest).update(certificate.bytes).digest();
  const issuer = sequence(sequence(value(0xa4, certificate.issuer.bytes)), certificate.serial.bytes);
  // SHA-256 is the default, which DER leaves out.
  const algorithm = digest === "sha256" ? [] : [digestAlgorithm(digest)];
  return setOf(
    attribute(cms.contentType, oid(cms.data)),
    attribute(cms.messageDigest, octets(messageDigest)),
    attribute(cms.signingCertificateV2, sequence(sequence(sequence(...algorithm, octets(hash), issuer)))),
  );
}

/** What a CMS signature is put together from. */
export interface SignedParts {
  readonly certificate: Certificate;
  /** The certificates above it; they go along. */
  readonly chain: readonly Certificate[];
  readonly scheme: Scheme;
  readonly digest: Digest;
  readonly attributes: Uint8Array;
  readonly signature: Uint8Array;
  /** A time stamp token over the signature; undefined for none. */
  readonly timeStamp: Uint8Array | undefined;
}

/** A detached CMS signature (RFC 5652, 5) with one signer, in DER. */
export function signedData(parts: SignedParts): Uint8Array {
  const { certificate, chain, digest } = parts;
  const unsignedAttributes = parts.timeStamp ? [tagged(1, attribute(cms.signatureTimeStamp, parts.timeStamp))] : [];
  const signer = sequence(
    integer(1),
    sequence(certificate.issuer.bytes, certificate.serial.bytes),
    digestAlgorithm(digest),
    Uint8Array.of(0xa0, ...parts.attributes.subarray(1)),
    signatureAlgorithm(parts.scheme, digest),
    octets(parts.signature),
    ...unsignedAttributes,
  );
  const certificates = [certificate, ...chain].map((one) => one.bytes).sort(Buffer.compare);
  const content = sequence(
    integer(1),
    setOf(digestAlgorithm(digest)),
    sequence(oid(cms.data)),
    tagged(0, ...certificates),
    setOf(signer),
  );
  return sequence(oid(cms.signedData), tagged(0, content));
}

function attribute(type: string, content: Uint8Array): Uint8Array {
  return sequence(oid(type), setOf(content));
}
