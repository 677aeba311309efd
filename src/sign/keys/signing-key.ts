import type { Digest, Scheme } from "../asn1/algorithms.ts";
import type { Certificate } from "../pki/certificate.ts";

/** The part of a key that is no secret: whose it is, and how it signs. */
export interface PublicKey {
  readonly certificate: Certificate;
  /** The certificates above it, as far as they came along; in any order. */
  readonly chain: readonly Certificate[];
  readonly scheme: Scheme;
  readonly digest: Digest;
}

/** Somebody's key, wherever it is: only it knows how it signs. */
export interface SigningKey extends PublicKey {
  /**
   * Signs data, which it hashes itself: RSA as its bytes, ECDSA in DER (RFC 3279, 2.2.3).
   *
   * @throws Failure where the key cannot be used. No message holds anything of the key.
   */
  sign(data: Uint8Array): Promise<Uint8Array>;
}
