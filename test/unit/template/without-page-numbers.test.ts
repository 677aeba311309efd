import { expect, test } from "vitest";
import type { HtmlDocument } from "../../../src/core/states.ts";
import { withoutPageNumbers } from "../../../src/template/without-page-numbers.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function documentWith(html: string, css = ""): HtmlDocument {
  const assets = new Map([
    ["stil.css", { contentType: "text/css; charset=utf-8", bytes: bytes(css) }],
    ["tegn.svg", { contentType: "image/svg+xml", bytes: bytes(css) }],
  ]);
  return { base: "https://skabelon.invalid/x/", html, assets, fontFamilies: [], title: "" };
}

/** A stylesheet without its page numbers. */
function without(css: string): string {
  return Buffer.from(withoutPageNumbers(documentWith("", css)).assets.get("stil.css")?.bytes ?? []).toString();
}

test.each([
  ['{ content: "Side " counter(page) " af " counter(pages); }', "{ content: none; }"],
  ['{content:"Side " counter(page)}', "{content:none}"],
  ['{ content: counter(page, upper-roman) " / " counter( pages ); color: red }', "{ content: none; color: red }"],
  ['{ content: "Side; " counter(page) "} \\" "; }', "{ content: none; }"],
  ['{ content: "Side " counter(page) "\\A" "Dokument-id" " 7"; }', '{ content: "Dokument-id" " 7"; }'],
  ['{ content: "Plan" "\\a" counter(page) "\\A " "Udkast"; }', '{ content: "Plan" "\\A" "Udkast"; }'],
  ["{ content: 'Side ' counter(page); }", "{ content: none; }"],
])("a line that counts pages is left out: %s", (css, expected) => {
  expect(without(`@page { @bottom-right ${css} }`)).toBe(`@page { @bottom-right ${expected} }`);
});

test.each([
  '@page { @top-left { content: "Plan  ·  BE" "\\A" "2024"; } }',
  '.maal::before { content: counter(pagesaver) " "; }',
  "p { justify-content: center } /* content: the form's */ q { content: none }",
])("all else stays as it is: %s", (css) => {
  expect(without(css)).toBe(css);
});

test("an apostrophe in a comment swallows no rule", () => {
  const css = (value: string) =>
    `/* content: the form's */\n@page { @top-left { content: ${value}; } } /* the reader's */`;
  expect(without(css("counter(page)"))).toBe(css("none"));
});

test("the page's own styles are read, and nothing but styles", () => {
  const text = "<p>content: counter(page);</p>";
  const style = (value: string) => `<style>@page { @bottom-left { content: ${value}; } }</style>`;
  const number = 'counter(page) "."';
  expect(withoutPageNumbers(documentWith(`${style(number)}${text}${style(number)}`)).html).toBe(
    `${style("none")}${text}${style("none")}`,
  );
  const drawing = "{ content: counter(page); }";
  const { assets } = withoutPageNumbers(documentWith("", drawing));
  expect(Buffer.from(assets.get("tegn.svg")?.bytes ?? []).toString()).toBe(drawing);
});
