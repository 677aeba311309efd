import { Failure } from "../core/failure.ts";
import { asSigned, type SignedPdf } from "../core/states.ts";
import {
  newestArchiveStamp,
  prove,
  type SigningTools,
  STAMP_ROOM,
  trustedStamp,
  withDocumentTimeStamp,
} from "./archive.ts";
import { isSigned, signatureAlgorithm } from "./asn1/algorithms.ts";
import { Asn1 } from "./asn1/reader.ts";
import { signedAttributes, signedData } from "./asn1/signed-data.ts";
import type { PublicKey, SigningKey } from "./keys/signing-key.ts";
import { type Level, reaches } from "./level.ts";
import { assertUntouched } from "./pdf/incremental.ts";
import { PdfFile } from "./pdf/pdf-file.ts";
import { storeProofs } from "./pdf/security-store.ts";
import { fieldOf } from "./pdf/signature-field.ts";
import { digestOf, fillHole, type Prepared } from "./pdf/signature-hole.ts";
import { prepareSignature } from "./pdf/signature-object.ts";
import type { Certificate } from "./pki/certificate.ts";
import { knownChainOf } from "./pki/chain.ts";
import { Proofs } from "./pki/proofs.ts";
import { checkUsable } from "./usable.ts";

/** What is asked for when somebody signs. */
export interface SigningRequest {
  /** The signatory's name as it stands in the document, or the name of the field. */
  readonly signer: string;
  readonly level: Level;
  /** The address of a time stamp authority; needed from B-T on. */
  readonly tsa: string | undefined;
  readonly place: string | undefined;
  readonly reason: string | undefined;
  /** Certificates of authorities. With a root among them, time stamps must come from under one of these roots. */
  readonly authorities: readonly Certificate[];
}

/** What is asked for when an archive time stamp is renewed. */
export interface RenewalRequest {
  /** The address of a time stamp authority. */
  readonly tsa: string;
  /** As in `SigningRequest`. */
  readonly authorities: readonly Certificate[];
}

/** A signature that lacks only what the key makes. */
export interface PendingSignature {
  readonly prepared: Prepared;
  /** What the key signs: the signed attributes, in DER. */
  readonly attributes: Uint8Array;
}

/** Bytes to keep free for a signature besides its certificates. */
const SIGNATURE_ROOM = 4096;

/**
 * Signs a PDF in a signatory's field, as a PAdES baseline signature (ETSI EN 319 142-1). Earlier bytes are left as they are.
 *
 * @throws Failure with exit `signature`; nothing is written here, so the file stays as it was.
 */
export async function signPdf(
  pdf: Uint8Array,
  key: SigningKey,
  request: SigningRequest,
  tools: SigningTools,
): Promise<SignedPdf> {
  const pending = prepare(pdf, key, request, tools.now());
  await checkStanding(key, request, tools);
  const signature = await key.sign(pending.attributes);
  return complete(pdf, pending, key, signature, request, tools);
}

/**
 * The first of two steps: the file with a hole where the signature goes, and what is to be signed.
 *
 * @throws Failure as `signPdf`.
 */
export function prepare(pdf: Uint8Array, key: PublicKey, request: SigningRequest, now: Date): PendingSignature {
  if (reaches(request.level, "B-T") && !request.tsa) {
    throw new Failure("usage", "brug", `Niveau ${request.level} kræver et tidsstempel.`, {
      hint: "Giv adressen på en tidsstempeltjeneste med »--tsa <adresse>«, eller brug »--level B-B«.",
    });
  }
  checkUsable(key.certificate, now);
  const file = new PdfFile(pdf);
  const field = fieldOf(file, request.signer);
  const along = knownChainOf(key.certificate, [...key.chain, ...request.authorities]);
  const certificates = [key.certificate, ...along].reduce((sum, one) => sum + one.bytes.length, 0);
  const size = SIGNATURE_ROOM + certificates + (reaches(request.level, "B-T") ? STAMP_ROOM : 0);
  const { place, reason } = request;
  const facts = { name: field.signatory, holder: key.certificate.name, time: now, place, reason };
  const prepared = prepareSignature(file, field, facts, size);
  const attributes = signedAttributes(digestOf(prepared, key.digest), key.certificate, key.digest);
  return { prepared, attributes };
}

/**
 * Asks whether the certificate, or one above it, is revoked, before its key is used: from B-LT on, where the answer is asked
 * for anyhow. What goes into the file is asked for afterwards, for it must be newer than the signature.
 *
 * @throws Failure `certifikat-spærret`, `spærring-ukendt`, `server-svarer-ikke`, `kæde-ufuldstændig`
 */
export async function checkStanding(key: PublicKey, request: SigningRequest, tools: SigningTools): Promise<void> {
  if (!reaches(request.level, "B-LT")) return;
  await prove(key.certificate, [...key.chain, ...request.authorities], new Proofs(), tools);
}

/**
 * The second step: puts the signature in, and adds what the level asks for.
 *
 * @throws Failure as `signPdf`; `underskrift-forkert` for a signature that was not made with the certificate's key.
 */
export async function complete(
  pdf: Uint8Array,
  { prepared, attributes }: PendingSignature,
  key: PublicKey,
  signature: Uint8Array,
  request: SigningRequest,
  tools: SigningTools,
): Promise<SignedPdf> {
  checkSignature(attributes, signature, key);
  const { level, tsa = "" } = request;
  const stamp = reaches(level, "B-T")
    ? await trustedStamp(signature, tsa, request.authorities, tools, key.chain)
    : undefined;
  const chain = knownChainOf(key.certificate, [...key.chain, ...request.authorities]);
  const cms = signedData({ ...key, chain, attributes, signature, timeStamp: stamp?.token });
  let bytes = fillHole(prepared, cms);
  if (stamp && reaches(level, "B-LT")) {
    const proofs = new Proofs();
    const known = [...key.chain, ...request.authorities];
    await prove(key.certificate, known, proofs, tools);
    await prove(stamp.authority, [...stamp.certificates, ...known], proofs, tools);
    bytes = storeProofs(new PdfFile(bytes), proofs, contentsOf(bytes, prepared));
  }
  if (reaches(level, "B-LTA")) bytes = await withDocumentTimeStamp(bytes, tsa, request.authorities, tools, key.chain);
  assertUntouched(pdf, bytes);
  return asSigned(bytes);
}

/**
 * Renews the archive time stamp of a document before its certificate expires (ETSI EN 319 142-1, 5.5): stores what proves that
 * the newest one holds, and has all of it stamped again. Nobody's key is needed. Earlier bytes are left as they are.
 *
 * @throws Failure `intet-arkivtidsstempel`, `arkivtidsstempel-forkert`, `arkivtidsstempel-udløbet`, and as `signPdf`
 */
export async function renewArchive(
  pdf: Uint8Array,
  { tsa, authorities }: RenewalRequest,
  tools: SigningTools,
): Promise<SignedPdf> {
  const file = new PdfFile(pdf);
  const newest = newestArchiveStamp(file, tools.now());
  const proofs = new Proofs();
  await prove(newest.authority, [...newest.certificates, ...authorities], proofs, tools);
  const bytes = await withDocumentTimeStamp(storeProofs(file, proofs, newest.contents), tsa, authorities, tools);
  assertUntouched(pdf, bytes);
  return asSigned(bytes);
}

function checkSignature(attributes: Uint8Array, signature: Uint8Array, key: PublicKey): void {
  const algorithm = Asn1.read(signatureAlgorithm(key.scheme, key.digest));
  if (isSigned(attributes, signature, algorithm, key.certificate.publicKey.bytes)) return;
  const message = "Den underskrift, som nøglen lavede, passer ikke til certifikatet og dokumentet.";
  throw new Failure("signature", "underskrift-forkert", message, {
    hint: "Se efter, at nøglen og certifikatet hører sammen, og at der er skrevet under på netop dette. Filen er ikke ændret.",
  });
}

function contentsOf(bytes: Uint8Array, { hole }: Prepared): Uint8Array {
  const digits = Buffer.from(bytes.subarray(hole[0] + 1, hole[1] - 1)).toString("latin1");
  return new Uint8Array(Buffer.from(digits, "hex"));
}
