import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadPlan } from "../src/plan/load.ts";
import { type Mistake, mistakeOf, unmarked } from "./support/marked.ts";

/**
 * A plan as a secretariat writes it in a hurry. Behind »«« on a line stands the mistake that is made in it; the test
 * takes the marks out and expects these mistakes, there, and nothing else, in one run.
 */
const planWithMistakes = `---
skabelon: resultatplan-2022
titel: Resultatplan 2022
institution: { navn: Styrelsen for Eksempler, kort: Eksempelstyrelsen }
ministerium: Eksempelministeriet
sagsnr: 2021-4711                                               «ukendt-nøgle sagsnr
periode: { fra: 2022-01-01, til: 2022-12-31 }
opgørelse: { metode: binaer }                                   «ukendt-værdi binaer
resultatløn: { målene: 1/4, formandens indstilling: 2/4 }       «resultatløn 1/4
opfølgning:
  - { navn: 2. kvartal, frist: 14. juli 2022 }                  «forkert-værdi 14. juli 2022

mål:
  - nr: 1.1
    titel: Kortere sagsbehandling
    mål: |
      Styrelsen skal afgøre <b>mindst 85 pct.</b> af sagerne    «html <b>
      inden for 30 dage.
    krav: { mindst: 3 }                                         «krav 3
    delmål:
      - { nr: a, titel: Sager fra borgere }
      - { nr: b, titel: Sager fra kommuner }
  - nr: 1.2
    titel: Ny vejledning
    mål: Styrelsen udgiver en ny vejledning.
    måltal: { 2021: 4, 2202: 5 }                                «årstal 2202
  - nr: 1.2                                                     «målnummer-to-gange 1.2
    titel: Lavere sygefravær
    mål: Sygefraværet skal falde.
  - nr: 2.1                                                     «mål-vises-ikke 2.1
    titel: Budgettet holdes
    mål: Afvigelsen er højst 1 mio. kr.

underskrivere:
  - navn: Anne Jensen
    stilling: Departementschef
    organisation: Eksempelministeriet
    sted: København
    dato: 2023-01-09                                            «underskrift-for-sent 2023-01-09
  - navn: Bo Hansen
    stilling: Direktør
    organisation: Styrelsen for Eksempler
    sted: Odense
    dato: 2021-12-09
---

## Indledning

Resultatplanen indgås mellem {{ministerium}} og {{institusion}}. «ukendt-pladsholder {{institusion}}

![Sagsbehandlingstid](../andre/figur.png)                       «billede ../andre/figur.png

## Mål

:::mål 1.1
:::

:::mål 1.2
:::

:::mål 3.1                                                      «ukendt-mål :::mål 3.1
:::

## Påtegning

:::underskrifter
:::
`;

const folder = mkdtempSync(join(tmpdir(), "planted-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function mistakesIn(text: string): Promise<Mistake[]> {
  const path = join(folder, "plan.md");
  writeFileSync(path, text);
  const { diagnostics } = await loadPlan(path);
  return diagnostics.map(mistakeOf);
}

test("every mistake is told at its place in one run, and nothing follows from another", async () => {
  const { text, mistakes } = unmarked(planWithMistakes);
  expect(mistakes.length).toBe(13);
  expect(await mistakesIn(text)).toEqual(mistakes);
});

test("with Windows line ends the places are the same", async () => {
  const { text, mistakes } = unmarked(planWithMistakes);
  expect(await mistakesIn(text.replaceAll("\n", "\r\n"))).toEqual(mistakes);
});

test("every mistake is told when it is the only one", async () => {
  const { text, mistakes } = unmarked(planWithMistakes);
  const right: Record<string, string> = {
    "ukendt-nøgle": "sagsnummer",
    "ukendt-værdi": "binær",
    resultatløn: "2/4",
    "forkert-værdi": "2022-07-14",
    html: "",
    krav: "2",
    årstal: "2022",
    "målnummer-to-gange": "1.3",
    "underskrift-for-sent": "2021-12-09",
    "ukendt-pladsholder": "{{institution}}",
    billede: "figur.png",
    "ukendt-mål": ":::mål 2.1",
  };
  const repairedExcept = (kept: Mistake | undefined) =>
    text
      .split("\n")
      .map((line, index) => {
        const mistake = mistakes.find((one) => one.line === index + 1);
        const replacement = mistake && mistake !== kept ? right[mistake.code] : undefined;
        return replacement === undefined ? line : line.replace(mistake?.text ?? "", replacement);
      })
      .join("\n")
      .replace(":::mål 1.2\n:::", kept?.code === "målnummer-to-gange" ? "$&" : "$&\n\n:::mål 1.3\n:::")
      .replace("</b>", kept?.code === "html" ? "$&" : "");
  writeFileSync(join(folder, "figur.png"), "");
  expect(await mistakesIn(repairedExcept(undefined))).toEqual([]);
  for (const mistake of mistakes.filter((one) => one.code in right)) {
    const found = await mistakesIn(repairedExcept(mistake));
    // A block that names no goal leaves the goal it meant without a place.
    const expected = mistake.code === "ukendt-mål" ? ["mål-vises-ikke", "ukendt-mål"] : [mistake.code];
    expect(found.map((one) => one.code).sort()).toEqual(expected);
  }
});
