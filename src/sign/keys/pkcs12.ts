import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  timingSafeEqual,
} from "node:crypto";
import { Failure } from "../../core/failure.ts";
import { Asn1, Asn1Error } from "../asn1/reader.ts";
import { Certificate } from "../pki/certificate.ts";
import { decipherWithPassphrase, derive, rounds } from "./password-encryption.ts";
import type { SigningKey } from "./signing-key.ts";
import { schemeFor } from "./strength.ts";

const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const KEY_BAG = "1.2.840.113549.1.12.10.1.1";
const SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
const CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";

const macDigests: Readonly<Record<string, readonly [name: string, length: number]>> = {
  "1.3.14.3.2.26": ["sha1", 20],
  "2.16.840.1.101.3.4.2.1": ["sha256", 32],
  "2.16.840.1.101.3.4.2.2": ["sha384", 48],
  "2.16.840.1.101.3.4.2.3": ["sha512", 64],
};

/** What a .p12 file holds, as far as signing needs it. */
interface Contents {
  readonly keys: KeyObject[];
  readonly certificates: Certificate[];
}

/**
 * Opens a .p12 or .pfx file (PKCS#12, RFC 7292).
 *
 * @param pss signs with RSASSA-PSS instead of PKCS#1 v1.5
 * @throws Failure `kodeord-forkert`, `p12-ulæselig`, or `nøgle-uegnet`.
 */
export function openPkcs12(bytes: Uint8Array, passphrase: string, pss: boolean): SigningKey {
  const { keys, certificates } = read(bytes, passphrase);
  const [key] = keys;
  const own = key && certificates.find((one) => belongs(one, key));
  if (!key || !own) throw unreadable("den har ikke både en nøgle og nøglens certifikat");
  const { scheme, digest } = schemeFor(own, pss);
  const padding = scheme === "rsa-pss" ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return {
    certificate: own,
    chain: certificates.filter((one) => one !== own),
    scheme,
    digest,
    async sign(data) {
      const how = scheme === "ecdsa" ? { key } : { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
      return new Uint8Array(sign(digest, data, how));
    },
  };
}

function read(bytes: Uint8Array, passphrase: string): Contents {
  try {
    const whole = Asn1.read(bytes);
    const safe = contentOf(whole.child(1)).octets;
    if (!isGenuine(whole.children[2], safe, passphrase)) throw wrongPassphrase();
    const contents: Contents = { keys: [], certificates: [] };
    for (const info of Asn1.read(safe).children) {
      for (const bag of Asn1.read(unwrapped(info, passphrase)).children) takeBag(bag, passphrase, contents);
    }
    return contents;
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    // The cause stays here: what a parser or a cipher says of a key file is nobody's business.
    throw unreadable(
      cause instanceof Asn1Error ? "den er ikke bygget som en PKCS#12-fil" : "dens indhold kan ikke åbnes",
    );
  }
}

function contentOf(info: Asn1): Asn1 {
  return info.child(1).child(0);
}

/** The MAC tells whether the pass phrase is right (RFC 7292, 5.1). A file without one tells by its padding. */
function isGenuine(mac: Asn1 | undefined, safe: Uint8Array, passphrase: string): boolean {
  if (!mac) return true;
  const expected = mac.child(0).child(1).octets;
  const [digest, length] = macDigests[mac.child(0).child(0).child(0).oid] ?? [];
  if (!digest || !length) throw new Asn1Error("the MAC's digest is not known");
  const count = mac.children[2] ? rounds(mac.child(2)) : 1;
  const key = derive(digest, passphrase, mac.child(1).octets, count, 3, length);
  const found = createHmac(digest, key).update(safe).digest();
  return found.length === expected.length && timingSafeEqual(found, expected);
}

function unwrapped(info: Asn1, passphrase: string): Uint8Array {
  const type = info.child(0).oid;
  if (type === DATA) return contentOf(info).octets;
  if (type !== ENCRYPTED_DATA) throw new Asn1Error(`content ${type}`);
  const encrypted = contentOf(info).child(1);
  const data = encrypted.tagged(0);
  if (!data) throw new Asn1Error("no content");
  return decipher(encrypted.child(1), data.octets, passphrase);
}

function takeBag(bag: Asn1, passphrase: string, contents: Contents): void {
  const type = bag.child(0).oid;
  const value = contentOf(bag);
  if (type === CERTIFICATE_BAG) {
    contents.certificates.push(new Certificate(new Uint8Array(value.child(1).child(0).octets)));
  } else if (type === KEY_BAG) {
    contents.keys.push(keyFrom(value.bytes));
  } else if (type === SHROUDED_KEY_BAG) {
    contents.keys.push(keyFrom(decipher(value.child(0), value.child(1).octets, passphrase)));
  }
}

function decipher(algorithm: Asn1, data: Uint8Array, passphrase: string): Uint8Array {
  try {
    return decipherWithPassphrase(algorithm, data, passphrase);
  } catch (cause) {
    throw cause instanceof Asn1Error ? cause : wrongPassphrase();
  }
}

function keyFrom(pkcs8: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
}

function belongs(certificate: Certificate, key: KeyObject): boolean {
  const own = createPublicKey(key).export({ format: "der", type: "spki" });
  const theirs = createPublicKey({ key: Buffer.from(certificate.publicKey.bytes), format: "der", type: "spki" });
  return Buffer.compare(own, theirs.export({ format: "der", type: "spki" })) === 0;
}

function wrongPassphrase(): Failure {
  return new Failure("signature", "kodeord-forkert", "Adgangskoden til nøglefilen er forkert.", {
    hint: "Prøv igen; der skelnes mellem store og små bogstaver.",
  });
}

function unreadable(why: string): Failure {
  return new Failure("signature", "p12-ulæselig", `Nøglefilen kan ikke bruges: ${why}.`, {
    hint: "Eksportér certifikatet igen som .p12 eller .pfx, med den private nøgle.",
  });
}
