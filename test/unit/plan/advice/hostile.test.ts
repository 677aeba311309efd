import { expect, test } from "vitest";
import { Source } from "../../../../src/core/source.ts";
import { adviseOn } from "../../../../src/plan/advice/advice.ts";
import { parsePlan } from "../../../../src/plan/load.ts";
import { withGoal } from "../../../support/guides.ts";

/** Texts made to have patterns try every way there is; front matter holds 200 kB at most. */
const LENGTH = 150_000;
const filled = (piece: string) => piece.repeat(Math.floor(LENGTH / piece.length));

test.each([
  ["letters without end", filled("a")],
  ["an end of a word that many words have", filled("systemsystem")],
  ["deadlines that never come", filled("senest i løbet af ")],
  ["ways out that never end", filled("eller redegør for ")],
  ["ways out without a reason", filled("eller forklar ")],
  ["figures without a unit", filled("1.")],
  ["figures far apart", filled(`1${"\u00A0".repeat(500)}`)],
  ["limits without a figure", filled("mindst 1 ")],
  ["amounts", filled("et antal på ")],
  ["years", filled("2027 2028 ")],
])("advice takes no time on %s", (_name, text) => {
  const { value } = parsePlan("eksempel", new Source("plan.md", withGoal(`mål: "${text}"`)));
  if (!value) throw new Error("no plan");
  const start = performance.now();
  adviseOn(value);
  expect(performance.now() - start).toBeLessThan(2000);
});
