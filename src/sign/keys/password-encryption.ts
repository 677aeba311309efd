import { createDecipheriv, createHash, pbkdf2Sync } from "node:crypto";
import { type Asn1, Asn1Error } from "../asn1/reader.ts";
import { rc2Decipher } from "./rc2.ts";

const PBES2 = "1.2.840.113549.1.5.13";

/** The digest that each pseudo-random function of PBKDF2 is made from (RFC 8018, B.1). */
const prfs: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.7": "sha1",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};

const ciphers: Readonly<Record<string, readonly [name: string, keyLength: number]>> = {
  "1.2.840.113549.3.7": ["des-ede3-cbc", 24],
  "2.16.840.1.101.3.4.1.2": ["aes-128-cbc", 16],
  "2.16.840.1.101.3.4.1.22": ["aes-192-cbc", 24],
  "2.16.840.1.101.3.4.1.42": ["aes-256-cbc", 32],
};

/** The encryptions of old PKCS#12 files (RFC 7292, appendix C): the length of the key in bytes. */
const legacy: Readonly<Record<string, readonly [name: string, keyLength: number]>> = {
  "1.2.840.113549.1.12.1.3": ["des-ede3-cbc", 24],
  "1.2.840.113549.1.12.1.4": ["des-ede-cbc", 16],
  "1.2.840.113549.1.12.1.5": ["rc2", 16],
  "1.2.840.113549.1.12.1.6": ["rc2", 5],
};

/** Nobody's file needs more rounds; a hostile one would keep us busy for hours. */
const MOST_ROUNDS = 10_000_000n;

/**
 * Deciphers what a pass phrase protects: PBES2 (RFC 8018) and the older ways of PKCS#12.
 *
 * @param algorithm the AlgorithmIdentifier
 * @throws Error for the wrong pass phrase; Asn1Error for a way that is not known.
 */
export function decipherWithPassphrase(algorithm: Asn1, data: Uint8Array, passphrase: string): Uint8Array {
  const name = algorithm.child(0).oid;
  const parameters = algorithm.child(1);
  if (name === PBES2) return pbes2(parameters, data, passphrase);
  const [cipher, length] = legacy[name] ?? [];
  if (!cipher || !length) throw new Asn1Error(`encryption ${name} is not known`);
  const salt = parameters.child(0).octets;
  const count = rounds(parameters.child(1));
  const key = derive("sha1", passphrase, salt, count, 1, length);
  const iv = derive("sha1", passphrase, salt, count, 2, 8);
  if (cipher === "rc2") return rc2Decipher(data, key, iv, length * 8);
  return decipher(cipher, key, iv, data);
}

/** The key derivation of PKCS#12 (RFC 7292, appendix B.2). `id` is 1 for a key, 2 for an IV and 3 for a MAC. */
export function derive(
  digest: string,
  passphrase: string,
  salt: Uint8Array,
  count: number,
  id: 1 | 2 | 3,
  length: number,
): Uint8Array {
  const block = digest === "sha384" || digest === "sha512" ? 128 : 64;
  const input = Buffer.concat([filled(salt, block), filled(Buffer.from(`${passphrase}\0`, "utf16le").swap16(), block)]);
  const made: Buffer[] = [];
  for (let have = 0; have < length; have += made.at(-1)?.length ?? 0) {
    let hash = createHash(digest).update(Buffer.alloc(block, id)).update(input).digest();
    for (let round = 1; round < count; round++) hash = createHash(digest).update(hash).digest();
    made.push(hash);
    const more = filled(hash, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addOne(input.subarray(at, at + block), more);
  }
  return Buffer.concat(made).subarray(0, length);
}

/** A count of rounds that is small enough to be honest. */
export function rounds(value: Asn1): number {
  const count = value.integer;
  if (count < 1n || count > MOST_ROUNDS) throw new Asn1Error(`${count} rounds`);
  return Number(count);
}

function pbes2(parameters: Asn1, data: Uint8Array, passphrase: string): Uint8Array {
  const [salt, count, ...more] = parameters.child(0).child(1).children;
  const encryption = parameters.child(1);
  const [cipher, length] = ciphers[encryption.child(0).oid] ?? [];
  const prf = more.find((one) => one.tag === 0x30);
  const digest = prf ? prfs[prf.child(0).oid] : "sha1";
  if (!salt || !count || !cipher || !length || !digest) throw new Asn1Error("encryption is not known");
  const key = pbkdf2Sync(passphrase, salt.octets, rounds(count), length, digest);
  return decipher(cipher, key, encryption.child(1).octets, data);
}

function decipher(cipher: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  // node knows two-key triple DES by three keys only.
  const full = cipher === "des-ede-cbc" ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  const machine = createDecipheriv(cipher === "des-ede-cbc" ? "des-ede3-cbc" : cipher, full, iv);
  return new Uint8Array(Buffer.concat([machine.update(data), machine.final()]));
}

function filled(bytes: Uint8Array, block: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
}

/** target = target + more + 1, as numbers. */
function addOne(target: Buffer, more: Buffer): void {
  let carry = 1;
  for (let at = target.length - 1; at >= 0; at--) {
    carry += (target[at] ?? 0) + (more[at] ?? 0);
    target[at] = carry & 255;
    carry >>= 8;
  }
}
