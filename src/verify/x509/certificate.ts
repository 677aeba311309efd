import { type KeyObject, X509Certificate } from "node:crypto";
import { BadDer, children, context, type Der, Fields, onlyDer, sequence, tags } from "../der/der.ts";
import { bitString, boolean, integerHex, namedBits, oid, smallInteger, time } from "../der/values.ts";
import { digest, type SignatureAlgorithm, signatureAlgorithm, verifies } from "./algorithms.ts";
import { shownName } from "./names.ts";

/** What a certificate says (RFC 5280), as far as a verdict needs it. */
export interface Certificate {
  readonly der: Uint8Array;
  /** SHA-256 of its bytes, in hexadecimal: what certificates are told apart by. */
  readonly fingerprint: string;
  readonly serial: string;
  /** The names as DER, in hexadecimal: compared byte for byte. */
  readonly issuer: string;
  readonly subject: string;
  /** The issuer's and the subject's name as DER. */
  readonly issuerDer: Uint8Array;
  readonly subjectDer: Uint8Array;
  /** The subject for people to read. */
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
  /** Undefined where node does not know the kind of key. */
  readonly key: KeyObject | undefined;
  /** The bits of the public key, for the hash in an OCSP answer. */
  readonly keyBits: Uint8Array;
  readonly signed: Uint8Array;
  readonly algorithm: Der;
  readonly signature: Uint8Array;
  /** Key usage by bit number (4.2.1.3); undefined where the certificate does not restrict it. */
  readonly usage: ReadonlySet<number> | undefined;
  /** Extended key usage (4.2.1.12) by object identifier. */
  readonly purposes: readonly string[] | undefined;
  readonly purposesCritical: boolean;
  readonly authority: boolean;
  /** How many authorities may follow below (4.2.1.9). */
  readonly pathLength: number | undefined;
  /** Extensions that are critical and not understood here, by object identifier. */
  readonly unknownCritical: readonly string[];
  /** A certificate for OCSP answers that is not itself to be asked for (RFC 6960, 4.2.2.2.1). */
  readonly noRevocationCheck: boolean;
  /** All its extensions, for those who look for what no verdict needs. */
  readonly extensions: readonly Extension[];
}

/** The bits of key usage (RFC 5280, 4.2.1.3). */
export const usages = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const;

/** The purposes that count here (RFC 5280, 4.2.1.12). */
export const purposes = { timeStamping: "1.3.6.1.5.5.7.3.8", ocspSigning: "1.3.6.1.5.5.7.3.9" } as const;

/** Reads a certificate. Throws `BadDer`. */
export function readCertificate(der: Uint8Array): Certificate {
  const [body, outer, signature] = sequence(onlyDer(der));
  const fields = new Fields(sequence(body));
  fields.optional(context(0));
  const serial = integerHex(fields.next(tags.integer));
  const algorithm = fields.next(tags.sequence);
  const issuer = fields.next(tags.sequence);
  const [from, to] = sequence(fields.next(tags.sequence));
  const subject = fields.next(tags.sequence);
  const keyInfo = fields.next(tags.sequence);
  fields.optional(context(1, false));
  fields.optional(context(2, false));
  const wrapped = fields.optional(context(3));
  if (!outer || !body || Buffer.compare(outer.whole, algorithm.whole) !== 0)
    throw new BadDer("Et certifikat nævner to algoritmer.");
  return {
    der,
    fingerprint: digest("sha256", der).toString("hex"),
    serial,
    issuer: hex(issuer),
    subject: hex(subject),
    issuerDer: issuer.whole,
    subjectDer: subject.whole,
    name: shownName(subject),
    from: time(from),
    to: time(to),
    key: publicKey(der),
    keyBits: bitString(sequence(keyInfo)[1]),
    signed: body.whole,
    algorithm,
    signature: bitString(signature),
    ...readExtensions(wrapped ? sequence(children(wrapped)[0]) : []),
  };
}

/** True when the issuer's key made the certificate's signature, and the names fit. Throws `UnknownAlgorithm`. */
export function issuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (certificate.issuer !== issuer.subject || !issuer.key) return false;
  return verifies(certificateAlgorithm(certificate), issuer.key, certificate.signed, certificate.signature);
}

/** How the certificate is signed. Throws `UnknownAlgorithm`. */
export function certificateAlgorithm(certificate: Certificate): SignatureAlgorithm {
  return signatureAlgorithm(certificate.algorithm);
}

/** An extension (RFC 5280, 4.2) and what is inside it. */
export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Reads the extensions of a certificate, a revocation list or an OCSP answer. */
export function extensionsOf(elements: readonly Der[]): Extension[] {
  return elements.map((element) => {
    const fields = new Fields(sequence(element));
    const id = oid(fields.next(tags.oid));
    const flag = fields.optional(tags.boolean);
    return { id, critical: flag ? boolean(flag) : false, value: fields.next(tags.octetString).content };
  });
}

function readExtensions(elements: readonly Der[]) {
  const extensions = extensionsOf(elements);
  const value = (id: string) => {
    const found = extensions.filter((one) => one.id === id);
    if (found.length > 1) throw new BadDer("Et certifikat har en udvidelse to gange.");
    return found[0] ? onlyDer(found[0].value) : undefined;
  };
  const usage = value("2.5.29.15");
  const extended = value("2.5.29.37");
  const constraints = value("2.5.29.19");
  const basic = new Fields(constraints ? sequence(constraints) : []);
  const flag = basic.optional(tags.boolean);
  const length = basic.optional(tags.integer);
  return {
    usage: usage ? namedBits(usage) : undefined,
    purposes: extended ? sequence(extended).map(oid) : undefined,
    purposesCritical: extensions.some((one) => one.id === "2.5.29.37" && one.critical),
    authority: flag ? boolean(flag) : false,
    pathLength: length ? smallInteger(length) : undefined,
    unknownCritical: extensions.filter((one) => one.critical && !understood.has(one.id)).map((one) => one.id),
    noRevocationCheck: extensions.some((one) => one.id === "1.3.6.1.5.5.7.48.1.5"),
    extensions,
  };
}

/** Key usage, alternative names (which bind nothing here), basic constraints, policies, extended key usage. */
const understood = new Set(["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.32", "2.5.29.37"]);

function hex(name: Der): string {
  return Buffer.from(name.whole).toString("hex");
}

function publicKey(der: Uint8Array): KeyObject | undefined {
  try {
    return new X509Certificate(der).publicKey;
  } catch {
    return undefined;
  }
}
