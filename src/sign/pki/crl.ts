import { isSigned } from "../asn1/algorithms.ts";
import { Asn1, Asn1Error } from "../asn1/reader.ts";
import type { Certificate } from "./certificate.ts";
import { type Standing, TOLERANCE } from "./standing.ts";

const DELTA = "2.5.29.27";
const ISSUING_POINT = "2.5.29.28";

/**
 * Looks a certificate up in a list of revoked ones (RFC 5280, 5), and checks the list: signed by the certificate's issuer,
 * fresh, and complete.
 *
 * @throws Asn1Error for anything that does not hold.
 */
export function readCrl(bytes: Uint8Array, certificate: Certificate, issuer: Certificate, now: Date): Standing {
  const list = Asn1.read(bytes);
  const data = list.child(0);
  if (!isSigned(data.bytes, list.child(2).bits, list.child(1), issuer.publicKey.bytes)) {
    throw new Asn1Error("the signature is wrong");
  }
  const parts = data.children.filter((one) => one.tag !== 0x02);
  const [, name, from, next] = parts;
  if (!name || !from || Buffer.compare(name.bytes, issuer.subject.bytes) !== 0) throw new Asn1Error("another issuer");
  const dated = next && (next.tag === 0x17 || next.tag === 0x18);
  const early = from.time.getTime() > now.getTime() + TOLERANCE;
  if (early || !dated || next.time.getTime() < now.getTime() - TOLERANCE)
    throw new Asn1Error("the list is out of date");
  const extensions = (data.tagged(0)?.child(0).children ?? []).map((one) => one.child(0).oid);
  if (extensions.includes(DELTA) || extensions.includes(ISSUING_POINT)) throw new Asn1Error("the list is not complete");
  const revoked = parts.slice(4).find((one) => one.tag === 0x30)?.children ?? [];
  const entry = revoked.find((one) => Buffer.compare(one.child(0).bytes, certificate.serial.bytes) === 0);
  return entry ? { state: "revoked", since: entry.child(1).time } : { state: "good" };
}
