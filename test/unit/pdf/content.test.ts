import { PDFRef } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { Content } from "../../../src/pdf/finish/content.ts";
import type { Font } from "../../../src/pdf/finish/fonts.ts";
import type { Resources } from "../../../src/pdf/finish/interpreter.ts";
import type { Mark } from "../../../src/pdf/finish/marks.ts";
import { rewritten } from "../../../src/pdf/finish/rewrite.ts";

/** Every character is its own code and half as wide as high. */
const font = { text: (shown: string) => shown, width: (shown: string) => 500 * shown.length, space: "<20>" } as Font;
const resources: Resources = {
  font: () => font,
  hasMarks: (name) => name === "Marked",
  corners: () => [
    [0, 0],
    [1, 1],
  ],
};

function contentOf(text: string, used: Resources = resources): Content {
  return new Content(PDFRef.of(1), 0, new TextEncoder().encode(text), used);
}

function written(content: Content): string {
  return new TextDecoder().decode(rewritten(content));
}

/** Rewrites with one thing decided about the mark 0. */
function rewrittenWith(text: string, decide: (mark: Mark) => void, used?: Resources): string {
  const content = contentOf(text, used);
  const mark = content.marks.get(0);
  if (!mark) throw new Error("no mark 0");
  decide(mark);
  return written(content);
}

describe("where text stands", () => {
  test("follows the matrices of page, text and line", () => {
    const content = contentOf(
      "2 0 0 -2 0 800 cm q 1 0 0 1 10 20 cm /P<</MCID 0>>BDC BT /F 12 Tf 1 0 0 -1 5 6 Tm (ab) Tj 7 0 Td (c) Tj ET EMC Q",
    );
    const shown = content.marks.get(0)?.shown;
    expect(shown?.text).toBe("abc");
    expect(shown?.first).toMatchObject({ from: [30, 748], to: [54, 748], size: 24 });
    expect(shown?.last).toMatchObject({ from: [44, 748], to: [56, 748] });
  });

  test("runs on from string to string, and by the numbers between them", () => {
    const content = contentOf("/P<</MCID 0>>BDC BT /F 10 Tf (ab) Tj [(c) -1000 (d)] TJ ET EMC");
    expect(content.marks.get(0)?.shown?.last).toMatchObject({ from: [10, 0], to: [30, 0] });
  });
});

describe("what says only what glyphs mean, within a text object,", () => {
  const meaning = "/Span<</ActualText(x)>>BDC (b) Tj EMC";

  test("leaves them to the mark around it", () => {
    const content = contentOf(`/P<</MCID 0>>BDC BT /F 10 Tf (a) Tj ${meaning} (c) Tj ET EMC`);
    expect(content.marks.get(0)?.shown?.text).toBe("abc");
    expect(content.loose).toEqual([]);
  });

  test("leaves loose text loose, to be set aside as a whole", () => {
    const content = contentOf(`BT /F 10 Tf (a) Tj ${meaning} ET`);
    expect(content.loose.map(({ shown }) => shown?.text)).toEqual(["ab"]);
    expect(written(content)).toMatch(/^\/Artifact.* BT .*EMC ET EMC\s*$/s);
  });

  test("may not be a mark", () => {
    expect(() => contentOf("BT /P<</MCID 0>>BDC (a) Tj EMC ET")).toThrow("within a text object");
  });
});

test("a figure takes up what is painted in it, not what clips", () => {
  const content = contentOf(
    "2 0 0 2 0 0 cm /Figure<</MCID 0>>BDC 0 0 900 900 re W n 1 2 3 4 re f 9 9 m 8 8 7 7 6 6 c S q 10 0 0 5 20 30 cm /X1 Do Q EMC",
  );
  expect(content.marks.get(0)?.bounds).toEqual([2, 4, 60, 70]);
});

describe("what is in no marked content becomes an artifact", () => {
  const cases: readonly (readonly [what: string, content: string, expected: string])[] = [
    [
      "a path, from where its construction begins",
      "1 0 0 rg 0 0 m 1 1 l 2 2 re f",
      "1 0 0 rg /Artifact BMC 0 0 m 1 1 l 2 2 re f EMC",
    ],
    ["not a path that only clips", "0 0 9 9 re W* n", "0 0 9 9 re W* n"],
    ["neighbours as one", "0 0 1 1 re f 1 g 2 2 1 1 re f", "/Artifact BMC 0 0 1 1 re f 1 g 2 2 1 1 re f EMC"],
    [
      "not across a q or Q",
      "0 0 1 1 re f q 2 2 1 1 re f Q",
      "/Artifact BMC 0 0 1 1 re f EMC q /Artifact BMC 2 2 1 1 re f EMC Q",
    ],
    ["an image", "q /X1 Do Q", "q /Artifact BMC /X1 Do EMC Q"],
    ["not a form that has marked content of its own", "/Marked Do", "/Marked Do"],
    ["a text object", "BT /F 9 Tf (1) Tj ET", "/Artifact BMC BT /F 9 Tf (1) Tj ET EMC"],
    ["nothing that is an artifact already", "/Artifact BMC 0 0 1 1 re f EMC", "/Artifact BMC 0 0 1 1 re f EMC"],
    ["not marked content", "/P <</MCID 0>>BDC 0 0 1 1 re f EMC", "/Span <</MCID 0>>BDC 0 0 1 1 re f EMC"],
  ];
  test.each(cases)("%s", (_what, content, expected) => {
    expect(written(contentOf(content))).toBe(expected);
  });
});

describe("a mark", () => {
  const text = "/P <</MCID 0 >>BDC BT /F 9 Tf (ord) Tj ET EMC";

  test("gets the name of its element", () => {
    expect(rewrittenWith(text, (mark) => Object.assign(mark, { tag: "TH" }))).toBe(
      text.replace("/P <</MCID 0 >>", "/TH <</MCID 0>>"),
    );
  });

  test("becomes an artifact", () => {
    expect(rewrittenWith(text, (mark) => Object.assign(mark, { artifact: true }))).toContain("/Artifact BMC BT");
  });

  test("says what it stands for", () => {
    const softened = rewrittenWith(text, (mark) => Object.assign(mark, { actualText: "\u00AD" }));
    expect(softened).toContain("/Span <</MCID 0/ActualText <FEFF00AD>>>BDC BT");
  });

  test("ends in a space of its font", () => {
    expect(rewrittenWith(text, (mark) => Object.assign(mark, { spaceAfter: true }))).toContain("(ord) Tj <20> Tj ET");
  });

  test("says the space where its font has none", () => {
    const poor = { ...font, text: font.text, width: font.width, space: undefined } as Font;
    const spaced = rewrittenWith(text, (mark) => Object.assign(mark, { spaceAfter: true }), {
      ...resources,
      font: () => poor,
    });
    expect(spaced).toContain("/Span <</ActualText <FEFF006F007200640020>>>BDC (ord) Tj EMC ET");
  });
});
