import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../src/core/diagnostic.ts";
import { Source } from "../src/core/source.ts";
import type { Plan } from "../src/plan/plan.ts";
import { frontMatterJsonSchema } from "../src/plan/schema.ts";
import { parseFollowUp } from "../src/results/followup/load.ts";
import { knownRounds, roundOf } from "../src/results/followup/rounds.ts";
import { followUpSchema, statusWords } from "../src/results/followup/schema.ts";
import { statusSummary } from "../src/results/followup/summary.ts";
import { columns, kindWords } from "../src/sheet/columns.ts";
import {
  codeIn,
  type Example,
  examples,
  indented,
  keysToldUnder,
  readText,
  SchemaReader,
  soundPlan,
  tableUnder,
  wholePlan,
  withGoal,
  wordOf,
} from "./support/guides.ts";

const root = resolve(import.meta.dirname, "..");
const text = readText("docs/opfoelgning.md");
const written = examples(text);
const wholeFile = written.find((example) => example.words[0] === "opfølgning")?.text ?? "";
const plan = soundPlan(wholePlan);

const parsed = (file: string, of: Plan) => parseFollowUp(new Source("opfoelgning.md", file), of, "2-kvartal");
const errorsOf = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter((one) => one.severity === "error").map((one) => one.code);

describe("the examples of docs/opfoelgning.md", () => {
  test("begin with a whole file that nothing is to be said about, and the sentence it comes to", () => {
    const { value, diagnostics } = parsed(wholeFile, plan);
    expect(diagnostics).toEqual([]);
    expect(text).toContain(`»${value && statusSummary(value)}«`);
  });

  const statuses = written.filter((one) => one.words[0] === "status");
  test.each(statuses.map((one) => [one.line, one] as const))("line %i is what it says", (_, one: Example) => {
    const goal = written.findLast((each) => each.words[0] === "mål" && each.line < one.line);
    const of = soundPlan(withGoal(goal?.text ?? ""));
    const { value, diagnostics } = parsed(`---\nmål:\n  1.1:\n${indented(one.text, 4)}\n---\n`, of);
    const fault = wordOf(one, "fejl");
    expect(errorsOf(diagnostics)).toEqual(fault === undefined ? [] : [fault]);
    if (fault === undefined) expect(value?.goals[0]?.outlook.forecast).toBe(wordOf(one, "prognose"));
  });

  test("are all tried", () => {
    expect(statuses).toHaveLength(3);
    expect(new Set(written.map((one) => one.words[0]))).toEqual(new Set(["opfølgning", "mål", "status"]));
  });
});

describe("docs/opfoelgning.md tells of", () => {
  const schema = new SchemaReader(frontMatterJsonSchema(followUpSchema), ["mål", "delmål", "milepæle"]);
  const goal = schema.inside(schema.whole, "mål");
  const milestone = schema.inside(goal, "milepæle");

  test.each([
    ["Hele filen", schema.whole],
    ["Mål", goal],
    ["Milepæle", milestone],
  ])("every key under %s, and whether it is required", (heading, of) => {
    expect(keysToldUnder(text, heading)).toEqual(schema.keysOf(of));
  });

  test("every status", () => {
    const [, , cell = ""] = tableUnder(text, "Mål").find((row) => row[0] === "`status`") ?? [];
    expect(codeIn(cell)).toEqual(statusWords);
  });

  test("every round, its title and its last day", () => {
    const rows = tableUnder(text, "Runderne");
    expect(rows.flatMap((row) => codeIn(row[0] ?? "")).toSorted()).toEqual(knownRounds.toSorted());
    for (const [names = "", title, day = ""] of rows) {
      const rounds = codeIn(names).map((name) => roundOf(name, plan.period));
      expect(rounds.map((round) => round.title)).toContain(title);
      expect(rounds.every(({ lastDay }) => (lastDay === undefined) === day.includes("`opgjort`"))).toBe(true);
    }
  });

  test("every column of the sheet, and every kind of row", () => {
    const rows = tableUnder(text, "Regnearket");
    expect(rows.map((row) => [row[0], row[2] === "ja"])).toEqual(columns.map(({ heading, input }) => [heading, input]));
    for (const kind of Object.values(kindWords)) expect(rows[1]?.[1]).toContain(kind);
  });

  test("every rule of follow-ups and their sheets, and none that is not there", () => {
    const files = ["src/results/followup", "src/sheet"].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => readText(join(folder, name))),
    );
    const code = [
      ...files,
      ...["draft-status", "new-files"].map((name) => readText(`src/pipeline/year/${name}.ts`)),
    ].join("\n");
    const said =
      /(?:\b(?:error|warning|note)|#say)\(\s*"([a-zæøå-]+)"|new Failure\(\s*"(?:plan|usage|foreign)",\s*"([a-zæøå-]+)"/g;
    const rules = [...code.matchAll(said)].map((match) => match[1] ?? match[2] ?? "").filter((one) => one !== "brug");
    const told = tableUnder(text, "Fejl").flatMap((row) => codeIn(row[0] ?? ""));
    expect(told.toSorted()).toEqual([...new Set(rules)].toSorted());
  });
});
