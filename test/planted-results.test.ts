import { expect, test } from "vitest";
import type { Plan } from "../src/plan/plan.ts";
import { type Mistake, mistakeOf, unmarked } from "./support/marked.ts";
import { soundPlan } from "./support/plan-text.ts";
import { parsed } from "./support/results-text.ts";

/** What was agreed: two goals that are judged, two that are measured, one of milestones, and one that was given up. */
const plan: Plan = soundPlan({
  mål: `
  - { nr: 1.1, titel: Ny vejledning, mål: Styrelsen udgiver en ny vejledning. }
  - { nr: 1.2, titel: Nyt sagssystem, mål: Systemet er i drift. }
  - nr: 2.1
    titel: Bedre budgettering
    delmål:
      - { nr: a, enhed: mio. kr., kriterium: { afvigelse_højst: "1,0" } }
      - { nr: b, enhed: mio. kr., kriterium: { afvigelse_højst: "0,5" } }
  - nr: 2.2
    titel: Lavere sygefravær
    enhed: dage
    kriterium: { en_af: [{ højst_reference: Statens gennemsnit }, { fald: { pct: 5, fra: 2021 } }] }
  - nr: 2.3
    titel: Kortere ventetid
    enhed: dage
    kriterium: { højst: 30 }
  - nr: 3.1
    titel: Digital post
    milepæle: [{ tekst: Udbud., frist: 2022-03-31 }, { tekst: Drift., frist: 2022-10-31 }]
  - { nr: 3.2, titel: Fælles kantine, mål: Kantinen åbner. }
  - { nr: 3.3, titel: Flere kurser, mål: Mindst tre kurser. }`,
});

/**
 * Results as a secretariat writes them in a hurry. Behind »«« on a line stands the mistake that is made in it; the test
 * takes the marks out and expects these mistakes, there, and nothing else, in one run.
 */
const resultsWithMistakes = `---
årsrapport: { afsnit: "2.4", første_tabel: 4 }
ændringer:
  - { dato: 2022-05-02, mål: 3.2, tekst: Målet om en fælles kantine udgik. }
mål:
  1.1:
    vurdering: opfyldt                                          «begrundelse-mangler opfyldt
  1.2:
    vurdering: ikke opfyldt
    begrundelse: Leverandøren blev forsinket.
  2.1:
    vurdering: opfyldt                                          «vurdering-modsagt opfyldt
    delmål:
      a: { resultat: "1,3 mio. kr." }
      b: { resultat: "0,4 mio. kr." }
  2.2:
    resultat: 8,2 dage
    referencer: { Statens gennemsnitt: "8,4" }                  «ukendt-reference Statens gennemsnitt
    tidligere: { 2021: "9,0" }
  2.3:
    resultat: 4 uger                                            «enhed-afviger 4 uger
  3.1:
    milepæle:
      1: { dato: 31. marts 2022 }                               «forkert-værdi 31. marts 2022
      3: { dato: 2022-10-31 }                                   «ukendt-milepæl 3
  3.2:
    vurdering: udgået
  3.4:                                                          «ukendt-mål 3.4
    vurdering: delvist opfyldt
    begrundelse: To af tre kurser er holdt.
---

Der er {{antal_mål}} mål i planen for {{aar}}.                  «ukendt-pladsholder {{aar}}

:::mål 1.3                                                      «ukendt-mål :::mål 1.3
Systemet blev først leveret i november og tages i brug i 2023.
:::

:::mål 2.1
Afvigelsen skyldes to ubesatte stillinger.
:::

## Øvrige forhold                                               «overskrift ## Øvrige forhold
`;

function mistakesIn(text: string): Mistake[] {
  return parsed(plan, text).diagnostics.map(mistakeOf);
}

test("every mistake is told at its place in one run, and nothing follows from another", () => {
  const { text, mistakes } = unmarked(resultsWithMistakes);
  expect(mistakes.length).toBe(10);
  expect(mistakesIn(text)).toEqual(mistakes);
});

test("with Windows line ends the places are the same", () => {
  const { text, mistakes } = unmarked(resultsWithMistakes);
  expect(mistakesIn(text.replaceAll("\n", "\r\n"))).toEqual(mistakes);
});

test("every mistake is told when it is the only one", () => {
  const { text, mistakes } = unmarked(resultsWithMistakes);
  const right = new Map([
    [":::mål 1.3", ":::mål 1.2"],
    ["Statens gennemsnitt", "Statens gennemsnit"],
    ["4 uger", "28 dage"],
    ["31. marts 2022", "2022-03-31"],
    ["3", "2"],
    ["3.4", "3.3"],
    ["{{aar}}", "{{år}}"],
    ["## Øvrige forhold", ""],
  ]);
  const repairedExcept = (kept: Mistake | undefined) =>
    text
      .split("\n")
      .map((line, index) => {
        const mistake = mistakes.find((one) => one.line === index + 1 && one !== kept);
        if (!mistake) return line;
        if (mistake.code === "begrundelse-mangler") return `${line}\n    begrundelse: Den dækker det hele.`;
        if (mistake.code === "vurdering-modsagt") return "    vurdering: ikke opfyldt";
        return line.replace(mistake.text, right.get(mistake.text) ?? "");
      })
      .join("\n")
      // The plan is binary.
      .replace("delvist opfyldt", "opfyldt");
  expect(mistakesIn(repairedExcept(undefined))).toEqual([]);
  for (const mistake of mistakes)
    expect(mistakesIn(repairedExcept(mistake)).map(({ code, text: wrong }) => [code, wrong])).toEqual([
      [mistake.code, mistake.text],
    ]);
});
