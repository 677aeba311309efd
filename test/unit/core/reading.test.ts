import { describe, expect, test } from "vitest";
import { decodeSource } from "../../../src/core/reading.ts";

const read = (bytes: Uint8Array | string) => {
  const { value, diagnostics } = decodeSource("plan.md", typeof bytes === "string" ? Buffer.from(bytes) : bytes);
  const said = diagnostics.map((one) => {
    const { line, column } = one.span.source.place(one.span.start);
    return `${line}:${column} ${one.code}`;
  });
  return { text: value?.text, said };
};

describe("a file becomes a text", () => {
  test("æøå and all", () => expect(read("æøå ÆØÅ €")).toEqual({ text: "æøå ÆØÅ €", said: [] }));
  test("a byte order mark is passed over", () => expect(read("\uFEFFtitel").text).toBe("titel"));
  test("tabs and both line ends are kept", () => expect(read("a\tb\r\nc\n").text).toBe("a\tb\r\nc\n"));
  test("1 000 000 bytes are not too many", () => expect(read("x".repeat(1_000_000)).said).toEqual([]));
  test("one more is", () => expect(read("x".repeat(1_000_001)).said).toEqual(["1:1 fil-for-stor"]));
});

describe("the place of the first byte that is not UTF-8", () => {
  const good = Buffer.from("titel: Mål\ninstitution: ");
  test.each([
    ["an ø as Windows had it", [0xf8]],
    ["a byte that continues nothing", [0x80]],
    ["half of a pair", [0xed, 0xa0, 0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["a plane that is not there", [0xf5, 0x80, 0x80, 0x80]],
    ["a character cut short", [0xe2, 0x82]],
  ])("%s", (_name, bytes) => {
    expect(read(Buffer.concat([good, Buffer.from(bytes)])).said).toEqual(["2:14 ikke-utf-8"]);
    if (bytes.length < 2) return;
    expect(read(Buffer.concat([good, Buffer.from(bytes), Buffer.from(" mere")])).said).toEqual(["2:14 ikke-utf-8"]);
  });
});

describe("characters that nobody sees", () => {
  test.each([
    "\u0000",
    "\u001B",
    "\u007F",
    "\u0085",
    "\u00AD",
    "\u200B",
    "\u200D",
    "\u202E",
    "\u2028",
    "\u2066",
    "\uFEFF",
  ])("%j", (character) => {
    expect(read(`linje\nto${character}tre`)).toEqual({ text: undefined, said: ["2:3 styretegn"] });
  });

  test.each(["\t", " ", "\u00A0", "\u2011", "é", "½", "–"])("%j is not one of them", (character) => {
    expect(read(`en${character}to`).said).toEqual([]);
  });

  test("twenty are told", () => expect(read("\u00AD".repeat(30)).said.length).toBe(20));
});
