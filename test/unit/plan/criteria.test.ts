import { describe, expect, test } from "vitest";
import { decimalText } from "../../../src/core/decimal.ts";
import type { Criterion } from "../../../src/plan/plan.ts";
import { soundGoal } from "../../support/plan-text.ts";

/** A criterion in one line, numbers as they are printed. */
function told(criterion: Criterion | undefined): string {
  if (!criterion) return "none";
  switch (criterion.kind) {
    case "by":
      return `by ${criterion.deadline.year}-${criterion.deadline.month}-${criterion.deadline.day}`;
    case "atMostReference":
    case "atLeastReference":
      return `${criterion.kind} ${criterion.reference}`;
    case "reduction":
      return `reduction ${decimalText(criterion.percent)} since ${criterion.baseYear}`;
    case "atLeastOf":
      return `${criterion.count} of (${criterion.criteria.map(told).join("; ")})`;
    default:
      return `${criterion.kind} ${decimalText(criterion.limit)}`;
  }
}

describe("a criterion arrives as it is written", () => {
  test.each([
    ['{ afvigelse_højst: "1,0" }', "tolerance 1"],
    ["{ højst: 30 }", "atMost 30"],
    ["{ mindst: -2.5 }", "atLeast -2,5"],
    ['{ mindst: "1.000.000" }', "atLeast 1000000"],
    ["{ antal_mindst: 3 }", "countAtLeast 3"],
    ["{ senest: 2022-10-01 }", "by 2022-10-1"],
    ["{ højst_reference: Statens gennemsnit }", "atMostReference Statens gennemsnit"],
    ["{ mindst_reference: Statens gennemsnit }", "atLeastReference Statens gennemsnit"],
    ["{ fald: { pct: 5, fra: 2021 } }", "reduction 5 since 2021"],
    ["{ en_af: [{ højst: 8 }, { fald: { pct: 5, fra: 2021 } }] }", "1 of (atMost 8; reduction 5 since 2021)"],
    ["{ alle: [{ mindst: 1 }, { højst: 9 }, { mindst: 2 }] }", "3 of (atLeast 1; atMost 9; atLeast 2)"],
    [
      "{ mindst_antal_af: { antal: 2, kriterier: [{ mindst: 1 }, { højst: 9 }, { mindst: 2 }] } }",
      "2 of (atLeast 1; atMost 9; atLeast 2)",
    ],
    [
      "{ en_af: [{ alle: [{ mindst: 1 }, { højst: 9 }] }, { senest: 2022-01-01 }] }",
      "1 of (2 of (atLeast 1; atMost 9); by 2022-1-1)",
    ],
  ])("%s", (written, expected) => {
    expect(told(soundGoal(`kriterium: ${written}`).measure.criterion)).toBe(expected);
  });

  test("a goal without one has none", () => {
    expect(told(soundGoal("mål: Ny vejledning.").measure.criterion)).toBe("none");
  });

  test("zero is a limit like any other", () => {
    expect(told(soundGoal("kriterium: { højst: 0 }").measure.criterion)).toBe("atMost 0");
  });
});
