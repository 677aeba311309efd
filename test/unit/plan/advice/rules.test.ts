import { describe, expect, test } from "vitest";
import { adviceNames } from "../../../../src/plan/advice/names.ts";
import { adviceRules } from "../../../../src/plan/advice/rules/all.ts";
import { planOfExample } from "../../../support/advice.ts";
import { soundPlan } from "../../../support/guides.ts";

test("every name has a rule, in the same order", () => {
  expect(adviceRules.map(({ name }) => name)).toEqual(adviceNames);
});

describe.each(adviceRules)("$name", (rule) => {
  test.each(rule.examples.good)("says nothing of: $text", (example) => {
    expect(rule.find(soundPlan(planOfExample(example)))).toEqual([]);
  });

  test.each(rule.examples.bad)("advises on: $text", (example) => {
    expect(rule.find(soundPlan(planOfExample(example)))).not.toEqual([]);
  });
});
