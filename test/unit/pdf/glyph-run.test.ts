import fc from "fast-check";
import { PDFContext, type PDFDict, PDFRef } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { Content } from "../../../src/pdf/finish/content.ts";
import { Font } from "../../../src/pdf/finish/fonts.ts";
import type { Resources } from "../../../src/pdf/finish/interpreter.ts";
import { rewritten } from "../../../src/pdf/finish/rewrite.ts";

/** A font whose first glyph says a character. */
function fontOf(bytes: 1 | 2, first = "0020"): Font {
  const cmap = `1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0040> <${first}> endbfrange`;
  const context = PDFContext.create();
  const descendant = { Type: "Font", Subtype: "CIDFontType2", DW: 700, W: [1, [250, 333.5, 410]] };
  const composite = { Subtype: "Type0", DescendantFonts: [descendant] };
  const simple = { Subtype: "Type3", FirstChar: 1, Widths: [250, 333.5, 410] };
  const dictionary = context.obj({
    Type: "Font",
    ...(bytes === 2 ? composite : simple),
    ToUnicode: context.stream(cmap),
  });
  return new Font(dictionary as PDFDict);
}

function read(text: string, font: Font): Content {
  const resources: Resources = { font: () => font, hasMarks: () => false, corners: () => [] };
  return new Content(PDFRef.of(1), 0, Buffer.from(text, "latin1"), resources);
}

/** What a stream shows and where, without where that is written. */
function shown({ marks, loose }: Content): unknown {
  const bare = (one: { start: number; end: number } | undefined) => one && { ...one, start: 0, end: 0 };
  return [...[...marks.values()], ...loose].map(({ shown }) =>
    shown ? { text: shown.text, first: bare(shown.first), last: bare(shown.last) } : undefined,
  );
}

const number = fc.oneof(
  fc.integer({ min: -9, max: 900 }).map(String),
  fc.stringMatching(/^-?[0-9]{0,4}\.[0-9]{1,8}$/),
  fc.stringMatching(/^-?[0-9]{1,4}\.$/),
);
const glyph = fc.tuple(number, number, fc.integer({ min: 0, max: 70 }));
const line = fc.tuple(number, number, fc.array(glyph, { minLength: 1, maxLength: 12 }));
const marked = fc.array(line, { minLength: 1, maxLength: 4 });

test.each([1, 2] as const)(
  "glyphs that are set one by one, with codes of %i bytes, are read as any others",
  (bytes) => {
    const font = fontOf(bytes);
    const hex = (code: number) => `<${code.toString(16).padStart(2 * bytes, "0")}>`;
    fc.assert(
      fc.property(fc.array(marked, { minLength: 1, maxLength: 4 }), fc.boolean(), (marks, loose) => {
        /** The same stream, with other white space where a browser has one space. */
        const written = (space: string) =>
          marks
            .map((lines, id) => {
              const texts = lines.map(([x, y, glyphs]) => {
                const runs = glyphs.map(([dx, dy, code]) => `${dx} ${dy}${space}Td ${hex(code)} Tj`);
                return `BT\n/F1 11.33 Tf\n1 0 0 -1 ${x} ${y} Tm\n${hex(1)} Tj\n${runs.join("\n")}\nET\n`;
              });
              const all = texts.join("");
              return loose ? all : `/P <</MCID ${id} >>BDC\n${all}EMC\n`;
            })
            .join("");
        const [fast, slow] = [" ", "  "].map((space) => read(`.24 0 0 -.24 0 842 cm\n${written(space)}`, font));
        expect(fast && shown(fast)).toEqual(slow && shown(slow));
      }),
      { seed: 20261121, numRuns: 300 },
    );
  },
);

test("where a glyph's operation is written is told", () => {
  const text = "/P <</MCID 0 >>BDC\nBT\n/F1 10 Tf\n<0001> Tj\n7.5 0 Td <0002> Tj\n-.5 2 Td <0003> Tj\nET\nEMC\n";
  const last = read(text, fontOf(2)).marks.get(0)?.shown?.last;
  expect(last && text.slice(last.start, last.end)).toBe("<0003> Tj");
  expect(last).toMatchObject({ from: [7, 2], text: expect.stringMatching(/"$/) });
});

test.each([
  ["another operator", "1 0 Td <0002> TJ"],
  ["no number", "1 - Td <0002> Tj"],
  ["a point without digits", ". 0 Td <0002> Tj"],
  ["a digit too few", "1 0 Td <002> Tj"],
  ["no digit", "1 0 Td <00g2> Tj"],
  ["a comment", "1 0 Td <0002> Tj%"],
  ["another order", "1 0 TD <0002> Tj"],
])("what goes on with %s is left to the general reader", (_what, operation) => {
  const tell = (text: string) => {
    try {
      return shown(read(text, fontOf(2)));
    } catch (cause) {
      return String(cause);
    }
  };
  const stream = (gap: string) => `/P <</MCID 0 >>BDC\nBT\n/F1 10 Tf\n<0001> Tj${gap}${operation}\nET\nEMC\n`;
  expect(String(JSON.stringify(tell(stream("\n")))).replace(/\d+/g, "")).toBe(
    String(JSON.stringify(tell(stream("\n\n")))).replace(/\d+/g, ""),
  );
});

/** A text object in a mark, with a run of glyphs. */
const stream = (operations: string, font = "/F1 11.33 Tf") =>
  `/P <</MCID 0 >>BDC\nBT\n${font}\n1 0 0 -1 20 30 Tm\n${operations}\nET\nEMC\n`;
const shownBy = (text: string, font = fontOf(2)) => Buffer.from(rewritten(read(text, font))).toString("latin1");

describe("a run of glyphs on one line", () => {
  test("becomes one operation, with the kerning as numbers", () => {
    // 250 and 333.5 thousandths wide: the second stands half a unit closer, the third where the width says.
    const run = "<0001> Tj\n2 0 Td <0002> Tj\n3.335 0 Td <0003> Tj";
    expect(shownBy(stream(run, "/F1 10 Tf"))).toContain("\n[<0001>50<00020003>]TJ\nET");
  });

  test("says the same in the same places", () => {
    const places = fc.array(fc.tuple(fc.double({ min: -20, max: 40, noNaN: true }), fc.integer({ min: 1, max: 64 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(places, fc.double({ min: 4, max: 60, noNaN: true }), (glyphs, size) => {
        const hex = (code: number) => `<${code.toString(16).padStart(4, "0")}>`;
        const run = glyphs.map(([x, code]) => `${x.toFixed(7)} 0 Td ${hex(code)} Tj`);
        const before = stream(["<0001> Tj", ...run].join("\n"), `/F1 ${size.toFixed(6)} Tf`);
        const after = shownBy(before);
        expect(after).not.toContain("Td");
        const [was, is] = [before, after].map((text) => read(text, fontOf(2)).marks.get(0)?.shown);
        expect(is?.text).toBe(was?.text);
        const off = Math.abs((is?.last.to[0] ?? Number.NaN) - (was?.last.to[0] ?? Number.NaN));
        expect(off).toBeLessThan((0.51 * size) / 1000);
        expect(is?.last.to[1]).toBe(was?.last.to[1]);
      }),
      { seed: 20261121, numRuns: 200 },
    );
  });

  test.each([
    ["goes up or down", "<0001> Tj\n2 1 Td <0002> Tj"],
    ["is not the first of its line", "<0001> Tj\n<0001> Tj\n2 0 Td <0002> Tj"],
    ["is followed by something that counts from it", "<0001> Tj\n2 0 Td <0002> Tj\n2 0 TD <0002> Tj"],
    ["has its letters spread", "1 Tc\n<0001> Tj\n2 0 Td <0002> Tj"],
    ["has its words spread", "1 Tw\n<0001> Tj\n2 0 Td <0002> Tj"],
    ["is stretched", "90 Tz\n<0001> Tj\n2 0 Td <0002> Tj"],
  ])("and that %s is left as it is", (_what, run) => {
    expect(shownBy(stream(run))).toContain(run);
  });

  test("in a font whose widths count in another unit is left as it is", () => {
    expect(shownBy(stream("<01> Tj\n2 0 Td <02> Tj"), fontOf(1))).toContain("<01> Tj\n2 0 Td <02> Tj");
  });

  describe("beside two others", () => {
    const run = "<0001> Tj\n2 0 Td <0002> Tj";
    const text = [0, 1, 2].map((id) => stream(run).replace("/MCID 0", `/MCID ${id}`)).join("");

    test("that something is to be changed in is left as it is, and its neighbours are not", () => {
      const content = read(text, fontOf(2, "0041"));
      const mark = content.marks.get(1);
      if (!mark) throw new Error("no mark 1");
      mark.spaceAfter = true;
      const after = Buffer.from(rewritten(content)).toString("latin1");
      expect(after.match(/\]TJ/g)).toHaveLength(2);
      expect(after).toContain(
        `1 0 0 -1 20 30 Tm\n${run.replace("<0002>", "/Span <</ActualText <FEFF00420020>>>BDC <0002>")} EMC`,
      );
    });

    test("that leaves the page goes whole, and its neighbours stay", () => {
      const content = read(text, fontOf(2));
      const mark = content.marks.get(1);
      if (!mark) throw new Error("no mark 1");
      mark.removed = true;
      const after = Buffer.from(rewritten(content)).toString("latin1");
      expect(after.match(/\]TJ/g)).toHaveLength(2);
      expect(after).toContain("/Artifact BMC\nBT\n/F1 11.33 Tf\n1 0 0 -1 20 30 Tm\n\nET");
    });
  });

  test("that leaves the page loses its strings alone where it cannot be joined", () => {
    const content = read(stream("<0001> Tj\n2 0 Td <0002> Tj\n3 0 Td"), fontOf(2));
    const mark = content.marks.get(0);
    if (!mark) throw new Error("no mark 0");
    mark.removed = true;
    expect(Buffer.from(rewritten(content)).toString("latin1")).toContain("20 30 Tm\n\n2 0 Td \n3 0 Td\nET");
  });
});
