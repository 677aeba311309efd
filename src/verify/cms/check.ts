import { type Der, Fields, sequence, tags } from "../der/der.ts";
import { oid, time } from "../der/values.ts";
import { type Finding, failed, open, remark } from "../verdict.ts";
import { digest, signatureAlgorithm, UnknownAlgorithm, verifies, weakness } from "../x509/algorithms.ts";
import type { Certificate } from "../x509/certificate.ts";
import { namesCertificate } from "./essential.ts";
import { attribute, ids, type SignedData, type SignerInfo } from "./signed-data.ts";

/** What a signature is held against. */
export interface CmsDemands {
  /** The content that is signed, in its parts. */
  readonly content: readonly Uint8Array[];
  readonly contentType: string;
  /** PAdES and time stamps must bind the certificate (EN 319 142-1, 6.3; RFC 3161, 2.4.2); Adobe's older form need not. */
  readonly bindsCertificate: boolean;
  /** Where the signer's certificate may lie besides in the signature. */
  readonly others: readonly Certificate[];
}

/** What came of it. */
export interface CmsOutcome {
  readonly findings: readonly Finding[];
  /** The certificate whose key made the signature; where none fits, the one that is named. */
  readonly certificate: Certificate | undefined;
  /** The time that the signer claims in a signed attribute. It proves nothing. */
  readonly claimed: Date | undefined;
}

/**
 * Cryptographic verification (EN 319 102-1, 5.2.7): the digest, the signature, and that the attributes say what they must.
 * Throws `BadDer` for what cannot be read.
 */
export function checkCms(data: SignedData, demands: CmsDemands): CmsOutcome {
  const { signer } = data;
  const findings: Finding[] = [];
  const candidates = [...data.certificates, ...demands.others].filter((one) => isNamed(signer, one));
  const maker = candidates.find((one) => makes(one, signer, demands.content));
  const certificate = maker ?? candidates[0];
  if (!certificate)
    findings.push(
      open("certifikat-mangler", "NO_SIGNING_CERTIFICATE_FOUND", "Underskriverens certifikat ligger ikke i filen."),
    );
  findings.push(...checkAttributes(signer, demands));
  if (certificate) findings.push(...checkSignature(signer, certificate, maker !== undefined, demands));
  if (data.tail > 0)
    findings.push(
      failed(
        "data-efter-underskriften",
        "FORMAT_FAILURE",
        `Efter underskriften ligger ${data.tail} byte, som ingen har underskrevet.`,
      ),
    );
  if (data.unreadable > 0)
    findings.push(remark("ulæseligt-certifikat", `${data.unreadable} vedlagte certifikater kan ikke læses.`));
  const moment = attribute(signer.signed, ids.signingTime);
  return { findings, certificate, claimed: moment ? time(moment) : undefined };
}

function isNamed(signer: SignerInfo, certificate: Certificate): boolean {
  if (signer.keyIdentifier !== undefined)
    return digest("sha1", certificate.keyBits).toString("hex") === signer.keyIdentifier;
  return certificate.issuer === signer.issuer && certificate.serial === signer.serial;
}

function makes(certificate: Certificate, signer: SignerInfo, content: readonly Uint8Array[]): boolean {
  if (!certificate.key) return false;
  try {
    const algorithm = signatureAlgorithm(signer.algorithm, signer.hash);
    const bytes = signer.signedBytes ?? Buffer.concat(content);
    return verifies(algorithm, certificate.key, bytes, signer.signature);
  } catch (cause) {
    // Told by checkSignature.
    if (cause instanceof UnknownAlgorithm || (cause instanceof Error && "code" in cause)) return false;
    throw cause;
  }
}

function checkAttributes(signer: SignerInfo, demands: CmsDemands): Finding[] {
  if (!signer.signedBytes) return [];
  const findings: Finding[] = [];
  const type = attribute(signer.signed, ids.contentType);
  if (!type || oid(type) !== demands.contentType)
    findings.push(
      failed("forkert-indholdstype", "FORMAT_FAILURE", "Underskriften siger, at den gælder noget andet end filen."),
    );
  const said = attribute(signer.signed, ids.messageDigest);
  if (said?.tag !== tags.octetString)
    findings.push(failed("hash-mangler", "FORMAT_FAILURE", "Underskriften nævner ikke, hvad der er underskrevet."));
  else if (Buffer.compare(digest(signer.hash, ...demands.content), said.content) !== 0)
    findings.push(
      failed("indhold-ændret", "HASH_FAILURE", "De underskrevne byte er ændret, efter at der blev skrevet under."),
    );
  const protection = attribute(signer.signed, ids.algorithmProtection);
  if (protection && !protects(protection, signer))
    findings.push(failed("algoritme-skiftet", "SIG_CRYPTO_FAILURE", "Underskriftens algoritme er skiftet ud."));
  return findings;
}

/** CMSAlgorithmProtection (RFC 6211): the algorithms, said again where they are signed. */
function protects(protection: Der, signer: SignerInfo): boolean {
  const fields = new Fields(sequence(protection));
  const hash = fields.next(tags.sequence);
  const algorithm = fields.optional(0xa1);
  const bare = (element: Der) => oid(sequence(element)[0]);
  if (bare(hash) !== bare(signer.hashIdentifier)) return false;
  return !algorithm || Buffer.compare(algorithm.content, signer.algorithm.content) === 0;
}

function checkSignature(signer: SignerInfo, certificate: Certificate, made: boolean, demands: CmsDemands): Finding[] {
  const findings: Finding[] = [];
  if (!made) findings.push(whyNot(signer, certificate));
  const binding = namesCertificate(signer, certificate);
  if (binding === false)
    findings.push(
      failed(
        "certifikat-byttet",
        "SIG_CRYPTO_FAILURE",
        "Underskriften er lavet med et andet certifikat end det vedlagte.",
      ),
    );
  if (binding === undefined && demands.bindsCertificate)
    findings.push(
      open(
        "certifikat-ikke-bundet",
        "SIG_CONSTRAINTS_FAILURE",
        "Underskriften er ikke bundet til sit certifikat, som PAdES kræver.",
      ),
    );
  const hashes = [signer.hash, algorithmHash(signer)];
  const weak = hashes.map((hash) => weakness(hash, certificate.key)).find((reason) => reason !== undefined);
  if (weak)
    findings.push(open("svag-algoritme", "CRYPTO_CONSTRAINTS_FAILURE", `Underskriften beviser intet: ${weak}.`));
  return findings;
}

function whyNot(signer: SignerInfo, certificate: Certificate): Finding {
  if (!certificate.key)
    return open("ukendt-nøgle", "GENERIC", "Underskriverens nøgle er af en slags, som ikke kan efterprøves her.");
  try {
    signatureAlgorithm(signer.algorithm, signer.hash);
  } catch (cause) {
    if (cause instanceof UnknownAlgorithm) return open("ukendt-algoritme", "GENERIC", cause.message);
    throw cause;
  }
  return failed("underskrift-forkert", "SIG_CRYPTO_FAILURE", "Underskriften er ikke lavet med certifikatets nøgle.");
}

function algorithmHash(signer: SignerInfo): string | undefined {
  try {
    return signatureAlgorithm(signer.algorithm, signer.hash).hash;
  } catch (cause) {
    if (cause instanceof UnknownAlgorithm) return undefined;
    throw cause;
  }
}
