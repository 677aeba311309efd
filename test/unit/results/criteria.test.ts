import { describe, expect, test } from "vitest";
import { soundPlan } from "../../support/plan-text.ts";
import { resultsText, soundOutcome } from "../../support/results-text.ts";

/** What is said of a result that is held against a criterion; both as they are written, the result with what it needs. */
function sentenceOf(criterion: string, reported: string, ofGoal = "enhed: Mio. kr."): string {
  const plan = soundPlan({
    mål: `\n  - { nr: 1, titel: Bedre styring, mål: M, kriterium: { ${criterion} }${ofGoal && `, ${ofGoal}`} }`,
  });
  const { outcome, credit, sentences } = soundOutcome(plan, resultsText(`1: { ${reported} }`, ["1"]));
  // The outcome, what it counts and the sentence cannot disagree.
  expect([outcome, credit.toFraction()]).toEqual(
    sentences.join().includes("kriteriet er opfyldt") ? ["met", "1"] : ["notMet", "0"],
  );
  return sentences.join(" ");
}

describe("afvigelse_højst: so far from 0, upwards or downwards", () => {
  test.each([
    ['"1,0"', '"0"', "Afvigelsen er 0 mio. kr. mod højst 1,0 mio. kr., så kriteriet er opfyldt."],
    ['"1,0"', '"0,4"', "Afvigelsen er 0,4 mio. kr. mod højst 1,0 mio. kr., så kriteriet er opfyldt."],
    ['"1,0"', '"-0,4"', "Afvigelsen er 0,4 mio. kr. mod højst 1,0 mio. kr., så kriteriet er opfyldt."],
    ['"1,0"', '"0,999"', "Afvigelsen er 0,999 mio. kr. mod højst 1,0 mio. kr., så kriteriet er opfyldt."],
    ['"1,0"', '"1,0"', "Afvigelsen er 1,0 mio. kr. mod højst 1,0 mio. kr., så kriteriet er opfyldt."],
    ['"1,0"', '"-1"', "Afvigelsen er 1 mio. kr. mod højst 1,0 mio. kr., så kriteriet er opfyldt."],
    ['"1,0"', '"1,001"', "Afvigelsen er 1,001 mio. kr. mod højst 1,0 mio. kr., så kriteriet er ikke opfyldt."],
    ['"1,0"', '"-1,001"', "Afvigelsen er 1,001 mio. kr. mod højst 1,0 mio. kr., så kriteriet er ikke opfyldt."],
    ['"1,0"', '"1,3"', "Afvigelsen er 1,3 mio. kr. mod højst 1,0 mio. kr., så kriteriet er ikke opfyldt."],
    // Zero is a limit like any other.
    ['"0"', '"0,00"', "Afvigelsen er 0,00 mio. kr. mod højst 0 mio. kr., så kriteriet er opfyldt."],
    ['"0"', '"-0,01"', "Afvigelsen er 0,01 mio. kr. mod højst 0 mio. kr., så kriteriet er ikke opfyldt."],
  ])("at most %s, %s", (limit, result, expected) => {
    expect(sentenceOf(`afvigelse_højst: ${limit}`, `resultat: ${result}`)).toBe(expected);
  });
});

describe("højst and mindst", () => {
  test.each([
    ["højst: 30", "29,9", "Resultatet er 29,9 dage mod højst 30 dage, så kriteriet er opfyldt."],
    ["højst: 30", "30", "Resultatet er 30 dage mod højst 30 dage, så kriteriet er opfyldt."],
    ["højst: 30", "30,1", "Resultatet er 30,1 dage mod højst 30 dage, så kriteriet er ikke opfyldt."],
    // Unlike a deviation, what is below 0 is less.
    ["højst: -2", "-2,5", "Resultatet er -2,5 dage mod højst -2 dage, så kriteriet er opfyldt."],
    ["højst: -2", "-1,5", "Resultatet er -1,5 dage mod højst -2 dage, så kriteriet er ikke opfyldt."],
    ["mindst: 85", "84,9", "Resultatet er 84,9 dage mod mindst 85 dage, så kriteriet er ikke opfyldt."],
    ["mindst: 85", "85", "Resultatet er 85 dage mod mindst 85 dage, så kriteriet er opfyldt."],
    ["mindst: 85", "85,1", "Resultatet er 85,1 dage mod mindst 85 dage, så kriteriet er opfyldt."],
    ["mindst: -2", "-2,5", "Resultatet er -2,5 dage mod mindst -2 dage, så kriteriet er ikke opfyldt."],
  ])("%s, %s", (criterion, result, expected) => {
    expect(sentenceOf(criterion, `resultat: "${result}"`, "enhed: dage")).toBe(expected);
  });
});

describe("numbers that binary floating point gets wrong", () => {
  test.each([
    // 0.1 + 0.2 is 0.30000000000000004 there.
    ['højst: "0,3"', "0,30000000000000004", "Resultatet er 0,30000000000000004 mod højst 0,3"],
    ['højst: "0,3"', "0,3", "Resultatet er 0,3 mod højst 0,3"],
    // These two are one number there.
    [
      'mindst: "9007199254740993"',
      "9007199254740992",
      "Resultatet er 9.007.199.254.740.992 mod mindst 9.007.199.254.740.993",
    ],
    ['mindst: "1,00000000000000000001"', "1", "Resultatet er 1 mod mindst 1,00000000000000000001"],
  ])("%s, %s", (criterion, result, expected) => {
    const met = result === "0,3" ? "" : "ikke ";
    expect(sentenceOf(criterion, `resultat: "${result}"`, "")).toBe(`${expected}, så kriteriet er ${met}opfyldt.`);
  });

  test("a fall of 0,1 pct. of 3,3 is 3,2967, where binary floating point makes 3,2966999999999995", () => {
    expect(sentenceOf('fald: { pct: "0,1", fra: 2021 }', 'resultat: "3,2967", tidligere: { 2021: "3,3" }', "")).toBe(
      "Resultatet er 3,2967 mod højst 3,2967, som er 0,1 pct. under 3,3000 i 2021, så kriteriet er opfyldt.",
    );
  });
});

describe("large numbers have points between the thousands", () => {
  test.each([
    [
      'afvigelse_højst: "1.000.000"',
      "-1.250.000,50",
      "Afvigelsen er 1.250.000,50 mod højst 1.000.000, så kriteriet er ikke opfyldt.",
    ],
    ["højst: 1000", "999", "Resultatet er 999 mod højst 1.000, så kriteriet er opfyldt."],
    ["antal_mindst: 999", "1.500", "Antallet er 1.500 mod mindst 999, så kriteriet er opfyldt."],
  ])("%s, %s", (criterion, result, expected) => {
    expect(sentenceOf(criterion, `resultat: "${result}"`, "")).toBe(expected);
  });
});

describe("antal_mindst: a number of things", () => {
  test.each([
    ["2", "Antallet er 2 mod mindst 3, så kriteriet er ikke opfyldt."],
    ["3", "Antallet er 3 mod mindst 3, så kriteriet er opfyldt."],
    ["4", "Antallet er 4 mod mindst 3, så kriteriet er opfyldt."],
    ["0", "Antallet er 0 mod mindst 3, så kriteriet er ikke opfyldt."],
  ])("at least 3, %s", (result, expected) => {
    expect(sentenceOf("antal_mindst: 3", `resultat: ${result}`)).toBe(expected);
  });
});

describe("senest: the day itself is in time", () => {
  test.each([
    ["2022-06-29", "Det skete den 29. juni 2022, og fristen var den 30. juni 2022, så kriteriet er opfyldt."],
    ["2022-06-30", "Det skete den 30. juni 2022, og fristen var den 30. juni 2022, så kriteriet er opfyldt."],
    ["2022-07-01", "Det skete den 1. juli 2022, og fristen var den 30. juni 2022, så kriteriet er ikke opfyldt."],
    ["2021-07-01", "Det skete den 1. juli 2021, og fristen var den 30. juni 2022, så kriteriet er opfyldt."],
    ["2023-01-01", "Det skete den 1. januar 2023, og fristen var den 30. juni 2022, så kriteriet er ikke opfyldt."],
    ["ikke sket", "Det er ikke sket, og fristen var den 30. juni 2022, så kriteriet er ikke opfyldt."],
    ["Ikke sket", "Det er ikke sket, og fristen var den 30. juni 2022, så kriteriet er ikke opfyldt."],
  ])("by 30 June 2022, %s", (result, expected) => {
    expect(sentenceOf("senest: 2022-06-30", `resultat: ${result}`)).toBe(expected);
  });
});

describe("højst_reference and mindst_reference: a named quantity", () => {
  test.each([
    ["højst", "8,3", "Resultatet er 8,3 dage mod højst statens gennemsnit på 8,4 dage, så kriteriet er opfyldt."],
    ["højst", "8,4", "Resultatet er 8,4 dage mod højst statens gennemsnit på 8,4 dage, så kriteriet er opfyldt."],
    [
      "højst",
      "8,41",
      "Resultatet er 8,41 dage mod højst statens gennemsnit på 8,40 dage, så kriteriet er ikke opfyldt.",
    ],
    ["mindst", "8,4", "Resultatet er 8,4 dage mod mindst statens gennemsnit på 8,4 dage, så kriteriet er opfyldt."],
    [
      "mindst",
      "8,39",
      "Resultatet er 8,39 dage mod mindst statens gennemsnit på 8,40 dage, så kriteriet er ikke opfyldt.",
    ],
    ["mindst", "9", "Resultatet er 9 dage mod mindst statens gennemsnit på 8,4 dage, så kriteriet er opfyldt."],
  ])("%s, %s", (kind, result, expected) => {
    const reported = `resultat: "${result}", referencer: { Statens gennemsnit: "8,4" }`;
    expect(sentenceOf(`${kind}_reference: Statens gennemsnit`, reported, "enhed: Dage")).toBe(expected);
  });
});

describe("fald: 5 pct. under 9,0 is 8,55", () => {
  test.each([
    [
      "8,5",
      "Resultatet er 8,5 dage mod højst 8,55 dage, som er 5 pct. under 9,0 dage i 2021, så kriteriet er opfyldt.",
    ],
    [
      "8,55",
      "Resultatet er 8,55 dage mod højst 8,55 dage, som er 5 pct. under 9,00 dage i 2021, så kriteriet er opfyldt.",
    ],
    [
      "8,551",
      "Resultatet er 8,551 dage mod højst 8,55 dage, som er 5 pct. under 9,000 dage i 2021, så kriteriet er ikke opfyldt.",
    ],
    [
      "9,0",
      "Resultatet er 9,0 dage mod højst 8,55 dage, som er 5 pct. under 9,0 dage i 2021, så kriteriet er ikke opfyldt.",
    ],
  ])("%s", (result, expected) => {
    const reported = `resultat: "${result}", tidligere: { 2021: "9,0" }`;
    expect(sentenceOf("fald: { pct: 5, fra: 2021 }", reported, "enhed: dage")).toBe(expected);
  });

  test("the base year's result stands in the plan's own table", () => {
    const ofGoal = 'enhed: dage, resultat: { 2020: "7,0", 2021: "9,0", 2022: "-" }';
    expect(sentenceOf("fald: { pct: 5, fra: 2021 }", 'resultat: "8,55"', ofGoal)).toBe(
      "Resultatet er 8,55 dage mod højst 8,55 dage, som er 5 pct. under 9,00 dage i 2021, så kriteriet er opfyldt.",
    );
  });

  test("a fall of 2,5 pct. of 100 is 97,5", () => {
    expect(sentenceOf('fald: { pct: "2,5", fra: 2020 }', 'resultat: "97,5", tidligere: { 2020: 100 }', "")).toBe(
      "Resultatet er 97,5 mod højst 97,5, som er 2,5 pct. under 100,0 i 2020, så kriteriet er opfyldt.",
    );
  });

  test("no change is not a fall, however small the fall", () => {
    expect(sentenceOf('fald: { pct: "0,01", fra: 2021 }', "resultat: 3, tidligere: { 2021: 3 }", "")).toBe(
      "Resultatet er 3 mod højst 2,9997, som er 0,01 pct. under 3 i 2021, så kriteriet er ikke opfyldt.",
    );
  });
});

describe("en_af: one of them is enough", () => {
  const criterion = "en_af: [{ højst_reference: Statens gennemsnit }, { fald: { pct: 5, fra: 2021 } }]";
  const given = 'referencer: { Statens gennemsnit: "8,4" }, tidligere: { 2021: "9,0" }';

  test.each([
    [
      "8,4",
      "Begge krav er opfyldt, og der kræves mindst ét, så kriteriet er opfyldt: resultatet er 8,4 dage mod højst statens gennemsnit på 8,4 dage (opfyldt); resultatet er 8,4 dage mod højst 8,55 dage, som er 5 pct. under 9,0 dage i 2021 (opfyldt).",
    ],
    [
      "8,5",
      "Ét af to krav er opfyldt, og der kræves mindst ét, så kriteriet er opfyldt: resultatet er 8,5 dage mod højst statens gennemsnit på 8,4 dage (ikke opfyldt); resultatet er 8,5 dage mod højst 8,55 dage, som er 5 pct. under 9,0 dage i 2021 (opfyldt).",
    ],
    [
      "8,6",
      "Ingen af de to krav er opfyldt, og der kræves mindst ét, så kriteriet er ikke opfyldt: resultatet er 8,6 dage mod højst statens gennemsnit på 8,4 dage (ikke opfyldt); resultatet er 8,6 dage mod højst 8,55 dage, som er 5 pct. under 9,0 dage i 2021 (ikke opfyldt).",
    ],
  ])("%s", (result, expected) => {
    expect(sentenceOf(criterion, `resultat: "${result}", ${given}`, "enhed: Dage")).toBe(expected);
  });
});

describe("alle, and one value for all parts or one for each", () => {
  test("one value between two limits", () => {
    expect(sentenceOf("alle: [{ mindst: 10 }, { højst: 20 }]", "resultat: 20", "enhed: pct.")).toBe(
      "Begge krav er opfyldt, så kriteriet er opfyldt: resultatet er 20 pct. mod mindst 10 pct. (opfyldt); resultatet er 20 pct. mod højst 20 pct. (opfyldt).",
    );
    expect(sentenceOf("alle: [{ mindst: 10 }, { højst: 20 }]", "resultat: 21", "enhed: pct.")).toBe(
      "Ét af to krav er opfyldt, og begge kræves, så kriteriet er ikke opfyldt: resultatet er 21 pct. mod mindst 10 pct. (opfyldt); resultatet er 21 pct. mod højst 20 pct. (ikke opfyldt).",
    );
  });

  test("a value for each part, in their order", () => {
    const criterion = "alle: [{ senest: 2022-06-30 }, { antal_mindst: 3 }, { højst: 5 }]";
    expect(sentenceOf(criterion, "resultat: [2022-06-30, 3, 5]", "")).toBe(
      "Alle tre krav er opfyldt, så kriteriet er opfyldt: det skete den 30. juni 2022, og fristen var den 30. juni 2022 (opfyldt); antallet er 3 mod mindst 3 (opfyldt); resultatet er 5 mod højst 5 (opfyldt).",
    );
    expect(sentenceOf(criterion, "resultat: [ikke sket, 3, 5]", "")).toBe(
      "To af tre krav er opfyldt, og alle kræves, så kriteriet er ikke opfyldt: det er ikke sket, og fristen var den 30. juni 2022 (ikke opfyldt); antallet er 3 mod mindst 3 (opfyldt); resultatet er 5 mod højst 5 (opfyldt).",
    );
  });
});

describe("mindst_antal_af: so many of them", () => {
  const criterion = "mindst_antal_af: { antal: 2, kriterier: [{ mindst: 10 }, { mindst: 20 }, { mindst: 30 }] }";

  test.each([
    [
      9,
      "Ingen af de tre krav er opfyldt, og der kræves mindst to, så kriteriet er ikke opfyldt: resultatet er 9 mod mindst 10 (ikke opfyldt); resultatet er 9 mod mindst 20 (ikke opfyldt); resultatet er 9 mod mindst 30 (ikke opfyldt).",
    ],
    [
      19,
      "Ét af tre krav er opfyldt, og der kræves mindst to, så kriteriet er ikke opfyldt: resultatet er 19 mod mindst 10 (opfyldt); resultatet er 19 mod mindst 20 (ikke opfyldt); resultatet er 19 mod mindst 30 (ikke opfyldt).",
    ],
    [
      20,
      "To af tre krav er opfyldt, og der kræves mindst to, så kriteriet er opfyldt: resultatet er 20 mod mindst 10 (opfyldt); resultatet er 20 mod mindst 20 (opfyldt); resultatet er 20 mod mindst 30 (ikke opfyldt).",
    ],
    [
      30,
      "Alle tre krav er opfyldt, og der kræves mindst to, så kriteriet er opfyldt: resultatet er 30 mod mindst 10 (opfyldt); resultatet er 30 mod mindst 20 (opfyldt); resultatet er 30 mod mindst 30 (opfyldt).",
    ],
  ])("%s", (result, expected) => {
    expect(sentenceOf(criterion, `resultat: ${result}`, "")).toBe(expected);
  });
});

describe("criteria in criteria", () => {
  const criterion = "en_af: [{ alle: [{ mindst: 10 }, { højst: 20 }] }, { senest: 2022-06-30 }]";

  test("a list of values goes to the innermost parts in order", () => {
    expect(sentenceOf(criterion, "resultat: [15, 25, 2022-06-30]", "")).toBe(
      "Ét af to krav er opfyldt, og der kræves mindst ét, så kriteriet er opfyldt: ét af to krav er opfyldt, og begge kræves (ikke opfyldt: resultatet er 15 mod mindst 10 (opfyldt); resultatet er 25 mod højst 20 (ikke opfyldt)); det skete den 30. juni 2022, og fristen var den 30. juni 2022 (opfyldt).",
    );
  });

  test("what is met inside may be enough", () => {
    expect(sentenceOf(criterion, "resultat: [15, 15, ikke sket]", "")).toMatch(
      /^Ét af to krav er opfyldt.* opfyldt: begge/,
    );
    expect(sentenceOf(criterion, "resultat: [15, 25, ikke sket]", "")).toMatch(/^Ingen af de to krav er opfyldt/);
  });
});

test.each([
  ["8,2", "8,2 mod højst 8,65, som er 5 pct. under 9,1 i 2021, så kriteriet er opfyldt."],
  // 8,65 would read as if it were met.
  ["8,65", "8,65 mod højst 8,645, som er 5 pct. under 9,10 i 2021, så kriteriet er ikke opfyldt."],
])("a calculated limit is as long as it must be to read true: %s", (result, expected) => {
  const reported = `resultat: "${result}", tidligere: { 2021: "9,1" }`;
  expect(sentenceOf("fald: { pct: 5, fra: 2021 }", reported, "")).toBe(`Resultatet er ${expected}`);
});
