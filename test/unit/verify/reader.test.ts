import { describe, expect, test } from "vitest";
import { BadDer, readDer } from "../../../src/verify/der/der.ts";
import { sameObject } from "../../../src/verify/reader/equal.ts";
import { decodeStream } from "../../../src/verify/reader/filters.ts";
import { Budget, Malformed } from "../../../src/verify/reader/limits.ts";
import { PdfDict, PdfName, PdfStream } from "../../../src/verify/reader/objects.ts";
import { readRevisions } from "../../../src/verify/reader/revisions.ts";
import { Scanner } from "../../../src/verify/reader/scanner.ts";
import { signedFile } from "../../support/signed-files.ts";
import { update } from "../../support/tamper.ts";

const object = (text: string) => new Scanner(Buffer.from(text, "latin1"), 0, new Budget()).object();

describe("objects", () => {
  test.each([
    ["(a\\(b\\)\\101\\\n c)", "<61286229412063>"],
    ["(a(b)c)", "<6128622963>"],
    ["<6>", "<60>"],
    ["/A#42", "/AB"],
    ["[1 2.50 -.5]", "[ 1 2.5 -0.5 ]"],
    ["<</A 1/B 2>>", "<< /B 2 /A 1 >>"],
    ["<</A null>>", "<<>>"],
    ["7 0 R", "7 % comment\n0 R".replace("% comment\n", "")],
  ])("%s is %s", (a, b) => expect(sameObject(object(a), object(b))).toBe(true));

  test.each([
    ["(a)", "(b)"],
    ["1 0 R", "2 0 R"],
    ["[1 2]", "[1]"],
    ["/A", "(A)"],
    ["<</A 1>>", "<</A 1/B 2>>"],
  ])("%s is not %s", (a, b) => expect(sameObject(object(a), object(b))).toBe(false));

  test.each(["(", "<4", "<4x>", "[1", "<</A>>", "<</A 1", "--1", "1e9", "endobj", "}", ""])("»%s« is none", (text) =>
    expect(() => object(text)).toThrow(Malformed),
  );
});

test("a stream of no bytes is empty, whatever it says it is packed with", () => {
  const packed = new PdfDict(new Map([["Filter", new PdfName("FlateDecode")]]), [], 0, 0);
  const decoded = (bytes: Uint8Array) => decodeStream(new PdfStream(packed, bytes), new Budget());
  expect(decoded(new Uint8Array())).toEqual(new Uint8Array());
  expect(() => decoded(Uint8Array.of(1))).toThrow(Malformed);
});

describe("revisions", () => {
  test("each is known by its end, and by the objects that were written in it", () => {
    const plain = signedFile("usigneret");
    const twice = update(update(plain, { objects: { 7: "null", 30: "1" } }), { freed: [30], objects: { 6: "null" } });
    const { all, last, end } = readRevisions(twice, new Budget());
    expect(all.map((one) => one.end)[0]).toBe(plain.length);
    expect(all.map((one) => one.objects).slice(1)).toEqual([
      [7, 30],
      [6, 30],
    ]);
    expect([last.number, end]).toEqual([3, twice.length]);
    expect(all.map((one) => one.state.object(30))).toEqual([null, 1, null]);
  });

  test("the two tables of a linearised file are one revision", () => {
    expect(readRevisions(signedFile("lineariseret"), new Budget()).all.length).toBe(4);
  });
});

describe("DER", () => {
  const read = (hex: string) => readDer(Buffer.from(hex, "hex"));

  test("indefinite length, in each other", () => {
    const { element, rest } = read("30803080020101000000000500");
    expect([Buffer.from(element.content).toString("hex"), Buffer.from(rest).toString("hex")]).toEqual([
      "30800201010000",
      "0500",
    ]);
  });

  test.each([
    ["a length longer than it need be", "30810102"],
    ["a length with zeros before it", "3082000102"],
    ["a length beyond the end", "300502"],
    ["an indefinite length without an end", "3080020101"],
    ["an indefinite length for what has no parts", "04800000"],
    ["indefinite lengths without end in each other", "3080".repeat(1000)],
    ["nothing", ""],
  ])("%s", (_name, hex) => expect(() => read(hex)).toThrow(BadDer));
});
