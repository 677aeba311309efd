import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { wholeNumber } from "../src/core/decimal.ts";
import type { Diagnostic } from "../src/core/diagnostic.ts";
import { Source } from "../src/core/source.ts";
import { goalsOf, type Plan, type Scoring } from "../src/plan/plan.ts";
import { frontMatterJsonSchema, planSchema } from "../src/plan/schema.ts";
import { frame } from "../src/report/frame.ts";
import { assess } from "../src/results/assess.ts";
import type { Assessment } from "../src/results/assessment.ts";
import { loadPlanWithHistory } from "../src/results/history.ts";
import { parseResults } from "../src/results/load.ts";
import { parsePay } from "../src/results/pay/load.ts";
import { paidAmount, paidPercent } from "../src/results/pay/pay.ts";
import { paySchema } from "../src/results/pay/schema.ts";
import { type Outcome, outcomeWords } from "../src/results/results.ts";
import { resultsSchema } from "../src/results/schema.ts";
import { score } from "../src/results/scoring.ts";
import { percentText, summaryOf } from "../src/results/summary.ts";
import { readEditions, reportWords } from "../src/template/edition.ts";
import {
  codeIn,
  type Example,
  examples,
  indented,
  keysToldUnder,
  language,
  readText,
  SchemaReader,
  soundPlan,
  tableUnder,
  wholePlan,
  withBody,
  withGoal,
  withKeys,
  wordOf,
} from "./support/guides.ts";

const root = resolve(import.meta.dirname, "..");
const text = readText("docs/resultater.md");
const guide = readText("docs/vejledning.md");
const written = examples(text);
const only = (word: string) => written.find((example) => example.words[0] === word)?.text ?? "";
const wholeResults = only("resultater");
const wholePay = only("resultatløn");

const errorsOf = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter((one) => one.severity === "error").map((one) => `${one.code}: ${one.message}`);

function parsed(results: string, plan: Plan, path = "resultater.md") {
  return parseResults(new Source(path, results), plan);
}

function soundResults(results: string, plan: Plan): Assessment {
  const { value, diagnostics } = parsed(results, plan);
  if (!value) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  return value;
}

const plan = soundPlan(wholePlan);

/** The plan that an example's goal is in: a piece of a result belongs to the goal that stands last before it. */
function planFor(example: Example): Plan {
  const goal = written.findLast((one) => one.words[0] === "mål" && one.line < example.line);
  if (example.words[0] !== "resultat" || !goal) return plan;
  const method = wordOf(goal, "metode") ?? "binær";
  return soundPlan(withGoal(goal.text).replace("metode: binær", `metode: ${method}`));
}

const analyses = ":::mål 1.1\nAnalysen.\n:::";

function resultsOf({ words, text: piece }: Example): string {
  switch (words[0]) {
    case "resultater":
      return piece;
    case "oplysninger":
      return withKeys(wholeResults, piece);
    case "resultat":
      return `---\nmål:\n  1.1:\n${indented(piece, 4)}\n---\n\n${analyses}\n`;
    default:
      return withBody(wholeResults, piece);
  }
}

describe("the examples of docs/resultater.md", () => {
  const results = written.filter((one) => /^(?:resultater|oplysninger|resultat|tekst)$/.test(one.words[0] ?? ""));

  test("are all marked with what they are", () => {
    const others = written.filter((one) => !results.includes(one)).map((one) => one.words[0]);
    expect(new Set(others)).toEqual(new Set(["mål", "planen", "resultatløn"]));
  });

  test("begin with a whole file that nothing is to be said about, and the sentence it comes to", () => {
    const { value, diagnostics } = parsed(wholeResults, plan);
    expect(diagnostics).toEqual([]);
    expect(text).toContain(`»${value && summaryOf(value)}«`);
  });

  const good = results.filter((one) => wordOf(one, "fejl") === undefined);
  test.each(good.map((one) => [one.line, one] as const))("line %i is sound, and comes to what it says", (_, one) => {
    const { value, diagnostics } = parsed(resultsOf(one), planFor(one));
    expect(errorsOf(diagnostics)).toEqual([]);
    const expected = wordOf(one, "bliver")?.replace("-", " ");
    if (one.words[0] === "resultat") expect(value && outcomeWords[value.goals[0]?.outcome ?? "met"]).toBe(expected);
  });

  const bad = results.filter((one) => !good.includes(one));
  test.each(bad.map((one) => [one.line, one] as const))("line %i is the error it shows", (_, one) => {
    const { diagnostics } = parsed(resultsOf(one), planFor(one));
    expect(diagnostics.filter((each) => each.severity === "error").map((each) => each.code)).toEqual([
      wordOf(one, "fejl"),
    ]);
  });

  test("every way to write a measured value is one for its criteria", () => {
    const criteria = new Map(
      tableUnder(language, "Kriterier").map((row) => [codeIn(row[0] ?? "").join(" › "), codeIn(row[3] ?? "")[0] ?? ""]),
    );
    const lists: Record<string, string> = {
      en_af: "en_af: [{ antal_mindst: 3 }, { senest: 2027-10-01 }]",
      alle: "alle: [{ antal_mindst: 3 }, { senest: 2027-10-01 }]",
      mindst_antal_af: "mindst_antal_af: { antal: 1, kriterier: [{ antal_mindst: 3 }, { senest: 2027-10-01 }] }",
    };
    const extra = 'referencer: { Statens gennemsnit: "8,4" }\n    tidligere: { 2026: "3,0" }';
    const rows = tableUnder(text, "Det målte");
    expect(rows.flatMap((row) => codeIn(row[0] ?? "")).toSorted()).toEqual(
      [...criteria.keys()].filter((name) => !name.includes("›")).toSorted(),
    );
    for (const [names = "", , shown = ""] of rows)
      for (const name of codeIn(names)) {
        const criterion = lists[name] === undefined ? (criteria.get(name) ?? "") : `{ ${lists[name]} }`;
        const of = soundPlan(withGoal(`kriterium: ${criterion}`));
        const more = name.endsWith("_reference")
          ? extra.split("\n")[0]
          : name === "fald"
            ? extra.split("\n")[1]?.trim()
            : "";
        const file = `---\nmål:\n  1.1:\n    resultat: ${codeIn(shown)[0]}\n    ${more}\n---\n\n${analyses}\n`;
        expect([name, errorsOf(parsed(file, of).diagnostics)]).toEqual([name, []]);
      }
  });
});

describe("docs/resultater.md tells of", () => {
  const apart = ["mål", "årsrapport", "ændringer", "delmål", "milepæle"];
  const schema = new SchemaReader(frontMatterJsonSchema(resultsSchema), apart);
  const goal = schema.inside(schema.whole, "mål");
  const subGoal = schema.inside(goal, "delmål");
  test.each([
    ["Hele filen", schema.whole],
    ["Mål", goal],
    ["Milepæle", schema.inside(goal, "milepæle")],
    ["Ændringer", schema.inside(schema.whole, "ændringer")],
    ["Årsrapporten", schema.inside(schema.whole, "årsrapport")],
    ["Resultatløn", new SchemaReader(frontMatterJsonSchema(paySchema), []).whole],
  ])("every key under »%s« and whether it is required", (heading, part) => {
    expect(keysToldUnder(text, heading)).toEqual(schema.keysOf(part));
  });

  test("what a sub-goal has of a goal's keys, and its parts of those", () => {
    const [ofGoal, ofSubGoal, ofPart] = [goal, subGoal, schema.inside(subGoal, "delmål")].map((one) =>
      Object.keys(one.properties ?? {}),
    );
    expect(ofSubGoal?.toSorted()).toEqual(ofGoal?.filter((key) => key !== "milepæle").toSorted());
    expect(ofPart?.toSorted()).toEqual(ofSubGoal?.filter((key) => key !== "delmål").toSorted());
  });

  test("every judgement", () => {
    const row = tableUnder(text, "Mål").find((cells) => cells[0] === "`vurdering`");
    expect(codeIn(row?.[2] ?? "")).toEqual(schema.inside(goal, "vurdering").enum);
    expect(codeIn(row?.[2] ?? "")).toEqual(Object.values(outcomeWords));
  });

  test("every method, in the order of the language", () => {
    const plans = new SchemaReader(frontMatterJsonSchema(planSchema), []);
    const methods = plans.inside(plans.inside(plans.whole, "opgørelse"), "metode").enum;
    expect(tableUnder(text, "Metoderne").flatMap((row) => codeIn(row[0] ?? ""))).toEqual(methods);
  });

  test("what the methods make of four goals", () => {
    const methods: Record<string, Scoring["method"]> = { tretrin: "threeLevel", vægtet: "weighted", point: "points" };
    const outcomes: Outcome[] = ["met", "partlyMet", "notMet", "withdrawn"];
    const sizes = [40, 30, 20, 10].map(wholeNumber);
    const span = plan.formSpan;
    for (const [how = "", , , total] of tableUnder(text, "Metoderne", 1)) {
      const method = methods[codeIn(how)[0] ?? ""];
      if (!method) throw new Error(how);
      const part = method === "points" ? wholeNumber(1).div(3) : wholeNumber(1).div(2);
      const goals = outcomes.map((outcome, index) => ({
        outcome,
        counts: true,
        weight: sizes[index],
        points: sizes[index],
        credit: outcome === "met" ? wholeNumber(1) : outcome === "partlyMet" ? part : wholeNumber(0),
      }));
      const { percent } = score({ method, partCredit: part, span }, goals);
      expect([how, percent && percentText(percent)]).toEqual([how, total]);
    }
  });

  test("every edition and its headings, the usual ones first", async () => {
    const editions = await readEditions(join(root, "templates"));
    const { settings, span } = soundResults(wholeResults.replace("afsnit: 2.4, ", ""), plan).results;
    const rows = editions.flatMap((edition) => {
      const names = Object.keys(edition.ordlyde).toSorted((a, b) =>
        a === edition.ordlyd ? -1 : b === edition.ordlyd ? 1 : 0,
      );
      return names.map((name) => {
        const asked = { ...settings, edition: { year: edition.from, span }, preset: { name, span } };
        const { value } = reportWords(asked, span, editions);
        return [`\`${edition.from}\``, `\`${name}\``, value?.heading, value?.part1, value?.part2];
      });
    });
    expect(tableUnder(text, "Årsrapporten", 1)).toEqual(rows);
  });

  test("every rule of the results, and none that is not there", () => {
    const told = tableUnder(text, "Fejl").flatMap((row) => codeIn(row[0] ?? ""));
    const files = ["src/results", "src/lock"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    );
    const sources = [
      // The rules of follow-ups are told of in their own guide.
      ...files.filter((file) => file.endsWith(".ts") && !file.includes("followup")),
      "src/template/edition.ts",
      "src/pipeline/draft.ts",
    ];
    const code = sources.map(readText).join("\n");
    const said =
      /(?:\b(?:error|warning|note|wrongValue)|#say)\(\s*["`]([a-zæøå-]+)["`]|new Failure\("plan", "([a-zæøå-]+)"/g;
    const rules = [...code.matchAll(said)].map((match) => match[1] ?? match[2] ?? "");
    // Goals are found as in a plan's body; the names of parts are put together.
    const elsewhere = ["ukendt-mål", "flertydigt-mål", "ukendt-delmål", "ukendt-milepæl", "forkert-værdi"];
    expect(told.toSorted()).toEqual([...new Set([...rules, ...elsewhere])].toSorted());
  });
});

test("docs/resultater.md works out the pay as the program does", () => {
  const paid = soundPlan(withKeys(wholePlan, only("planen")));
  const { value, diagnostics } = parsePay(new Source("resultatloen.md", wholePay), soundResults(wholeResults, paid));
  expect(diagnostics).toEqual([]);
  if (!value) throw new Error("no pay");
  expect([percentText(paidPercent(value)), paidAmount(value)?.toString()]).toEqual(["72,5 pct.", "72500"]);
  expect(text).toContain("i alt 72,5 pct. af\n100.000 kr., svarende til 72.500 kr.");
});

describe("the history in docs/plansprog.md", () => {
  const plans = mkdtempSync(join(tmpdir(), "resultatplan-historik-"));
  afterAll(() => rmSync(plans, { recursive: true, force: true }));

  test("fills the tables as it shows", async () => {
    const piece = examples(language).find((one) => one.words.includes("historik"))?.text ?? "";
    const next = withKeys(wholePlan.replaceAll("2027-", "2028-").replaceAll("2026-", "2027-"), piece);
    for (const [name, file, content] of [
      ["eksempelstyrelsen-2027", "plan.md", wholePlan],
      ["eksempelstyrelsen-2027", "resultater.md", wholeResults],
      ["eksempelstyrelsen-2028", "plan.md", next],
    ] as const) {
      mkdirSync(join(plans, name), { recursive: true });
      writeFileSync(join(plans, name, file), content);
    }
    const { value, diagnostics } = await loadPlanWithHistory(join(plans, "eksempelstyrelsen-2028/plan.md"));
    expect(errorsOf(diagnostics)).toEqual([]);
    const rows = goalsOf(value?.plan.groups ?? [])[0]?.measure.rows ?? [];
    const years = [...new Set(rows.flatMap((row) => row.cells.map((cell) => cell.year)))].toSorted();
    const shown = rows.map((row) => [
      row.kind === "target" ? "Mål" : "Resultat",
      ...years.map((year) => row.cells.find((cell) => cell.year === year)?.text ?? ""),
    ]);
    expect(tableUnder(language, "Historik")).toEqual(shown);
  });
});

test("the README's results are sound results of the same plan", () => {
  const block = examples(readText("README.md")).find((one) => one.text.startsWith("---\nmål:"));
  const { value, diagnostics } = parsed(block?.text ?? "", plan);
  expect(diagnostics).toEqual([]);
  expect(value?.goals.map((one) => one.outcome)).toEqual(["notMet", "met"]);
});

test("docs/vejledning.md shows an error of the results as the program tells it", () => {
  const path = "plans/min-institution-2027/resultater.md";
  const { diagnostics } = parsed(wholeResults.replace("dato: 2027-09-24", "dato: 2027-10-14"), plan, path);
  const found = diagnostics.filter((one) => one.severity === "error");
  expect(found).toHaveLength(1);
  expect(guide).toContain(found.map((one) => frame(one, (_style, words) => words)).join());
});

test("an analysis is asked for where docs/resultater.md says so", () => {
  const bare = withBody(wholeResults, "");
  expect(parsed(bare, plan).diagnostics.map((one) => one.code)).toEqual(["analyse-mangler"]);
  const { assessment } = assess(plan, soundResults(wholeResults, plan).results);
  expect(assessment.goals.map((one) => one.outcome)).toEqual(["notMet", "met"]);
});
