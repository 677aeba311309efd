import { Failure } from "../../core/failure.ts";
import { type Certificate, certificatesIn } from "./certificate.ts";
import type { Network } from "./network.ts";

/** No chain is longer. */
const LONGEST = 10;

/**
 * The certificates above one, each the issuer of the one before it, up to the root: from those at hand, and where one is
 * missing from the address that the certificate below gives (RFC 5280, 4.2.2.1).
 *
 * @throws Failure `kæde-ufuldstændig`
 */
export async function chainOf(
  certificate: Certificate,
  known: readonly Certificate[],
  network: Network,
): Promise<Certificate[]> {
  const chain: Certificate[] = [];
  for (let last = certificate; !(last.isSelfIssued && last.isIssuedBy(last)) && chain.length < LONGEST; ) {
    const issuer = known.find((one) => last.isIssuedBy(one)) ?? (await fetchIssuer(last, network));
    if (!issuer) throw incomplete(last);
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

/** The certificates above one that are at hand, without asking anybody. */
export function knownChainOf(certificate: Certificate, known: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  for (let last = certificate; chain.length < LONGEST; ) {
    const below = last;
    const issuer = known.find((one) => below.isIssuedBy(one) && one !== below && !chain.includes(one));
    if (!issuer) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

async function fetchIssuer(certificate: Certificate, network: Network): Promise<Certificate | undefined> {
  for (const address of certificate.issuerAddresses.filter((one) => /^https?:/i.test(one))) {
    const bytes = await network.fetch({ address });
    try {
      const issuer = certificatesIn(bytes).find((one) => certificate.isIssuedBy(one));
      if (issuer) return issuer;
    } catch {
      // No certificate there: perhaps at the next address.
    }
  }
  return undefined;
}

function incomplete(certificate: Certificate): Failure {
  const message = `Udstederen af certifikatet »${certificate.name}« kendes ikke, så kæden til rodcertifikatet mangler.`;
  return new Failure("signature", "kæde-ufuldstændig", message, {
    hint: "Giv udstederens certifikater med »--ca <fil>«.",
  });
}
