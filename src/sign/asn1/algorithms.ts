import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Asn1 } from "./reader.ts";
import { integer, nothing, oid, sequence, tagged } from "./writer.ts";

/** The digests that are strong enough (ETSI TS 119 312), by their names in node. */
export type Digest = "sha256" | "sha384" | "sha512";

/** How a key signs. */
export type Scheme = "rsa-pkcs1" | "rsa-pss" | "ecdsa";

const digestOids: Readonly<Record<Digest, string>> = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};
const rsaOids: Readonly<Record<Digest, string>> = {
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
};
const ecdsaOids: Readonly<Record<Digest, string>> = {
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
};
const RSA = "1.2.840.113549.1.1.1";
const PSS = "1.2.840.113549.1.1.10";
const MGF1 = "1.2.840.113549.1.1.8";

/** Bytes of a digest; the salt of RSASSA-PSS is as long (RFC 4055, 3.1). */
export const digestLengths: Readonly<Record<Digest, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** An AlgorithmIdentifier for a digest (RFC 5754, 2: without parameters). */
export function digestAlgorithm(digest: Digest): Uint8Array {
  return sequence(oid(digestOids[digest]));
}

/** An AlgorithmIdentifier for signatures (RFC 3370, RFC 4056, RFC 5754). */
export function signatureAlgorithm(scheme: Scheme, digest: Digest): Uint8Array {
  if (scheme === "ecdsa") return sequence(oid(ecdsaOids[digest]));
  if (scheme === "rsa-pkcs1") return sequence(oid(rsaOids[digest]), nothing);
  const hash = sequence(oid(digestOids[digest]), nothing);
  const parameters = sequence(
    tagged(0, hash),
    tagged(1, sequence(oid(MGF1), hash)),
    tagged(2, integer(digestLengths[digest])),
  );
  return sequence(oid(PSS), parameters);
}

/** The digest that an AlgorithmIdentifier names; undefined for any that is unknown or too weak. */
export function digestNamed(algorithm: Asn1): Digest | undefined {
  return digestBy(digestOids, algorithm.child(0).oid);
}

/**
 * Whether a signature over data is good. False also for algorithms that are unknown or too weak.
 *
 * @param publicKey a SubjectPublicKeyInfo
 * @param algorithm the AlgorithmIdentifier that came with the signature
 * @param digest of a CMS signer, whose algorithm may name the kind of key only
 */
export function isSigned(
  data: Uint8Array,
  signature: Uint8Array,
  algorithm: Asn1,
  publicKey: Uint8Array,
  digest?: Digest,
): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    return check(data, signature, algorithm, key, digest);
  } catch {
    // A key or a signature that node cannot read is not good.
    return false;
  }
}

function check(data: Uint8Array, signature: Uint8Array, algorithm: Asn1, key: KeyObject, digest?: Digest): boolean {
  const name = algorithm.child(0).oid;
  const plain = name === RSA ? digest : digestBy(rsaOids, name);
  if (plain) return verify(plain, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
  const ecdsa = digestBy(ecdsaOids, name);
  if (ecdsa) return verify(ecdsa, data, { key, dsaEncoding: "der" }, signature);
  if (name !== PSS) return false;
  const hash = algorithm.child(1).tagged(0);
  const pss = hash && digestNamed(hash.child(0));
  if (!pss) return false;
  const saltLength = constants.RSA_PSS_SALTLEN_AUTO;
  return verify(pss, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
}

function digestBy(oids: Readonly<Record<Digest, string>>, name: string): Digest | undefined {
  for (const digest of ["sha256", "sha384", "sha512"] as const) if (oids[digest] === name) return digest;
  return undefined;
}
