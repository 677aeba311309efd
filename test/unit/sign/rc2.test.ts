import { expect, test } from "vitest";
import { rc2Decipher } from "../../../src/sign/keys/rc2.ts";

/** The examples of RFC 2268, 5, enciphered blocks of zeros or ones; CBC with an IV that makes the padding right. */
test.each([
  ["0000000000000000", 63, "0000000000000000", "ebb773f993278eff"],
  ["ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"],
  ["3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"],
  ["88", 64, "0000000000000000", "61a8a244adacccf0"],
  ["88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"],
  ["88bca90e90875a7f0f79c384627bafb2", 64, "0000000000000000", "1a807d272bbe5db1"],
  ["88bca90e90875a7f0f79c384627bafb2", 128, "0000000000000000", "2269552ab0f85ca6"],
])("key %s, %i bits", (key, bits, plain, cipher) => {
  const wanted = Buffer.from(plain, "hex");
  // The last byte becomes 1: one byte of padding.
  const iv = Buffer.alloc(8);
  iv[7] = (wanted[7] ?? 0) ^ 1;
  const found = rc2Decipher(Buffer.from(cipher, "hex"), Buffer.from(key, "hex"), iv, bits);
  expect(Buffer.from(found).toString("hex")).toBe(plain.slice(0, 14));
});
