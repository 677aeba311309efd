import { createHash, randomBytes } from "node:crypto";
import { Failure } from "../../core/failure.ts";
import { digestAlgorithm, digestNamed } from "../asn1/algorithms.ts";
import { Asn1 } from "../asn1/reader.ts";
import { cms } from "../asn1/signed-data.ts";
import { integer, octets, sequence, unsigned, yes } from "../asn1/writer.ts";
import type { Certificate } from "./certificate.ts";
import type { Network } from "./network.ts";
import { readSignedContent, type SignedContent } from "./signed-content.ts";

const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
/** granted, and granted with modifications (RFC 3161, 2.4.2). */
const GRANTED = [0n, 1n];

/** A time stamp: the token as it came, and what it says. */
export interface TimeStamp {
  readonly token: Uint8Array;
  readonly time: Date;
  readonly authority: Certificate;
  /** All certificates that came along. */
  readonly certificates: readonly Certificate[];
}

/**
 * Has an authority stamp the SHA-256 digest of bytes (RFC 3161), and checks its answer: status, imprint, nonce, signature,
 * and that its certificate is meant for time stamps and valid.
 *
 * @throws Failure `tidsstempel-afvist`, `tidsstempel-forkert`, `server-svarer-ikke`
 */
export async function timeStamp(stamped: Uint8Array, address: string, network: Network): Promise<TimeStamp> {
  const imprint = createHash("sha256").update(stamped).digest();
  const nonce = unsigned(randomBytes(16));
  const request = sequence(integer(1), sequence(digestAlgorithm("sha256"), octets(imprint)), nonce, yes);
  const body = { type: "application/timestamp-query", bytes: request };
  const answer = await network.fetch({ address, body });
  try {
    const response = Asn1.read(answer);
    if (!GRANTED.includes(response.child(0).child(0).integer)) throw refused(address);
    const token = response.child(1);
    const signed = readSignedContent(token, cms.timeStampInfo);
    return {
      token: token.bytes,
      authority: signed.signer,
      certificates: signed.certificates,
      time: check(signed, imprint, nonce),
    };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw wrong("svaret kan ikke læses, eller dets underskrift holder ikke", cause);
  }
}

/** Holds what was stamped against what was asked for (RFC 3161, 2.2 and 2.3). Returns the time. */
function check({ content, signer }: SignedContent, imprint: Uint8Array, nonce: Uint8Array): Date {
  const info = Asn1.read(content);
  const [algorithm, hash] = info.child(2).children;
  const same = hash && Buffer.compare(hash.octets, imprint) === 0;
  if (!algorithm || digestNamed(algorithm) !== "sha256" || !same) throw wrong("det er et stempel for noget andet");
  const time = info.child(4).time;
  const nonces = info.children.slice(5).filter((one) => one.tag === 0x02);
  if (!nonces.some((one) => Buffer.compare(one.bytes, nonce) === 0)) throw wrong("det svarer på en anden forespørgsel");
  if (!signer.isFor(TIME_STAMPING)) throw wrong(`certifikatet »${signer.name}« er ikke til tidsstempler`);
  if (!signer.isValidAt(time) || !signer.isValidAt(new Date())) {
    throw wrong(`certifikatet »${signer.name}« gælder ikke på det tidspunkt`);
  }
  return time;
}

function refused(address: string): Failure {
  return new Failure("signature", "tidsstempel-afvist", `${address} vil ikke give et tidsstempel.`, {
    hint: "Spørg den, der driver tjenesten, eller brug en anden med »--tsa <adresse>«. Filen er ikke ændret.",
  });
}

function wrong(why: string, cause?: unknown): Failure {
  return new Failure("signature", "tidsstempel-forkert", `Tidsstemplet er kasseret: ${why}.`, {
    hint: "Brug en anden tjeneste med »--tsa <adresse>«. Filen er ikke ændret.",
    cause,
  });
}
