import { describe, expect, test } from "vitest";
import { Source, type Span, spannedText } from "../../../src/core/source.ts";
import { type FrontMatter, type Path, readFrontMatter } from "../../../src/plan/front-matter.ts";

function read(data: string): FrontMatter {
  const { value, diagnostics } = readFrontMatter(new Source("plan.md", `---\n${data}\n---\n\nTekst.\n`));
  if (!value) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  return value;
}

const place = ({ source, start }: Span) => {
  const { line, column } = source.place(start);
  return `${line}:${column}`;
};

describe("every value is the text that was typed", () => {
  test.each([
    ["a number that ends in 0", "nr: 1.10", "1.10"],
    ["a word that other readers take for false", "nr: nej", "nej"],
    ["another", "nr: no", "no"],
    ["nothing in their eyes", "nr: null", "null"],
    ["a day", "nr: 2022-01-01", "2022-01-01"],
    ["a number with a zero before it", "nr: 007", "007"],
    ["a time", "nr: 12:30", "12:30"],
    ["nothing at all", "nr:", ""],
    ["an empty quotation", 'nr: ""', ""],
    ["a hyphen in quotation marks", 'nr: "-"', "-"],
    ["single quotation marks", "nr: 'det''s'", "det's"],
  ])("%s", (_name, line, expected) => {
    expect(read(line).data).toEqual({ nr: expected });
  });
});

describe("the place of a value", () => {
  const front = read(`titel: Resultatplan
institution: { navn: "Styrelsen", kort: S }
mål:
  - nr: 1.1
    titel: Ét
  - nr: 1.2
    måltal: { 2021: 4, 2022: "5,5" }
    tom:`);

  test.each<[Path, string, string]>([
    [["titel"], "2:8", "Resultatplan"],
    [["institution", "navn"], "3:22", '"Styrelsen"'],
    [["institution", "kort"], "3:41", "S"],
    [["mål", 0, "nr"], "5:9", "1.1"],
    [["mål", 1, "nr"], "7:9", "1.2"],
    [["mål", 1, "måltal", "2022"], "8:30", '"5,5"'],
    [["mål", 1, "tom"], "9:9", ""],
  ])("%j", (path, at, text) => {
    expect([place(front.spanOf(path)), spannedText(front.spanOf(path))]).toEqual([at, text]);
  });

  test.each<[string, Path, string]>([
    ["of its parent", ["mål", 0, "findes-ikke"], "5:5"],
    ["of its parent's parent", ["mål", 0, "delmål", 3, "titel"], "5:5"],
    ["of the map it should be in", ["institution", "cvr"], "3:14"],
    ["of the data where it has no parent", ["periode", "fra"], "2:1"],
  ])("a value that is missing has the place %s", (_name, path, at) => {
    const span = front.spanOf(path);
    expect([place(span), spannedText(span)]).toEqual([at, ""]);
  });

  test.each<[Path, string, string]>([
    [["titel"], "2:1", "titel"],
    [["mål", 1, "måltal", "2022"], "8:24", "2022"],
    [["mål", 1, "tom"], "9:5", "tom"],
  ])("the key of %j", (path, at, text) => {
    expect([place(front.keySpan(path)), spannedText(front.keySpan(path))]).toEqual([at, text]);
  });

  test("a key that is not there has the place of its parent", () => {
    expect(place(front.keySpan(["mål", 0, "frist"]))).toBe("5:5");
  });
});

describe("a word in a text is found in the file, however the text is written", () => {
  const ways: readonly (readonly [name: string, data: string])[] = [
    ["on the line", "tekst: Styrelsen udgiver en ny vejledning"],
    ["in double quotation marks", 'tekst: "Styrelsen udgiver en ny vejledning"'],
    ["in single quotation marks", "tekst: 'Styrelsen udgiver en ny vejledning'"],
    ["in braces", "x: { y: 1 }\ntekst:   Styrelsen udgiver en ny vejledning"],
    ["over two lines", "tekst: Styrelsen udgiver\n  en ny vejledning"],
    ["over two lines in quotation marks", 'tekst: "Styrelsen udgiver\n  en ny vejledning"'],
    ["over three lines with an empty one", "tekst: Styrelsen udgiver\n\n  en ny\n  vejledning"],
    ["as a block", "tekst: |\n  Styrelsen udgiver\n  en ny vejledning"],
    ["as a block with points", "tekst: |\n  Styrelsen udgiver:\n\n  - en ny\n    vejledning"],
    ["as a block moved in by four", "tekst: |\n      Styrelsen udgiver\n      en ny vejledning"],
    ["as a block without its last line break", "tekst: |-\n  Styrelsen udgiver\n  en ny vejledning"],
    ["as a block with a remark", "tekst: | # udkast\n  Styrelsen udgiver\n  en ny vejledning"],
    ["as a folded block", "tekst: >\n  Styrelsen udgiver\n  en ny\n\n  vejledning"],
    ["as a folded block without its last line break", "tekst: >-\n  Styrelsen udgiver\n  en ny vejledning"],
  ];

  test.each(ways)("%s", (_name, data) => {
    const front = read(data);
    const text = (front.data as { tekst: string }).tekst;
    const offsetAt = front.offsetsOf(["tekst"]);
    for (const { index, 0: word } of text.matchAll(/\p{L}+/gu)) {
      const start = offsetAt(index);
      expect(front.source.text.slice(start, offsetAt(index + word.length))).toBe(word);
    }
  });

  test.each(ways)("%s, with Windows line ends", (_name, data) => {
    const front = read(data.replaceAll("\n", "\r\n"));
    const text = (front.data as { tekst: string }).tekst;
    const start = front.offsetsOf(["tekst"])(text.indexOf("vejledning"));
    expect(front.source.text.slice(start, start + 10)).toBe("vejledning");
  });

  test("in a text with escapes, every word leads to the beginning or to itself", () => {
    const front = read('tekst: "Styrelsen\\nudgiver \\u0065n vejledning"');
    const text = (front.data as { tekst: string }).tekst;
    expect(text).toBe("Styrelsen\nudgiver en vejledning");
    expect(place(front.source.span(front.offsetsOf(["tekst"])(text.indexOf("vejledning"))))).toBe("2:9");
  });
});

test("the text begins after the line that ends the data, whatever the line ends", () => {
  for (const text of ["---\na: 1\n---\n\nTekst", "---\r\na: 1\r\n---\r\n\r\nTekst", "--- \na: 1\n---\t\n\nTekst"]) {
    const { body } = readFrontMatter(new Source("plan.md", text));
    expect(body && spannedText(body).trim()).toBe("Tekst");
  }
});

describe("nesting that the reader cannot follow is told, and ends nothing", () => {
  test.each([
    ["in a text", `titel: x ${"a: ".repeat(60_000)}`],
    ["on a line", "a: ".repeat(60_000)],
    ["over lines", `titel: x ${"a:\n  b: ".repeat(20_000)}`],
  ])("%s", (_name, data) => {
    const { value, diagnostics } = readFrontMatter(new Source("plan.md", `---\n${data}\n---\n`));
    expect(value).toBeUndefined();
    expect(["ulæseligt", "for-dybt"]).toContain(diagnostics[0]?.code);
  });
});
