import { constants, createHash, type KeyObject, verify } from "node:crypto";
import { children, context, type Der, Fields, sequence } from "../der/der.ts";
import { oid, smallInteger } from "../der/values.ts";

/** The hash functions by their object identifiers, as node names them. */
const hashes: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.5": "md5",
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
  "2.16.840.1.101.3.4.2.8": "sha3-256",
  "2.16.840.1.101.3.4.2.9": "sha3-384",
  "2.16.840.1.101.3.4.2.10": "sha3-512",
};

/** Signature algorithms whose name says it all: the kind of key and the hash. */
const fixed: Readonly<Record<string, readonly [kind: "rsa" | "ec" | "eddsa", hash: string | undefined]>> = {
  "1.2.840.113549.1.1.4": ["rsa", "md5"],
  "1.2.840.113549.1.1.5": ["rsa", "sha1"],
  "1.2.840.113549.1.1.14": ["rsa", "sha224"],
  "1.2.840.113549.1.1.11": ["rsa", "sha256"],
  "1.2.840.113549.1.1.12": ["rsa", "sha384"],
  "1.2.840.113549.1.1.13": ["rsa", "sha512"],
  "1.2.840.10045.4.1": ["ec", "sha1"],
  "1.2.840.10045.4.3.1": ["ec", "sha224"],
  "1.2.840.10045.4.3.2": ["ec", "sha256"],
  "1.2.840.10045.4.3.3": ["ec", "sha384"],
  "1.2.840.10045.4.3.4": ["ec", "sha512"],
  "1.3.101.112": ["eddsa", undefined],
};

/** How a signature was made. */
export interface SignatureAlgorithm {
  readonly kind: "rsa" | "rsa-pss" | "ec" | "eddsa";
  /** As node names it; undefined for EdDSA, which hashes by itself. */
  readonly hash: string | undefined;
  /** RSA-PSS: the length of the salt in bytes. */
  readonly salt?: number;
}

/** Thrown for what is not known here; the verdict is then INDETERMINATE. */
export class UnknownAlgorithm extends Error {
  override readonly name = "UnknownAlgorithm";
}

/** The hash function that an AlgorithmIdentifier names. */
export function hashName(identifier: Der | undefined): string {
  const name = oid(sequence(identifier)[0]);
  const hash = hashes[name];
  if (!hash) throw new UnknownAlgorithm(`Hashfunktionen ${name} er ukendt.`);
  return hash;
}

/** The digest of bytes. */
export function digest(hash: string, ...parts: readonly Uint8Array[]): Buffer {
  const running = createHash(hash);
  for (const part of parts) running.update(part);
  return running.digest();
}

/**
 * The algorithm of a signature. Older CMS names the kind of key alone (rsaEncryption, id-ecPublicKey); then the hash is the
 * one that the signer says beside it.
 */
export function signatureAlgorithm(identifier: Der | undefined, beside?: string): SignatureAlgorithm {
  const [name, parameters] = sequence(identifier);
  const id = oid(name);
  const known = fixed[id];
  if (known) return { kind: known[0], hash: known[1] };
  if (id === "1.2.840.113549.1.1.10") return pss(parameters);
  if (id === "1.2.840.113549.1.1.1" && beside) return { kind: "rsa", hash: beside };
  if (id === "1.2.840.10045.2.1" && beside) return { kind: "ec", hash: beside };
  throw new UnknownAlgorithm(`Underskriftsalgoritmen ${id} er ukendt.`);
}

/** RSASSA-PSS-params (RFC 4055, 3.1): one hash for both uses, MGF1, the usual trailer. */
function pss(parameters: Der | undefined): SignatureAlgorithm {
  const fields = new Fields(parameters ? sequence(parameters) : []);
  const hashField = fields.optional(context(0));
  const mask = fields.optional(context(1));
  const saltField = fields.optional(context(2));
  const trailer = fields.optional(context(3));
  const hash = hashField ? hashName(children(hashField)[0]) : "sha1";
  const [maskName, maskHash] = mask ? sequence(children(mask)[0]) : [];
  if (mask && oid(maskName) !== "1.2.840.113549.1.1.8") throw new UnknownAlgorithm("RSA-PSS med en ukendt maske.");
  if ((maskHash ? hashName(maskHash) : "sha1") !== hash) throw new UnknownAlgorithm("RSA-PSS med to hashfunktioner.");
  if (trailer && smallInteger(children(trailer)[0]) !== 1)
    throw new UnknownAlgorithm("RSA-PSS med en ukendt slutning.");
  return { kind: "rsa-pss", hash, salt: saltField ? smallInteger(children(saltField)[0]) : 20 };
}

/** True when the signature over the bytes is this key's. Throws `UnknownAlgorithm` for a key of another kind. */
export function verifies(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  const type = key.asymmetricKeyType;
  const fits =
    algorithm.kind === "rsa-pss"
      ? type === "rsa" || type === "rsa-pss"
      : algorithm.kind === "eddsa"
        ? type === "ed25519"
        : type === algorithm.kind;
  if (!fits) return false;
  if (algorithm.kind === "rsa-pss") {
    const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.salt };
    return verify(algorithm.hash, signed, { key, ...padding }, signature);
  }
  if (algorithm.kind === "rsa")
    return verify(algorithm.hash, signed, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
  return verify(algorithm.hash ?? null, signed, key, signature);
}

/**
 * Why an algorithm or a key is too weak to prove anything today; undefined when it is not. The limits are those of
 * ETSI TS 119 312: no MD5, no SHA-1, RSA from 2048 bits (1900 tolerated there), curves from 256 bits.
 */
export function weakness(hash: string | undefined, key: KeyObject | undefined): string | undefined {
  if (hash === "md5" || hash === "sha1") return `hashfunktionen ${hash.toUpperCase()} er brudt`;
  const bits = key?.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < 1900) return `RSA-nøglen har kun ${bits} bit`;
  const curve = key?.asymmetricKeyDetails?.namedCurve;
  if (key?.asymmetricKeyType === "ec" && !["prime256v1", "secp384r1", "secp521r1"].includes(curve ?? ""))
    return `kurven ${curve ?? "?"} er ikke blandt dem, der godtages`;
  return undefined;
}
