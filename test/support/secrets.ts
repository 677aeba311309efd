import { createPrivateKey } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Something that must not be found, and what it is called. */
export interface Secret {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A pass phrase as it may stand in a file: as text, as Java and PKCS#12 write text, in hexadecimal, in base64. */
export function secretsOfText(name: string, text: string): Secret[] {
  const utf16 = Buffer.from(text, "utf16le");
  const forms = [Buffer.from(text), utf16, Buffer.from(utf16).swap16()];
  return forms.flatMap((bytes, index) => inAllForms(`${name} ${index + 1}`, bytes));
}

/** A private key in all the ways that it may stand in a file, DER and PEM among them: each of its secret numbers. */
export function secretsOfKey(name: string, pem: string | Buffer): Secret[] {
  const key = createPrivateKey(pem);
  const numbers = key.export({ format: "jwk" });
  const secret = ["d", "p", "q", "dp", "dq", "qi"] as const;
  return secret.flatMap((one) => {
    const number = numbers[one];
    return number === undefined ? [] : inAllForms(`${name} ${one}`, Buffer.from(number, "base64url").subarray(2, 32));
  });
}

/** As it is, in hexadecimal, and in base64 wherever it begins. */
function inAllForms(name: string, bytes: Buffer): Secret[] {
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return text.slice(4, -4);
  });
  const texts = [hex, hex.toUpperCase(), ...base64];
  return [{ name, bytes }, ...texts.map((text) => ({ name: `${name} as text`, bytes: Buffer.from(text, "latin1") }))];
}

/** The secrets that stand in some bytes, by name. */
export function secretsIn(bytes: Uint8Array, secrets: readonly Secret[]): string[] {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // PEM and other texts are broken into lines.
  const unbroken = Buffer.from(content.toString("latin1").replace(/\s/g, ""), "latin1");
  const stands = ({ bytes }: Secret) => content.includes(bytes) || unbroken.includes(bytes);
  return secrets.filter(stands).map(({ name }) => name);
}

/** Every file under a folder that holds a secret, with what it holds. */
export async function secretsUnder(folder: string, secrets: readonly Secret[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const names = secretsIn(await readFile(join(entry.parentPath, entry.name)), secrets);
    if (names.length > 0) found.push(`${entry.name}: ${names.join(", ")}`);
  }
  return found;
}
