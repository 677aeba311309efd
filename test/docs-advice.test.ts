import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { adviseOn } from "../src/plan/advice/advice.ts";
import { adviceNames } from "../src/plan/advice/names.ts";
import { adviceRules } from "../src/plan/advice/rules/all.ts";
import { goalsOf } from "../src/plan/plan.ts";
import { sectionOf } from "./support/advice.ts";
import { codeIn, readText, soundPlan, tableUnder } from "./support/guides.ts";
import { seedPlanIds } from "./support/plans.ts";

/** docs/raad.md is held against the rules; `UPDATE=1 npx vitest run test/docs-advice.test.ts` writes the rules' sections anew. */
const path = resolve(import.meta.dirname, "../docs/raad.md");
const [before = "", after = ""] = readText("docs/raad.md").split(/(?<=^## Reglerne\n)[\s\S]*?(?=^## )/m);
const sections = `\n${adviceRules.map(sectionOf).join("\n\n")}\n\n`;
if (process.env.UPDATE === "1") writeFileSync(path, `${before}${sections}${after}`);
const page = readText("docs/raad.md");

test("the rules are told as the code has them", () => {
  expect(page).toBe(`${before}${sections}${after}`);
});

test("the overview names every rule", () => {
  expect(tableUnder(page, "Oversigt").map((row) => codeIn(row[0] ?? "")[0])).toEqual([...adviceNames]);
});

const plans = seedPlanIds.map((id) => ({ name: id, plan: soundPlan(readText(`plans/${id}/plan.md`)) }));

describe("the trial on the goals of the four plans", () => {
  const rows = tableUnder(page, "Prøvet på fire planer");

  test("tells of every goal and plan, and the advice that each is given", () => {
    const told = rows.map(([plan = "", goal = "", rules = ""]) => [codeIn(plan)[0], codeIn(goal)[0], codeIn(rules)]);
    const expected = plans.flatMap(({ name, plan }) => {
      const { given } = adviseOn(plan);
      const of = (goal: string | undefined) => given.filter((one) => one.goal === goal).map(({ rule }) => rule);
      return [undefined, ...goalsOf(plan.groups).map(({ id }) => id)].map((goal) => [name, goal, of(goal).toSorted()]);
    });
    expect(told.map(([plan, goal, rules]) => [plan, goal, [...(rules ?? [])].sort()])).toEqual(expected);
  });

  test("judges every piece of advice, and no rule cries wolf", () => {
    const judged = rows.map(([, , rules = "", verdict = ""]) => ({
      rules: codeIn(rules),
      verdicts: [...verdict.matchAll(/(?<!\p{L})(enig|delvis enig|uenig)(?!\p{L})/giu)].map((match) =>
        match[1]?.toLowerCase(),
      ),
    }));
    expect(judged.filter(({ rules, verdicts }) => verdicts.length !== rules.length)).toEqual([]);
    const all = judged.flatMap(({ verdicts }) => verdicts);
    expect(all.filter((verdict) => verdict === "uenig").length * 4).toBeLessThanOrEqual(all.length);
    const counts = ["enig", "delvis enig", "uenig"].map((word) => all.filter((verdict) => verdict === word).length);
    expect(page).toContain(
      `${all.length} råd: ${counts[0]} gange enig, ${counts[1]} gange delvis enig, ${counts[2]} gange uenig`,
    );
  });
});
