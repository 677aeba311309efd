import { describe, expect, test } from "vitest";
import { type Decimal, parseDecimal, sum } from "../../../src/core/decimal.ts";
import { type Outcome, outcomeWords } from "../../../src/results/results.ts";
import { percentText, summaryOf, writtenPercent } from "../../../src/results/summary.ts";
import { soundPlan } from "../../support/plan-text.ts";
import { resultsText, soundResults } from "../../support/results-text.ts";

/** The summary of a year whose goals have these lines and came to this. */
function summary(
  opgørelse: string,
  outcomes: string,
  lines: (index: number) => string = () => "",
  others = "",
): string {
  const levels: Readonly<Record<string, Outcome>> = { o: "met", d: "partlyMet", i: "notMet", u: "withdrawn" };
  const goals = outcomes.split(" ").map((letter, index) => ({ outcome: levels[letter] ?? "met", nr: index + 1 }));
  const plan = soundPlan({
    opgørelse: `{ ${opgørelse} }`,
    mål: goals.map(({ nr }, index) => `\n  - { nr: ${nr}, titel: T, mål: M${lines(index)} }`).join(""),
  });
  const results = goals.map(({ nr, outcome }) => `${nr}: { vurdering: ${outcomeWords[outcome]}, begrundelse: B }`);
  const withdrawn = goals.filter(({ outcome }) => outcome === "withdrawn");
  const changes = withdrawn.map(({ nr }) => `\n  - { mål: ${nr}, tekst: Udgået. }`).join("");
  const front = `${others}${changes && `ændringer:${changes}\n`}`;
  const analysed = goals.map(({ nr }) => String(nr));
  return summaryOf(soundResults(plan, resultsText(results.join("\n"), analysed, front)));
}

describe("met or not: o is opfyldt, d delvist, i ikke, u udgået", () => {
  test.each([
    ["o o o i", "3 af 4 mål er opfyldt, svarende til 75 pct."],
    ["o o i", "2 af 3 mål er opfyldt, svarende til 66,7 pct."],
    ["o i i", "1 af 3 mål er opfyldt, svarende til 33,3 pct."],
    ["o o o", "Alle 3 mål er opfyldt, svarende til 100 pct."],
    ["o o", "Begge mål er opfyldt, svarende til 100 pct."],
    ["o i", "1 af 2 mål er opfyldt, svarende til 50 pct."],
    ["i i i", "Ingen af de 3 mål er opfyldt, svarende til 0 pct."],
    ["o", "Planens ene mål er opfyldt, svarende til 100 pct."],
    ["i", "Planens ene mål er ikke opfyldt, svarende til 0 pct."],
    ["o o i u", "2 af 3 mål er opfyldt, svarende til 66,7 pct. Ét mål er udgået og indgår ikke i opgørelsen."],
    ["o i u u", "1 af 2 mål er opfyldt, svarende til 50 pct. To mål er udgået og indgår ikke i opgørelsen."],
    [
      "o u",
      "Det ene mål, der indgår i opgørelsen, er opfyldt, svarende til 100 pct. Ét mål er udgået og indgår ikke i opgørelsen.",
    ],
    ["u u", "Ingen mål indgår i opgørelsen. To mål er udgået."],
    ["u", "Ingen mål indgår i opgørelsen. Ét mål er udgået."],
  ])("%s", (outcomes, expected) => {
    expect(summary("metode: binær", outcomes)).toBe(expected);
  });
});

describe("three levels that are counted, and not scored", () => {
  test.each([
    ["o o d i", "2 af 4 mål er opfyldt, svarende til 50 pct. Ét mål er delvist opfyldt."],
    ["o d d", "1 af 3 mål er opfyldt, svarende til 33,3 pct. To mål er delvist opfyldt."],
    ["o o i", "2 af 3 mål er opfyldt, svarende til 66,7 pct."],
    [
      "o d i i i u",
      "1 af 5 mål er opfyldt, svarende til 20 pct. Ét mål er delvist opfyldt. Ét mål er udgået og indgår ikke i opgørelsen.",
    ],
    ["d", "Planens ene mål er delvist opfyldt."],
  ])("%s", (outcomes, expected) => {
    expect(summary("metode: tretrin", outcomes)).toBe(expected);
  });
});

describe("what is partly met counts: the score is told as a whole where it is not the met goals' part of all", () => {
  test.each([
    ["o o d i", "2 af 4 mål er opfyldt. Ét mål er delvist opfyldt. Den samlede målopfyldelse er 62,5 pct."],
    ["d d d", "Ingen af de 3 mål er opfyldt. Tre mål er delvist opfyldt. Den samlede målopfyldelse er 50 pct."],
    ["o o i", "2 af 3 mål er opfyldt, svarende til 66,7 pct."],
    ["d", "Planens ene mål er delvist opfyldt. Den samlede målopfyldelse er 50 pct."],
  ])("%s", (outcomes, expected) => {
    expect(summary("metode: tretrin, delvist_tæller: 1/2", outcomes)).toBe(expected);
  });
});

describe("weights and points", () => {
  const weights = (index: number) => `, vægt: ${[60, 30, 10][index]}`;
  const points = (index: number) => `, point: ${[60, 30, 10][index]}`;

  test.each([
    ["o i i", "1 af 3 mål er opfyldt. Den samlede målopfyldelse er 60 pct."],
    ["o o o", "Alle 3 mål er opfyldt, svarende til 100 pct."],
    ["i i i", "Ingen af de 3 mål er opfyldt, svarende til 0 pct."],
    [
      "o u i",
      "1 af 2 mål er opfyldt. Den samlede målopfyldelse er 85,7 pct. Ét mål er udgået og indgår ikke i opgørelsen.",
    ],
  ])("weights 60, 30, 10: %s", (outcomes, expected) => {
    expect(summary("metode: vægtet", outcomes, weights)).toBe(expected);
  });

  test.each([
    ["o i i", "1 af 3 mål er opfyldt. Der er opnået 60 af 100 point. Den samlede målopfyldelse er 60 pct."],
    ["o o o", "Alle 3 mål er opfyldt, svarende til 100 pct. Der er opnået 100 af 100 point."],
    [
      "i d o",
      "1 af 3 mål er opfyldt. Ét mål er delvist opfyldt. Der er opnået 20 af 100 point. Den samlede målopfyldelse er 20 pct.",
    ],
    [
      "i i d",
      "Ingen af de 3 mål er opfyldt. Ét mål er delvist opfyldt. Der er opnået 3,33 af 100 point. Den samlede målopfyldelse er 3,3 pct.",
    ],
  ])("points 60, 30, 10: %s", (outcomes, expected) => {
    expect(summary("metode: point, delvist_tæller: 1/3", outcomes, points)).toBe(expected);
  });

  test("thousands of points", () => {
    expect(summary("metode: point", "o i", (index) => `, point: ${[1200, 600][index]}`)).toBe(
      "1 af 2 mål er opfyldt. Der er opnået 1.200 af 1.800 point. Den samlede målopfyldelse er 66,7 pct.",
    );
  });
});

test("goals outside the score are told of last", () => {
  const uncounted = (index: number) => (index > 1 ? ", tæller: nej" : "");
  expect(summary("metode: binær", "o i i", uncounted)).toBe(
    "1 af 2 mål er opfyldt, svarende til 50 pct. Ét mål indgår efter planen ikke i opgørelsen.",
  );
  expect(summary("metode: binær", "o u o u", uncounted)).toBe(
    "Det ene mål, der indgår i opgørelsen, er opfyldt, svarende til 100 pct. Ét mål er udgået og indgår ikke i opgørelsen. To mål indgår efter planen ikke i opgørelsen.",
  );
});

test("a fulfilment that a person has judged", () => {
  const judged = 'samlet: { pct: "87,5", begrundelse: Alt i alt godt. }\n';
  expect(summary("metode: manuel", "o o d", undefined, judged)).toBe(
    "2 af 3 mål er opfyldt. Ét mål er delvist opfyldt. Den samlede målopfyldelse er vurderet til 87,5 pct.",
  );
});

test.each(["87,25", "87,250", "80", "80,0", "99,99", "0,04"])("it is printed as it is written: %s", (written) => {
  const judged = `samlet: { pct: "${written}", begrundelse: Alt i alt godt. }\n`;
  expect(summary("metode: manuel", "o o d", undefined, judged)).toContain(` er vurderet til ${written} pct.`);
});

describe("a percentage is rounded to one decimal, and to 0 or 100 only when it is", () => {
  test.each([
    ["75", "75 pct."],
    ["0", "0 pct."],
    ["100", "100 pct."],
    ["200/3", "66,7 pct."],
    ["62.5", "62,5 pct."],
    ["62.25", "62,3 pct."],
    ["99.95", "99,95 pct."],
    ["99.996", "99,996 pct."],
    ["0.04", "0,04 pct."],
    ["1/300", "0,003 pct."],
    ["299.99/3", "99,997 pct."],
  ])("%s is %s", (number, expected) => {
    const [above = "0", below = "1"] = number.split("/");
    expect(percentText(sum([]).add(above).div(below))).toBe(expected);
  });
});

test("a percentage that a person has written is shown whole", () => {
  expect(["87,25", "100", "99,999"].map((text) => writtenPercent(parseDecimal(text) as Decimal))).toEqual([
    "87,25 pct.",
    "100 pct.",
    "99,999 pct.",
  ]);
});
