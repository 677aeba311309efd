import { Failure } from "../../core/failure.ts";
import type { Certificate } from "./certificate.ts";
import { readCrl } from "./crl.ts";
import type { Network } from "./network.ts";
import { ocspRequest, readOcspAnswer } from "./ocsp.ts";
import type { Standing } from "./standing.ts";

/** id-pkix-ocsp-nocheck: nobody need ask whether this responder is revoked (RFC 6960, 4.2.2.2.1). */
const NO_CHECK = "1.3.6.1.5.5.7.48.1.5";

/** What proves, long after, that certificates held: themselves, and what their issuers said. All in DER. */
export class Proofs {
  readonly certificates = new Map<string, Certificate>();
  readonly ocspAnswers: Uint8Array[] = [];
  readonly crls: Uint8Array[] = [];
}

/**
 * Collects the proofs for a chain of certificates: for each, up to the root, an OCSP answer or else a list of revoked
 * certificates, fetched and checked.
 *
 * @param chain the certificate itself, and those above it up to the root
 * @throws Failure `certifikat-spærret`, `spærring-ukendt`, `server-svarer-ikke`
 */
export async function collectProofs(
  chain: readonly Certificate[],
  proofs: Proofs,
  network: Network,
  now: Date,
): Promise<void> {
  for (const [index, certificate] of chain.entries()) {
    if (proofs.certificates.has(certificate.fingerprint)) continue;
    proofs.certificates.set(certificate.fingerprint, certificate);
    const issuer = chain[index + 1];
    if (!issuer) continue;
    const standing = await ask(certificate, issuer, chain.slice(index + 1), proofs, network, now);
    if (standing.state === "revoked") throw revoked(certificate, standing.since);
  }
}

async function ask(
  certificate: Certificate,
  issuer: Certificate,
  above: readonly Certificate[],
  proofs: Proofs,
  network: Network,
  now: Date,
): Promise<Standing> {
  const problems: unknown[] = [];
  for (const address of certificate.ocspAddresses) {
    const request = ocspRequest(certificate, issuer);
    try {
      const body = { type: "application/ocsp-request", bytes: request.bytes };
      const bytes = await network.fetch({ address, body });
      const { standing, responder } = readOcspAnswer(bytes, request, certificate, issuer, now);
      proofs.ocspAnswers.push(bytes);
      if (responder) await proveResponder(responder, above, proofs, network, now);
      return standing;
    } catch (cause) {
      if (cause instanceof Failure && cause.code !== "server-svarer-ikke") throw cause;
      problems.push(cause);
    }
  }
  for (const address of certificate.crlAddresses) {
    try {
      const bytes = await network.fetch({ address });
      const standing = readCrl(bytes, certificate, issuer, now);
      if (!proofs.crls.some((one) => Buffer.compare(one, bytes) === 0)) proofs.crls.push(bytes);
      return standing;
    } catch (cause) {
      if (cause instanceof Failure && cause.code !== "server-svarer-ikke") throw cause;
      problems.push(cause);
    }
  }
  const unanswered = problems.find((one) => one instanceof Failure);
  throw unanswered ?? unknown(certificate, problems[0]);
}

async function proveResponder(
  responder: Certificate,
  above: readonly Certificate[],
  proofs: Proofs,
  network: Network,
  now: Date,
): Promise<void> {
  if (responder.has(NO_CHECK)) proofs.certificates.set(responder.fingerprint, responder);
  else await collectProofs([responder, ...above], proofs, network, now);
}

function revoked(certificate: Certificate, since: Date): Failure {
  const day = since.toISOString().slice(0, 10);
  return new Failure("signature", "certifikat-spærret", `Certifikatet »${certificate.name}« er spærret siden ${day}.`, {
    hint: "Brug et certifikat, der gælder. Filen er ikke ændret.",
  });
}

function unknown(certificate: Certificate, cause: unknown): Failure {
  const message = `Det kan ikke afgøres, om certifikatet »${certificate.name}« er spærret.`;
  return new Failure("signature", "spærring-ukendt", message, {
    hint: "Udstederens svar kan ikke bruges, eller certifikatet siger ikke, hvor der kan spørges. Uden det kan niveauet højst være B-T.",
    cause,
  });
}
