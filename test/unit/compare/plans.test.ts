import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { comparePlans, type PartDifference } from "../../../src/compare/compare.ts";
import { outlineOf } from "../../../src/compare/outline.ts";
import { topicsOf } from "../../../src/compare/topics.ts";
import { Source } from "../../../src/core/source.ts";
import { parsePlan } from "../../../src/plan/load.ts";

const plan2022 = readFileSync(resolve(import.meta.dirname, "../../../plans/benchmarkingenheden-2022/plan.md"), "utf8");
const plan2024 = readFileSync(resolve(import.meta.dirname, "../../../plans/benchmarkingenheden-2024/plan.md"), "utf8");

function outline(text: string) {
  const source = new Source("plan.md", text);
  const { value, diagnostics } = parsePlan("plan", source);
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return outlineOf(value, source);
}

function differences(before: string, after: string): PartDifference[] {
  return comparePlans(outline(before), outline(after));
}

/** »Mål 2.1 …: mål 33:32 afvigelsen > afvigelsen,«, a line for each change. */
function told(before: string, after: string): string[] {
  return differences(before, after).flatMap(({ name, kind, moved, was, fields }) => {
    const what = [kind, moved ? "moved" : "", was ? `(${was})` : ""].filter(Boolean).join(" ");
    return [
      `${name}: ${what}`,
      ...(kind === "changed" ? fields : []).flatMap(({ label, changes }) =>
        changes.map(({ before: old, after: fresh, span }) => {
          const { line, column } = span.source.place(span.start);
          return `  ${label} ${line}:${column} ${old} > ${fresh}`;
        }),
      ),
    ];
  });
}

/** A text with something replaced that is in it. */
function edited(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return text.replace(from, to);
}

describe("plans are compared by what they say", () => {
  test("a comma, with goal, field, word and place", () => {
    const after = edited(plan2022, "som afvigelsen mellem", "som afvigelsen, mellem");
    expect(told(plan2022, after)).toEqual([
      "Mål 2.1 Bedre budgettering: changed",
      "  mål 33:32 afvigelsen > afvigelsen,",
    ]);
  });

  test.each([
    ["a target", '2021: "+/- 1,0"', '2021: "+/- 2,0"', "  delmål a › måltal › 2021 40:68 1,0 > 2,0"],
    [
      "a criterion",
      'afvigelse_højst: "0,5"',
      'afvigelse_højst: "0,50"',
      "  delmål b › kriterium › afvigelse_højst 45:44 0,5 > 0,50",
    ],
    ["a sub-goal's rule", "krav: { mindst: 1 }", "krav: { mindst: 2 }", "  krav › mindst 34:25 1 > 2"],
  ])("%s", (_what, from, to, line) => {
    expect(told(plan2022, edited(plan2022, from, to))).toEqual(["Mål 2.1 Bedre budgettering: changed", line]);
  });

  test("what no goal has: data, follow-up, signatories, text", () => {
    const after = [
      ["metode: binær", "metode: tretrin"],
      ["frist: 2022-07-14", "frist: 2022-08-14"],
      ["stilling: Kontorchef", "stilling: Enhedschef"],
      ["Der afrapporteres kvartalsvist", "Der afrapporteres halvårligt"],
    ].reduce((text, [from = "", to = ""]) => edited(text, from, to), plan2022);
    expect(told(plan2022, after)).toEqual([
      "Planens oplysninger: changed",
      "  opgørelse › metode 9:22 binær > tretrin",
      "  opfølgning 2. kvartal › frist 11:32 2022-07-14 > 2022-08-14",
      "Underskrivere: changed",
      "  Peter Østergaard › stilling 76:15 Kontorchef > Enhedschef",
      "Afsnittet »Påtegning og opgørelse«: changed",
      "  tekst 123:19 kvartalsvist > halvårligt",
    ]);
  });

  test("nothing, however the file is laid out", () => {
    const laidOut = edited(plan2022, "opgørelse: { metode: binær }", "opgørelse:   # som aftalt\n  metode: 'binær'")
      .replaceAll("\n", "\r\n")
      .replace(
        "- navn: Sophus Garfiel\r\n    stilling: Departementschef",
        "- stilling: Departementschef\r\n    navn: Sophus Garfiel",
      );
    expect(told(plan2022, laidOut)).toEqual([]);
  });

  test("points that are no longer in a point, in a goal and in the text, and nothing where lines are broken anew", () => {
    const list = (indent: string, inner: string) =>
      `\n${indent}- A er nået, og\n${indent}${inner}- B er nået\n${indent}${inner}- C er nået\n`;
    const plan = (inner: string) =>
      edited(plan2022, "## Påtegning", `${list("", inner)}\n## Påtegning`).replace(
        /(nr: 2\.2\n(?: {8}.*\n)*? {8}mål: ).*\n(?: {10}.*\n)*/,
        (_all, key: string) => `${key}|\n${list("          ", inner).slice(1)}`,
      );
    const lines = (after: string) => told(plan("  "), after).filter((line) => line.startsWith("  "));
    expect(lines(plan(""))).toEqual([
      expect.stringMatching(/^ {2}mål \d+:11 \n\(rykket ind\) > \n$/),
      expect.stringMatching(/^ {2}mål \d+:11 \n\(rykket ind\) > \n$/),
      expect.stringMatching(/^ {2}tekst \d+:1 \n\(rykket ind\) > \n$/),
      expect.stringMatching(/^ {2}tekst \d+:1 \n\(rykket ind\) > \n$/),
    ]);
    expect(told(plan("  "), plan("    "))).toEqual([]);
    expect(told(plan("  "), plan("  ").replaceAll("nået, og\n", "nået,\n            og\n"))).toEqual([]);
  });

  test("a goal that is added, and one that is removed", () => {
    const goal = "      - nr: 1.3\n        titel: Nyt mål\n        mål: Enheden skal udgive en vejledning.\n\n";
    const data = edited(plan2022, "  - nøgle: økonomiske", `${goal}  - nøgle: økonomiske`);
    const after = edited(
      data,
      "## 2. Økonomiske mål",
      ":::mål 1.3\nVejledningen er ønsket.\n:::\n\n## 2. Økonomiske mål",
    );
    const [added, section, ...more] = differences(plan2022, after);
    expect([added?.kind, added?.name, added?.fields.map(({ label }) => label)]).toEqual([
      "added",
      "Mål 1.3 Nyt mål",
      ["gruppe", "nr", "titel", "mål", "tekst"],
    ]);
    expect([section?.name, section?.fields[0]?.changes[0]?.after, more]).toEqual([
      "Afsnittet »1. Strategiske mål og kernefaglige mål«",
      "\n\n:::mål 1.3",
      [],
    ]);
    expect(added?.span.source.place(added.span.start)).toEqual({ line: 28, column: 13 });
    const [removed] = differences(after, plan2022);
    expect([removed?.kind, removed?.name]).toEqual(["removed", "Mål 1.3 Nyt mål"]);
    // It would stand among the goals.
    expect(removed?.span.source.place(removed.span.start).line).toBe(14);
  });

  test("a goal with a new number is the same goal; so is one with a new title", () => {
    const renumbered = edited(edited(plan2022, "nr: 2.2", "nr: 2.3"), ":::mål 2.2", ":::mål 2.3");
    expect(told(plan2022, renumbered)).toEqual([
      "Mål 2.3 Nedbringelse af sygefravær: changed (Mål 2.2 Nedbringelse af sygefravær)",
      "  nr 51:13 2.2 > 2.3",
      "Afsnittet »2. Økonomiske mål og administrative mål«: changed",
      "  tekst 115:8 2.2 > 2.3",
    ]);
    expect(told(plan2022, edited(plan2022, "titel: Bedre budgettering", "titel: God budgettering"))).toEqual([
      "Mål 2.1 God budgettering: changed (Mål 2.1 Bedre budgettering)",
      "  titel 32:16 Bedre > God",
    ]);
  });

  test("goals that change places are moved, one as far as one explains it", () => {
    const [one = "", two = ""] =
      plan2022.match(/ {6}- nr: 1\.1[\s\S]*?(?= {6}- nr: 1\.2)| {6}- nr: 1\.2[\s\S]*?(?= {2}- nøgle)/g) ?? [];
    const after = plan2022.replace(one + two, two + one);
    expect(differences(plan2022, after).map(({ name, moved, fields }) => [name, moved, fields.length])).toEqual([
      [expect.stringContaining("Mål 1.2"), true, 0],
    ]);
  });

  test("sub-goals that change places are told of, too", () => {
    const [a = "", b = ""] =
      plan2022.match(/ {10}- nr: a[\s\S]*?(?= {10}- nr: b)| {10}- nr: b[\s\S]*?(?= {8}anmærkning)/g) ?? [];
    const swapped = plan2022.replace(a + b, b + a);
    const found = differences(plan2022, swapped);
    expect(found.map(({ name, fields }) => [name, fields.map(({ label }) => label)])).toEqual([
      ["Mål 2.1 Bedre budgettering", ["delmål › rækkefølge"]],
    ]);
  });

  test("many headings and goals take no long time", () => {
    const headings = Array.from({ length: 20_000 }, (_, index) => `## ${index % 7}\n\n`);
    const start = performance.now();
    const found = differences(`${plan2022}\n${headings.join("")}`, `${plan2022}\n${headings.toReversed().join("")}`);
    expect(found.every(({ part }) => part === "section")).toBe(true);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test("an empty cell and none are not the same", () => {
    const without = plan2024.replace(/^ +bemærkninger: .*\n/m, "");
    expect(without).not.toBe(plan2024);
    const found = differences(plan2024, without);
    expect(found.map(({ fields }) => fields.map(({ label, kind }) => [label, kind]))).toEqual([
      [["bemærkninger", "removed"]],
    ]);
  });

  test("a section with a new heading is the same section; text for a goal belongs to the goal", () => {
    expect(told(plan2022, edited(plan2022, "## Indledning", "## Om planen"))).toEqual([
      "Afsnittet »Om planen«: changed (Afsnittet »Indledning«)",
      expect.stringMatching(/^ {2}overskrift \d+:4 Indledning > Om planen$/),
    ]);
  });

  test("every key of a plan is compared: each line of the front matter that is changed is told of", () => {
    const [, front = ""] = plan2024.split("---\n");
    const lines = front.split("\n");
    let tried = 0;
    const missed = lines.flatMap((line, index) => {
      const changed = line.replace(/(: +|- )([^{}[\]|>:"]*[a-zæøå])([^{}[\]|>:"]*)$/, "$1$2x$3");
      if (changed === line) return [];
      const text = plan2024.replace(front, lines.with(index, changed).join("\n"));
      const source = new Source("plan.md", text);
      const { value } = parsePlan("plan", source);
      if (!value) return [];
      tried++;
      return comparePlans(outline(plan2024), outlineOf(value, source)).length === 1 ? [] : [line];
    });
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  test("topics are what people call what changed", () => {
    const after = edited(edited(plan2022, '2021: "+/- 1,0"', '2021: "+/- 2,0"'), "## Indledning", "## Indgang");
    expect(topicsOf(differences(plan2022, after)).map(({ name }) => name)).toEqual(["delmål a", "Indgang"]);
  });
});
