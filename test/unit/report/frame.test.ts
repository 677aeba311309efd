import { describe, expect, test } from "vitest";
import { error } from "../../../src/core/diagnostic.ts";
import { Source } from "../../../src/core/source.ts";
import { frame } from "../../../src/report/frame.ts";

const plain = (_style: string, text: string) => text;

/** The frame of what stands between ‹ and › in a text. */
function framed(marked: string): { head: string; line: string; carets: string; hint: string | undefined } {
  const start = marked.indexOf("‹");
  const end = marked.indexOf("›") - 1;
  const source = new Source("plan.md", marked.replace(/[‹›]/g, ""));
  const [head = "", line = "", carets = "", hint] = frame(
    error("kode", source.span(start, end), "Her er noget galt.", "Ret det."),
    plain,
  ).split("\n");
  return { head, line, carets, hint };
}

/** What stands in the line above the carets. */
function underlined({ line, carets }: { line: string; carets: string }): string {
  return line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1);
}

test("a diagnostic with its line, a caret and a hint", () => {
  expect(framed("titel: Plan\nperiode: { ‹frag›: 2022 }\n")).toEqual({
    head: "plan.md:2:12: fejl: Her er noget galt. [kode]",
    line: "  2 | periode: { frag: 2022 }",
    carets: "    |            ^^^^",
    hint: "      Ret det.",
  });
});

describe("the carets stand under the text", () => {
  test.each([
    ["at the beginning of the line", "‹titel›: Plan", "titel"],
    ["at its end", "titel: ‹Plan›", "Plan"],
    ["after letters beyond ASCII", "årsag: Ærø og ‹Ålborg›", "Ålborg"],
    ["on a line with a number of two digits", `${"\n".repeat(11)}titel: ‹Plan›`, "Plan"],
    ["in a line of 400 characters", `${"lang tekst ".repeat(20)}‹fejlen› ${"mere tekst ".repeat(20)}`, "fejlen"],
    ["at the beginning of such a line", `‹fejlen› ${"mere tekst ".repeat(40)}`, "fejlen"],
    ["at the end of such a line", `${"lang tekst ".repeat(40)}‹fejlen›`, "fejlen"],
    ["with Windows line ends", "titel: ‹Plan›\r\nnæste", "Plan"],
  ])("%s", (_name, marked, expected) => {
    expect(underlined(framed(marked))).toBe(expected);
  });

  test("after tabs, which stand in the line of the carets too", () => {
    const { line, carets } = framed("\t- a\t‹fejlen›");
    expect(line.slice(6)).toBe("\t- a\tfejlen");
    expect(carets.slice(6)).toBe("\t   \t^^^^^^");
  });

  test("at the end of the file there is one, after the text", () => {
    expect(framed("titel: Plan\nslut‹›").carets).toBe("    |     ^");
  });

  test("in an empty file there is one", () => {
    expect(framed("‹›")).toMatchObject({ line: "  1 | ", carets: "    | ^" });
  });

  test("of several lines, only the first is underlined", () => {
    expect(underlined(framed("a ‹bc\nde› f"))).toBe("bc");
  });
});

test("no line of a frame is wider than a window", () => {
  const long = "ord ".repeat(500);
  for (let at = 0; at < 2000; at += 97) {
    const { line, carets } = framed(`${long.slice(0, at)}‹${long.slice(at, at + 150)}›${long.slice(at + 150)}`);
    expect(line.length).toBeLessThanOrEqual(106);
    expect(carets.length).toBeLessThanOrEqual(line.length);
  }
});

test("what a terminal would obey is shown as a mark, one column wide", () => {
  const shown = framed("før\u001B[2J \u202Eefter ‹fejlen›");
  expect(shown.line).toBe("  1 | før\uFFFD[2J \uFFFDefter fejlen");
  expect(underlined(shown)).toBe("fejlen");
});
