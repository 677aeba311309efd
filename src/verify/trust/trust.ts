import { type Finding, open } from "../verdict.ts";
import type { Certificate } from "../x509/certificate.ts";
import { checkPath, type Moment, type Use } from "./check-path.ts";
import { pathsToAnchors } from "./path.ts";
import type { RevocationData } from "./revocation.ts";

/** All that trust is built from: what the reader trusts, and what the file brings along. */
export interface TrustMaterial {
  readonly anchors: readonly Certificate[];
  readonly certificates: readonly Certificate[];
  readonly revocation: RevocationData;
}

/** The chain that was found, and what speaks against it. */
export interface TrustOutcome {
  readonly findings: readonly Finding[];
  /** The certificate first, the anchor last; empty where no chain leads to an anchor. */
  readonly path: readonly Certificate[];
}

/** The best chain for a certificate at a time: the first without objections, else the first (EN 319 102-1, 5.2.6). */
export function trustIn(certificate: Certificate, use: Use, moment: Moment, material: TrustMaterial): TrustOutcome {
  const outcomes = pathsToAnchors(certificate, material.certificates, material.anchors).map((path) => ({
    path,
    findings: checkPath(path, use, moment, material.revocation),
  }));
  const best = outcomes.find((one) => one.findings.length === 0) ?? outcomes[0];
  if (best) return best;
  const message =
    material.anchors.length === 0
      ? "Der er ikke sagt, hvem der stoles på (--trust)."
      : `Certifikatet for ${certificate.name} fører ikke til nogen, der stoles på.`;
  return { path: [], findings: [open("ingen-kæde", "NO_CERTIFICATE_CHAIN_FOUND", message)] };
}
