import { attribute, ids, type SignedData } from "../cms/signed-data.ts";
import { BadDer, children, context, Fields, sequence } from "../der/der.ts";
import type { PdfState } from "../reader/document.ts";
import { decodeStream } from "../reader/filters.ts";
import { Malformed } from "../reader/limits.ts";
import { PdfStream } from "../reader/objects.ts";
import type { RevocationData } from "../trust/revocation.ts";
import { type Certificate, readCertificate } from "../x509/certificate.ts";

/** What a file brings along for its signatures. None of it is believed because it is there. */
export interface Material {
  readonly certificates: readonly Certificate[];
  readonly revocation: RevocationData;
}

/** How much of a kind is looked at. */
const MANY = 1000;

/** The document security store (ETSI EN 319 142-1, 5.4.2) of the newest revision. VRI only sorts the same data. */
export function securityStore(state: PdfState): Material {
  const store = state.dict(state.catalog, "DSS");
  const streams = (key: string) =>
    state
      .array(store, key)
      .slice(0, MANY)
      .flatMap((one) => {
        const stream = state.resolve(one);
        if (!(stream instanceof PdfStream)) return [];
        try {
          return [decodeStream(stream, state.budget)];
        } catch (cause) {
          if (cause instanceof Malformed) return [];
          throw cause;
        }
      });
  return {
    certificates: streams("Certs").flatMap(readable),
    revocation: { ocsp: streams("OCSPs"), crl: streams("CRLs") },
  };
}

/** What lies in a signature itself: certificates, lists, and Adobe's attribute (ISO 32000-2, 12.8.3.3.2). */
export function enclosed(data: SignedData): Material {
  const adobe = attribute(data.signer.signed, ids.adobeRevocation);
  const fields = new Fields(adobe ? sequence(adobe) : []);
  const list = (number: number) => {
    const found = fields.optional(context(number));
    return found ? sequence(children(found)[0]).map((one) => one.whole) : [];
  };
  const crl = list(0);
  const ocsp = list(1);
  return { certificates: data.certificates, revocation: { ocsp, crl: [...crl, ...data.revocationLists] } };
}

/** Several as one. */
export function together(materials: readonly Material[]): Material {
  return {
    certificates: materials.flatMap((one) => one.certificates),
    revocation: {
      ocsp: materials.flatMap((one) => one.revocation.ocsp),
      crl: materials.flatMap((one) => one.revocation.crl),
    },
  };
}

function readable(der: Uint8Array): Certificate[] {
  try {
    return [readCertificate(der)];
  } catch (cause) {
    if (cause instanceof BadDer) return [];
    throw cause;
  }
}
