import { type Finding, failed, open } from "../verdict.ts";
import { weakness } from "../x509/algorithms.ts";
import { type Certificate, certificateAlgorithm, purposes, usages } from "../x509/certificate.ts";
import { type RevocationData, revocationAt } from "./revocation.ts";

/** What the certificate at the start of a chain was used for. */
export type Use = "signature" | "time stamp";

/** When a chain is judged. */
export interface Moment {
  readonly at: Date;
  /** True when a time stamp proves that the signature was there at that time; false when the time is now. */
  readonly proven: boolean;
  /** The signature is younger than this, by a time stamp of its content; undefined where nothing proves that. */
  readonly after?: Date | undefined;
}

/**
 * Everything that speaks against a chain at a time (RFC 5280, 6.1; EN 319 102-1, 5.2.6): validity, usage, constraints,
 * strength and revocation. Nothing is demanded of the anchor itself: whoever named it trusts it.
 */
export function checkPath(
  path: readonly Certificate[],
  use: Use,
  moment: Moment,
  revocation: RevocationData,
): Finding[] {
  const [leaf] = path;
  if (!leaf) return [];
  const below = path.slice(0, -1);
  return [
    ...checkUse(leaf, use),
    ...path.slice(1).flatMap((authority, index) => checkAuthority(authority, index, index === path.length - 2)),
    // A signer's own certificate among the trusted is trusted for as long as it says.
    ...path.slice(0, Math.max(1, below.length)).flatMap((one, index) => checkValidity(one, index === 0, moment)),
    ...below.flatMap((one, index) => checkStrength(one, path[index + 1] ?? one)),
    ...below.flatMap((one, index) => checkRevocation(one, path[index + 1] ?? one, index === 0, moment, revocation)),
  ];
}

function checkUse(leaf: Certificate, use: Use): Finding[] {
  const findings: Finding[] = [];
  const allowed =
    leaf.usage === undefined || leaf.usage.has(usages.digitalSignature) || leaf.usage.has(usages.nonRepudiation);
  if (!allowed)
    findings.push(chain("certifikat-til-andet", `Certifikatet for ${leaf.name} må ikke bruges til at skrive under.`));
  // RFC 3161, 2.3: this purpose alone, and critical.
  const stamps = leaf.purposes?.length === 1 && leaf.purposes[0] === purposes.timeStamping && leaf.purposesCritical;
  if (use === "time stamp" && !stamps)
    findings.push(chain("certifikat-til-andet", `Certifikatet for ${leaf.name} må ikke bruges til tidsstempler.`));
  if (use === "signature" && !signsDocuments(leaf))
    findings.push(chain("certifikat-til-andet", `Certifikatet for ${leaf.name} er til noget andet end dokumenter.`));
  if (leaf.unknownCritical.length > 0) findings.push(unknownExtension(leaf));
  return findings;
}

/** Web servers (RFC 5280, 4.2.1.12): a key that a server holds is nobody's hand, whatever else its certificate allows. */
const WEB_SERVER = "1.3.6.1.5.5.7.3.1";
const CLIENT = "1.3.6.1.5.5.7.3.2";

/** Programs, time stamps, OCSP: purposes that do not allow a signature on a document. */
const notForDocuments: ReadonlySet<string> = new Set([
  "1.3.6.1.5.5.7.3.3",
  purposes.timeStamping,
  purposes.ocspSigning,
]);

/**
 * Whether a certificate's purposes allow a signature on a document. The one for documents (RFC 9336) is young, and people's
 * certificates mostly name others: e-mail with or without logging in. One that names logging in alone is for that, unless it
 * may bind whom it names to a content (EN 319 412-2, 4.3.2); RFC 5280 does not know that use of a key in logging in.
 */
function signsDocuments({ purposes: named, usage }: Certificate): boolean {
  if (named === undefined) return true;
  if (named.includes(WEB_SERVER)) return false;
  const binds = usage?.has(usages.nonRepudiation) === true;
  return named.some((one) => !notForDocuments.has(one) && (one !== CLIENT || binds));
}

/** `below` counts the authorities between this one and the certificate at the start. */
function checkAuthority(authority: Certificate, below: number, anchor: boolean): Finding[] {
  const findings: Finding[] = [];
  // An anchor of version 1 says nothing of itself; one that says it is no authority is none.
  if (!authority.authority && !(anchor && authority.usage === undefined))
    findings.push(chain("ikke-udsteder", `${authority.name} er ikke en udsteder af certifikater.`));
  if (authority.usage && !authority.usage.has(usages.keyCertSign))
    findings.push(chain("ikke-udsteder", `${authority.name} må ikke udstede certifikater.`));
  if (authority.pathLength !== undefined && below > authority.pathLength)
    findings.push(chain("kæde-for-lang", `${authority.name} tillader ikke så lang en kæde.`));
  if (authority.unknownCritical.length > 0) findings.push(unknownExtension(authority));
  return findings;
}

function checkValidity(certificate: Certificate, leaf: boolean, { at, proven, after }: Moment): Finding[] {
  if (at < certificate.from)
    return leaf && proven
      ? [failed("før-certifikatet", "NOT_YET_VALID", `Certifikatet for ${certificate.name} gjaldt endnu ikke.`)]
      : [open("uden-for-gyldighed", "OUT_OF_BOUNDS_NO_POE", `Certifikatet for ${certificate.name} gælder endnu ikke.`)];
  // EN 319 102-1, 5.3.4: proof that the signature was made too late.
  if (leaf && after && after > certificate.to)
    return [
      failed("udløbet-før", "EXPIRED", `Certifikatet for ${certificate.name} var udløbet, da der blev skrevet under.`),
    ];
  if (at <= certificate.to) return [];
  const message = proven
    ? `Certifikatet for ${certificate.name} var udløbet på det beviste tidspunkt.`
    : `Certifikatet for ${certificate.name} er udløbet, og intet tidsstempel beviser, at der blev skrevet under før.`;
  return [open("certifikat-udløbet", "OUT_OF_BOUNDS_NO_POE", message)];
}

function checkStrength(certificate: Certificate, issuer: Certificate): Finding[] {
  const weak = weakness(certificateAlgorithm(certificate).hash, issuer.key);
  const message = `Certifikatet for ${certificate.name} beviser intet: ${weak}.`;
  return weak ? [open("svag-algoritme", "CRYPTO_CONSTRAINTS_FAILURE", message)] : [];
}

function checkRevocation(
  certificate: Certificate,
  issuer: Certificate,
  leaf: boolean,
  { at, after }: Moment,
  data: RevocationData,
): Finding[] {
  if (certificate.noRevocationCheck) return [];
  const { status, revoked, stale, rejected } = revocationAt(certificate, issuer, at, data);
  if (status === "good") return [];
  if (status === "revoked") {
    const day = revoked?.toISOString().slice(0, 10) ?? "";
    if (leaf && revoked && after && revoked <= after)
      return [
        failed(
          "spærret-før",
          "REVOKED",
          `Certifikatet for ${certificate.name} blev spærret ${day}, før der blev skrevet under.`,
        ),
      ];
    const sub = leaf ? "REVOKED_NO_POE" : "REVOKED_CA_NO_POE";
    const message = `Certifikatet for ${certificate.name} blev spærret ${day}, og intet beviser, at der blev skrevet under før.`;
    return [open("certifikat-spærret", sub, message)];
  }
  const why = rejected.length > 0 ? ` ${rejected.join(" ")}` : "";
  const message = `Filen viser ikke, om certifikatet for ${certificate.name} var spærret.${why}`;
  // EN 319 102-1, 5.2.6.4: an answer that is not fresh may come anew; without one, path validation fails for »any other reason«.
  const sub = stale ? "TRY_LATER" : "CERTIFICATE_CHAIN_GENERAL_FAILURE";
  return [open(rejected.length > 0 ? "spærring-ubrugelig" : "spærring-ukendt", sub, message)];
}

function unknownExtension(certificate: Certificate): Finding {
  const message = `Certifikatet for ${certificate.name} har et kritisk krav, som ikke forstås her: ${certificate.unknownCritical.join(", ")}.`;
  return open("ukendt-krav", "CERTIFICATE_CHAIN_GENERAL_FAILURE", message);
}

function chain(code: string, message: string): Finding {
  return open(code, "CHAIN_CONSTRAINTS_FAILURE", message);
}
