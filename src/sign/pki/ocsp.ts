import { createHash, randomBytes } from "node:crypto";
import { isSigned } from "../asn1/algorithms.ts";
import { Asn1, Asn1Error } from "../asn1/reader.ts";
import { nothing, octets, oid, sequence, tagged } from "../asn1/writer.ts";
import { Certificate } from "./certificate.ts";
import { type Standing, TOLERANCE } from "./standing.ts";

const BASIC_RESPONSE = "1.3.6.1.5.5.7.48.1.1";
const NONCE = "1.3.6.1.5.5.7.48.1.2";
const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
const SHA1 = "1.3.14.3.2.26";

/** A question about one certificate (RFC 6960, 4.1), and what its answer must repeat. */
export interface OcspRequest {
  readonly bytes: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Asks about a certificate. The ids are SHA-1, which is what responders know (RFC 5019, 2.1.1); they protect nothing. */
export function ocspRequest(certificate: Certificate, issuer: Certificate): OcspRequest {
  const nonce = octets(randomBytes(16));
  const extension = sequence(sequence(oid(NONCE), octets(nonce)));
  const list = sequence(sequence(certificateId(certificate, issuer)));
  return { bytes: sequence(sequence(list, tagged(2, extension))), nonce };
}

/** What a responder says, and the certificate that it says it with, if that is not the issuer's. */
export interface OcspAnswer {
  readonly standing: Standing;
  readonly responder: Certificate | undefined;
}

/**
 * Reads an answer and checks it (RFC 6960, 3.2): it is about that certificate, signed by the issuer or by one whom the issuer
 * has named for it, fresh, and not the answer to another question.
 *
 * @throws Asn1Error for anything that does not hold.
 */
export function readOcspAnswer(
  bytes: Uint8Array,
  request: OcspRequest,
  certificate: Certificate,
  issuer: Certificate,
  now: Date,
): OcspAnswer {
  const response = Asn1.read(bytes);
  if (response.child(0).content[0] !== 0) throw new Asn1Error("the responder has not answered");
  const wrapped = response.child(1).child(0);
  if (wrapped.child(0).oid !== BASIC_RESPONSE) throw new Asn1Error("another kind of answer");
  const basic = Asn1.read(wrapped.child(1).octets);
  const data = basic.child(0);
  const responder = responderOf(basic, issuer, now);
  const key = (responder ?? issuer).publicKey.bytes;
  if (!isSigned(data.bytes, basic.child(2).bits, basic.child(1), key)) throw new Asn1Error("the signature is wrong");
  checkNonce(data, request.nonce);
  const id = certificateId(certificate, issuer);
  const lists = data.children.filter((one) => one.tag === 0x30);
  const single = lists.flatMap((one) => one.children).find((one) => one.tag === 0x30 && sameId(one.child(0), id));
  if (!single) throw new Asn1Error("the answer is about another certificate");
  return { standing: standingOf(single, now), responder };
}

/** The issuer itself answers, or one with a certificate from it that is made for answering (RFC 6960, 4.2.2.2). */
function responderOf(basic: Asn1, issuer: Certificate, now: Date): Certificate | undefined {
  const sent = (basic.tagged(0)?.child(0).children ?? []).map((one) => new Certificate(one.bytes));
  return sent.find((one) => one.isFor(OCSP_SIGNING) && one.isValidAt(now) && one.isIssuedBy(issuer));
}

/** Some responders leave the nonce out (RFC 5019); one that is there must be ours. */
function checkNonce(data: Asn1, nonce: Uint8Array): void {
  // Extensions stand last and are tagged [1]; so may the responder's name be, which stands first.
  const last = data.children.slice(3).at(-1);
  const extensions = last?.tag === 0xa1 ? last.child(0).children : [];
  const answered = extensions.find((one) => one.child(0).oid === NONCE)?.children.at(-1)?.octets;
  if (answered && Buffer.compare(answered, nonce) !== 0) throw new Asn1Error("the answer to another question");
}

function sameId(found: Asn1, id: Uint8Array): boolean {
  // Parameters of the digest may be NULL or left out.
  const ours = Asn1.read(id);
  return [1, 2, 3].every((part) => Buffer.compare(found.child(part).bytes, ours.child(part).bytes) === 0);
}

function standingOf(single: Asn1, now: Date): Standing {
  const status = single.child(1);
  const from = single.child(2).time;
  const next = single.children
    .slice(3)
    .find((one) => one.tag === 0xa0)
    ?.child(0).time;
  if (from.getTime() > now.getTime() + TOLERANCE) throw new Asn1Error("the answer is from the future");
  if (next && next.getTime() < now.getTime() - TOLERANCE) throw new Asn1Error("the answer is out of date");
  const kind = status.tag & 0x1f;
  if (kind === 0) return { state: "good" };
  if (kind === 1) return { state: "revoked", since: status.child(0).time };
  throw new Asn1Error("the responder does not know the certificate");
}

function certificateId(certificate: Certificate, issuer: Certificate): Uint8Array {
  const hash = (bytes: Uint8Array) => octets(createHash("sha1").update(bytes).digest());
  const key = issuer.publicKey.child(1).bits;
  return sequence(sequence(oid(SHA1), nothing), hash(certificate.issuer.bytes), hash(key), certificate.serial.bytes);
}
