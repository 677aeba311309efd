import { describe, expect, test } from "vitest";
import { Source, spannedText } from "../../../src/core/source.ts";

describe("a source tells line and column as editors do", () => {
  test.each([
    ["the first character", "abc\ndef\n", 0, "1:1"],
    ["the line break belongs to the line it ends", "abc\ndef\n", 3, "1:4"],
    ["the first character of the second line", "abc\ndef\n", 4, "2:1"],
    ["after the last line break", "abc\ndef\n", 8, "3:1"],
    ["past the end", "abc\ndef\n", 99, "3:1"],
    ["before the beginning", "abc", -5, "1:1"],
    ["an empty file", "", 0, "1:1"],
    ["letters beyond ASCII are one column", "æøå ÆØÅ", 4, "1:5"],
    ["a character outside the first plane is two, as in editors", "🎉x", 2, "1:3"],
    ["Windows line ends", "abc\r\ndef", 5, "2:1"],
  ])("%s", (_name, text, offset, expected) => {
    const { line, column } = new Source("plan.md", text).place(offset);
    expect(`${line}:${column}`).toBe(expected);
  });
});

describe.each([
  ["a file with everything", "---\ntitel: Æ\n\n\tkrav: x\r\n🎉\n\r\nslut"],
  ["a file that ends with a line break", "a\n"],
  ["a file of line breaks", "\n\n\n"],
  ["an empty file", ""],
])("in %s", (_name, text) => {
  const source = new Source("plan.md", text);

  test("line and column lead back to the offset", () => {
    for (let offset = 0; offset <= text.length; offset++) {
      const { line, column } = source.place(offset);
      expect(source.lineStart(line) + column - 1).toBe(offset);
      expect(column).toBeGreaterThan(0);
      expect(source.lineText(line)).not.toMatch(/\n/);
    }
  });

  test("the lines together are the file", () => {
    const { line: last } = source.place(text.length);
    const lines = Array.from({ length: last }, (_none, index) => source.lineText(index + 1));
    expect(lines.join("\n")).toBe(text.replaceAll("\r\n", "\n"));
  });
});

test("a span covers its text, and never ends before it begins", () => {
  const source = new Source("plan.md", "titel: Resultatplan");
  expect(spannedText(source.span(7, 19))).toBe("Resultatplan");
  expect(spannedText(source.span(7))).toBe("");
  expect(source.span(7, 3).end).toBe(7);
});
