import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/plan/plan.ts";
import { soundPlan } from "../../support/plan-text.ts";
import { parsed, resultsText, saidOf, soundOutcome } from "../../support/results-text.ts";

/** A plan of one goal, with these lines, in a given method. */
function planOf(lines: string, method = "binær"): Plan {
  return soundPlan({
    opgørelse: `{ metode: ${method} }`,
    mål: `\n  - nr: 1\n    titel: Bedre budgettering\n    mål: M\n${lines.replace(/^(?=.)/gm, "    ")}`,
  });
}

/** The outcome of its goal, and why. */
function outcomeOf(plan: Plan, result: string): string[] {
  const { outcome, sentences } = soundOutcome(plan, resultsText(result, ["1"]));
  return [outcome, ...sentences];
}

/** What is said about the result of its goal, which is analysed. */
function said(plan: Plan, result: string): string[] {
  return saidOf(plan, resultsText(result, ["1"]));
}

const budgetParts = `delmål:
  - { nr: a, titel: Afvigelse fra grundbudgettet, enhed: mio. kr., kriterium: { afvigelse_højst: "1,0" } }
  - { nr: b, titel: Afvigelse fra udgiftsopfølgning 2, enhed: mio. kr., kriterium: { afvigelse_højst: "0,5" } }`;
const actuals = (a: string, b: string, others = "") =>
  `1: { ${others}delmål: { a: { resultat: "${a}" }, b: { resultat: "${b}" } } }`;

describe("sub-goals: the general rule is all of them, and a goal's own rule beats it", () => {
  const all = planOf(budgetParts);
  const one = planOf(`krav: { mindst: 1 }\n${budgetParts}`);
  const failed = "Delmål a: Afvigelsen er 1,3 mio. kr. mod højst 1,0 mio. kr., så kriteriet er ikke opfyldt.";
  const passed = "Delmål b: Afvigelsen er 0,4 mio. kr. mod højst 0,5 mio. kr., så kriteriet er opfyldt.";

  test("one of two, where all are needed", () => {
    expect(outcomeOf(all, actuals("1,3", "-0,4"))).toEqual([
      "notMet",
      failed,
      passed,
      "Ét af to delmål er opfyldt, og begge kræves, så målet er ikke opfyldt.",
    ]);
  });

  test("one of two, where one is enough", () => {
    expect(outcomeOf(one, actuals("1,3", "-0,4"))).toEqual([
      "met",
      failed,
      passed,
      "Ét af to delmål er opfyldt, og der kræves mindst ét, så målet er opfyldt.",
    ]);
  });

  test("none of two, either way", () => {
    const last = (plan: Plan) => outcomeOf(plan, actuals("1,3", "0,6")).at(-1);
    expect(last(all)).toBe("Ingen af de to delmål er opfyldt, og begge kræves, så målet er ikke opfyldt.");
    expect(last(one)).toBe("Ingen af de to delmål er opfyldt, og der kræves mindst ét, så målet er ikke opfyldt.");
  });

  test("both of two, either way", () => {
    const last = (plan: Plan) => outcomeOf(plan, actuals("1,0", "0,5")).at(-1);
    expect(last(all)).toBe("Begge delmål er opfyldt, så målet er opfyldt.");
    expect(last(one)).toBe("Begge delmål er opfyldt, og der kræves mindst ét, så målet er opfyldt.");
  });

  test("with three levels, one of two that are needed is a part", () => {
    expect(outcomeOf(planOf(budgetParts, "tretrin"), actuals("1,3", "0,4")).at(-1)).toBe(
      "Ét af to delmål er opfyldt, og begge kræves, så målet er delvist opfyldt.",
    );
  });

  test("a withdrawn sub-goal leaves the count", () => {
    const result = (other: string) =>
      `1: { delmål: { a: { vurdering: udgået, begrundelse: Aftalt. }, b: { resultat: "${other}" } } }`;
    expect(outcomeOf(all, result("0,5"))).toEqual([
      "met",
      "Delmål b: Afvigelsen er 0,5 mio. kr. mod højst 0,5 mio. kr., så kriteriet er opfyldt.",
      "Det eneste tilbageværende delmål er opfyldt, så målet er opfyldt.",
    ]);
    expect(outcomeOf(all, result("0,6")).at(-1)).toBe(
      "Det eneste tilbageværende delmål er ikke opfyldt, så målet er ikke opfyldt.",
    );
    expect(outcomeOf(one, result("0,5"))[0]).toBe("met");
  });

  test("a rule that asks for more than are left asks for those that are left", () => {
    const two = planOf("krav: { mindst: 2 }\ndelmål: [{ nr: a }, { nr: b }, { nr: c }]");
    const result = (b: string) =>
      `1: { begrundelse: B, delmål: { a: { vurdering: udgået }, b: { vurdering: ${b} }, c: { vurdering: udgået } } }`;
    expect(outcomeOf(two, result("opfyldt"))[0]).toBe("met");
    expect(outcomeOf(two, result("ikke opfyldt"))[0]).toBe("notMet");
  });

  test("sub-goals are named by number, title, or place where they have no numbers", () => {
    const result = (a: string, b: string) => `1: { delmål: { ${a}: { resultat: 0 }, ${b}: { resultat: 0 } } }`;
    expect(outcomeOf(all, result("a", "b"))[0]).toBe("met");
    expect(outcomeOf(all, result("B", "Afvigelse fra grundbudgettet"))[0]).toBe("met");
    const unnumbered = planOf(budgetParts.replace(/nr: ., /g, ""));
    expect(outcomeOf(unnumbered, result("2", "1"))[1]).toBe(
      "Delmålet »Afvigelse fra grundbudgettet«: Afvigelsen er 0 mio. kr. mod højst 1,0 mio. kr., så kriteriet er opfyldt.",
    );
  });

  test("parts of a sub-goal decide it, and it the goal", () => {
    const plan = planOf("delmål:\n  - nr: a\n    krav: { mindst: 1 }\n    delmål: [{ nr: i }, { nr: ii }]\n  - nr: b");
    const result = (i: string, ii: string) =>
      `1: { begrundelse: B, delmål: { a: { delmål: { i: { vurdering: ${i} }, ii: { vurdering: ${ii} } } }, b: { vurdering: opfyldt } } }`;
    expect(outcomeOf(plan, result("opfyldt", "ikke opfyldt"))).toEqual([
      "met",
      "Delmål a: Ét af to delmål er opfyldt, og der kræves mindst ét, så delmål a er opfyldt.",
      "Begge delmål er opfyldt, så målet er opfyldt.",
    ]);
    expect(outcomeOf(plan, result("ikke opfyldt", "ikke opfyldt"))[0]).toBe("notMet");
  });
});

describe("a statement that the numbers contradict", () => {
  const all = planOf(budgetParts);

  test("stated met, but a sub-goal deviates by 1,3", () => {
    expect(said(all, actuals("1,3", "0,4", "vurdering: opfyldt, "))).toEqual([
      "3:19 vurdering-modsagt Mål 1 er angivet som opfyldt, men ét af to delmål er opfyldt, og begge kræves; delmål a: afvigelsen er 1,3 mio. kr. mod højst 1,0 mio. kr. | Efter det oplyste er det ikke opfyldt.",
    ]);
  });

  test("stated met, where one sub-goal is enough, it is", () => {
    const one = planOf(`krav: { mindst: 1 }\n${budgetParts}`);
    expect(outcomeOf(one, actuals("1,3", "0,4", "vurdering: opfyldt, "))[0]).toBe("met");
  });

  test("stated not met, but both sub-goals are", () => {
    expect(said(all, actuals("1,0", "0,5", "vurdering: ikke opfyldt, "))).toEqual([
      "3:19 vurdering-modsagt Mål 1 er angivet som ikke opfyldt, men begge delmål er opfyldt. | Efter det oplyste er det opfyldt.",
    ]);
  });

  test("of a sub-goal, it is told there and nowhere else", () => {
    const result = '1: { delmål: { a: { resultat: "1,3", vurdering: opfyldt }, b: { resultat: "0,4" } } }';
    expect(saidOf(all, resultsText(result))).toEqual([
      "3:51 vurdering-modsagt Delmål a er angivet som opfyldt, men afvigelsen er 1,3 mio. kr. mod højst 1,0 mio. kr. | Efter det oplyste er det ikke opfyldt.",
    ]);
  });

  test("a message that ends in an abbreviation has one full stop", () => {
    const plan = planOf("enhed: mio. kr.\nkriterium: { højst: 5 }");
    expect(said(plan, "1: { vurdering: opfyldt, resultat: 6 }")).toEqual([
      "3:19 vurdering-modsagt Mål 1 er angivet som opfyldt, men resultatet er 6 mio. kr. mod højst 5 mio. kr. | Efter det oplyste er det ikke opfyldt.",
    ]);
  });

  test("in a criterion of parts, all its parts are told", () => {
    const plan = planOf("enhed: dage\nkriterium: { alle: [{ mindst: 1 }, { højst: 5 }] }");
    expect(said(plan, "1: { vurdering: opfyldt, resultat: 6 }")).toEqual([
      "3:19 vurdering-modsagt Mål 1 er angivet som opfyldt, men ét af to krav er opfyldt, og begge kræves: resultatet er 6 dage mod mindst 1 dage (opfyldt); resultatet er 6 dage mod højst 5 dage (ikke opfyldt). | Efter det oplyste er det ikke opfyldt.",
    ]);
  });

  test("what is stated and what the numbers say need no grounds when they agree", () => {
    expect(outcomeOf(all, actuals("1,0", "0,5", "vurdering: opfyldt, "))[0]).toBe("met");
    expect(outcomeOf(all, actuals("1,1", "0,5", "vurdering: ikke opfyldt, "))[0]).toBe("notMet");
  });
});

describe("what only a person can judge", () => {
  const plain = planOf("");

  test("needs a statement", () => {
    expect(said(plain, "1: { opnået: Redegørelsen er sendt. }")).toEqual([
      "3:3 vurdering-mangler Mål 1 har ingen vurdering. | Skriv vurdering: og derefter opfyldt, ikke opfyldt eller udgået.",
    ]);
  });

  test("and the statement its grounds", () => {
    expect(said(plain, "1: { vurdering: opfyldt }")).toEqual([
      "3:19 begrundelse-mangler Vurderingen af mål 1 har ingen begrundelse. | Skriv begrundelse: og hvorfor det vurderes sådan.",
    ]);
    expect(outcomeOf(plain, "1: { vurdering: opfyldt, begrundelse: Alt er nået. }")).toEqual(["met"]);
  });

  test("the goal's grounds are those of its sub-goals, and without them each has its own", () => {
    const plan = planOf("delmål: [{ nr: a }, { nr: b }]");
    const result = (goal: string, b: string) =>
      `1: { ${goal}delmål: { a: { vurdering: opfyldt, begrundelse: B }, b: { vurdering: opfyldt${b} } } }`;
    expect(outcomeOf(plan, result("begrundelse: B, ", ""))[0]).toBe("met");
    expect(outcomeOf(plan, result("", ", begrundelse: B"))[0]).toBe("met");
    expect(said(plan, result("", ""))).toEqual([
      "3:77 begrundelse-mangler Vurderingen af delmål b har ingen begrundelse. | Skriv begrundelse: og hvorfor det vurderes sådan.",
    ]);
  });

  test("a binary plan has no »delvist opfyldt«, of a goal or a sub-goal", () => {
    expect(said(plain, "1: { vurdering: delvist opfyldt, begrundelse: B }")).toEqual([
      "3:19 vurdering Mål 1 kan ikke være delvist opfyldt: planen gør op i opfyldt og ikke opfyldt. | Skriv opfyldt eller ikke opfyldt.",
    ]);
    const parts = planOf("delmål: [{ nr: a }, { nr: b }]");
    const result = "1: { begrundelse: B, delmål: { a: { vurdering: delvist opfyldt }, b: { vurdering: opfyldt } } }";
    expect(saidOf(parts, resultsText(result))).toEqual([
      "3:50 vurdering Delmål a kan ikke være delvist opfyldt: planen gør op i opfyldt og ikke opfyldt. | Skriv opfyldt eller ikke opfyldt.",
    ]);
  });

  test("nor has a weighted plan that does not say what it counts", () => {
    const goal = "\n  - { nr: 1, titel: T, mål: M, vægt: 100 }";
    const plan = (part: string) => soundPlan({ opgørelse: `{ metode: vægtet${part} }`, mål: goal });
    const result = "1: { vurdering: delvist opfyldt, begrundelse: B }";
    expect(said(plan(""), result)[0]).toContain("3:19 vurdering Mål 1 kan ikke være delvist opfyldt");
    expect(outcomeOf(plan(", delvist_tæller: 1/2"), result)).toEqual(["partlyMet"]);
  });

  test("a scale in words, where the criterion is not met", () => {
    const plan = planOf(
      "kriterium: { mindst: 10 }\nskala: { opfyldt: Mindst 10., delvist: Næsten 10., ikke: Få. }",
      "tretrin",
    );
    expect(said(plan, "1: { resultat: 9 }")).toEqual([
      "3:3 vurdering-mangler Mål 1 har ingen vurdering. | Det oplyste afgør ikke, om det er delvist opfyldt eller ikke opfyldt. Skriv vurdering: og derefter opfyldt, delvist opfyldt, ikke opfyldt eller udgået.",
    ]);
    const stated = (outcome: string) => `1: { resultat: 9, vurdering: ${outcome}, begrundelse: B }`;
    const sentence = "Resultatet er 9 mod mindst 10, så kriteriet er ikke opfyldt.";
    expect(outcomeOf(plan, stated("delvist opfyldt"))).toEqual(["partlyMet", sentence]);
    expect(outcomeOf(plan, stated("ikke opfyldt"))).toEqual(["notMet", sentence]);
    expect(said(plan, stated("opfyldt"))).toEqual([
      "3:32 vurdering-modsagt Mål 1 er angivet som opfyldt, men resultatet er 9 mod mindst 10.",
    ]);
    expect(outcomeOf(plan, "1: { resultat: 10 }")[0]).toBe("met");
  });

  test("without a scale, a criterion that is not met settles it with three levels too", () => {
    expect(outcomeOf(planOf("kriterium: { mindst: 10 }", "tretrin"), "1: { resultat: 9 }")[0]).toBe("notMet");
  });
});

describe("a goal's deadline", () => {
  const binary = planOf("frist: 2022-06-30");
  const levels = planOf("frist: 2022-06-30", "tretrin");
  const reached = (day: string, outcome: string) =>
    `1: { dato: ${day}, ${outcome && `vurdering: ${outcome}, `}begrundelse: B }`;

  test("on the day it is in time, and a person says how well", () => {
    expect(outcomeOf(binary, reached("2022-06-30", "opfyldt"))).toEqual([
      "met",
      "Målet blev nået den 30. juni 2022, og fristen var den 30. juni 2022.",
    ]);
    expect(outcomeOf(binary, reached("2022-06-30", "ikke opfyldt"))[0]).toBe("notMet");
    expect(said(binary, reached("2022-06-30", ""))[0]).toContain("vurdering-mangler");
  });

  test("a day late is not met, and cannot be stated otherwise", () => {
    expect(outcomeOf(binary, reached("2022-07-01", ""))).toEqual([
      "notMet",
      "Målet blev nået den 1. juli 2022, og fristen var den 30. juni 2022.",
    ]);
    expect(said(binary, reached("2022-07-01", "opfyldt"))).toEqual([
      "3:37 vurdering-modsagt Mål 1 er angivet som opfyldt, men målet blev nået den 1. juli 2022, og fristen var den 30. juni 2022. | Efter det oplyste er det ikke opfyldt.",
    ]);
  });

  test("with three levels, late may be partly met, and a person says which", () => {
    expect(outcomeOf(levels, reached("2022-07-01", "delvist opfyldt"))[0]).toBe("partlyMet");
    expect(outcomeOf(levels, reached("2022-07-01", "ikke opfyldt"))[0]).toBe("notMet");
    expect(said(levels, reached("2022-07-01", "opfyldt"))[0]).toContain("vurdering-modsagt");
    expect(said(levels, reached("2022-07-01", ""))[0]).toContain("vurdering-mangler");
  });
});

describe("a goal with a deadline that the numbers alone say is met", () => {
  const undated =
    "3:3 dato-mangler Mål 1 har en frist, men det er ikke oplyst, hvornår det blev nået. | Skriv dato: og dagen.";
  const measured = planOf("frist: 2022-06-30\nkriterium: { mindst: 80 }");

  test("is met as far as they go, and whoever reads is warned", () => {
    expect(outcomeOf(measured, "1: { resultat: 85 }")[0]).toBe("met");
    expect(said(measured, "1: { resultat: 85 }")).toEqual([undated]);
    expect(parsed(measured, resultsText("1: { resultat: 85 }")).diagnostics[0]?.severity).toBe("warning");
  });

  test("is met where its day is in time, and not met where it is late", () => {
    expect(said(measured, "1: { resultat: 85, dato: 2022-06-30 }")).toEqual([]);
    expect(outcomeOf(measured, "1: { resultat: 85, dato: 2022-06-30 }")[0]).toBe("met");
    expect(outcomeOf(measured, "1: { resultat: 85, dato: 2022-07-01 }")[0]).toBe("notMet");
  });

  test("nothing of it where the goal is not met", () => {
    expect(said(measured, "1: { resultat: 75 }")).toEqual([]);
  });

  test("nor where a day that is measured is in time", () => {
    const happened = planOf("frist: 2022-06-30\nkriterium: { senest: 2022-06-30 }");
    expect(said(happened, "1: { resultat: 2022-06-30 }")).toEqual([]);
  });

  test("nor where all its milestones or sub-goals were reached in time", () => {
    const steps = planOf("frist: 2022-06-30\nmilepæle: [{ nr: 1, tekst: A }, { nr: 2, tekst: B }]");
    expect(said(steps, "1: { milepæle: { 1: { dato: 2022-05-01 }, 2: { dato: 2022-06-30 } } }")).toEqual([]);
    expect(said(steps, "1: { milepæle: { 1: { dato: 2022-05-01 }, 2: { dato: 2022-07-01 } } }")).toEqual([undated]);
    expect(said(steps, "1: { milepæle: { 1: { dato: 2022-05-01 }, 2: { vurdering: opfyldt } } }")).toEqual([undated]);
    const parts = planOf("frist: 2022-06-30\ndelmål: [{ nr: a, kriterium: { mindst: 3 } }]");
    expect(said(parts, "1: { delmål: { a: { resultat: 3, dato: 2022-06-30 } } }")).toEqual([]);
    expect(said(parts, "1: { delmål: { a: { resultat: 3 } } }")).toEqual([undated]);
  });

  test("nor where a number of the whole year is due on the year's last day", () => {
    expect(said(planOf("frist: 2022-12-31\nkriterium: { mindst: 80 }"), "1: { resultat: 85 }")).toEqual([]);
    const parts = planOf("frist: 2022-12-31\ndelmål: [{ nr: a, kriterium: { mindst: 3 } }]");
    expect(said(parts, "1: { delmål: { a: { resultat: 3 } } }")).toEqual([]);
    expect(said(planOf("frist: 2022-12-30\nkriterium: { mindst: 80 }"), "1: { resultat: 85 }")).toEqual([undated]);
    const step = planOf("frist: 2022-12-31\nmilepæle: [{ nr: 1, tekst: A }]");
    expect(said(step, "1: { milepæle: { 1: { vurdering: opfyldt } } }")).toEqual([undated]);
  });

  test("where people state it, they answer for the deadline: a note", () => {
    const { diagnostics } = parsed(measured, resultsText("1: { resultat: 85, vurdering: opfyldt }"));
    expect(diagnostics.map(({ severity, code }) => [severity, code])).toEqual([["note", "dato-mangler"]]);
  });
});

describe("a day far outside the plan's period is warned of, at its place", () => {
  const stray = (place: string, day: string) =>
    `${place} dato-uden-for-perioden Datoen er den ${day}, men planen gælder fra 1. januar 2022 til 31. december 2022. | Se efter, om årstallet er rigtigt.`;
  const judged = (day: string) => `1: { vurdering: opfyldt, begrundelse: B, dato: ${day} }`;

  test.each([
    ["2021-12-31", [stray("3:50", "31. december 2021")]],
    ["2022-01-01", []],
    // Late is not stray: it happens, and the deadline tells of it.
    ["2023-12-31", []],
    ["2024-01-01", [stray("3:50", "1. januar 2024")]],
  ])("of a goal: %s", (day, expected) => {
    expect(said(planOf(""), judged(day))).toEqual(expected);
  });

  test("of a result that is a day", () => {
    const plan = planOf("kriterium: { senest: 2022-06-30 }");
    expect(said(plan, "1: { resultat: 2029-03-01 }")).toEqual([stray("3:18", "1. marts 2029")]);
  });

  test("of a sub-goal and a milestone", () => {
    const parts = planOf("delmål: [{ nr: a, kriterium: { mindst: 3 } }]");
    expect(said(parts, "1: { delmål: { a: { resultat: 3, dato: 2012-03-01 } } }")).toEqual([
      stray("3:42", "1. marts 2012"),
    ]);
    const steps = planOf("milepæle: [{ nr: 1, tekst: A }]");
    expect(said(steps, "1: { milepæle: { 1: { dato: 2002-03-01 } } }")).toEqual([stray("3:31", "1. marts 2002")]);
  });
});

describe("what was measured and is written where it does not belong", () => {
  const parts = soundPlan({
    mål: `
  - nr: 1
    titel: Bedre budgettering
    mål: M
    delmål:
      - { nr: a, titel: Drift, enhed: Mio. kr., kriterium: { afvigelse_højst: 1 } }
      - { nr: b, titel: Løn, enhed: Mio. kr., kriterium: { afvigelse_højst: 1 } }`,
  });
  const ofParts = 'delmål: { a: { resultat: "0,1" }, b: { resultat: "0,2" } }';

  test("is told of at its key, where the parts are what is measured", () => {
    expect(saidOf(parts, resultsText(`1: { resultat: "-0,4", ${ofParts} }`))).toEqual([
      "3:8 resultat-ved-delmål Her måles delmålene, så tallet hører ikke til her. | Skriv resultat: ved hvert delmål under delmål:, og slet linjen.",
    ]);
    expect(saidOf(parts, resultsText(`1: { ${ofParts} }`))).toEqual([]);
  });

  const dated = soundPlan({ mål: "[{ nr: 1, titel: T, mål: M, kriterium: { senest: 2022-12-01 } }]" });

  test("is held against the day beside it", () => {
    const said = (result: string) => saidOf(dated, resultsText(`1: { dato: 2022-11-20, resultat: ${result} }`, ["1"]));
    expect(said("2022-11-20")).toEqual([]);
    expect(said("2022-11-22")).toEqual([
      "3:14 dato-modsagt Datoen er den 20. november 2022, men »resultat« er den 22. november 2022. | Ret det, der er forkert, eller slet dato:.",
    ]);
    expect(said("ikke sket").map((one) => one.split(" ")[1])).toContain("dato-modsagt");
  });
});

describe("one mistake, one diagnostic: nothing is concluded from what cannot be read or is not there", () => {
  const all = planOf(budgetParts);
  const hint = "Skriv tallet, eventuelt med enhed. En forklaring i ord kan stå under »opnået«.";

  test.each([
    [
      "a result that is no number, though the goal is stated as met",
      '1: { vurdering: opfyldt, delmål: { a: { resultat: "en del" }, b: { resultat: "0,4" } } }',
      [`3:53 forkert-værdi Resultatet skal være et tal, for eksempel 12,5; her står »en del«. | ${hint}`],
    ],
    [
      "no result of a sub-goal",
      '1: { delmål: { b: { resultat: "0,4" } } }',
      ["3:3 resultat-mangler Delmål a i mål 1 har intet resultat. | Tilføj det under delmål: som a:."],
    ],
    [
      "no number of a sub-goal",
      '1: { delmål: { a: { opnået: Lidt over. }, b: { resultat: "0,4" } } }',
      [
        "3:18 resultat-mangler Delmål a har intet tal, som dets kriterium kan holdes op imod. | Skriv resultat: og tallet.",
      ],
    ],
    [
      "a misspelt sub-goal, which is not missing as well",
      '1: { delmål: { a: { resultat: 1 }, c: { resultat: "0,4" } } }',
      ["3:38 ukendt-delmål Målet har intet delmål »c«. | Mente du »b«?"],
    ],
    [
      "a misspelt key of a sub-goal",
      '1: { delmål: { a: { resultatt: 1 }, b: { resultat: "0,4" } } }',
      ["3:23 ukendt-nøgle Oplysningen »resultatt« findes ikke under »a«. | Mente du »resultat«?"],
    ],
    [
      "a misspelt key for the grounds",
      "1: { vurdering: opfyldt, begrunelse: B, delmål: { a: { vurdering: opfyldt, resultat: 1 }, b: { resultat: 0 } } }",
      ["3:28 ukendt-nøgle Oplysningen »begrunelse« findes ikke under »1«. | Mente du »begrundelse«?"],
    ],
    [
      "an empty sub-goal",
      '1:\n  delmål:\n    a:\n    b: { resultat: "0,4" }',
      ["5:9 forkert-værdi »a« er tom. | Udfyld oplysningen."],
    ],
  ])("%s", (_what, result, expected) => {
    expect(saidOf(all, resultsText(result))).toEqual(expected);
  });
});

test("in a plan for several years, the year that is reported on parts the earlier ones from the rest", () => {
  const plan = soundPlan({
    periode: "{ fra: 2027-01-01, til: 2028-12-31 }",
    mål: "\n  - { nr: 1, titel: Sagstid, mål: M, kriterium: { mindst: 80 }, resultat: { 2027: 85 } }",
  });
  const saidFor = (year: number, result: string) =>
    saidOf(plan, resultsText(`1: { ${result} }`, ["1"], `årsrapport: { år: ${year} }\n`));
  expect(saidFor(2027, "resultat: 86")).toEqual([
    "4:18 tidligere-afviger Resultatet for 2027 er 86 her, men 85 i planen (mål 1).",
  ]);
  expect(saidFor(2028, "resultat: 86")).toEqual([]);
  expect(saidFor(2027, "resultat: 85, tidligere: { 2027: 85 }")).toEqual([
    "4:41 tidligere-afviger 2027 er ikke et tidligere år: resultatet er for 2027.",
  ]);
  expect(saidFor(2028, "resultat: 86, tidligere: { 2027: 85 }")).toEqual([]);
});

describe("a goal that gives no points", () => {
  const plan = planOf("point: 0", "point");

  test.each([
    ["opfyldt", "met"],
    ["delvist opfyldt", "partlyMet"],
    ["ikke opfyldt", "notMet"],
  ])("is judged: %s", (stated, outcome) => {
    expect(outcomeOf(plan, `1: { vurdering: ${stated}, begrundelse: Derfor }`)).toEqual([outcome]);
  });

  test("has none to be given", () => {
    expect(said(plan, "1: { vurdering: opfyldt, begrundelse: Derfor, point: 0 }")).toEqual([
      "3:56 point Mål 1 har fået point, men planen giver det ingen. | Slet point:.",
    ]);
  });

  test("nor has a part of one", () => {
    const parts = planOf("point: 10\ndelmål: [{ nr: a, titel: A, point: 0 }, { nr: b, titel: B, point: 10 }]", "point");
    const results = "b: { vurdering: ikke opfyldt, begrundelse: Derfor }";
    expect(said(parts, `1: { delmål: { a: { point: 0, begrundelse: Derfor }, ${results} } }`)).toEqual([
      "3:30 point Delmål a har fået point, men planen giver det ingen. | Slet point:.",
    ]);
  });
});
