import { describe, expect, test } from "vitest";
import { decimalText } from "../../../src/core/decimal.ts";
import { Source } from "../../../src/core/source.ts";
import { parseResults } from "../../../src/results/load.ts";
import { parsePay } from "../../../src/results/pay/load.ts";
import { computedPercent, isAmountUnrounded, paidAmount, paidPercent } from "../../../src/results/pay/pay.ts";
import { soundPlan } from "../../support/plan-text.ts";

const goals = "[{ nr: 1, titel: Vejledning, mål: Den udgives. }, { nr: 2, titel: Møder, mål: De holdes. }]";
const results = `---
mål:
  1: { vurdering: opfyldt, begrundelse: Udgivet. }
  2: { vurdering: ikke opfyldt, begrundelse: Aflyst. }
---

:::mål 2
Mødet blev aflyst.
:::
`;

/** The calculation that a file says, for a plan of two goals of which one is met; the fulfilment is 50 per cent. */
function parsed(lines: string, { method = "binær", pay = "{ bestyrelsen: 3/4, målene: 1/4 }" } = {}) {
  const plan = soundPlan({ mål: goals, opgørelse: `{ metode: ${method} }`, resultatløn: pay });
  const assessment = parseResults(new Source("resultater.md", results), plan).value;
  if (!assessment) throw new Error("the results are sound");
  return parsePay(new Source("resultatloen.md", `---\n${lines}\n---\n`), assessment);
}

describe("pay is computed exactly", () => {
  test.each([
    // 3/4 of 80 and 1/4 of 50: 60 + 12,5.
    ["the plan's parts", "grundlag: { bestyrelsen: { pct: 80 }, målene: målopfyldelse }", "72,5 72,5 72500"],
    [
      "a third does not end",
      'grundlag: { bestyrelsen: { pct: "33,3" }, målene: målopfyldelse }',
      "37,475 37,475 37475",
    ],
    [
      "the permanent secretary's judgement stands in place of it",
      "grundlag: { bestyrelsen: { pct: 80 }, målene: målopfyldelse }\nskøn: { pct: 0, begrundelse: Bortfalder. }",
      "72,5 0 0",
    ],
  ])("%s", (_name, lines, expected) => {
    const { value, diagnostics } = parsed(`modtager: Anne Jensen\nmaksimum: 100.000\n${lines}`);
    expect(diagnostics).toEqual([]);
    if (!value) throw new Error("a calculation");
    const numbers = [computedPercent(value), paidPercent(value), paidAmount(value)];
    expect(numbers.map((one) => (one ? decimalText(one) : "none")).join(" ")).toBe(expected);
  });

  test.each([
    ["33.333", "24166"],
    ["20.000", "14500"],
    // 72,5 per cent of 2 kr. is 1,45 kr.; of 1,38 kr. it is 1,0005 kr.
    ["2", "1"],
    ["0", "0"],
  ])("72,5 pct. af %s kr. er %s kr. i hele kroner", (maximum, expected) => {
    const lines = `modtager: A\nmaksimum: ${maximum}\ngrundlag: { bestyrelsen: { pct: 80 }, målene: målopfyldelse }`;
    const { value } = parsed(lines);
    expect(value && paidAmount(value)?.toString()).toBe(expected);
  });
});

describe("a reader who reckons with the per cent that are shown", () => {
  test.each([
    // 3/4 of 33,3 and 1/4 of 50 is 37,475; 37,5 is shown, which is 37.500 kr.
    ["gets another amount", "maksimum: 100.000", "33,3", "", true],
    ["gets the same in whole kroner", "maksimum: 2", "33,3", "", false],
    ["is shown all of it", "maksimum: 100.000", "80", "", false],
    ["has no amount to reckon", "", "33,3", "", false],
    ["is shown all that was judged", "maksimum: 100.000", "80", 'skøn: { pct: "80,55" }', false],
    [
      "has nothing to do with what a judgement stands in place of",
      "maksimum: 100.000",
      "33,3",
      "skøn: { pct: 80 }",
      false,
    ],
  ])("%s", (_name, maximum, percent, discretion, expected) => {
    const ground = `grundlag: { bestyrelsen: { pct: "${percent}" }, målene: målopfyldelse }`;
    const { value } = parsed(["modtager: A", maximum, ground, discretion].filter(Boolean).join("\n"));
    expect(value && isAmountUnrounded(value)).toBe(expected);
  });
});

describe("what is wrong is told at its place", () => {
  const whole = "modtager: A\ngrundlag: { bestyrelsen: { pct: 80 }, målene: målopfyldelse }";
  const cases: readonly [name: string, lines: string, expected: string, more?: { method?: string; pay?: string }][] = [
    ["nothing", whole, ""],
    [
      "a ground that the plan does not have",
      whole.replace("bestyrelsen", "bestyrelse"),
      "3:13 ukendt-grundlag Planens resultatløn har intet grundlag »bestyrelse«. Mente du »bestyrelsen«?",
    ],
    [
      "a ground that is missing",
      "modtager: A\ngrundlag: { målene: målopfyldelse }",
      "3:1 grundlag-mangler Grundlaget »bestyrelsen« mangler. Skriv bestyrelsen: under grundlag:.",
    ],
    [
      "more than 100 per cent",
      whole.replace("80", "101"),
      "3:33 forkert-værdi »pct« skal være et tal fra 0 til 100, uden »pct.«; her står »101«.",
    ],
    [
      "a plan without pay",
      whole,
      "3:1 resultatløn Planen har ingen resultatløn. Skriv resultatløn: i plan.md med hvert grundlags del.",
      { pay: "" },
    ],
    [
      "levels that make no per cent",
      whole,
      "3:47 målopfyldelse-uden-tal Planens metode giver ingen målopfyldelse i procent. Skriv pct: og begrundelse: i stedet.",
      { method: "tretrin" },
    ],
  ];
  test.each(cases)("%s", (_name, lines, expected, more) => {
    const said = parsed(lines, more).diagnostics.map(({ code, message, hint, span }) => {
      const { line, column } = span.source.place(span.start);
      return `${line}:${column} ${code} ${message}${hint ? ` ${hint}` : ""}`;
    });
    expect(said.join("\n")).toBe(expected);
  });
});
