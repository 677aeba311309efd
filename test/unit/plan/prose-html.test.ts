import { describe, expect, test } from "vitest";
import { Source } from "../../../src/core/source.ts";
import { passageOf } from "../../../src/plan/passage.ts";
import { placeholderNames, placeholderValues } from "../../../src/plan/placeholders.ts";
import { parseText, type TextForm } from "../../../src/plan/prose.ts";
import { proseHtml, proseText } from "../../../src/plan/prose-html.ts";
import { soundPlan } from "../../support/plan-text.ts";

const values = placeholderValues(soundPlan({}));

function parsed(text: string, form: TextForm) {
  const source = new Source("plan.md", text);
  return parseText(passageOf(source.span(0, text.length)), form);
}

function html(text: string, form: TextForm = "block"): string {
  const { prose } = parsed(text, form);
  return proseHtml(prose, { values, imageAddress: (path) => `https://plan.invalid/${path}` }).replace(/\n(?=<)/g, "");
}

describe("Markdown becomes HTML", () => {
  test.each([
    ["a paragraph", "Vi er enige.", "<p>Vi er enige.</p>"],
    ["two paragraphs", "Et.\n\nTo.", "<p>Et.</p><p>To.</p>"],
    ["a line break is a space", "Vi er\nenige.", "<p>Vi er enige.</p>"],
    ["a backslash at the end of a line is a line break", "Vi er\\\nenige.", "<p>Vi er<br>enige.</p>"],
    ["two spaces at the end of a line too", "Vi er  \nenige.", "<p>Vi er<br>enige.</p>"],
    ["italics", "*vigtigt*", "<p><em>vigtigt</em></p>"],
    ["bold", "**vigtigt**", "<p><strong>vigtigt</strong></p>"],
    ["a list", "- en\n- to", "<ul><li>en</li><li>to</li></ul>"],
    ["a list with air", "- en\n\n- to", "<ul><li><p>en</p></li><li><p>to</p></li></ul>"],
    ["a numbered list", "1. en\n2. to", "<ol><li>en</li><li>to</li></ol>"],
    ["a numbered list that begins later", "3. tre", '<ol start="3"><li>tre</li></ol>'],
    ["a list in a list", "- en\n  - to", "<ul><li>en<ul><li>to</li></ul></li></ul>"],
    ["a quotation", "> ord", "<blockquote><p>ord</p></blockquote>"],
    ["a link", "[her](https://oes.dk)", '<p><a href="https://oes.dk">her</a></p>'],
    ["a link with signs", "[her](https://oes.dk?a=1&b=%22)", '<p><a href="https://oes.dk?a=1&amp;b=%22">her</a></p>'],
    ["a picture", "![Figur](figur.png)", '<p><img src="https://plan.invalid/figur.png" alt="Figur"></p>'],
    [
      "a picture whose words have signs",
      '![a"<b](f.png)',
      '<p><img src="https://plan.invalid/f.png" alt="a&quot;&lt;b"></p>',
    ],
    ["a fraction with a sign of its own", "$\\frac{3}{4}$ tæller", "<p>¾ tæller</p>"],
    ["a fraction whose sign the fonts lack", "$\\frac{1}{3}$", '<p><span class="hold">1/3</span></p>'],
    ["a fraction without one", "$\\frac{1}{7}$ tæller", '<p><span class="hold">1/7</span> tæller</p>'],
    ["a placeholder", "For {{år}}.", "<p>For 2022.</p>"],
    ["a placeholder with spaces", "For {{ år }}.", "<p>For 2022.</p>"],
    ["a placeholder in bold", "**{{institution_kort}}**", "<p><strong>Eksempelstyrelsen</strong></p>"],
    ["a placeholder that is held together", "{{fra}}", '<p><span class="hold">1. januar</span> 2022</p>'],
    ["signs", "R&D: 5 < 7 > 3", "<p>R&amp;D: 5 &lt; 7 &gt; 3</p>"],
    ["an escaped star", "2\\*3\\*4", "<p>2*3*4</p>"],
    ["an escaped list", "1\\. januar", '<p><span class="hold">1. januar</span></p>'],
  ])("%s", (_name, text, expected) => {
    expect(html(text)).toBe(expected);
  });

  test("a table's heads belong to their columns", () => {
    const table = html("| År | Tal |\n| --- | ---: |\n| 2022 | 5 pct. |");
    expect(table.match(/scope="col"/g)?.length).toBe(2);
    expect(table).toContain('<span class="hold">5 pct.</span></td>');
    expect(table.match(/<t[hd][ >]/g)?.length).toBe(4);
  });
});

describe("what is no Markdown in a plan is printed as it was typed", () => {
  test.each([
    ["program text", "`kode` og ```", "<p>`kode` og ```</p>"],
    ["an indented line", "    rykket ind", "<p>rykket ind</p>"],
    ["a line like a footnote", "[note]: ord", "<p>[note]: ord</p>"],
    ["words in square brackets", "[x] og [y][z]", "<p>[x] og [y][z]</p>"],
    ["a line of equals signs", "ord\n===", "<p>ord ===</p>"],
    ["an address without brackets", "https://oes.dk", "<p>https://oes.dk</p>"],
    ["three full stops and straight quotation marks", '"ja" ... (c)', "<p>&quot;ja&quot; ... (c)</p>"],
    ["a fraction that is none", "$x$ og \\frac{1}{2}", "<p>$x$ og \\frac{1}{2}</p>"],
  ])("%s", (_name, text, expected) => {
    expect(html(text)).toBe(expected);
  });

  test.each(["-", " - ", "–", "*", "+"])("%j alone is no list", (sign) => {
    expect(html(sign)).toBe(sign.trim());
  });

  test("HTML, should it come this far", () => {
    expect(html("a <b>x</b>")).toBe("<p>a &lt;b&gt;x&lt;/b&gt;</p>");
    expect(html("<script>x</script>")).toBe("&lt;script&gt;x&lt;/script&gt;");
    expect(html("a&nbsp;b")).toBe("<p>a&amp;nbsp;b</p>");
  });
});

describe("a text of one line", () => {
  test("has no paragraph", () => expect(html("**Ny** vejledning", "inline")).toBe("<strong>Ny</strong> vejledning"));
  test("is no list", () => expect(html("1. kvartal", "inline")).toBe('<span class="hold">1. kvartal</span>'));
  test("is no heading", () => expect(html("# 2", "inline")).toBe("# 2"));
});

describe("the words without their markup", () => {
  test.each([
    ["**Ny** [vejledning](https://oes.dk) for {{år}}", "Ny vejledning for 2022"],
    ["Tæller $\\frac{3}{4}$", "Tæller 3/4"],
    ["{{ukendt}} står", "{{ukendt}} står"],
  ])("%s", (text, expected) => {
    expect(proseText(parsed(text, "inline").prose, values)).toBe(expected);
  });
});

describe("placeholders", () => {
  const grouped = soundPlan(
    {
      grupper: `
  - nøgle: a
    navn: A
    mål: [{ nr: 1, titel: Ét, mål: Ét. }, { nr: 2, titel: To, mål: To., tæller: nej }]
  - nøgle: b
    navn: B
    mål: [{ nr: 1, titel: Tre, mål: Tre. }]`,
      periode: "{ fra: 2013-07-01, til: 2016-12-31 }",
    },
    ':::mål gruppe="a"\n:::\n\n:::mål gruppe="b"\n:::\n\n:::underskrifter\n:::\n',
  );

  test("what each stands for; goals that do not count are not counted", () => {
    expect(placeholderValues(grouped)).toEqual({
      antal_mål: "2",
      antal_mål_ord: "to",
      vægt: "100/2",
      år: "2013-2016",
      fra: "1. juli 2013",
      til: "31. december 2016",
      titel: "Resultatplan 2022",
      institution: "Styrelsen for Eksempler",
      institution_kort: "Eksempelstyrelsen",
      ministerium: "Eksempelministeriet",
    });
  });

  test("each can be written in a text", () => {
    const text = placeholderNames.map((name) => `{{${name}}}`).join(" ");
    expect(parsed(text, "block").diagnostics).toEqual([]);
    expect(html(text)).not.toContain("{");
  });

  test("a name with signs is not read as HTML", () => {
    const sharp = placeholderValues(soundPlan({ ministerium: '"<b>Ministeriet</b>"' }));
    expect(proseHtml(parsed("{{ministerium}}", "inline").prose, { values: sharp, imageAddress: String })).toBe(
      "&lt;b&gt;Ministeriet&lt;/b&gt;",
    );
  });
});
