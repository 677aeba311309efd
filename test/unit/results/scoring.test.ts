import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decimal } from "../../../src/core/decimal.ts";
import { sum, wholeNumber } from "../../../src/core/decimal.ts";
import type { Scoring } from "../../../src/plan/plan.ts";
import { type Outcome, outcomeWords } from "../../../src/results/results.ts";
import { type Score, type ScoredGoal, score } from "../../../src/results/scoring.ts";
import { soundPlan } from "../../support/plan-text.ts";
import { resultsText, soundResults } from "../../support/results-text.ts";

/** A plan's goals and what is reported of each, as they are written; every goal may be analysed. */
interface Year {
  readonly opgørelse: string;
  /** The lines of each goal, and of its result. */
  readonly goals: readonly (readonly [goal: string, result: string])[];
}

function assessed({ opgørelse, goals }: Year) {
  const written = goals.map(([lines], index) => `\n  - { nr: ${index + 1}, titel: T, mål: M${lines && `, ${lines}`} }`);
  const plan = soundPlan({ opgørelse: `{ ${opgørelse} }`, mål: written.join("") });
  const numbers = goals.map((_goal, index) => String(index + 1));
  const results = goals.map(([, lines], index) => `${index + 1}: { begrundelse: B, ${lines} }`);
  const withdrawn = numbers.filter((_number, index) => goals[index]?.[1].includes("vurdering: udgået"));
  const changes = withdrawn.map((number) => `\n  - { dato: 2022-06-01, mål: ${number}, tekst: Udgået. }`);
  const judged = opgørelse.includes("manuel") ? 'samlet: { pct: "50", begrundelse: B }\n' : "";
  const others = changes.length > 0 ? `ændringer:${changes.join("")}\n${judged}` : judged;
  return soundResults(plan, resultsText(results.join("\n"), numbers, others));
}

/** The fulfilment and each goal's share of 100, as fractions; »-« for none. */
function scored(year: Year): { percent: string; shares: string[]; points?: string } {
  const { score: found } = assessed(year);
  const text = (number: Decimal | undefined) => number?.toFraction() ?? "-";
  return {
    percent: text(found.percent),
    shares: found.shares.map(text),
    ...(found.points && { points: `${text(found.points.earned)} of ${text(found.points.of)}` }),
  };
}

const met = "vurdering: opfyldt";
const partly = "vurdering: delvist opfyldt";
const notMet = "vurdering: ikke opfyldt";
const withdrawn = "vurdering: udgået";

describe("binary: every goal has the same share", () => {
  const year = (...results: string[]): Year => ({
    opgørelse: "metode: binær",
    goals: results.map((result) => ["", result] as const),
  });

  test("three met goals of three make exactly 100", () => {
    const { score: found } = assessed(year(met, met, met));
    expect(found.percent?.equals(100)).toBe(true);
    expect(scored(year(met, met, met))).toEqual({ percent: "100", shares: ["100/3", "100/3", "100/3"] });
  });

  test("two of three make 200/3", () => {
    expect(scored(year(met, notMet, met))).toEqual({ percent: "200/3", shares: ["100/3", "100/3", "100/3"] });
  });

  test("none of three make 0", () => {
    expect(scored(year(notMet, notMet, notMet)).percent).toBe("0");
  });

  test("seven of seven make exactly 100", () => {
    expect(scored(year(met, met, met, met, met, met, met)).percent).toBe("100");
  });

  test("a withdrawn goal leaves the base: one of two is a half, not a third", () => {
    expect(scored(year(met, notMet, withdrawn))).toEqual({ percent: "50", shares: ["50", "50", "-"] });
  });

  test("when all are withdrawn, there is no score", () => {
    expect(scored(year(withdrawn, withdrawn))).toEqual({ percent: "-", shares: ["-", "-"] });
  });

  test("an initiativmål is outside the score, met or not", () => {
    const goals = (result: string): Year => ({
      opgørelse: "metode: binær",
      goals: [
        ["", met],
        ["", notMet],
        ["tæller: nej", result],
      ],
    });
    for (const result of [met, notMet, withdrawn])
      expect(scored(goals(result))).toEqual({ percent: "50", shares: ["50", "50", "-"] });
  });
});

describe("weighted: shares by weight", () => {
  const year = (opgørelse: string, ...results: string[]): Year => ({
    opgørelse,
    goals: results.map((result, index) => [`vægt: "${["50", "30", "12,5", "7,5"][index]}"`, result] as const),
  });

  test.each([
    ["all are met", [met, met, met, met], "100"],
    ["the heaviest is not met", [notMet, met, met, met], "50"],
    ["the lightest is not met", [met, met, met, notMet], "185/2"],
    ["none is met", [notMet, notMet, notMet, notMet], "0"],
  ])("%s", (_what, results, percent) => {
    expect(scored(year("metode: vægtet", ...results))).toEqual({ percent, shares: ["50", "30", "25/2", "15/2"] });
  });

  test("a withdrawn goal of 30 leaves a base of 70: 50 of them are 500/7", () => {
    expect(scored(year("metode: vægtet", met, withdrawn, notMet, notMet))).toEqual({
      percent: "500/7",
      shares: ["500/7", "-", "125/7", "75/7"],
    });
  });

  test("partly met counts half of its share where the plan says 1/2", () => {
    const half = "metode: vægtet, delvist_tæller: 1/2";
    expect(scored(year(half, partly, notMet, notMet, notMet)).percent).toBe("25");
    expect(scored(year(half, met, partly, partly, partly)).percent).toBe("75");
    expect(scored(year(half, partly, withdrawn, met, met)).percent).toBe("450/7");
  });
});

describe("points: shares by points, of the goals, their sub-goals and parts of those", () => {
  test("goals", () => {
    const year = (a: string, b: string): Year => ({
      opgørelse: "metode: point, point_i_alt: 40",
      goals: [
        ["point: 30", a],
        ["point: 10", b],
      ],
    });
    expect(scored(year(met, met))).toEqual({ percent: "100", shares: ["75", "25"], points: "40 of 40" });
    expect(scored(year(met, notMet))).toEqual({ percent: "75", shares: ["75", "25"], points: "30 of 40" });
    expect(scored(year(withdrawn, met))).toEqual({ percent: "100", shares: ["-", "100"], points: "10 of 10" });
  });

  test("points that a person has judged", () => {
    const year = (given: string): Year => ({
      opgørelse: "metode: point",
      goals: [
        ["point: 30", `point: "${given}"`],
        ["point: 10", met],
      ],
    });
    expect(scored(year("0"))).toMatchObject({ percent: "25", points: "10 of 40" });
    expect(scored(year("7,5"))).toMatchObject({ percent: "175/4", points: "35/2 of 40" });
    expect(scored(year("30"))).toMatchObject({ percent: "100", points: "40 of 40" });
    const outcomes = (given: string) => assessed(year(given)).goals[0]?.outcome;
    expect(["0", "7,5", "30"].map(outcomes)).toEqual(["notMet", "partlyMet", "met"]);
  });

  test("sub-goals earn their own points", () => {
    const year = (a: string, b: string): Year => ({
      opgørelse: "metode: point",
      goals: [
        ["point: 10, delmål: [{ nr: a, point: 4 }, { nr: b, point: 6 }]", `delmål: { a: { ${a} }, b: { ${b} } }`],
      ],
    });
    expect(scored(year(met, met)).points).toBe("10 of 10");
    expect(scored(year(met, notMet)).points).toBe("4 of 10");
    expect(scored(year(notMet, met)).points).toBe("6 of 10");
    expect(scored(year(notMet, notMet)).points).toBe("0 of 10");
    expect(assessed(year(met, notMet)).goals[0]?.outcome).toBe("partlyMet");
  });

  test("parts of a sub-goal earn theirs: 4 and 2 of 6 are 6 of 10", () => {
    const year: Year = {
      opgørelse: "metode: point",
      goals: [
        [
          "point: 10, delmål: [{ nr: a, point: 4 }, { nr: b, point: 6, delmål: [{ nr: i, point: 2 }, { nr: ii, point: 4 }] }]",
          `delmål: { a: { ${met} }, b: { delmål: { i: { ${met} }, ii: { ${notMet} } } } }`,
        ],
      ],
    };
    expect(scored(year)).toEqual({ percent: "60", shares: ["100"], points: "6 of 10" });
  });

  test("a withdrawn sub-goal leaves its points: 4 of the 4 that are left are all 10", () => {
    const year: Year = {
      opgørelse: "metode: point",
      goals: [
        [
          "point: 10, delmål: [{ nr: a, point: 4 }, { nr: b, point: 6 }]",
          `delmål: { a: { ${met} }, b: { ${withdrawn} } }`,
        ],
      ],
    };
    expect(scored(year)).toMatchObject({ percent: "100", points: "10 of 10" });
  });

  test("a rule beats the points of the parts: one sub-goal is enough for all of them", () => {
    const year = (krav: string, a: string, b: string): Year => ({
      opgørelse: "metode: point",
      goals: [
        [
          `point: 10, ${krav}delmål: [{ nr: a, point: 4 }, { nr: b, point: 6 }]`,
          `delmål: { a: { ${a} }, b: { ${b} } }`,
        ],
      ],
    });
    expect(scored(year("krav: { mindst: 1 }, ", met, notMet)).points).toBe("10 of 10");
    expect(scored(year("", met, notMet)).points).toBe("4 of 10");
    expect(scored(year("krav: { mindst: 1 }, ", notMet, notMet)).points).toBe("0 of 10");
  });

  test("partly met without more counts as the plan says", () => {
    const year: Year = {
      opgørelse: "metode: point, delvist_tæller: 1/3",
      goals: [
        ["point: 30", partly],
        ["point: 10", met],
      ],
    };
    expect(scored(year)).toMatchObject({ percent: "50", points: "20 of 40" });
  });
});

describe("three levels", () => {
  const year = (opgørelse: string, ...results: string[]): Year => ({
    opgørelse,
    goals: results.map((result) => ["", result] as const),
  });

  test("without a value for partly met, levels are counted and nothing is scored", () => {
    expect(scored(year("metode: tretrin", met, partly, notMet))).toEqual({ percent: "-", shares: ["-", "-", "-"] });
  });

  test.each([
    ["1/2", [met, partly, notMet], "50"],
    ["1/3", [met, partly, notMet], "400/9"],
    ["1/2", [partly, partly, partly], "50"],
    ["1/2", [met, met, met], "100"],
    ["1/2", [met, partly, withdrawn], "75"],
  ])("partly met counts %s: %j", (part, results, percent) => {
    expect(scored(year(`metode: tretrin, delvist_tæller: ${part}`, ...results)).percent).toBe(percent);
  });
});

describe("milestones", () => {
  const milestones = "milepæle: [{ tekst: A }, { tekst: B }, { tekst: C }, { tekst: D }]";
  const reached = (count: number) =>
    `milepæle: { ${[1, 2, 3, 4].map((nr) => `${nr}: { ${nr <= count ? met : notMet} }`).join(", ")} }`;
  const outcome = (scale: string, count: number) => {
    const { goals } = assessed({ opgørelse: "metode: milepæle", goals: [[`${milestones}${scale}`, reached(count)]] });
    return [goals[0]?.outcome, ...(goals[0]?.sentences ?? [])];
  };

  test.each([
    [
      0,
      "notMet",
      "Ingen milepæle er nået, og der kræves mindst 3 for at opfylde målet og mindst 2 for at opfylde det delvist, så målet er ikke opfyldt.",
    ],
    [
      1,
      "notMet",
      "1 af 4 milepæle er nået, og der kræves mindst 3 for at opfylde målet og mindst 2 for at opfylde det delvist, så målet er ikke opfyldt.",
    ],
    [
      2,
      "partlyMet",
      "2 af 4 milepæle er nået, og der kræves mindst 3 for at opfylde målet og mindst 2 for at opfylde det delvist, så målet er delvist opfyldt.",
    ],
    [
      3,
      "met",
      "3 af 4 milepæle er nået, og der kræves mindst 3 for at opfylde målet og mindst 2 for at opfylde det delvist, så målet er opfyldt.",
    ],
    [
      4,
      "met",
      "Alle 4 milepæle er nået, og der kræves mindst 3 for at opfylde målet og mindst 2 for at opfylde det delvist, så målet er opfyldt.",
    ],
  ])("%i of 4, where 3 are needed, and 2 for a part", (count, expected, sentence) => {
    expect(outcome(", skala: { antal_opfyldt: 3, antal_delvist: 2 }", count)).toEqual([expected, sentence]);
  });

  test("without numbers all are needed, and none is nothing", () => {
    expect(outcome("", 4)).toEqual(["met", "Alle 4 milepæle er nået, så målet er opfyldt."]);
    expect(outcome("", 0)).toEqual(["notMet", "Ingen milepæle er nået, og alle kræves, så målet er ikke opfyldt."]);
    expect(outcome(", skala: { antal_delvist: 2 }", 2)).toEqual([
      "partlyMet",
      "2 af 4 milepæle er nået, og der kræves alle 4 for at opfylde målet og mindst 2 for at opfylde det delvist, så målet er delvist opfyldt.",
    ]);
  });

  test("scored where the plan says what a part counts", () => {
    const year = (count: number): Year => ({
      opgørelse: "metode: milepæle, delvist_tæller: 1/2",
      goals: [
        [`${milestones}, skala: { antal_opfyldt: 3, antal_delvist: 2 }`, reached(count)],
        ["", met],
      ],
    });
    expect([1, 2, 3].map((count) => scored(year(count)).percent)).toEqual(["50", "75", "100"]);
  });

  test("milestones with points earn their own: 5 and 15 of 5, 15 and 30", () => {
    const year = (...results: string[]): Year => ({
      opgørelse: "metode: point",
      goals: [
        [
          "point: 50, milepæle: [{ tekst: A, point: 5 }, { tekst: B, point: 15 }, { tekst: C, point: 30 }]",
          `milepæle: { ${results.map((result, index) => `${index + 1}: { ${result} }`).join(", ")} }, vurdering: delvist opfyldt`,
        ],
      ],
    });
    expect(scored(year(met, met, notMet)).points).toBe("20 of 50");
    expect(scored(year(met, notMet, notMet)).points).toBe("5 of 50");
    expect(scored(year(notMet, notMet, met)).points).toBe("30 of 50");
  });

  test("the day itself is in time", () => {
    const of = (day: string) =>
      assessed({
        opgørelse: "metode: milepæle",
        goals: [["milepæle: [{ tekst: A, frist: 2022-06-30 }]", `milepæle: { 1: { dato: ${day} } }`]],
      }).goals[0]?.outcome;
    expect(["2022-06-29", "2022-06-30", "2022-07-01"].map(of)).toEqual(["met", "met", "notMet"]);
  });
});

test("a manual plan has no score, whatever its goals came to", () => {
  const goals = [met, partly, notMet].map((result) => ["", result] as const);
  expect(scored({ opgørelse: "metode: manuel", goals })).toEqual({ percent: "-", shares: ["-", "-", "-"] });
});

describe("for every method and any goals", () => {
  const methods = ["binary", "threeLevel", "weighted", "points", "milestones", "manual"] as const;
  const size = fc.integer({ min: 1, max: 1000 }).map((hundredths) => wholeNumber(hundredths).div(100));
  const part = fc.tuple(fc.integer({ min: 1, max: 98 }), fc.integer({ min: 99, max: 120 }));
  const scoring = fc
    .record({ method: fc.constantFrom(...methods), credit: fc.option(part, { nil: undefined }) })
    .map(({ method, credit }) => ({
      method,
      ...(credit && { partCredit: wholeNumber(credit[0]).div(credit[1]) }),
    })) as fc.Arbitrary<Omit<Scoring, "span">>;
  const goal = fc.record({
    outcome: fc.constantFrom<Outcome>("met", "partlyMet", "notMet", "withdrawn"),
    counts: fc.boolean(),
    weight: size,
    points: size,
    // Some goals earn points in parts.
    earned: part,
  });
  const plan = fc.record({ scoring, goals: fc.array(goal, { minLength: 1, maxLength: 12 }) });
  type Drawn = typeof plan extends fc.Arbitrary<infer T> ? T : never;

  function scoreOf({ scoring, goals }: Drawn): Score {
    const creditOf = ({ outcome, earned }: Drawn["goals"][number]) => {
      if (outcome === "met") return wholeNumber(1);
      if (outcome !== "partlyMet") return wholeNumber(0);
      return scoring.method === "points"
        ? wholeNumber(earned[0]).div(earned[1])
        : (scoring.partCredit ?? wholeNumber(0));
    };
    const scoredGoals = goals.map((one): ScoredGoal => ({ ...one, credit: creditOf(one) }));
    return score(scoring as Scoring, scoredGoals);
  }

  test("the score is from 0 to 100, and is there exactly when there are shares", () => {
    fc.assert(
      fc.property(plan, (drawn) => {
        const { percent, shares } = scoreOf(drawn);
        expect(percent !== undefined).toBe(shares.some((share) => share !== undefined));
        if (percent) expect([percent.compare(0) >= 0, percent.compare(100) <= 0]).toEqual([true, true]);
      }),
    );
  });

  test("the shares of the base make exactly 100, and nothing outside it has one", () => {
    fc.assert(
      fc.property(plan, (drawn) => {
        const { shares } = scoreOf(drawn);
        const given = shares.flatMap((share) => share ?? []);
        if (given.length > 0) expect(sum(given).equals(100)).toBe(true);
        drawn.goals.forEach(({ counts, outcome }, index) => {
          if (!counts || outcome === "withdrawn") expect(shares[index]).toBeUndefined();
          else expect(shares[index] !== undefined).toBe(given.length > 0);
        });
      }),
    );
  });

  test("all met is exactly 100, none is 0", () => {
    fc.assert(
      fc.property(plan, fc.constantFrom<Outcome>("met", "notMet"), (drawn, outcome) => {
        const { percent } = scoreOf({ ...drawn, goals: drawn.goals.map((one) => ({ ...one, outcome })) });
        if (percent) expect(percent.equals(outcome === "met" ? 100 : 0)).toBe(true);
      }),
    );
  });

  test("a goal that is met more never lowers the score", () => {
    fc.assert(
      fc.property(plan, fc.nat(), (drawn, at) => {
        const turned = (outcome: Outcome) =>
          scoreOf({
            ...drawn,
            goals: drawn.goals.map((one, index) => (index === at % drawn.goals.length ? { ...one, outcome } : one)),
          }).percent;
        const [none, some, all] = [turned("notMet"), turned("partlyMet"), turned("met")];
        expect([none === undefined, some === undefined]).toEqual([all === undefined, all === undefined]);
        if (none && some && all) expect([some.compare(none) >= 0, all.compare(some) >= 0]).toEqual([true, true]);
      }),
    );
  });

  test("the same holds from the files on: what is stated, read, assessed and scored", () => {
    const levels: Outcome[] = ["notMet", "partlyMet", "met"];
    const written = {
      "metode: binær": levels.filter((level) => level !== "partlyMet"),
      "metode: tretrin, delvist_tæller: 1/2": levels,
      "metode: milepæle, delvist_tæller: 2/3": levels,
      "metode: point, delvist_tæller: 1/3": levels,
      "metode: vægtet, delvist_tæller: 1/4": levels,
      "metode: vægtet": levels.filter((level) => level !== "partlyMet"),
    };
    const year = fc.record({
      opgørelse: fc.constantFrom(...(Object.keys(written) as (keyof typeof written)[])),
      others: fc.array(fc.constantFrom<Outcome>("met", "notMet", "withdrawn"), { minLength: 3, maxLength: 3 }),
      numbers: fc.constantFrom(["40", "30", "20", "10"], ["33,3", "33,3", "33,3", "0,1"], ["1", "1", "1", "97"]),
    });
    fc.assert(
      fc.property(year, ({ opgørelse, others, numbers }) => {
        const [kind] = /vægt|point/.exec(opgørelse) ?? [];
        const percents = written[opgørelse].map((outcome) => {
          const goals = [outcome, ...others].map(
            (one, index) => [kind ? `${kind}: "${numbers[index]}"` : "", `vurdering: ${outcomeWords[one]}`] as const,
          );
          const { percent, shares } = assessed({ opgørelse, goals }).score;
          expect(sum(shares.flatMap((share) => share ?? [])).equals(100)).toBe(true);
          return percent ?? wholeNumber(-1);
        });
        percents.forEach((percent, index) => {
          expect([percent.compare(0) >= 0, percent.compare(100) <= 0]).toEqual([true, true]);
          expect(percent.compare(percents[index - 1] ?? 0)).toBeGreaterThanOrEqual(0);
        });
        expect(percents.at(-1)?.compare(percents[0] ?? 0)).toBe(1);
      }),
      { numRuns: 60 },
    );
  });
});
