import { BadDer } from "../der/der.ts";
import { UnknownAlgorithm } from "../x509/algorithms.ts";
import type { Certificate } from "../x509/certificate.ts";
import { crlStatement } from "./crl.ts";
import { ocspStatement } from "./ocsp.ts";
import type { Statement } from "./statement.ts";

/** The revocation data that a file brings along. Nothing is fetched. */
export interface RevocationData {
  readonly ocsp: readonly Uint8Array[];
  readonly crl: readonly Uint8Array[];
}

/** What is known of a certificate at a time. */
export interface RevocationStatus {
  readonly status: "good" | "revoked" | "unknown";
  readonly revoked: Date | undefined;
  /** Someone who may say so has answered, but not for that time. */
  readonly stale: boolean;
  /** Data that is about the certificate but proves nothing, and why. */
  readonly rejected: readonly string[];
}

/** How long an answer without an end holds, and how far two clocks may be apart, in milliseconds. */
const HOLDS = 24 * 3600_000;
const SKEW = 5 * 60_000;

/**
 * Whether a certificate was revoked at a time, by data that holds then or was made later (EN 319 102-1, 5.2.5: revocation
 * data must be fresh for the time in question). One trustworthy »revoked« outweighs any number of »good«.
 */
export function revocationAt(
  certificate: Certificate,
  issuer: Certificate,
  at: Date,
  data: RevocationData,
): RevocationStatus {
  const statements: Statement[] = [];
  const rejected = new Set<string>();
  const ask = (read: () => Statement | undefined) => {
    try {
      const statement = read();
      if (statement) statements.push(statement);
    } catch (cause) {
      if (!isUnusable(cause)) throw cause;
      rejected.add(cause.message);
    }
  };
  for (const response of data.ocsp) ask(() => ocspStatement(response, certificate, issuer));
  for (const list of data.crl) ask(() => crlStatement(list, certificate, issuer));
  const revoked = statements.find((one) => one.revoked && one.revoked <= at);
  if (revoked) return { status: "revoked", revoked: revoked.revoked, stale: false, rejected: [...rejected] };
  const good = statements.some((one) => (one.status === "good" || one.revoked !== undefined) && holds(one, at));
  const stale = !good && statements.length > 0;
  if (stale) rejected.add("Spærreoplysningerne gælder ikke for tidspunktet.");
  return { status: good ? "good" : "unknown", revoked: undefined, stale, rejected: [...rejected] };
}

function holds(statement: Statement, at: Date): boolean {
  const until = statement.until?.getTime() ?? statement.from.getTime() + HOLDS;
  // What was said later holds for earlier times too: a certificate that is good today was not revoked yesterday.
  return statement.from.getTime() >= at.getTime() || at.getTime() <= until + SKEW;
}

function isUnusable(cause: unknown): cause is Error {
  return cause instanceof BadDer || cause instanceof UnknownAlgorithm || (cause instanceof Error && "code" in cause);
}
