import { BadDer, children, context, type Der, Fields, onlyDer, readDer, sequence, tags } from "../der/der.ts";
import { integerHex, oid } from "../der/values.ts";
import { hashName } from "../x509/algorithms.ts";
import { type Certificate, readCertificate } from "../x509/certificate.ts";

/** Object identifiers of CMS (RFC 5652), ESS (RFC 5035), time stamps (RFC 3161) and Adobe's attribute. */
export const ids = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  timeStampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  algorithmProtection: "1.2.840.113549.1.9.52",
  signatureTimeStamp: "1.2.840.113549.1.9.16.2.14",
  contentTimeStamp: "1.2.840.113549.1.9.16.2.20",
  adobeRevocation: "1.2.840.113583.1.1.8",
} as const;

/** A CMS SignedData with one signer, as far as it can be read without judging it. */
export interface SignedData {
  readonly contentType: string;
  /** The content, when it lies inside: the time stamp's own, nothing for a detached signature. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  /** Certificates and others that could not be read. */
  readonly unreadable: number;
  readonly revocationLists: readonly Uint8Array[];
  readonly signer: SignerInfo;
  /** Bytes after the structure that are not zero: nobody signed them. */
  readonly tail: number;
}

/** The one SignerInfo (RFC 5652, 5.3). */
export interface SignerInfo {
  /** The certificate by issuer (DER in hexadecimal) and serial number, or by the hash of its key. */
  readonly issuer: string | undefined;
  readonly serial: string | undefined;
  readonly keyIdentifier: string | undefined;
  readonly hash: string;
  /** The signed attributes as they were signed: with the tag of a SET. */
  readonly signedBytes: Uint8Array | undefined;
  readonly signed: ReadonlyMap<string, readonly Der[]>;
  readonly algorithm: Der;
  readonly hashIdentifier: Der;
  readonly signature: Uint8Array;
  readonly unsigned: ReadonlyMap<string, readonly Der[]>;
}

/** Reads a signature's container. Throws `BadDer`, or `UnknownAlgorithm` for an unknown hash. */
export function readSignedData(bytes: Uint8Array): SignedData {
  const { element, rest } = readDer(bytes);
  const [type, wrapped] = sequence(element);
  if (oid(type) !== ids.signedData || wrapped?.tag !== context(0))
    throw new BadDer("Underskriften er ikke CMS SignedData.");
  const fields = new Fields(sequence(children(wrapped)[0]));
  fields.next(tags.integer);
  fields.next(tags.set);
  const [contentType, inner] = sequence(fields.next(tags.sequence));
  const certificates = fields.optional(context(0));
  const lists = fields.optional(context(1));
  const signers = children(fields.next(tags.set));
  if (signers.length !== 1) throw new BadDer(`Underskriften har ${signers.length} underskrivere; der skal være én.`);
  const read = (certificates ? children(certificates, 200) : []).map(tryCertificate);
  return {
    contentType: oid(contentType),
    content: inner ? octets(children(inner)[0]) : undefined,
    certificates: read.filter((one) => one !== undefined),
    unreadable: read.filter((one) => one === undefined).length,
    revocationLists: (lists ? children(lists, 200) : [])
      .filter((one) => one.tag === tags.sequence)
      .map((one) => one.whole),
    signer: readSigner(signers[0]),
    tail: rest.filter((byte) => byte !== 0).length,
  };
}

/** The attribute's only value; undefined where the attribute is missing. Throws `BadDer` when it has several. */
export function attribute(attributes: ReadonlyMap<string, readonly Der[]>, id: string): Der | undefined {
  const values = attributes.get(id);
  if (!values) return undefined;
  if (values.length !== 1) throw new BadDer("En oplysning i underskriften har flere værdier.");
  return values[0];
}

function readSigner(element: Der | undefined): SignerInfo {
  const fields = new Fields(sequence(element));
  fields.next(tags.integer);
  const byKey = fields.optional(context(0, false));
  const [issuer, serial] = byKey ? [] : sequence(fields.next(tags.sequence));
  const hashIdentifier = fields.next(tags.sequence);
  const signed = fields.optional(context(0));
  const algorithm = fields.next(tags.sequence);
  const signature = fields.next(tags.octetString).content;
  const unsigned = fields.optional(context(1));
  return {
    issuer: issuer ? Buffer.from(issuer.whole).toString("hex") : undefined,
    serial: serial ? integerHex(serial) : undefined,
    keyIdentifier: byKey ? Buffer.from(byKey.content).toString("hex") : undefined,
    hash: hashName(hashIdentifier),
    hashIdentifier,
    // Signed as the SET that it is, though it is written with the tag [0] (RFC 5652, 5.4).
    signedBytes: signed ? Uint8Array.from([tags.set, ...signed.whole.subarray(1)]) : undefined,
    signed: attributes(signed),
    algorithm,
    signature,
    unsigned: attributes(unsigned),
  };
}

function attributes(element: Der | undefined): Map<string, readonly Der[]> {
  const found = new Map<string, readonly Der[]>();
  for (const one of element ? children(element, 200) : []) {
    const [type, values] = sequence(one);
    const id = oid(type);
    if (found.has(id) || values?.tag !== tags.set) throw new BadDer("En oplysning i underskriften står to gange.");
    found.set(id, children(values, 200));
  }
  return found;
}

function octets(element: Der | undefined): Uint8Array {
  if (element?.tag !== tags.octetString) throw new BadDer("Underskriftens indhold kan ikke læses.");
  return element.content;
}

function tryCertificate(element: Der): Certificate | undefined {
  try {
    return element.tag === tags.sequence ? readCertificate(onlyDer(element.whole).whole) : undefined;
  } catch {
    return undefined;
  }
}
