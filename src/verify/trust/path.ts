import { UnknownAlgorithm } from "../x509/algorithms.ts";
import { type Certificate, issuedBy } from "../x509/certificate.ts";

/** How many certificates a chain may have, and how many signatures are tried to find it. */
const LENGTH = 8;
const TRIES = 200;

/**
 * Chains from a certificate to an anchor (RFC 5280, 6.1), the certificate first, the anchor last; the shortest first. Only
 * names and signatures count here; what the certificates permit is judged by `checkPath`.
 */
export function pathsToAnchors(
  certificate: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
): Certificate[][] {
  const found: Certificate[][] = [];
  let tries = 0;
  let ends: Certificate[][] = [[certificate]];
  for (let length = 1; length <= LENGTH && ends.length > 0; length += 1) {
    const longer: Certificate[][] = [];
    for (const path of ends) {
      const last = path.at(-1) ?? certificate;
      if (anchors.some((anchor) => anchor.fingerprint === last.fingerprint)) {
        found.push(path);
        continue;
      }
      for (const issuer of distinct([...anchors, ...pool])) {
        if (issuer.subject !== last.issuer || path.some((one) => one.fingerprint === issuer.fingerprint)) continue;
        tries += 1;
        if (tries > TRIES) return found;
        if (signs(issuer, last)) longer.push([...path, issuer]);
      }
    }
    ends = longer;
  }
  return found;
}

function signs(issuer: Certificate, certificate: Certificate): boolean {
  try {
    return issuedBy(certificate, issuer);
  } catch (cause) {
    if (cause instanceof UnknownAlgorithm || (cause instanceof Error && "code" in cause)) return false;
    throw cause;
  }
}

function distinct(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((one) => [one.fingerprint, one])).values()];
}
