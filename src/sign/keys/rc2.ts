/**
 * RC2 (RFC 2268) in CBC mode, deciphering only: old .p12 files wrap their certificates, which are no secret, in RC2 with 40
 * bits, and node no longer has it.
 */
export function rc2Decipher(data: Uint8Array, key: Uint8Array, iv: Uint8Array, effectiveBits: number): Uint8Array {
  const words = expandKey(key, effectiveBits);
  const plain = Buffer.alloc(data.length);
  let previous = Buffer.from(iv);
  for (let at = 0; at + 8 <= data.length; at += 8) {
    const block = Buffer.from(data.subarray(at, at + 8));
    const clear = decipherBlock(block, words);
    for (let index = 0; index < 8; index++) plain[at + index] = (clear[index] ?? 0) ^ (previous[index] ?? 0);
    previous = block;
  }
  const padding = plain.at(-1) ?? 0;
  if (padding < 1 || padding > 8) throw new Error("wrong padding");
  return new Uint8Array(plain.subarray(0, plain.length - padding));
}

/** The digits of pi, permuted (RFC 2268, 2). */
const PI = Buffer.from(
  [
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2",
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82",
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626",
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7",
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec",
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731",
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9",
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad",
  ].join(""),
  "hex",
);

function expandKey(key: Uint8Array, effectiveBits: number): number[] {
  const bytes = Buffer.alloc(128);
  bytes.set(key);
  for (let index = key.length; index < 128; index++) {
    bytes[index] = PI[((bytes[index - 1] ?? 0) + (bytes[index - key.length] ?? 0)) & 255] ?? 0;
  }
  const effective = Math.ceil(effectiveBits / 8);
  const mask = 255 >> (8 * effective - effectiveBits);
  bytes[128 - effective] = PI[(bytes[128 - effective] ?? 0) & mask] ?? 0;
  for (let index = 127 - effective; index >= 0; index--) {
    bytes[index] = PI[(bytes[index + 1] ?? 0) ^ (bytes[index + effective] ?? 0)] ?? 0;
  }
  return Array.from({ length: 64 }, (_, index) => bytes.readUInt16LE(index * 2));
}

const rotations = [1, 2, 3, 5];

function decipherBlock(block: Buffer, key: readonly number[]): Buffer {
  const r = [0, 2, 4, 6].map((at) => block.readUInt16LE(at));
  const word = (index: number) => r[index & 3] ?? 0;
  let at = 63;
  for (let round = 15; round >= 0; round--) {
    for (let index = 3; index >= 0; index--) {
      const by = rotations[index] ?? 0;
      const turned = ((word(index) >>> by) | (word(index) << (16 - by))) & 0xffff;
      const mixed = (word(index + 3) & word(index + 2)) + (~word(index + 3) & word(index + 1));
      r[index] = (turned - (key[at--] ?? 0) - mixed) & 0xffff;
    }
    if (round !== 11 && round !== 5) continue;
    for (let index = 3; index >= 0; index--) r[index] = (word(index) - (key[word(index + 3) & 63] ?? 0)) & 0xffff;
  }
  const clear = Buffer.alloc(8);
  for (const [index, one] of r.entries()) clear.writeUInt16LE(one, index * 2);
  return clear;
}
