import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import { Source, spannedText } from "../../../src/core/source.ts";
import { type WrittenNextPlan, writeNextPlan } from "../../../src/pipeline/year/next-plan.ts";
import { parsePlan } from "../../../src/plan/load.ts";
import { loadPlanWithHistory } from "../../../src/results/history.ts";
import { nextId, rollForward } from "../../../src/results/roll-forward/roll-forward.ts";
import { FormShelf } from "../../../src/template/shelf.ts";

import { examples, language, planOf } from "../../support/guides.ts";
import { soundPlan } from "../../support/plan-text.ts";
import { resultsText, soundResults } from "../../support/results-text.ts";

/** Next year's plan, made of the seed plans and of plans that are written in other ways. */
const root = resolve(import.meta.dirname, "../../..");
const forms = new FormShelf(join(root, "templates"));
const seeds = [
  ["benchmarkingenheden-2018", "benchmarkingenheden-2019"],
  ["benchmarkingenheden-2022", "benchmarkingenheden-2023"],
  ["benchmarkingenheden-2024", "benchmarkingenheden-2025"],
  ["nationalt-center-for-etik-2024", "nationalt-center-for-etik-2025"],
] as const;

let plans: string;
const made: string[] = [];
beforeEach(async () => {
  plans = await mkdtemp(join(tmpdir(), "naeste-"));
  made.push(plans);
});
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

const pathOf = (id: string) => join(plans, id, "plan.md");
const take = (id: string) => cp(join(root, "plans", id), join(plans, id), { recursive: true });

async function next(id: string, name?: string): Promise<WrittenNextPlan> {
  const { value, diagnostics } = await writeNextPlan({ id, path: pathOf(id) }, name, forms);
  if (!value) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  return value;
}

/** What was taken out and put in, line by line. */
function changes(before: string, after: string): string[] {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  // The longest common lines, by the usual table: plans are short.
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row) row[j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const found: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) [i, j] = [i + 1, j + 1];
    else if (i < old.length && (j === fresh.length || at(i + 1, j) >= at(i, j + 1))) found.push(`-${old[i++]}`);
    else found.push(`+${fresh[j++]}`);
  }
  return found;
}

/** »24:56 ny-årstal 2022«: where, what rule, and what stands there. */
function told({ span, code }: Diagnostic): string {
  const { line, column } = span.source.place(span.start);
  return `${line}:${column} ${code} ${spannedText(span)}`;
}

describe("the plan of 2022", () => {
  test("becomes one of 2023 that differs in these lines and in no other", async () => {
    await take("benchmarkingenheden-2022");
    const { file } = await next("benchmarkingenheden-2022");
    expect(file).toEqual({ id: "benchmarkingenheden-2023", path: pathOf("benchmarkingenheden-2023") });
    const texts = await Promise.all(
      [pathOf("benchmarkingenheden-2022"), file.path].map((path) => readFile(path, "utf8")),
    );
    expect(changes(texts[0] ?? "", texts[1] ?? "")).toEqual(
      `
-titel: Resultatplan 2022
+titel: Resultatplan 2023
+tilstand: udkast
-periode: { fra: 2022-01-01, til: 2022-12-31 }
+periode: { fra: 2023-01-01, til: 2023-12-31 }
+historik: benchmarkingenheden-2022
-  - { navn: 2. kvartal, frist: 2022-07-14 }
-  - { navn: 4. kvartal, frist: 2023-01-14 }
+  - { navn: 2. kvartal, frist: 2023-07-14 }
+  - { navn: 4. kvartal, frist: 2024-01-14 }
+        fortsætter: strategiske/1.1
+        fortsætter: strategiske/1.2
+        fortsætter: økonomiske/2.1
-            måltal: { 2019: "+/- 1,0", 2020: "+/- 1,0", 2021: "+/- 1,0", 2022: "+/- 1,0" }
-            resultat: { 2019: "0,7", 2020: "0,5", 2021: "-", 2022: "-" }
+            måltal: { 2020: "+/- 1,0", 2021: "+/- 1,0", 2022: "+/- 1,0", 2023: "+/- 1,0" }
+            resultat: { 2020: "0,5", 2021: "-", 2023: "-" }
-            måltal: { 2019: "+/- 0,5", 2020: "+/- 0,5", 2021: "+/- 0,5", 2022: "+/- 0,5" }
-            resultat: { 2019: "0,1", 2020: "0,2", 2021: "-", 2022: "-" }
+            måltal: { 2020: "+/- 0,5", 2021: "+/- 0,5", 2022: "+/- 0,5", 2023: "+/- 0,5" }
+            resultat: { 2020: "0,2", 2021: "-", 2023: "-" }
+        fortsætter: økonomiske/2.2
-            - { fald: { pct: 5, fra: 2021 } }
+            - { fald: { pct: 5, fra: 2022 } }
-          2019: Statens gennemsnit/- 5 pct.
-        resultat: { 2019: "-", 2020: "2,6", 2021: "-", 2022: "-" }
+          2023: Statens gennemsnit/- 5 pct.
+        resultat: { 2020: "2,6", 2023: "-" }
-    dato: 2021-12-09
-    dato: 2021-12-09
-    dato: 2021-12-08`
        .split("\n")
        .slice(1),
    );
  });

  test("has its results filled in from the year before", async () => {
    await take("benchmarkingenheden-2022");
    const { file } = await next("benchmarkingenheden-2022");
    const { value } = await loadPlanWithHistory(file.path);
    const rows = value?.plan.groups.flatMap((group) =>
      group.goals.flatMap((goal) =>
        [goal, ...goal.subGoals].map((part) => part.measure.rows.find((row) => row.kind === "actual")),
      ),
    );
    const cells = rows?.flatMap((row) =>
      row ? [row.cells.map((cell) => `${cell.year}: ${cell.text}`).join(" ")] : [],
    );
    expect(cells).toEqual([
      "2020: 0,5 2021: - 2022: 1,3 2023: -",
      "2020: 0,2 2021: - 2022: -0,4 2023: -",
      "2020: 2,6 2021: 3,0 2022: 3,1 2023: -",
    ]);
  });

  test("tells of every place that was changed and every one that somebody must look at", async () => {
    await take("benchmarkingenheden-2022");
    const { remarks } = await next("benchmarkingenheden-2022");
    const ofKind = (severity: string) => remarks.filter((one) => one.severity === severity).map(told);
    expect(ofKind("note")).toEqual([
      "3:8 ny-år Resultatplan 2023",
      "4:1 ny-tilstand tilstand: udkast",
      "9:17 ny-år 2023-01-01",
      "10:1 ny-historik historik: benchmarkingenheden-2022",
      "45:13 ny-tabel måltal",
      "51:13 ny-tabel måltal",
      "65:38 ny-år 2022",
      "66:9 ny-tabel måltal",
    ]);
    expect(ofKind("warning")).toEqual([
      "2:1 ny-skabelon skabelon",
      "8:1 ny-ministerium ministerium",
      "13:32 ny-frist 2023-07-14",
      "14:32 ny-frist 2024-01-14",
      "22:9 ny-mål fortsætter: strategiske/1.1",
      "24:45 ny-tal 4. kvartal",
      "24:56 ny-årstal 2022",
      "28:9 ny-mål fortsætter: strategiske/1.2",
      "30:59 ny-tal 2. kvartal",
      "30:70 ny-årstal 2022",
      "37:9 ny-mål fortsætter: økonomiske/2.1",
      "39:25 ny-tal 1",
      "44:13 ny-kriterium kriterium",
      '45:74 ny-måltal 2023: "+/- 1,0"',
      "46:38 ny-historik 2021",
      "48:87 ny-tal 2",
      "50:13 ny-kriterium kriterium",
      '51:74 ny-måltal 2023: "+/- 0,5"',
      "52:38 ny-historik 2021",
      "54:60 ny-tal 2",
      "54:83 ny-tal 4",
      "58:9 ny-mål fortsætter: økonomiske/2.2",
      "60:13 ny-årstal 2022",
      "60:195 ny-tal 5 pct.",
      "60:252 ny-årstal 2021",
      "62:9 ny-kriterium kriterium",
      "70:11 ny-måltal 2023: Statens gennemsnit/- 5 pct.",
      "72:142 ny-tal 3. kvartal",
      "72:196 ny-tal fire",
      "76:5 ny-underskrift navn",
      "80:5 ny-underskrift navn",
      "84:5 ny-underskrift navn",
      "94:36 ny-tal 1. januar",
      "103:28 ny-årstal 2021",
      "103:66 ny-årstal 2021",
      "115:103 ny-tal to",
      "126:129 ny-tal 14 kalenderdage",
      "126:165 ny-tal 2",
      "126:171 ny-tal 4. kvartal",
      "130:74 ny-tal 0",
      "130:82 ny-tal 100 pct.",
      "130:227 ny-tal 100 divideret",
      "132:271 ny-tal 0",
    ]);
    const said = remarks.map((one) => one.message);
    expect(said).toContain("Mål 1.2 er ført videre uændret. Det er ikke opfyldt i planen for 2022.");
    expect(said).toContain(
      "Tabellen for mål 2.2 har fået 2023, har mistet 2019 og henter resultatet for 2021 og 2022.",
    );
  });

  test("leaves no year of the old plan or of those around it untold", async () => {
    await take("benchmarkingenheden-2022");
    const { file, remarks } = await next("benchmarkingenheden-2022");
    const text = await readFile(file.path, "utf8");
    const lines = text
      .split("\n")
      .flatMap((line, index) => (/(?<!\d)20(?:19|2[124])(?!\d)/.test(line) ? [index + 1] : []));
    const toldOf = new Set(remarks.map((one) => one.span.source.place(one.span.start).line));
    const known = [2, 10, 45, 46, 51, 52, 66, 67, 68, 69, 71];
    expect(lines.filter((line) => !toldOf.has(line) && !known.includes(line))).toEqual([]);
  });
});

test.each(seeds)("%s becomes %s, which checks without errors", async (id, name) => {
  await take(id);
  const { file, outcome, remarks } = await next(id);
  expect(file.id).toBe(name);
  expect(outcome.failure).toBeUndefined();
  expect(outcome.diagnostics.filter((one) => one.severity === "error")).toEqual([]);
  expect(remarks.length).toBeGreaterThan(20);
  for (const { span } of remarks) expect(span.source.path).toBe(file.path);
});

test("and the year after that from it, in a chain, once it has results", async () => {
  await take("benchmarkingenheden-2022");
  await next("benchmarkingenheden-2022");
  const results = await readFile(join(plans, "benchmarkingenheden-2022/resultater.md"), "utf8");
  await writeFile(
    join(plans, "benchmarkingenheden-2023/resultater.md"),
    results
      .replaceAll("2021:", "2020:")
      .replace("  2.2:\n    resultat: 3,1 dage", "  2.2:\n    resultat: 2,9 dage")
      .replace(/\n +tidligere: .*/, ""),
  );
  const { file, outcome } = await next("benchmarkingenheden-2023");
  expect(outcome.diagnostics.filter((one) => one.severity === "error").map((one) => one.message)).toEqual([]);
  const { value } = await loadPlanWithHistory(file.path);
  const goal = value?.plan.groups[1]?.goals[1];
  const actual = goal?.measure.rows.find((row) => row.kind === "actual");
  expect(actual?.cells.map((cell) => `${cell.year}: ${cell.text}`)).toEqual([
    "2021: 3,0",
    "2022: 3,1",
    "2023: 2,9",
    "2024: -",
  ]);
});

test("a result that is known is entered where no target makes it be fetched, and is not told of as open", () => {
  const goal = (measure: string) => `{ titel: Sagstid, mål: M, enhed: dage, ${measure} }`;
  const plan = soundPlan({
    mål: `
  - { nr: 1, ${goal('kriterium: { højst: 9 }, resultat: { 2021: "9,1", 2022: "-" }').slice(2)}
  - { nr: 2, ${goal('kriterium: { senest: 2022-06-30 }, resultat: { 2020: "-", 2021: "-", 2022: "-" }').slice(2).replace("Sagstid", "Frist")}`,
  });
  const results = soundResults(plan, resultsText('1: { resultat: "8,20" }\n2: { resultat: 2022-06-01 }'));
  const { source, remarks } = rollForward(plan, results, "ny.md");
  expect(source.text).toContain('resultat: { 2022: "8,20", 2023: "-" }');
  expect(source.text).toContain('resultat: { 2021: "-", 2022: 1. juni 2022, 2023: "-" }');
  const said = remarks.map(({ message }) => message);
  expect(said).toContain(
    "Tabellen for mål 1 har fået 2023, har mistet 2021 og har fået resultatet for 2022 skrevet ind.",
  );
  expect(said.filter((one) => one.includes("stadig åbent"))).toEqual(["Resultatet for 2021 er stadig åbent (Mål 2)."]);
  // Without results it is open.
  const unknown = rollForward(plan, undefined, "ny.md");
  expect(unknown.remarks.map(({ message }) => message)).toContain("Resultatet for 2022 er stadig åbent (Mål 1).");
});

test.each([
  ["skole-2022-23", "Resultatplan 2022/23", "skole-2023-24", "Resultatplan 2023/24"],
  ["skole-2022-2023", "Resultatplan 2022-2023", "skole-2023-2024", "Resultatplan 2023-2024"],
  [
    "skole-2022-08",
    "Resultatplan 2022–23 efter planen for 2021/22",
    "skole-2023-08",
    "Resultatplan 2023–24 efter planen for 2021/22",
  ],
])("a plan for a school year, %s »%s«, becomes %s »%s«", (id, title, nextName, nextTitle) => {
  const plan = soundPlan({ titel: title, periode: "{ fra: 2022-08-01, til: 2023-07-31 }" });
  const { source } = rollForward(plan, undefined, "ny.md");
  expect(/^titel: (.*)$/m.exec(source.text)?.[1]).toBe(nextTitle);
  expect(nextId({ ...plan, id })).toBe(nextName);
});

describe("a plan without results", () => {
  test("leaves the history open, and says so", async () => {
    await take("benchmarkingenheden-2022");
    await rm(join(plans, "benchmarkingenheden-2022/resultater.md"));
    const { file, remarks, outcome } = await next("benchmarkingenheden-2022");
    const text = await readFile(file.path, "utf8");
    expect(text).not.toContain("historik:");
    expect(text).toContain('resultat: { 2020: "0,5", 2021: "-", 2022: "-", 2023: "-" }');
    expect(outcome.diagnostics.filter((one) => one.severity === "error")).toEqual([]);
    const open = remarks.filter((one) => one.code === "ny-historik").map((one) => one.message);
    expect(open[0]).toBe("Planen »benchmarkingenheden-2022« har endnu ingen resultater, der kan hentes.");
    expect(open.filter((message) => message.includes("2022 er stadig åbent"))).toHaveLength(3);
    // Once the results are there, the key is all it takes.
    await cp(join(root, "plans/benchmarkingenheden-2022"), join(plans, "benchmarkingenheden-2022"), {
      recursive: true,
    });
    await writeFile(file.path, text.replace("opgørelse:", "historik: benchmarkingenheden-2022\nopgørelse:"));
    const { diagnostics } = await loadPlanWithHistory(file.path);
    expect(diagnostics.filter((one) => one.severity === "error")).toEqual([]);
  });

  test("keeps the history it has itself, and what its goals continue there", async () => {
    await take("benchmarkingenheden-2022");
    await next("benchmarkingenheden-2022");
    const { file, remarks, outcome } = await next("benchmarkingenheden-2023");
    const text = await readFile(file.path, "utf8");
    expect(text).toContain("historik: benchmarkingenheden-2022\n");
    expect(text.match(/fortsætter: /g)).toHaveLength(4);
    expect(outcome.diagnostics.filter((one) => one.severity === "error")).toEqual([]);
    const open = remarks.find((one) => one.code === "ny-historik");
    expect(open?.message).toContain("Historikken er stadig »benchmarkingenheden-2022«.");
    expect(open?.hint).toBe("Skriv historik: benchmarkingenheden-2023, når de er der.");
  });
});

const plain = `---
# Regneark for 2026 ligger på sagen
{{top}}
---

## Mål

I 2026 og 2027/28 gælder målene, jf. [loven](https://eksempel.dk/2026/1) fra 12. september 2019.

:::mål 1
Sidste år var {{antal_mål}} af {{antal_mål_ord}} mål nået.
![Søjler for 2026](figur.png)
:::

:::mål 2
:::

:::underskrifter
:::
`;

/** A plan written in other ways than the seeds: braces, quotation marks, comments, tables by line. */
const top = `skabelon: "resultatplan-2022"
titel: "Resultatplan 2026" # aftalt
institution: {navn: Styrelsen for Eksempler}
ministerium: Eksempelministeriet
sagsnummer: 2025-1234
tilstand: til underskrift
periode:
  fra: '2026-01-01'
  til: "2026-12-31"   # hele året
opgørelse: { metode: vægtet }
opfølgning:
  - navn: 2. kvartal
    frist: 14 dage efter 2. kvartal
  - { frist: 14 dage efter 4. kvartal 2026, navn: 4. kvartal, hverdag: næste }
mål:
  - { nr: 1, titel: "Tid, og mere", mål: Nås i 2026, vægt: 60, frist: 2026-10-01, måltal: {2026: "5, 6"}, resultat: { 2026: } }
  - titel: Kvalitet
    nr: "2"
    mål: Kvalitet
    vægt: 40
    milepæle:
      - { tekst: Udkast, frist: 2026-04-01 }
      - tekst: Høring
        frist: 2026-05-01
    enhed: Pct.
    kriterium: { alle: [ { mindst: 85 }, { senest: 2026-06-30 } ] }
    måltal:
      2024: 80
      # nyt mål fra 2025
      2025: 82
      2026: 85
    resultat:
      2024: 81,5
      2025:
      2026: "-"
underskrivere:
  - dato: 2025-12-01
    navn: Anne Jensen
    stilling: Departementschef
    organisation: Eksempelministeriet
    sted: København
  - { navn: Bo Hansen, stilling: Direktør, organisation: Styrelsen for Eksempler, dato: 2025-12-02, datolinje: Odense d. 2/12 2025 }`;

async function writePlan(id: string, text: string): Promise<void> {
  await mkdir(join(plans, id));
  await writeFile(pathOf(id), text);
  await writeFile(join(plans, id, "figur.png"), "billede");
}

describe("a plan that is written in other ways", () => {
  const expected = [
    '-titel: "Resultatplan 2026" # aftalt',
    '+titel: "Resultatplan 2027" # aftalt',
    "-sagsnummer: 2025-1234",
    "-tilstand: til underskrift",
    "+tilstand: udkast",
    "-  fra: '2026-01-01'",
    '-  til: "2026-12-31"   # hele året',
    "+  fra: '2027-01-01'",
    '+  til: "2027-12-31"   # hele året',
    "-  - { frist: 14 dage efter 4. kvartal 2026, navn: 4. kvartal, hverdag: næste }",
    "+  - { frist: 14 dage efter 4. kvartal 2027, navn: 4. kvartal, hverdag: næste }",
    '-  - { nr: 1, titel: "Tid, og mere", mål: Nås i 2026, vægt: 60, frist: 2026-10-01, måltal: {2026: "5, 6"}, resultat: { 2026: } }',
    '+  - { nr: 1, titel: "Tid, og mere", fortsætter: 1, mål: Nås i 2026, vægt: 60, frist: 2027-10-01, måltal: {2026: "5, 6", 2027: "5, 6"}, resultat: { 2026: , 2027: } }',
    "+    fortsætter: 2",
    "-      - { tekst: Udkast, frist: 2026-04-01 }",
    "+      - { tekst: Udkast, frist: 2027-04-01 }",
    "-        frist: 2026-05-01",
    "+        frist: 2027-05-01",
    "-    kriterium: { alle: [ { mindst: 85 }, { senest: 2026-06-30 } ] }",
    "+    kriterium: { alle: [ { mindst: 85 }, { senest: 2027-06-30 } ] }",
    "-      2024: 80",
    "+      2027: 85",
    "-      2024: 81,5",
    '+      2027: "-"',
    "-  - dato: 2025-12-01",
    "-    navn: Anne Jensen",
    "+  - navn: Anne Jensen",
    "-  - { navn: Bo Hansen, stilling: Direktør, organisation: Styrelsen for Eksempler, dato: 2025-12-02, datolinje: Odense d. 2/12 2025 }",
    "+  - { navn: Bo Hansen, stilling: Direktør, organisation: Styrelsen for Eksempler, sted: (UDFYLD by) }",
  ];

  test.each([
    ["\n", "Unix"],
    ["\r\n", "Windows"],
  ])("keeps its braces, quotation marks, comments and line breaks %j (%s)", async (newline) => {
    const text = plain.replace("{{top}}", () => top).replaceAll("\n", newline);
    await writePlan("eksempel-2026", text);
    const { file, outcome } = await next("eksempel-2026");
    const after = await readFile(file.path, "utf8");
    expect(after.split("\n").filter((line) => line.endsWith("\r")).length).toBe(
      newline === "\n" ? 0 : after.split("\n").length - 1,
    );
    const unix = (one: string) => one.replaceAll("\r\n", "\n");
    expect(changes(unix(text), unix(after))).toEqual(expected);
    expect(outcome.diagnostics.filter((one) => one.severity === "error").map((one) => one.message)).toEqual([]);
    expect(await readFile(join(plans, "eksempel-2027/figur.png"), "utf8")).toBe("billede");
  });

  test.each([
    ["resultat:\n      2024: 81,5", "-      2024: 80|-    resultat:|-      2024: 81,5|+      2027: 85"],
    ['resultat: { 2024: "81,5" }', '-      2024: 80|-    resultat: { 2024: "81,5" }|+      2027: 85'],
  ])("a table row that would be empty goes: %j", async (written, expectedChanges) => {
    const text = plain
      .replace("{{top}}", () => top)
      .replace(/resultat:\n {6}2024: 81,5\n {6}2025:\n {6}2026: "-"/, written);
    await writePlan("eksempel-2026", text);
    const { file, remarks } = await next("eksempel-2026");
    const found = changes(text, await readFile(file.path, "utf8"));
    const from = found.indexOf("-      2024: 80");
    expect(found.slice(from, from + expectedChanges.split("|").length)).toEqual(expectedChanges.split("|"));
    expect(remarks.map((one) => told(one).replace(/^\S+ /, ""))).toContain("ny-tabel måltal");
  });

  test("a row of targets that would be empty goes, and the table is told of by its results", async () => {
    const text = plain
      .replace("{{top}}", () => top)
      .replace(/måltal:\n {6}2024: 80\n {6}# nyt mål fra 2025\n {6}2025: 82\n {6}2026: 85/, "måltal: { 2024: 80 }");
    await writePlan("eksempel-2026", text);
    const { file, remarks } = await next("eksempel-2026");
    expect(await readFile(file.path, "utf8")).not.toContain("måltal: { }");
    expect((await readFile(file.path, "utf8")).match(/måltal:/g)).toHaveLength(1);
    expect(remarks.map((one) => told(one).replace(/^\S+ /, ""))).toContain("ny-tabel resultat");
  });

  test("and its comments, pictures, dates and vague times are told of; addresses and placeholders are not", async () => {
    await writePlan(
      "eksempel-2026",
      plain.replace("{{top}}", () => top),
    );
    const { remarks } = await next("eksempel-2026");
    const all = remarks.map((one) => told(one).replace(/^\S+ /, ""));
    for (const expectedRemark of [
      "ny-årstal 2026",
      "ny-årstal 2027/28",
      "ny-dato 12. september 2019",
      "ny-tid Sidste år",
      "ny-billede ![",
      "ny-sag ministerium",
      "ny-tal 60",
      "ny-frist 2027-06-30",
      "ny-frist 14 dage efter 4. kvartal 2027",
    ])
      expect(all).toContain(expectedRemark);
    expect(remarks.find((one) => told(one).includes("2027/28"))?.hint).toBe("Skal der stå 2028/29?");
    const lines = remarks.map((one) => one.span.source.place(one.span.start));
    expect(lines).toContainEqual({ line: 2, column: 16 });
    expect(all.filter((one) => one === "ny-årstal 2026")).toHaveLength(4);
  });

  test("a period that is not whole years, and one of several", async () => {
    const half = (from: string, to: string) =>
      plain.replace("{{top}}", () =>
        top.replace("2026-01-01", from).replace("2026-12-31", to).replaceAll("2026 }", "2026 }"),
      );
    await writePlan("halv-2026", half("2026-07-01", "2026-12-31").replace("14 dage efter 2. kvartal", "2026-07-14"));
    const { file, remarks } = await next("halv-2026");
    expect(await readFile(file.path, "utf8")).toContain("fra: '2027-07-01'");
    expect(remarks.find((one) => one.code === "ny-år" && one.severity === "warning")?.hint).toBe(
      "Den er ikke hele år. Passer den?",
    );
    await writePlan("to-2026-2027", half("2026-01-01", "2027-12-31").replace("14 dage efter 2. kvartal", "2026-07-14"));
    const two = await next("to-2026-2027");
    expect(two.file.id).toBe("to-2028-2029");
    expect(await readFile(two.file.path, "utf8")).toContain("fra: '2028-01-01'");
  });
});

describe("every plan that docs/plansprog.md shows", () => {
  const good = examples(language).filter(
    ({ words }) =>
      /^(?:plan|oplysninger|mål|tekst)$/.test(words[0] ?? "") && !words.some((word) => word.startsWith("fejl=")),
  );
  test.each(good.map((one) => [one.line, one] as const))("line %i becomes one without errors of its own", (_, one) => {
    const text = planOf(one);
    const { value: plan } = parsePlan("eksempel-2027", new Source("plan.md", text));
    if (!plan) throw new Error("the example has errors");
    const { source, remarks } = rollForward(plan, undefined, "ny.md");
    const after = parsePlan("eksempel-2028", source);
    expect(after.diagnostics.filter((said) => said.severity === "error").map((said) => said.message)).toEqual([]);
    expect(after.value?.period.from.year).toBe(2028);
    // The text under the front matter is untouched.
    const bodyOf = (whole: string) => whole.slice(whole.indexOf("\n---", 3));
    expect(bodyOf(source.text)).toBe(bodyOf(text));
    expect(remarks.length).toBeGreaterThan(3);
  });
});

describe("nothing is written", () => {
  test("where the earlier plan has errors", async () => {
    await writePlan(
      "eksempel-2026",
      plain.replace("{{top}}", () => top.replace("vægt: 40", "vægt: 39")),
    );
    const { value, diagnostics } = await writeNextPlan(
      { id: "eksempel-2026", path: pathOf("eksempel-2026") },
      undefined,
      forms,
    );
    expect(value).toBeUndefined();
    expect(diagnostics.some((one) => one.severity === "error")).toBe(true);
    await expect(stat(join(plans, "eksempel-2027"))).rejects.toThrow();
  });

  test("over a plan that is there", async () => {
    await take("benchmarkingenheden-2022");
    await mkdir(join(plans, "benchmarkingenheden-2023"));
    await writeFile(pathOf("benchmarkingenheden-2023"), "min egen");
    await expect(next("benchmarkingenheden-2022")).rejects.toThrow(
      "Der er allerede en plan »benchmarkingenheden-2023«",
    );
    expect(await readFile(pathOf("benchmarkingenheden-2023"), "utf8")).toBe("min egen");
    expect((await next("benchmarkingenheden-2022", "be-2023")).file.id).toBe("be-2023");
  });
});

test("a text of two hundred thousand numbers is told of number by number, in time", () => {
  const text = plain.replace("{{top}}", () => top).replace("Sidste år", `${"1 2 ".repeat(100_000)}\nSidste år`);
  const { value: plan } = parsePlan("eksempel-2026", new Source("plan.md", text));
  if (!plan) throw new Error("the plan has errors");
  const start = performance.now();
  const { remarks } = rollForward(plan, undefined, "ny.md");
  expect(remarks.length).toBeGreaterThan(200_000);
  expect(performance.now() - start).toBeLessThan(20_000);
});

test("a plan whose id has no year gets one", async () => {
  await cp(join(root, "plans/benchmarkingenheden-2022"), join(plans, "be"), { recursive: true });
  expect((await next("be")).file.id).toBe("be-2023");
});
