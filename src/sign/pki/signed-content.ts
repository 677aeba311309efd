import { createHash } from "node:crypto";
import { digestNamed, isSigned } from "../asn1/algorithms.ts";
import { type Asn1, Asn1Error } from "../asn1/reader.ts";
import { cms } from "../asn1/signed-data.ts";
import { Certificate } from "./certificate.ts";

const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";

/** What somebody has signed in CMS (RFC 5652, 5): the content, who signed it, and the certificates that came along. */
export interface SignedContent {
  readonly content: Uint8Array;
  readonly signer: Certificate;
  readonly certificates: readonly Certificate[];
}

/**
 * Reads a CMS signature with its content, and checks it: digest, signature, and that the signer's certificate is the one that
 * was signed with it (RFC 5035; RFC 2634 for older signers).
 *
 * @throws Asn1Error for anything that does not hold.
 */
export function readSignedContent(token: Asn1, type: string): SignedContent {
  if (token.child(0).oid !== cms.signedData) throw new Asn1Error("no signed data");
  const data = token.child(1).child(0);
  const encapsulated = data.child(2);
  const content = encapsulated.tagged(0)?.child(0).octets;
  if (encapsulated.child(0).oid !== type || !content) throw new Asn1Error("another content");
  const certificates = (data.tagged(0)?.children ?? [])
    .filter((one) => one.tag === 0x30)
    .map((one) => new Certificate(one.bytes));
  const signers = data.children.at(-1)?.expect(0x31).children ?? [];
  const [info] = signers;
  if (!info || signers.length !== 1) throw new Asn1Error("not one signer");
  const signer = certificates.find((one) => isNamed(info.child(1), one));
  if (!signer) throw new Asn1Error("the signer's certificate is missing");
  checkSignature(info, content, type, signer);
  return { content, signer, certificates };
}

function isNamed(name: Asn1, certificate: Certificate): boolean {
  if (name.tag !== 0x30) return false;
  const issuer = Buffer.compare(name.child(0).bytes, certificate.issuer.bytes) === 0;
  return issuer && Buffer.compare(name.child(1).bytes, certificate.serial.bytes) === 0;
}

function checkSignature(info: Asn1, content: Uint8Array, type: string, signer: Certificate): void {
  const digest = digestNamed(info.child(2));
  const attributes = info.tagged(0);
  if (!digest || !attributes) throw new Asn1Error("a digest that is not known, or no signed attributes");
  const at = (name: string) =>
    attributes.children
      .find((one) => one.child(0).oid === name)
      ?.child(1)
      .child(0);
  const hash = createHash(digest).update(content).digest();
  if (Buffer.compare(at(cms.messageDigest)?.octets ?? Buffer.alloc(0), hash) !== 0)
    throw new Asn1Error("another digest");
  if (at(cms.contentType)?.oid !== type) throw new Asn1Error("another content type");
  const signed = Buffer.from(attributes.bytes);
  signed[0] = 0x31;
  if (!isSigned(signed, info.child(5).octets, info.child(4), signer.publicKey.bytes, digest)) {
    throw new Asn1Error("the signature is wrong");
  }
  checkSigningCertificate(at(cms.signingCertificateV2), at(SIGNING_CERTIFICATE), signer);
}

function checkSigningCertificate(v2: Asn1 | undefined, v1: Asn1 | undefined, signer: Certificate): void {
  const id = (v2 ?? v1)?.child(0).child(0);
  if (!id) throw new Asn1Error("no signing certificate");
  const [first] = id.children;
  const named = v2 && first?.tag === 0x30 ? digestNamed(first) : "sha256";
  const digest = v2 ? named : "sha1";
  const hash = id.children.find((one) => one.tag === 0x04)?.octets;
  if (!digest || !hash) throw new Asn1Error("the signing certificate's digest is not known");
  const own = createHash(digest).update(signer.bytes).digest();
  if (Buffer.compare(own, hash) !== 0) throw new Asn1Error("another signing certificate");
}
