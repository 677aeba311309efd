import { describe, expect, test } from "vitest";
import { isoDate } from "../../../src/core/date.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { blankResults } from "../../../src/results/blank.ts";
import { blankFollowUp } from "../../../src/results/followup/blank.ts";
import { knownRounds, roundOf } from "../../../src/results/followup/rounds.ts";
import { statusSummary } from "../../../src/results/followup/summary.ts";
import { firstGoal, followUpText, saidOfFollowUp, soundProgress } from "../../support/follow-up-text.ts";
import { soundPlan } from "../../support/plan-text.ts";
import { saidOf } from "../../support/results-text.ts";

/** A plan of one goal, with these lines. */
function planOf(lines: string): Plan {
  return soundPlan({
    mål: `\n  - nr: 1\n    titel: Bedre budgettering\n    mål: M\n${lines.replace(/^(?=.)/gm, "    ")}`,
  });
}

const explained = "status: i risiko, forventning: Vi følger det";

/** What the numbers so far make of its goal. */
function forecastOf(plan: Plan, goal: string, round = "2-kvartal"): unknown[] {
  const { outlook } = firstGoal(soundProgress(plan, followUpText(`1: { ${explained}, ${goal} }`), round));
  return [outlook.forecast, ...outlook.sentences];
}

describe("the numbers so far, held against a criterion, are a forecast", () => {
  test.each([
    [
      'kriterium: { afvigelse_højst: "1,0" }',
      'indtil_nu: "-0,8"',
      "holds",
      "Afvigelsen er 0,8 mod højst 1,0, så kriteriet ville være opfyldt.",
    ],
    [
      "kriterium: { højst: 5 }",
      'indtil_nu: "5,1"',
      "fails",
      "Tallet er 5,1 mod højst 5, så kriteriet ville ikke være opfyldt.",
    ],
    ["kriterium: { mindst: 85 }", "indtil_nu: foreligger ikke", "open", "Tallet foreligger ikke endnu."],
    // A count grows until the year is over; then it decides.
    ["kriterium: { antal_mindst: 3 }", "indtil_nu: 2", "open", "Antallet er 2 mod mindst 3, så prognosen er åben."],
    [
      "kriterium: { antal_mindst: 3 }",
      "indtil_nu: 3",
      "holds",
      "Antallet er 3 mod mindst 3, så kriteriet ville være opfyldt.",
    ],
    [
      "kriterium: { senest: 2022-09-01 }",
      "indtil_nu: ikke sket",
      "open",
      "Det er ikke sket endnu, og fristen er den 1. september 2022, så prognosen er åben.",
    ],
    [
      "kriterium: { senest: 2022-06-30 }",
      "indtil_nu: ikke sket",
      "open",
      "Det er ikke sket endnu, og fristen er den 30. juni 2022, så prognosen er åben.",
    ],
    [
      "kriterium: { senest: 2022-06-29 }",
      "indtil_nu: ikke sket",
      "fails",
      "Det er ikke sket, og fristen var den 29. juni 2022, så kriteriet ville ikke være opfyldt.",
    ],
    [
      "kriterium: { senest: 2022-05-01 }",
      "indtil_nu: 2022-04-30",
      "holds",
      "Det skete den 30. april 2022, og fristen var den 1. maj 2022, så kriteriet ville være opfyldt.",
    ],
  ])("%s, %s", (criterion, goal, forecast, sentence) => {
    expect(forecastOf(planOf(criterion), goal)).toEqual([forecast, sentence]);
  });

  test("a count that is not reached on the last day is not met", () => {
    expect(forecastOf(planOf("kriterium: { antal_mindst: 3 }"), "indtil_nu: 2", "4-kvartal")[0]).toBe("fails");
  });

  test("one of two: what holds is enough, what may still hold leaves it open", () => {
    const plan = planOf("kriterium: { en_af: [{ antal_mindst: 3 }, { senest: 2022-05-01 }] }");
    expect(forecastOf(plan, "indtil_nu: [3, ikke sket]")[0]).toBe("holds");
    expect(forecastOf(plan, "indtil_nu: [2, ikke sket]")).toEqual([
      "open",
      "Ingen af to krav ville være opfyldt, og der kræves mindst ét, så prognosen er åben: antallet er 2 mod mindst 3 (kan ikke siges endnu); det er ikke sket, og fristen var den 1. maj 2022 (ville ikke være opfyldt).",
    ]);
    expect(forecastOf(plan, "indtil_nu: [2, ikke sket]", "4-kvartal")[0]).toBe("fails");
  });

  test("a goal without anything measured has none", () => {
    expect(forecastOf(planOf(""), "kommentar: Godt")).toEqual([undefined]);
  });
});

describe("sub-goals", () => {
  const parts = (rule = "") =>
    planOf(`${rule}delmål:
  - { nr: a, enhed: mio. kr., kriterium: { afvigelse_højst: "1,0" } }
  - { nr: b, enhed: mio. kr., kriterium: { afvigelse_højst: "0,5" } }`);
  const numbers = (a: string, b: string) => `delmål: { a: { indtil_nu: "${a}" }, b: { indtil_nu: "${b}" } }`;

  test.each([
    ["", "0,5", "0,5", "holds"],
    ["", "0,5", "0,6", "fails"],
    ["", "0,5", "foreligger ikke", "open"],
    ["", "1,5", "foreligger ikke", "fails"],
    ["krav: { mindst: 1 }\n", "0,5", "0,6", "holds"],
    ["krav: { mindst: 1 }\n", "1,5", "foreligger ikke", "open"],
    ["krav: { mindst: 1 }\n", "1,5", "0,6", "fails"],
  ])("%j with %s and %s", (rule, a, b, forecast) => {
    expect(forecastOf(parts(rule), numbers(a, b))[0]).toBe(forecast);
  });

  test("one that has left the plan does not count", () => {
    const goal = 'delmål: { a: { indtil_nu: "0,5" }, b: { status: udgået, kommentar: Efter aftale } }';
    expect(forecastOf(parts(), goal)[0]).toBe("holds");
  });
});

describe("milestones", () => {
  const plan = planOf(`milepæle:
  - { tekst: Udbud, frist: 2022-03-31 }
  - { tekst: Drift, frist: 2022-10-31 }`);

  test.each([
    [
      "1: { dato: 2022-03-31 }, 2: { status: forventes opfyldt }",
      "open",
      "1 af 2 milepæle er nået til tiden, så prognosen er åben.",
    ],
    [
      "1: { dato: 2022-03-31 }, 2: { dato: 2022-06-01 }",
      "holds",
      "2 af 2 milepæle er nået til tiden, så målet ville være opfyldt.",
    ],
    [
      "1: { dato: 2022-04-01 }, 2: { status: forventes opfyldt }",
      "fails",
      "Ingen af 2 milepæle er nået til tiden, og én frist er overskredet, så målet ville ikke være opfyldt.",
    ],
    [
      "1: { status: i risiko }, 2: { status: i risiko }",
      "fails",
      "Ingen af 2 milepæle er nået til tiden, og én frist er overskredet, så målet ville ikke være opfyldt.",
    ],
    // What is withdrawn leaves the count, and its deadline with it.
    [
      "1: { status: udgået, kommentar: Aftalt }, 2: { status: forventes opfyldt }",
      "open",
      "Den tilbageværende milepæl er ikke nået endnu, så prognosen er åben.",
    ],
    [
      "1: { status: udgået, kommentar: Aftalt }, 2: { dato: 2022-06-01 }",
      "holds",
      "Den tilbageværende milepæl er nået, så målet ville være opfyldt.",
    ],
  ])("%s", (milestones, forecast, sentence) => {
    expect(forecastOf(plan, `milepæle: { ${milestones} }`)).toEqual([forecast, sentence]);
  });

  test("all of them withdrawn say nothing of the goal", () => {
    expect(forecastOf(plan, "milepæle: { 1: { status: udgået }, 2: { status: udgået } }")).toEqual([undefined]);
  });

  test("a goal's own number of them is never more than those that are left", () => {
    const scaled = planOf(`skala: { opfyldt: To., delvist: Én., ikke: Ingen., antal_opfyldt: 2, antal_delvist: 1 }
milepæle:
  - { tekst: Udbud, frist: 2022-03-31 }
  - { tekst: Drift, frist: 2022-10-31 }
  - { tekst: Evaluering, frist: 2022-03-31 }`);
    const gone = "1: { status: udgået }, 2: { dato: 2022-06-01 }";
    expect(forecastOf(scaled, `milepæle: { ${gone}, 3: { dato: 2022-03-31 } }`)).toEqual([
      "holds",
      "2 af 2 tilbageværende milepæle er nået til tiden, så målet ville være opfyldt.",
    ]);
    expect(forecastOf(scaled, `milepæle: { ${gone}, 3: { status: udgået } }`)[0]).toBe("holds");
  });
});

describe("a round's name", () => {
  const year = { from: { year: 2022, month: 1, day: 1 }, to: { year: 2022, month: 12, day: 31 } };

  test("gives a title and most often a last day", () => {
    expect(knownRounds.map((name) => [name, roundOf(name, year).title])).toMatchInlineSnapshot(`
      [
        [
          "1-kvartal",
          "Status efter 1. kvartal 2022",
        ],
        [
          "2-kvartal",
          "Status efter 2. kvartal 2022",
        ],
        [
          "3-kvartal",
          "Status efter 3. kvartal 2022",
        ],
        [
          "4-kvartal",
          "Status efter 4. kvartal 2022",
        ],
        [
          "1-tertial",
          "Status efter 1. tertial 2022",
        ],
        [
          "2-tertial",
          "Status efter 2. tertial 2022",
        ],
        [
          "3-tertial",
          "Status efter 3. tertial 2022",
        ],
        [
          "halvaar",
          "Halvårsstatus 2022",
        ],
        [
          "1-halvaar",
          "Status efter 1. halvår 2022",
        ],
        [
          "2-halvaar",
          "Status efter 2. halvår 2022",
        ],
        [
          "uo1",
          "Status efter udgiftsopfølgning 1 i 2022",
        ],
        [
          "uo2",
          "Status efter udgiftsopfølgning 2 i 2022",
        ],
        [
          "uo3",
          "Status efter udgiftsopfølgning 3 i 2022",
        ],
        [
          "uo4",
          "Status efter udgiftsopfølgning 4 i 2022",
        ],
        [
          "aarsafslutning",
          "Status ved årsafslutningen 2022",
        ],
      ]
    `);
    expect(roundOf("halvaar", year).lastDay).toEqual({ year: 2022, month: 6, day: 30 });
    expect(roundOf("uo2", year).lastDay).toBeUndefined();
  });

  test("of a plan for several years ends in one of them", () => {
    const years = { from: { year: 2022, month: 1, day: 1 }, to: { year: 2023, month: 12, day: 31 } };
    expect(roundOf("2-kvartal-2023", years).title).toBe("Status efter 2. kvartal 2023");
    expect(roundOf("2-kvartal", years)).toMatchObject({ lacksYear: true });
    expect(roundOf("2-kvartal-2024", years)).toMatchObject({ lacksYear: true });
  });

  test.each([
    ["2-kvartal-2022", "2022-07-14"],
    ["2-kvartal-2023", "2023-07-14"],
    // The plan has a deadline for that of 2022 only.
    ["3-kvartal-2022", "2022-10-14"],
    ["3-kvartal-2023", undefined],
    ["4-kvartal-2022", "2023-01-14"],
    ["4-kvartal-2023", "2024-01-14"],
  ])("in a plan for several years, the deadline of %s is that of its year", (round, deadline) => {
    const plan = soundPlan({
      periode: "{ fra: 2022-01-01, til: 2023-12-31 }",
      opfølgning: [
        "",
        ...["2. kvartal", "4. kvartal"].flatMap((name) =>
          [2022, 2023].map((year) => `  - { navn: ${name}, frist: 14 dage efter ${name} ${year} }`),
        ),
        "  - { navn: 3. kvartal 2022, frist: 14 dage efter 3. kvartal 2022 }",
      ].join("\n"),
    });
    const { followUp } = soundProgress(plan, followUpText("1: { status: forventes opfyldt }"), round);
    expect(followUp.deadline && isoDate(followUp.deadline)).toBe(deadline);
  });

  test("in a plan for one year, a deadline is the round's however late its numbers are", () => {
    const plan = soundPlan({ opfølgning: "[{ navn: udgiftsopfølgning 1, frist: 2022-03-15 }]" });
    const text = followUpText("1: { status: forventes opfyldt }", "opgjort: 2022-12-01\n");
    expect(soundProgress(plan, text, "uo1").followUp.deadline).toEqual({ year: 2022, month: 3, day: 15 });
  });

  const plan = planOf("");
  const goals = followUpText("1: { status: forventes opfyldt }");

  test.each([
    [
      "uo2",
      goals,
      [
        "1:1 opgjort-mangler Rundens navn »uo2« siger ikke, hvilken dag tallene er opgjort. | Skriv opgjort: og dagen øverst i oplysningerne.",
      ],
    ],
    [
      "2kvartal",
      goals,
      [
        "1:1 rundens-titel Runden »2kvartal« er ikke kendt, og filen har ingen titel. | Mente du »2-kvartal«? Omdøb filen, eller skriv titel: og opgjort: øverst i oplysningerne.",
      ],
    ],
    [
      "Halvår",
      goals,
      [
        "1:1 rundens-navn Filen kan ikke hedde opfoelgning-Halvår.md. | Efter opfoelgning- skrives små bogstaver fra a til z, tal og bindestreger: opfoelgning-2-kvartal.md.",
      ],
    ],
    ["midtvejs", followUpText("1: { status: forventes opfyldt }", "titel: Midtvejs\nopgjort: 2022-06-01\n"), []],
  ])("%s", (round, text, said) => {
    expect(saidOfFollowUp(plan, text, round)).toEqual(said);
  });
});

test.each([
  [["opfyldt", "opfyldt"], "Begge mål er opfyldt."],
  [["i risiko"], "Planens ene mål er i risiko."],
  [
    ["opfyldt", "forventes opfyldt", "forventes opfyldt", "i risiko"],
    "Af planens fire mål er ét opfyldt, to forventes opfyldt, og ét er i risiko.",
  ],
  [
    ["forventes opfyldt", "forventes ikke opfyldt"],
    "Af planens to mål forventes ét opfyldt, og ét forventes ikke opfyldt.",
  ],
])("%j is summed up", (statuses, sentence) => {
  const goals = statuses.map((_status, index) => `\n  - { nr: ${index + 1}, titel: T, mål: M }`).join("");
  const lines = statuses.map((status, index) => `${index + 1}: { status: ${status}, kommentar: K, forventning: F }`);
  expect(statusSummary(soundProgress(soundPlan({ mål: goals }), followUpText(lines.join("\n"))))).toBe(sentence);
});

describe("a file that is ready to fill in", () => {
  const plan = soundPlan({
    mål: `
  - { nr: 1, titel: Ny vejledning, mål: M }
  - nr: 2
    titel: Lavere sygefravær
    mål: M
    enhed: Dage
    kriterium: { en_af: [{ højst_reference: Statens gennemsnit }, { fald: { pct: 5, fra: 2021 } }] }
  - nr: 3
    titel: Nyt system
    mål: M
    frist: 2022-10-31
    milepæle: [{ tekst: Udbud, frist: 2022-03-31 }]`,
  });
  const codes = (said: readonly string[]) => said.map((one) => one.split(" ").slice(0, 2).join(" "));

  test("asks for a status of every goal and for every number, once", () => {
    expect(codes(saidOfFollowUp(plan, blankFollowUp(plan, "2-kvartal")))).toMatchInlineSnapshot(`
      [
        "14:12 ukendt-værdi",
        "18:3 tal-mangler",
        "19:12 ukendt-værdi",
        "29:12 ukendt-værdi",
        "35:7 status-mangler",
      ]
    `);
    expect(blankFollowUp(plan, "2-kvartal")).toMatchInlineSnapshot(`
      "---
      # Status efter 2. kvartal 2022: Styrelsen for Eksempler
      # Udfyld det, der står tomt. Linjer, der begynder med #, er vejledning og kan slettes. Se docs/opfoelgning.md.
      #
      # status:      forventes opfyldt, i risiko, forventes ikke opfyldt, opfyldt eller udgået
      # forventning: hvad I venter resten af året, hvorfor, og hvad der gøres ved det
      # kommentar:   hvad der er sket indtil nu
      # indtil_nu:   tallet, en dato, »ikke sket« eller »foreligger ikke«
      # dato:        den dag, det blev nået; ellers tom
      opgjort: 2022-06-30
      mål:
        # Ny vejledning
        1:
          status:
          forventning:
          kommentar:
        # Lavere sygefravær
        2:
          status:
          indtil_nu: # kravet er højst statens gennemsnit eller 5 pct. under 2021; enheden er dage
          referencer:
            Statens gennemsnit:
          tidligere:
            2021:
          forventning:
          kommentar:
        # Nyt system
        3:
          status:
          dato: # frist 2022-10-31
          forventning:
          kommentar:
          milepæle:
            # Udbud
            1:
              dato: # frist 2022-03-31
              status:
      ---
      "
    `);
  });

  test("is sound when it is filled in", () => {
    const filled = blankFollowUp(plan, "2-kvartal")
      .replaceAll("    status:\n", "    status: forventes opfyldt\n")
      .replace("    indtil_nu:", "    indtil_nu: 3,1")
      .replace("gennemsnit:", "gennemsnit: 8,4")
      .replace("      2021:", '      2021: "3,0"')
      .replace("dato: # frist 2022-03-31", "dato: 2022-03-30");
    expect(saidOfFollowUp(plan, filled)).toEqual([]);
  });

  test("asks for everything that the results need", () => {
    expect(blankResults(plan)).toMatchInlineSnapshot(`
      "---
      # Resultater: Resultatplan 2022, Styrelsen for Eksempler
      # Udfyld det, der står tomt. Linjer, der begynder med #, er vejledning og kan slettes. Se docs/resultater.md.
      #
      # vurdering:   opfyldt, ikke opfyldt eller udgået; udgår et mål, så slet dets andre linjer, og skriv hvorfor under ændringer:
      # begrundelse: hvorfor målet vurderes sådan
      # resultat:    tallet; for en frist dagen, eller »ikke sket«
      # opnået:      kan tilføjes: det opnåede, som det skal stå i årsrapportens oversigt
      #
      # Mål, der ikke er nået, skal have en analyse. Skriv den nederst i filen, mellem :::mål 1 og en linje med :::
      mål:
        # Ny vejledning
        1:
          vurdering:
          begrundelse:
        # Lavere sygefravær
        2:
          resultat: # kravet er højst statens gennemsnit eller 5 pct. under 2021; enheden er dage
          referencer:
            Statens gennemsnit:
          tidligere:
            2021:
        # Nyt system
        3:
          dato: # frist 2022-10-31
          milepæle:
            # Udbud
            1:
              dato: # frist 2022-03-31
      ---
      "
    `);
    const said = saidOf(plan, blankResults(plan));
    expect(said.every((one) => one.includes("er tom"))).toBe(true);
    expect(said).toHaveLength(7);
  });
});

test("a day before the plan's period is warned of", () => {
  const plan = planOf("frist: 2022-06-30");
  expect(saidOfFollowUp(plan, followUpText("1: { status: opfyldt, dato: 2012-06-01 }"))).toEqual([
    "3:31 dato-uden-for-perioden Datoen er den 1. juni 2012, men planen gælder fra 1. januar 2022 til 31. december 2022. | Se efter, om årstallet er rigtigt.",
  ]);
});

describe("a number with a point", () => {
  const plan = planOf('enhed: Pct.\nkriterium: { mindst: "0,4" }');

  test("keeps its decimals", () => {
    const { result } = firstGoal(
      soundProgress(plan, followUpText(`1: { ${explained}, indtil_nu: 0.500 }`), "2-kvartal"),
    );
    expect(result.actuals).toMatchObject([{ kind: "number", decimals: 3 }]);
  });

  test("that is read as one between thousands is told of in per cent", () => {
    expect(saidOfFollowUp(plan, followUpText(`1: { ${explained}, indtil_nu: 83.145 }`), "2-kvartal")).toEqual([
      '3:65 tusinder-eller-decimaler »83.145« læses som 83145: punktummet står mellem tusinder. | Skriv "83,145", hvis det er et decimaltal, og 83145, hvis tallet er så stort.',
    ]);
  });
});
