import { createHash } from "node:crypto";
import { isSigned } from "../asn1/algorithms.ts";
import { Asn1 } from "../asn1/reader.ts";

const KEY_USAGE = "2.5.29.15";
const BASIC_CONSTRAINTS = "2.5.29.19";
const CRL_DISTRIBUTION = "2.5.29.31";
const EXTENDED_USAGE = "2.5.29.37";
const AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1";
const OCSP = "1.3.6.1.5.5.7.48.1";
const ISSUERS = "1.3.6.1.5.5.7.48.2";
const COMMON_NAME = "2.5.4.3";

/** A certificate (RFC 5280), read as far as signing needs it; its bytes stay as they came. */
export class Certificate {
  readonly bytes: Uint8Array;
  /** The issuer's and the subject's names as they are written. */
  readonly issuer: Asn1;
  readonly subject: Asn1;
  /** The serial number as it is written, an INTEGER. */
  readonly serial: Asn1;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Asn1;
  readonly #signed: Asn1;
  readonly #algorithm: Asn1;
  readonly #signature: Uint8Array;
  readonly #extensions = new Map<string, Asn1>();

  /** @throws Asn1Error for what is no certificate. */
  constructor(bytes: Uint8Array) {
    const whole = Asn1.read(bytes);
    this.bytes = bytes;
    this.#signed = whole.child(0);
    this.#algorithm = whole.child(1);
    this.#signature = whole.child(2).bits;
    const parts = this.#signed.children;
    const at = (index: number) => this.#signed.child(index + (parts[0]?.tag === 0xa0 ? 1 : 0));
    this.serial = at(0).expect(0x02);
    this.issuer = at(2);
    this.notBefore = at(3).child(0).time;
    this.notAfter = at(3).child(1).time;
    this.subject = at(4);
    this.publicKey = at(5);
    for (const extension of this.#signed.tagged(3)?.child(0).children ?? []) {
      const last = extension.children.at(-1);
      if (last) this.#extensions.set(extension.child(0).oid, Asn1.read(last.octets));
    }
  }

  /** The subject's common name, or all of its names. */
  get name(): string {
    const parts = this.subject.children.flatMap((set) => set.children);
    const common = parts.find((part) => part.child(0).oid === COMMON_NAME);
    return (common ? [common] : parts).map((part) => part.child(1).text).join(", ");
  }

  get isSelfIssued(): boolean {
    return Buffer.compare(this.issuer.bytes, this.subject.bytes) === 0;
  }

  /** Whether it may be used to issue others. */
  get isAuthority(): boolean {
    const constraints = this.#extensions.get(BASIC_CONSTRAINTS);
    return constraints?.children[0]?.tag === 0x01 && constraints.child(0).content[0] !== 0;
  }

  /** Whether its key may sign documents: digital signature or non-repudiation (RFC 5280, 4.2.1.3). */
  get maySign(): boolean {
    const usage = this.#extensions.get(KEY_USAGE);
    return usage === undefined || ((usage.bits[0] ?? 0) & 0xc0) !== 0;
  }

  /** Whether its extended key usage names a purpose. */
  isFor(purpose: string): boolean {
    return this.#extensions.get(EXTENDED_USAGE)?.children.some((one) => one.oid === purpose) ?? false;
  }

  has(extension: string): boolean {
    return this.#extensions.has(extension);
  }

  /** Where its state can be asked for (RFC 6960). */
  get ocspAddresses(): string[] {
    return this.#access(OCSP);
  }

  /** Where its issuer's certificate can be had. */
  get issuerAddresses(): string[] {
    return this.#access(ISSUERS);
  }

  /** Where the list of revoked certificates can be had. */
  get crlAddresses(): string[] {
    const points = this.#extensions.get(CRL_DISTRIBUTION)?.children ?? [];
    const names = points.flatMap((point) => point.tagged(0)?.tagged(0)?.children ?? []);
    return names.filter((name) => name.tag === 0x86).map((name) => name.text);
  }

  /** The digest of its bytes, by which it is told from others. */
  get fingerprint(): string {
    return createHash("sha256").update(this.bytes).digest("hex");
  }

  isValidAt(time: Date): boolean {
    return this.notBefore <= time && time <= this.notAfter;
  }

  /** Whether another certificate's key has signed this one. */
  isIssuedBy(other: Certificate): boolean {
    if (Buffer.compare(this.issuer.bytes, other.subject.bytes) !== 0 || !other.isAuthority) return false;
    return isSigned(this.#signed.bytes, this.#signature, this.#algorithm, other.publicKey.bytes);
  }

  #access(method: string): string[] {
    const entries = this.#extensions.get(AUTHORITY_ACCESS)?.children ?? [];
    const found = entries.filter((entry) => entry.child(0).oid === method && entry.child(1).tag === 0x86);
    return found.map((entry) => entry.child(1).text);
  }
}

/** The certificates in a file: one in DER, or any number in PEM. */
export function certificatesIn(bytes: Uint8Array): Certificate[] {
  const text = Buffer.from(bytes).toString("latin1");
  const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)];
  if (blocks.length === 0) return [new Certificate(bytes)];
  return blocks.map((block) => new Certificate(new Uint8Array(Buffer.from(block[1] ?? "", "base64"))));
}
