import { describe, expect, test } from "vitest";
import { Asn1, Asn1Error } from "../../../src/sign/asn1/reader.ts";
import { integer, octets, oid, sequence, setOf, tagged, unsigned, value } from "../../../src/sign/asn1/writer.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

describe("DER is written as X.690 has it", () => {
  test.each([
    ["0", integer(0), "020100"],
    ["128 has a leading zero", integer(128), "02020080"],
    ["leading zeros are left out", unsigned(bytes("000001")), "020101"],
    ["an object identifier", oid("1.2.840.113549.1.7.2"), "06092a864886f70d010702"],
    ["a set is in order", setOf(integer(3), integer(1)), "3106020101020103"],
    ["a long length", octets(new Uint8Array(200)).subarray(0, 3), "0481c8"],
    ["a longer one", octets(new Uint8Array(300)).subarray(0, 4), "0482012c"],
    ["an explicit tag", tagged(0, integer(1)), "a003020101"],
  ])("%s", (_, written, expected) => expect(hex(written)).toBe(expected));
});

describe("DER is read", () => {
  test("numbers, names and times", () => {
    const read = Asn1.read(
      sequence(integer(300), oid("2.16.840.1.101.3.4.2.1"), value(0x17, Buffer.from("260101120000Z"))),
    );
    expect(read.child(0).integer).toBe(300n);
    expect(read.child(1).oid).toBe("2.16.840.1.101.3.4.2.1");
    expect(read.child(2).time.toISOString()).toBe("2026-01-01T12:00:00.000Z");
  });

  test("lengths that are indefinite, and strings in pieces", () => {
    const read = Asn1.read(bytes("3080248004020102040103000000 00".replaceAll(" ", "")));
    expect(hex(read.child(0).octets)).toBe("010203");
  });

  test.each([
    ["nothing", ""],
    ["a tag alone", "30"],
    ["cut off", "30050201"],
    ["bytes after", "02010100"],
    ["a length without end", `3084ffffffff`],
    ["no end of contents", "3080020101"],
    ["a long tag", "3f8101020101"],
    ["nested without end", "3080".repeat(100)],
  ])("not: %s", (_, text) => expect(() => Asn1.read(bytes(text))).toThrow(Asn1Error));
});
