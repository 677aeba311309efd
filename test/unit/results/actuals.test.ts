import { describe, expect, test } from "vitest";
import { decimalText } from "../../../src/core/decimal.ts";
import { seriesOf } from "../../../src/results/series.ts";
import { soundPlan } from "../../support/plan-text.ts";
import { resultsText, saidOf, soundOutcome } from "../../support/results-text.ts";

const planWith = (lines: string) => soundPlan({ mål: `\n  - { nr: 1, titel: Kortere ventetid, mål: M, ${lines} }` });
const withResult = (lines: string) => resultsText(`1: { ${lines} }`, ["1"]);

describe("a number, with or without its unit", () => {
  const plan = planWith('kriterium: { højst: "1.000.000" }');

  test.each([
    ["12", "12", undefined],
    ["12,5", "12,5", undefined],
    ["1,3 mio. kr.", "1,3", "mio. kr."],
    ["3,1%", "3,1", "%"],
    ["3,1 %", "3,1", "%"],
    ["-0,4 mio. kr.", "-0,4", "mio. kr."],
    ["−0,4", "-0,4", undefined],
    ["+0,4", "0,4", undefined],
    ["1.500 kr.", "1500", "kr."],
    ["7 pr. 100.000 indbyggere", "7", "pr. 100.000 indbyggere"],
    ["25 €", "25", "€"],
  ])("%s", (written, number, unit) => {
    const { result } = soundOutcome(plan, withResult(`resultat: "${written}"`));
    const [actual] = result.actuals;
    expect([actual?.kind === "number" && decimalText(actual.number), result.unit]).toEqual([number, unit]);
  });

  test.each([
    // A space between thousands would leave 1 with the unit »250 000«.
    "1 250 000",
    "3 af 8",
    "3 ud af 8",
    "2 eller 3",
    "cirka 12",
    "12-13",
    "1/2",
    "+/- 1,0",
    "-",
  ])("%s is none", (written) => {
    expect(saidOf(plan, withResult(`resultat: "${written}"`))).toEqual([
      `3:18 forkert-værdi Resultatet skal være et tal, for eksempel 12,5; her står »${written}«. | Skriv tallet, eventuelt med enhed. En forklaring i ord kan stå under »opnået«.`,
    ]);
  });
});

describe("the decimals that a number is written with are printed", () => {
  test.each([
    ["0.500", "0,500"],
    ["1234.500", "1.234,500"],
    ["0,50", "0,50"],
    ["1.500", "1.500"],
  ])("%s", (written, printed) => {
    const { result } = soundOutcome(
      planWith('kriterium: { højst: "1.000.000" }'),
      withResult(`resultat: "${written}"`),
    );
    expect(seriesOf({ rows: [] }, result, 2022)?.years.map((one) => one.actualText)).toEqual([printed]);
  });
});

describe("a point that may be a decimal one is told of where thousands are unlikely", () => {
  const saidOfResult = (measure: string, result: string) => saidOf(planWith(measure), withResult(result));
  const doubt = (place: string, written: string, plain: string, decimals: string) =>
    `${place} tusinder-eller-decimaler »${written}« læses som ${plain}: punktummet står mellem tusinder. | Skriv "${decimals}", hvis det er et decimaltal, og ${plain}, hvis tallet er så stort.`;

  test.each(["Pct.", "pct.", "%", "procent", "Pct. af sagerne"])("in %s", (unit) => {
    expect(saidOfResult(`enhed: ${unit.replace("%", '"%"')}, kriterium: { mindst: 85 }`, "resultat: 83.145")).toEqual([
      doubt("3:18", "83.145", "83145", "83,145"),
    ]);
  });

  test("where the unit is told by the result alone", () => {
    expect(saidOfResult("kriterium: { mindst: 85 }", "resultat: 85.500 pct.")).toEqual([
      doubt("3:18", "85.500", "85500", "85,500"),
    ]);
  });

  test("beside a limit of quite another size", () => {
    expect(saidOfResult("enhed: Dage, kriterium: { højst: 30 }", "resultat: 28.500")).toEqual([
      doubt("3:18", "28.500", "28500", "28,500"),
    ]);
  });

  test("beside a target with words around its number", () => {
    const measure = "enhed: Dage, måltal: { 2022: højst 30 dage }";
    const result = "resultat: 28.500, vurdering: opfyldt, begrundelse: Derfor";
    expect(saidOfResult(measure, result)).toEqual([doubt("3:18", "28.500", "28500", "28,500")]);
  });

  test("beside the plan's numbers of other years", () => {
    const measure = "enhed: Dage, måltal: { 2021: 30 }, resultat: { 2021: 28 }";
    expect(
      saidOfResult(measure, "resultat: 28.500, vurdering: opfyldt, begrundelse: Derfor, tidligere: { 2020: 29.125 }"),
    ).toEqual([doubt("3:18", "28.500", "28500", "28,500"), doubt("3:86", "29.125", "29125", "29,125")]);
  });

  test("each of several, and what they are compared with", () => {
    const measure = "enhed: Pct., kriterium: { alle: [{ mindst: 85 }, { mindst_reference: Gennemsnit }] }";
    expect(saidOfResult(measure, "resultat: [85.500, 84], referencer: { Gennemsnit: 83.145 }")).toEqual([
      doubt("3:19", "85.500", "85500", "85,500"),
      doubt("3:58", "83.145", "83145", "83,145"),
    ]);
  });

  test.each([
    // A thousand and a half against a thousand is no misunderstanding.
    ["enhed: Sager, kriterium: { mindst: 1000 }", "resultat: 1.500"],
    ["enhed: Sager, kriterium: { mindst: 30 }", "resultat: 1.500"],
    ["kriterium: { antal_mindst: 3 }", "resultat: 1.500"],
    ["enhed: Pct., kriterium: { mindst: 85 }", "resultat: 85.50"],
    ["enhed: Pct., kriterium: { mindst: 85 }", "resultat: 85500"],
    ['enhed: Pct., kriterium: { mindst: "0,4" }', "resultat: 0.500"],
    ["enhed: Kr., kriterium: { mindst: 0 }", "resultat: 1.500"],
    ["enhed: Kr., kriterium: { mindst: 85 }", "resultat: 1.000.000"],
  ])("not with %s and %s", (measure, result) => {
    expect(saidOfResult(measure, result)).toEqual([]);
  });
});

describe("one unit is written in several ways", () => {
  test.each([
    ["pct.", "%"],
    ["%", "pct."],
    ["Pct.", "pct"],
    ["Mio. kr.", "mio. kr."],
    ["mio. kr.", "mio kr"],
    ["Dage", "dage"],
    ["pct.", "procent"],
    ["procentpoint", "pct. point"],
  ])("%s is %s", (planned, reported) => {
    const plan = planWith(`enhed: "${planned}", kriterium: { højst: 30 }`);
    expect(soundOutcome(plan, withResult(`resultat: "12 ${reported}"`)).result.unit).toBe(planned);
    expect(soundOutcome(plan, withResult(`resultat: 12, enhed: "${reported}"`)).result.unit).toBe(planned);
  });

  test("thousands are not millions", () => {
    const plan = planWith("enhed: mio. kr., kriterium: { højst: 30 }");
    expect(saidOf(plan, withResult("resultat: 12 t. kr."))).toEqual([
      "3:18 enhed-afviger Enheden er »t. kr.«, men i planen er den »mio. kr.«. | Regn tallet om.",
    ]);
    expect(saidOf(plan, withResult("resultat: 12, enhed: t.kr."))).toEqual([
      "3:29 enhed-afviger Enheden er »t.kr.«, men i planen er den »mio. kr.«. | Regn tallet om.",
    ]);
  });

  test("where the plan has none, a result has one", () => {
    const plan = planWith("kriterium: { højst: 30 }");
    expect(saidOf(plan, withResult("resultat: 12 timer, enhed: dage"))).toEqual([
      "3:18 enhed-afviger Enheden er »timer«, men et andet sted er den »dage«. | Regn tallet om.",
    ]);
  });
});

describe("as many results as there are parts, or one for all", () => {
  const alike = planWith("kriterium: { en_af: [{ højst: 5 }, { mindst: 9 }] }");
  const unlike = planWith("kriterium: { alle: [{ senest: 2022-06-30 }, { antal_mindst: 3 }] }");

  test("three for two", () => {
    expect(saidOf(alike, withResult("resultat: [1, 2, 3]"))).toEqual([
      "3:19 resultat Der er tre resultater, men kriteriet har to dele. | Skriv ét for hver del, i samme rækkefølge.",
    ]);
  });

  test("two for one", () => {
    expect(saidOf(planWith("kriterium: { højst: 5 }"), withResult("resultat: [1, 2]"))).toEqual([
      "3:19 resultat Der er to resultater, men der måles kun ét. | Skriv ét resultat.",
    ]);
  });

  test("a date for a date and a number", () => {
    expect(saidOf(unlike, withResult("resultat: 2022-06-30"))).toEqual([
      "3:18 resultat Kriteriets dele måles forskelligt, så ét resultat er ikke nok. | Skriv en liste med ét resultat for hver del, i samme rækkefølge.",
    ]);
  });

  test("in the wrong order, each is told at its place", () => {
    expect(saidOf(unlike, withResult("resultat: [3, 2022-06-30]"))).toEqual([
      "3:19 forkert-værdi Resultatet skal være en dato som 2022-12-31; her står »3«. | Skriv dagen, eller »ikke sket«.",
      "3:22 forkert-værdi Resultatet skal være et tal, for eksempel 12,5; her står »2022-06-30«. | Skriv tallet, eventuelt med enhed. En forklaring i ord kan stå under »opnået«.",
    ]);
  });

  test("half a meeting is no number of meetings", () => {
    expect(saidOf(planWith("kriterium: { antal_mindst: 3 }"), withResult('resultat: "3,5"'))).toEqual([
      "3:18 forkert-værdi Et antal skal være et helt tal; her står »3,5«.",
    ]);
  });

  test("a day as it is written in text is recognised", () => {
    expect(saidOf(planWith("kriterium: { senest: 2022-06-30 }"), withResult("resultat: 28. juni 2022"))).toEqual([
      "3:18 forkert-værdi Resultatet skal være en dato som 2022-12-31; her står »28. juni 2022«. | Skriv 2022-06-28.",
    ]);
  });
});
