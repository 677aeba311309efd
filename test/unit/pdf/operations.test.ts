import { describe, expect, test } from "vitest";
import { Name, type Operand, readOperations } from "../../../src/pdf/finish/operations.ts";

interface Operation {
  readonly operator: string;
  readonly operands: readonly Operand[];
  /** The bytes that the operation takes up. */
  readonly written: string;
}

function operationsOf(text: string): Operation[] {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const found: Operation[] = [];
  readOperations(bytes, (operator, operands, start, end) => {
    found.push({ operator, operands: [...operands], written: text.slice(start, end) });
  });
  return found;
}

/** The only operand of the only operation. */
function operand(text: string): Operand | undefined {
  return operationsOf(`${text} op`)[0]?.operands[0];
}

describe("the values of ISO 32000-1, 7.3", () => {
  const cases: readonly (readonly [written: string, value: Operand])[] = [
    ["0", 0],
    ["+17", 17],
    ["-98", -98],
    ["34.5", 34.5],
    ["-.002", -0.002],
    ["4.", 4],
    [".23999999", 0.23999999],
    ["true", true],
    ["false", false],
    ["null", null],
    ["(a string)", "a string"],
    ["()", ""],
    ["(with (pairs (of) parentheses) in it)", "with (pairs (of) parentheses) in it"],
    ["(\\(one\\) \\\\ \\n\\r\\t\\b\\f)", "(one) \\ \n\r\t\b\f"],
    ["(two\\\nlines)", "twolines"],
    ["(two\\\r\nlines)", "twolines"],
    ["(\\0053\\53\\053\\400)", "\u00053++\u0000"],
    ["(% no comment)", "% no comment"],
    ["<4E6f 76\n20>", "Nov "],
    ["<901FA>", "\u0090\u001f\u00a0"],
    ["<>", ""],
    ["[1 (two) /three [4]]", [1, "two", new Name("three"), [4]]],
    ["/Name1", new Name("Name1")],
    ["/A;Name_With-Various***Characters?", new Name("A;Name_With-Various***Characters?")],
    ["/Lime#20Green", new Name("Lime Green")],
    ["/", new Name("")],
    [
      "<</MCID 3 /Sub<</Deep [true null]>>/S/Header>>",
      new Map<string, Operand>([
        ["MCID", 3],
        ["Sub", new Map<string, Operand>([["Deep", [true, null]]])],
        ["S", new Name("Header")],
      ]),
    ],
  ];
  test.each(cases)("%s", (written, value) => {
    expect(operand(written)).toEqual(value);
  });
});

describe("operations", () => {
  test("are given with their operands and the bytes that they take up", () => {
    const content = "q\n.24 0 0 -.24 0 841.92 cm\n/P <</MCID 0>>BDC\nBT/F4 12 Tf<0106>Tj ET\nEMC%end\nQ";
    expect(operationsOf(content).map(({ written }) => written)).toEqual([
      "q",
      ".24 0 0 -.24 0 841.92 cm",
      "/P <</MCID 0>>BDC",
      "BT",
      "/F4 12 Tf",
      "<0106>Tj",
      "ET",
      "EMC",
      "Q",
    ]);
  });

  test("may be named by a quotation mark or hold a star", () => {
    expect(operationsOf("(a)' 1 2 (b)\" W* n T*").map(({ operator }) => operator)).toEqual(["'", '"', "W*", "n", "T*"]);
  });

  test("that are an inline image end at its EI, whatever its bytes are", () => {
    const image = "BI /W 2 /H 1 ID \u00ff EIx (\u0000 <<] EI";
    expect(operationsOf(`${image}\nQ`).map(({ written }) => written)).toEqual([image, "Q"]);
  });

  test("are none in an empty stream, nor in one of comments", () => {
    expect(operationsOf("")).toEqual([]);
    expect(operationsOf("  % nothing\n")).toEqual([]);
  });
});

describe("what is no content stream is refused", () => {
  test.each([
    "(open",
    "<00",
    "<0g> Tj",
    "<0/> Tj",
    "[1 2",
    "<</A 1",
    "1 2",
    "1.2.3 cm",
    "BI /W 1 ID abc",
    ") Tj",
    "--5 w",
    "5-3 w",
  ])("%s", (content) => {
    expect(() => operationsOf(content)).toThrow();
  });
});
