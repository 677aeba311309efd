import { BadDer } from "../der/der.ts";
import { type Certificate, readCertificate } from "../x509/certificate.ts";

/** The certificates in a file: any number in PEM, or one in DER. Throws `BadDer` when it holds none that can be read. */
export function readAnchors(bytes: Uint8Array): Certificate[] {
  const text = Buffer.from(bytes).toString("latin1");
  const blocks = [...text.matchAll(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g)];
  if (blocks.length === 0) {
    if (text.includes("-----BEGIN")) throw new BadDer("Filen har intet certifikat.");
    return [readCertificate(bytes)];
  }
  return blocks.map((block) => readCertificate(Buffer.from(block[1] ?? "", "base64")));
}
