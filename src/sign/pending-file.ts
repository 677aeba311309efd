import { createHash } from "node:crypto";
import { Failure } from "../core/failure.ts";
import type { Digest, Scheme } from "./asn1/algorithms.ts";
import { signedAttributes } from "./asn1/signed-data.ts";
import type { PublicKey } from "./keys/signing-key.ts";
import { type Level, levels } from "./level.ts";
import { digestOf } from "./pdf/signature-hole.ts";
import { Certificate } from "./pki/certificate.ts";
import type { PendingSignature, SigningRequest } from "./sign.ts";

/** A signature that was prepared, with all that is needed to finish it, whoever signs and wherever. Holds no secret. */
export interface PendingFile {
  readonly pending: PendingSignature;
  readonly key: PublicKey;
  readonly request: SigningRequest;
}

/** What the JSON holds; bytes are base64. */
interface Stored {
  readonly version: 1;
  /** SHA-256 of the file that is being signed, in hexadecimal. */
  readonly pdf: string;
  readonly toBeSigned: string;
  readonly digest: Digest;
  /** The digest of what is to be signed, for services that want nothing else. */
  readonly digestValue: string;
  readonly scheme: Scheme;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly authorities: readonly string[];
  readonly level: Level;
  readonly signer: string;
  readonly tsa: string | undefined;
  readonly update: string;
  readonly hole: readonly [number, number];
}

/** Writes a prepared signature as JSON: for people and services that sign elsewhere, and for the second step. */
export function pendingToJson(pdf: Uint8Array, { pending, key, request }: PendingFile): string {
  const { prepared, attributes } = pending;
  const stored: Stored = {
    version: 1,
    pdf: sha256(pdf),
    toBeSigned: base64(attributes),
    digest: key.digest,
    digestValue: createHash(key.digest).update(attributes).digest("base64"),
    scheme: key.scheme,
    certificate: base64(key.certificate.bytes),
    chain: key.chain.map((one) => base64(one.bytes)),
    authorities: request.authorities.map((one) => base64(one.bytes)),
    level: request.level,
    signer: request.signer,
    tsa: request.tsa,
    // Only what is added: the file itself is there.
    update: base64(prepared.bytes.subarray(pdf.length)),
    hole: prepared.hole,
  };
  return `${JSON.stringify(stored, null, 2)}\n`;
}

/**
 * Reads a prepared signature back.
 *
 * @throws Failure `forberedt-ulæselig`; `forberedt-andet` where the PDF has changed since.
 */
export function pendingFromJson(pdf: Uint8Array, json: string): PendingFile {
  const stored = parse(json);
  if (stored.pdf !== sha256(pdf)) {
    throw new Failure("signature", "forberedt-andet", "PDF'en er en anden end den, underskriften blev forberedt til.", {
      hint: "Forbered underskriften igen. Filen er ikke ændret.",
    });
  }
  const certificates = (list: readonly string[]) => list.map((one) => new Certificate(bytes(one)));
  const [certificate] = certificates([stored.certificate]);
  if (!certificate) throw unreadable();
  const authorities = certificates(stored.authorities);
  const chain = certificates(stored.chain);
  const { digest, scheme, level, signer, tsa, hole } = stored;
  const prepared = { bytes: new Uint8Array(Buffer.concat([pdf, bytes(stored.update)])), hole };
  const attributes = bytes(stored.toBeSigned);
  const expected = signedAttributes(digestOf(prepared, digest), certificate, digest);
  if (Buffer.compare(attributes, expected) !== 0) throw unreadable();
  return {
    pending: {
      prepared,
      attributes,
    },
    key: { certificate, chain, digest, scheme },
    request: { signer, level, tsa, place: undefined, reason: undefined, authorities },
  };
}

function parse(json: string): Stored {
  try {
    const stored = JSON.parse(json) as Stored;
    if (stored.version === 1 && levels.includes(stored.level) && Array.isArray(stored.hole)) return stored;
  } catch {
    // Said below.
  }
  throw unreadable();
}

function unreadable(): Failure {
  return new Failure("signature", "forberedt-ulæselig", "Filen med den forberedte underskrift kan ikke læses.", {
    hint: "Forbered underskriften igen med »resultatplan sign --prepare«.",
  });
}

function base64(data: Uint8Array): string {
  return Buffer.from(data).toString("base64");
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

function sha256(data: Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
