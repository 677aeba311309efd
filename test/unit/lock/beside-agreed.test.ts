import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/core/identity.ts";
import { Source } from "../../../src/core/source.ts";
import { holdAgainst } from "../../../src/lock/hold.ts";
import type { Lock } from "../../../src/lock/lock.ts";
import { parsePlan } from "../../../src/plan/load.ts";
import { passageOf } from "../../../src/plan/passage.ts";
import type { Goal, GoalGroup, Plan } from "../../../src/plan/plan.ts";
import { parseText } from "../../../src/plan/prose.ts";
import type { AgreedChange } from "../../../src/results/results.ts";

/** What stands in a locked plan beside what was agreed is still held against what was signed, character by character. */

const seed = readFileSync(resolve(import.meta.dirname, "../../../plans/benchmarkingenheden-2022/plan.md"), "utf8");

function edited(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`nothing to replace: ${from}`);
  return result;
}

/** The plan of 2022, with what can be changed without a word: points in points, a table, remarks, hard spaces. */
const signed = [
  [/nr: 2\.2\n/, "nr: 2.2\n        bemærkninger: Jævnligt.\n        frist: 2022-06-01 # som aftalt\n"],
  [/nr: 2\.1\n/, "nr: 2.1\n        bemærkninger:\n"],
  [
    /mål: \|\n {10}I 2022 skal .*\n/,
    "mål: |\n          Det\u00a0er nået, hvis:\n\n          - A er nået, og\n            - B er nået\n          - C er nået\n\n          Slut.\n",
  ],
  ["underskrivere:", "# Bemærkning før underskriverne\nunderskrivere:"],
  ["## Påtegning", "- a og\n  - b\n- c\n\nSlut\n\nMål | Krav\n--- | ---\nx | 1\n\n## Påtegning"],
].reduce((text, [from = "", to = ""]) => edited(text, from, to as string), seed);

const lock: Lock = {
  title: "Resultatplan 2022",
  sources: [{ name: "plan.md", sha256: sha256(signed), text: signed }],
  pictures: [],
  signatories: ["Sophus Garfiel"],
  signatures: [],
};

function goalsOf(groups: readonly GoalGroup[]): Goal[] {
  return groups.flatMap((group) => [...group.goals, ...goalsOf(group.groups)]);
}

/** What agreed changes look like: »2.2: frist«, or a name alone for what no goal has. */
function changeOf(plan: Plan | undefined, agreed: string): AgreedChange {
  const source = new Source("resultater.md", agreed);
  const span = source.span(0, agreed.length);
  const [, id, name = ""] = /^(?:(\d+\.\d+): )?(.*)$/.exec(agreed) ?? [];
  const goal = plan && goalsOf(plan.groups).find(({ number }) => number === id);
  const text = parseText(passageOf(span), "block").prose;
  return { ...(goal && { goal }), text, alters: [{ name, span }], span };
}

/** What the lock says of a plan: »33:32 ændret-efter-underskrift«. */
function said(text: string, ...agreed: string[]): string[] {
  const bytes = new TextEncoder().encode(text);
  const source = new Source("plan.md", text.replace(/^\uFEFF/, ""));
  const plan = parsePlan("be", source).value;
  const loaded = plan && { plan, images: new Map(), bytes, earlier: [] };
  const changes = agreed.map((one) => changeOf(plan, one));
  return holdAgainst(lock, { id: "be", path: "plan.md", bytes, loaded, changes }).diagnostics.map(
    ({ code, span }) => `${span.source.place(span.start).line}:${span.source.place(span.start).column} ${code}`,
  );
}

function errorsIn(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.endsWith("aftalt-ændring"));
}

function lineOf(text: string, words: string): number {
  return text.slice(0, text.indexOf(words)).split("\n").length;
}

const deadline = (text: string) => edited(text, "frist: 2022-06-01", "frist: 2022-06-15");

describe("what was agreed is no error, wherever it stands", () => {
  const goal = "      - nr: 1.3\n        titel: Nyt mål\n        mål: Enheden skal udgive en vejledning.\n";
  const one = / {6}- nr: 1\.1[\s\S]*?(?= {6}- nr: 1\.2)/;
  const last = / {6}- nr: 2\.2[\s\S]*?(?=^# Bemærkning)/m;
  const subGoals = /( {10}- nr: a[\s\S]*?)( {10}- nr: b[\s\S]*?)(?= {8}anmærkning)/;
  const sections = /(## Indledning[\s\S]*?)(## 1\. [\s\S]*?)(?=## 2\.)/;

  test.each<[string, (text: string) => string, string[]]>([
    ["a value", deadline, ["2.2: frist"]],
    [
      "a value in other quotation marks",
      (text) => edited(text, "frist: 2022-06-01", 'frist:  "2022-06-15"'),
      ["2.2: frist"],
    ],
    [
      "a text in another form",
      (text) => edited(text, /mål: \|\n {10}Det[\s\S]*?Slut\.\n/, "mål: Det er nået.\n"),
      ["2.2: mål"],
    ],
    ["a text with other points", (text) => edited(text, "            - B er", "          - B er"), ["2.2: mål"]],
    [
      "a key more",
      (text) => edited(text, "frist: 2022-06-01", "ansvarlig: Enheden\n        frist: 2022-06-01"),
      ["2.2: ansvarlig"],
    ],
    ["a key less", (text) => edited(text, /^ +enhed: Dage\n/m, ""), ["2.2: enhed"]],
    [
      "a map more",
      (text) => edited(text, "enhed: Dage\n", "enhed: Dage\n        skala:\n          opfyldt: Det er nået.\n"),
      ["2.2: skala"],
    ],
    ["a year more in braces", (text) => edited(text, '2021: "+/- 1,0", ', ""), ["2.1: delmål a"]],
    ["a sub-goal less", (text) => edited(text, / {10}- nr: b[\s\S]*?(?= {8}anmærkning)/, ""), ["2.1: delmål b"]],
    ["sub-goals in another order", (text) => edited(text, subGoals, "$2$1"), ["2.1: delmål"]],
    [
      "a value that was empty",
      (text) => edited(text, "bemærkninger:\n", "bemærkninger: Ingen.\n"),
      ["2.1: bemærkninger"],
    ],
    [
      "a value that is empty now",
      (text) => edited(text, "bemærkninger: Jævnligt.", "bemærkninger:"),
      ["2.2: bemærkninger"],
    ],
    ["a group's name", (text) => edited(text, "navn: Økonomiske", "navn: Alle økonomiske"), ["gruppe økonomiske"]],
    [
      "a goal of another group",
      (text) => edited(edited(text, last, ""), /(?= {2}- nøgle: økonomiske)/, last.exec(text)?.[0] ?? ""),
      ["2.2: gruppe", "2.2: rækkefølge"],
    ],
    ["a follow-up", (text) => edited(text, "frist: 2022-07-14", "frist: 2022-07-15"), ["opfølgning 2. kvartal"]],
    ["a signatory's title", (text) => edited(text, "stilling: Kontorchef", "stilling: Enhedschef"), ["underskrivere"]],
    ["a signatory less", (text) => edited(text, / {2}- navn: Peter[\s\S]*?(?= {2}- navn)/, ""), ["underskrivere"]],
    [
      "a text of the body",
      (text) => edited(text, "Der afrapporteres kvartalsvist", "Der skrives hvert år.\n\nDer afrapporteres"),
      ["Påtegning og opgørelse"],
    ],
    ["a section more", (text) => `${text.trimEnd()}\n\n## Bilag\n\nEt bilag.\n`, ["Bilag"]],
    ["sections in another order", (text) => edited(text, sections, "$2$1"), ["1. Strategiske mål og kernefaglige mål"]],
    [
      "a goal more",
      (text) =>
        edited(
          edited(text, "  - nøgle: økonomiske", `${goal}  - nøgle: økonomiske`),
          "## 2. Økonomiske",
          ":::mål 1.3\n:::\n\n## 2. Økonomiske",
        ),
      ["1.3: tilføjet", "1. Strategiske mål og kernefaglige mål"],
    ],
    [
      "goals in another order",
      (text) => edited(edited(text, one, ""), /(?= {2}- nøgle: økonomiske)/, one.exec(text)?.[0] ?? ""),
      ["1.1: rækkefølge", "1.2: rækkefølge"],
    ],
    [
      "what is told of a goal",
      (text) => edited(text, /:::mål 2\.2\n[\s\S]*?:::/, ":::mål 2.2\nAftalt.\n\n- a\n  - b\n:::"),
      ["2.2: tekst"],
    ],
    [
      "two things at once",
      (text) => deadline(edited(text, "stilling: Kontorchef", "stilling: Enhedschef")),
      ["2.2: frist", "underskrivere"],
    ],
  ])("%s", (_what, change, agreed) => {
    const text = change(signed);
    const lines = said(text, ...agreed);
    // Only one of two goals that change places is moved; that the other is not is said as well.
    expect(errorsIn(lines).filter((line) => !line.endsWith("ændring-uden-forskel"))).toEqual([]);
    expect(lines.some((line) => line.endsWith("aftalt-ændring"))).toBe(true);
    // Far from all of that, and yet told.
    expect(errorsIn(said(edited(text, "# Bemærkning", "# bemærkning"), ...agreed))).toContain(
      `${lineOf(text, "# Bemærkning")}:3 ændret-efter-underskrift`,
    );
  });
});

describe("beside what was agreed, an error at its place is", () => {
  test.each<[string, string | RegExp, string, string, number]>([
    ["a point that is no longer in a point, in a goal", "            - B er", "          - B er", "- B er nået", 11],
    ["a point that is no longer in a point, in the text", "\n  - b\n", "\n- b\n", "- b\n- c", 1],
    ["a paragraph that belongs to a point", "- c\n\nSlut", "- c\n\n  Slut", "Slut\n\nMål", 3],
    ["a table that is running text", "--- | ---\nx", "--- | --- x", "Mål | Krav", 1],
    ["another remark", "# som aftalt", "# som ønsket", "# som ønsket", 33],
    ["a remark on a line of its own", "# Bemærkning før", "# Bemærkninger før", "# Bemærkninger", 13],
    ["a space for a hard space", "Det\u00a0er", "Det er", "Det er nået, hvis", 14],
    ["a line break", "- a og\n", "- a\n  og\n", "- a\n  og", 4],
    ["another indentation", "  - b\n", "    - b\n", "    - b\n", 3],
    ["an empty line before the end", /\n$/, "\n\n", "", 0],
  ])("%s", (_what, from, to, words, column) => {
    const text = deadline(edited(signed, from, to));
    const errors = errorsIn(said(text, "2.2: frist"));
    expect(errors[0]).toMatch(/ændret-efter-underskrift$/);
    if (words !== "") expect(errors).toContain(`${lineOf(text, words)}:${column} ændret-efter-underskrift`);
  });

  test("a byte order mark", () => {
    expect(errorsIn(said(`\uFEFF${deadline(signed)}`, "2.2: frist"))).toEqual(["1:1 ændret-efter-underskrift"]);
  });

  test("whatever is changed, anywhere but in what was agreed", () => {
    const text = deadline(signed);
    const start = text.indexOf(" 2022-06-15");
    const edit = fc.record({
      at: fc.integer({ min: 0, max: text.length - 1 }),
      length: fc.integer({ min: 0, max: 4 }),
      put: fc.constantFrom("", " ", "\n", "  ", "\t", "\u00a0", "#", "x", "\n\n", "- ", "\r\n", " # a"),
    });
    fc.assert(
      fc.property(edit, ({ at, length, put }) => {
        if (at + length >= start && at <= start + " 2022-06-15".length) return;
        const changed = text.slice(0, at) + put + text.slice(at + length);
        if (changed === text) return;
        expect([changed.slice(at - 20, at + 20), errorsIn(said(changed, "2.2: frist")).length > 0]).toEqual([
          changed.slice(at - 20, at + 20),
          true,
        ]);
      }),
      { numRuns: 250 },
    );
  }, 120_000);
});
