import { describe, expect, test } from "vitest";
import { escapeHtml, typeset } from "../../../src/plan/typography.ts";

/** What is held together, in brackets. */
const held = (text: string) => typeset(text).replace(/<span class="hold">(.*?)<\/span>/g, "[$1]");

describe("held together on one line", () => {
  test.each([
    "Afvigelsen er højst [+/- 1,0 mio. kr.] i året.",
    "Afvigelsen er [+- 5,0 mio. kr.]",
    "Underskud på [-3,5 mia. kr.] og [−2 mio. kr.]",
    "[1.000.000,5 kr.] eller [5 pct.] af bevillingen",
    "Afvigelsen er [± 2] og [+/-3].",
    "Se [nr. 12], [stk. 2], [§ 4] og [§§ 4].",
    "Planen har [mål 1.1] og [Mål 2] i [tabel 3].",
    "[Delmål a] og [delmål b]",
    "Den [1. januar] 2022, efter [2. kvartal] og i [1. halvår].",
    "[udgiftsopfølgning 2] følger",
    "[d. 27/11] - 2017",
  ])("%s", (marked) => {
    expect(held(marked.replace(/[[\]]/g, ""))).toBe(marked);
  });
});

describe("not held together", () => {
  test.each([
    "I 2022 er der 4 mål.",
    "Resultatmål 3 er formål 4.",
    "Delmålene er opfyldt.",
    "Der er 10 januarmøder og 2. januarsalg.",
    "Det anslås til mange pct.",
    "Punkt 3. Kvartalet er slut.",
    "delmål alle",
  ])("%s", (text) => {
    expect(held(text)).toBe(escapeHtml(text));
  });
});

test("the words stay as they were typed: without the tags, the text is the same", () => {
  const text = 'Højst +/- 1,0 mio. kr. (5 pct.) d. 6/12-2017, jf. nr. 2 & § 3 <b>"mål 1"</b>';
  const plain = typeset(text)
    .replace(/<\/?span[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  expect(plain).toBe(text);
});

describe("nothing typed becomes HTML", () => {
  test.each([
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ['" onload="x', "&quot; onload=&quot;x"],
    ["R&D &amp;", "R&amp;D &amp;amp;"],
    ["<5 pct.>", '&lt;<span class="hold">5 pct.</span>&gt;'],
  ])("%s", (text, html) => {
    expect(typeset(text)).toBe(html);
  });
});

test("a number of a million digits takes no time to speak of", () => {
  const start = performance.now();
  typeset("1".repeat(1_000_000));
  expect(performance.now() - start).toBeLessThan(1000);
});
