import { BadDer, children, context, type Der, Fields, onlyDer, sequence, tags } from "../der/der.ts";
import { bitString, integerHex, oid, time } from "../der/values.ts";
import { digest, hashName, signatureAlgorithm, verifies, weakness } from "../x509/algorithms.ts";
import { type Certificate, issuedBy, purposes, readCertificate } from "../x509/certificate.ts";
import type { Statement } from "./statement.ts";

/**
 * What an OCSP answer (RFC 6960) says of a certificate; undefined when it speaks of others. Throws `BadDer` for an answer that
 * is not from the issuer or from someone the issuer appointed: such an answer says nothing.
 */
export function ocspStatement(
  response: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
): Statement | undefined {
  const [status, wrapped] = sequence(onlyDer(response));
  if (status?.tag !== tags.enumerated || status.content[0] !== 0 || !wrapped)
    throw new BadDer("OCSP-svaret er en fejlmelding.");
  const [type, inner] = sequence(children(wrapped)[0]);
  if (oid(type) !== "1.3.6.1.5.5.7.48.1.1" || !inner) throw new BadDer("OCSP-svaret er af en ukendt slags.");
  const fields = new Fields(sequence(onlyDer(inner.content)));
  const body = fields.next(tags.sequence);
  const algorithm = fields.next(tags.sequence);
  const signature = bitString(fields.next(tags.bitString));
  const enclosed = fields.optional(context(0));
  const data = new Fields(sequence(body));
  data.optional(context(0));
  data.any();
  const produced = time(data.next(tags.generalizedTime));
  const answer = sequence(data.next(tags.sequence))
    .map(readAnswer)
    .find((one) => speaksOf(one.id, certificate, issuer));
  if (!answer) return undefined;
  const responders = [
    issuer,
    ...(enclosed ? sequence(children(enclosed)[0]) : []).map((one) => readCertificate(one.whole)),
  ];
  const known = signatureAlgorithm(algorithm);
  const signer = responders.find((one) => one.key && verifies(known, one.key, body.whole, signature));
  if (!signer || !mayAnswer(signer, issuer, produced)) throw new BadDer("OCSP-svaret er ikke fra udstederen.");
  if (weakness(known.hash, signer.key)) throw new BadDer("OCSP-svaret er underskrevet for svagt.");
  return { ...answer, source: "OCSP" };
}

interface Answer extends Omit<Statement, "source"> {
  readonly id: readonly Der[];
}

function readAnswer(element: Der): Answer {
  const fields = new Fields(sequence(element));
  const id = sequence(fields.next(tags.sequence));
  const status = fields.any();
  const from = time(fields.next(tags.generalizedTime));
  const until = fields.optional(context(0));
  const revoked = status.tag === context(1) ? time(children(status)[0]) : undefined;
  return {
    id,
    status: status.tag === context(0, false) ? "good" : revoked ? "revoked" : "unknown",
    revoked,
    from,
    until: until ? time(children(until)[0]) : undefined,
  };
}

function speaksOf(id: readonly Der[], certificate: Certificate, issuer: Certificate): boolean {
  const [algorithm, name, key, serial] = id;
  const hash = hashName(algorithm);
  return (
    integerHex(serial) === certificate.serial &&
    Buffer.compare(name?.content ?? new Uint8Array(), digest(hash, issuer.subjectDer)) === 0 &&
    Buffer.compare(key?.content ?? new Uint8Array(), digest(hash, issuer.keyBits)) === 0
  );
}

/** The issuer itself, or one with a certificate from the issuer for this purpose alone (RFC 6960, 4.2.2.2). */
function mayAnswer(signer: Certificate, issuer: Certificate, produced: Date): boolean {
  if (signer.fingerprint === issuer.fingerprint) return true;
  return (
    signer.purposes?.includes(purposes.ocspSigning) === true &&
    signer.unknownCritical.length === 0 &&
    signer.from <= produced &&
    produced <= signer.to &&
    issuedBy(signer, issuer)
  );
}
