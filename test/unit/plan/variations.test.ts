import { describe, expect, test } from "vitest";
import { isoDate } from "../../../src/core/date.ts";
import { decimalText } from "../../../src/core/decimal.ts";
import { placeholderValues } from "../../../src/plan/placeholders.ts";
import { type Goal, goalsOf, planYears, type SubGoal } from "../../../src/plan/plan.ts";
import { proseText } from "../../../src/plan/prose-html.ts";
import { soundGoal, soundPlan } from "../../support/plan-text.ts";

/**
 * The ways in which Danish ministries have written such plans (V1-V19 of the research into the field): each can be
 * said in a plan, and what is said arrives.
 */
const words = (goal: Goal | SubGoal) => goal.title?.plain;
const points = (part: Goal | SubGoal) => (part.points ? decimalText(part.points) : undefined);

describe("V1: goals numbered 1.1 and 2.1, with narrative and box, of equal weight", () => {
  test("numbers, headings and the share of each", () => {
    const plan = soundPlan(
      {
        mål: `
  - { nr: 1.1, titel: Strategi, rammeoverskrift: Retning, mål: Der udarbejdes en strategi. }
  - { nr: 2.1, titel: Data, overskrift: Mål 2.1 - Data, mål: Data beskyttes. }
  - { nr: 2.10, titel: Budget, mål: Budgettet holdes. }`,
      },
      ":::mål 1.1\nStrategien er vigtig.\n:::\n\n:::mål 2.1\n:::\n\n:::mål 2.10\n:::\n\nHvert mål tæller {{vægt}}.\n\n:::underskrifter\n:::\n",
    );
    expect(goalsOf(plan.groups).map((goal) => goal.number)).toEqual(["1.1", "2.1", "2.10"]);
    expect(goalsOf(plan.groups).map((goal) => goal.boxHeading?.plain ?? goal.heading?.plain)).toEqual([
      "Retning",
      "Mål 2.1 - Data",
      undefined,
    ]);
    expect(plan.body.blocks[0]).toMatchObject({ narrative: { plain: "Strategien er vigtig." } });
    expect(placeholderValues(plan).vægt).toBe("100/3");
  });
});

test("V2: remarks that are empty, a hyphen and absent are three things", () => {
  expect(soundGoal("bemærkninger:").remarks?.plain).toBe("");
  expect(soundGoal('bemærkninger: "-"').remarks?.plain).toBe("-");
  expect(soundGoal("målepunkt: Det ses.").remarks).toBeUndefined();
});

test("V3: points for each goal, numbered milestones, and a scheme for the pay", () => {
  const plan = soundPlan({
    opgørelse: "{ metode: point, point_i_alt: 100 }",
    resultatløn: "{ opfyldelse af målene: 3/4, resultater uden for planen: 1/4 }",
    mål: `
  - nr: 1
    titel: Ny lov
    point: 15
    milepæle:
      - { nr: 1, tekst: Udkast sendt i høring, frist: 2022-04-01 }
      - { nr: 2, tekst: "**Loven** er fremsat", frist: 2022-10-04, point: 5 }
  - { nr: 2, titel: Drift, point: 85 }`,
  });
  const [law, operation] = goalsOf(plan.groups);
  expect([plan.scoring.method, plan.scoring.totalPoints && decimalText(plan.scoring.totalPoints)]).toEqual([
    "points",
    "100",
  ]);
  expect([law && points(law), operation && points(operation)]).toEqual(["15", "85"]);
  expect(law?.milestones.map((one) => [one.number, one.text.plain, one.deadline && isoDate(one.deadline)])).toEqual([
    ["1", "Udkast sendt i høring", "2022-04-01"],
    ["2", "Loven er fremsat", "2022-10-04"],
  ]);
  expect(plan.payShares.map((one) => `${one.ground}: ${one.share.toFraction()}`)).toEqual([
    "opfyldelse af målene: 3/4",
    "resultater uden for planen: 1/4",
  ]);
});

test("V4: goal, requirement and part with points, 100 in all, and a goal that is not scored", () => {
  const plan = soundPlan({
    opgørelse: "{ metode: point, point_i_alt: 100 }",
    mål: `
  - nr: 1
    titel: Sagsbehandling
    point: 60
    delmål:
      - nr: 1.1
        titel: Godkendelser
        point: 40
        krav: { mindst: 1 }
        delmål:
          - { nr: a, titel: Nye lægemidler, point: 25, kriterium: { højst: 210 } }
          - { nr: b, titel: Fornyelser, point: 15 }
      - { nr: 1.2, titel: Klager, point: 20 }
  - { nr: 2, titel: Økonomi, point: 40 }
  - { nr: 3, titel: Nyt it-system, tæller: nej }`,
  });
  const tree = (part: Goal | SubGoal): unknown[] => [words(part), points(part), ...part.subGoals.map(tree)];
  const [cases, economy, initiative] = goalsOf(plan.groups);
  expect(cases && tree(cases)).toEqual([
    "Sagsbehandling",
    "60",
    ["Godkendelser", "40", ["Nye lægemidler", "25"], ["Fornyelser", "15"]],
    ["Klager", "20"],
  ]);
  expect(cases?.subGoals[0]?.rule?.atLeast).toBe(1);
  expect(cases?.subGoals[0]?.subGoals[0]?.measure.criterion).toMatchObject({ kind: "atMost" });
  expect([cases?.counts, economy?.counts, initiative?.counts]).toEqual([true, true, false]);
});

test("V5: four of five parts", () => {
  const goal = soundGoal(`krav: { mindst: 4 }
delmål: [{ titel: a }, { titel: b }, { titel: c }, { titel: d }, { titel: e }]`);
  expect([goal.rule?.atLeast, goal.subGoals.length]).toEqual([4, 5]);
});

test("V6: a scale in words for each goal, and reporting on fixed days", () => {
  const goal = soundGoal(`skala:
  opfyldt: Mindst 85 pct.
  delvist: 80-84 pct.
  ikke: Under 80 pct.`);
  expect([goal.scale?.met?.plain, goal.scale?.partlyMet?.plain, goal.scale?.notMet?.plain]).toEqual([
    "Mindst 85 pct.",
    "80-84 pct.",
    "Under 80 pct.",
  ]);
  const plan = soundPlan({
    opgørelse: "{ metode: tretrin }",
    opfølgning: `
  - { navn: 1. budgetopfølgning, frist: 2022-04-24 }
  - { navn: 2. budgetopfølgning, frist: 2022-08-24 }
  - { navn: 3. budgetopfølgning, frist: 2022-10-24 }
  - { navn: årsrapporten }`,
  });
  expect(plan.followUps.map((round) => round.deadline && isoDate(round.deadline))).toEqual([
    "2022-04-24",
    "2022-08-24",
    "2022-10-24",
    undefined,
  ]);
});

test("V7, V10, V15: fixed chapters in any order around the goals", () => {
  const chapters = [
    "Mission og vision",
    "Kerneopgaver",
    "Mål for {{år}}",
    "Gyldighedsperiode",
    "Beregning af målopfyldelse",
  ];
  const plan = soundPlan(
    {},
    chapters.map((chapter) => `## ${chapter}\n\n${chapter.startsWith("Mål") ? ":::mål\n:::" : "Tekst."}\n`).join("\n") +
      "\n:::underskrifter\n:::\n",
  );
  const headings = plan.body.blocks.flatMap((block) => (block.kind === "heading" ? [block.prose] : []));
  expect(headings.map((one) => proseText(one, placeholderValues(plan)))).toEqual([
    "Mission og vision",
    "Kerneopgaver",
    "Mål for 2022",
    "Gyldighedsperiode",
    "Beregning af målopfyldelse",
  ]);
});

test("V8, V9: the strategy that a goal builds on, who answers for it, and its activities", () => {
  const goal = soundGoal(`strategi: Strategisk målbillede 2021-2025
ansvarlig: Juridisk Kontor
mål: Effekten er kortere ventetid.
milepæle:
  - tekst: Aktivitet 1
  - tekst: Aktivitet 2`);
  expect([goal.strategy?.name, goal.responsible, goal.milestones.length]).toEqual([
    "Strategisk målbillede 2021-2025",
    "Juridisk Kontor",
    2,
  ]);
});

test("V11: a four-year framework with figures for every year", () => {
  const plan = soundPlan({
    periode: "{ fra: 2019-01-01, til: 2022-12-31 }",
    opgørelse: "{ metode: manuel }",
    mål: `
  - nr: 1
    titel: Flere besøgende
    enhed: 1.000 besøg
    måltal: { 2019: 100, 2020: 105, 2021: 110, 2022: "115,5" }
    resultat: { 2019: 98, 2020: "-", 2021: "" }
    kilde: Museets egen tælling.`,
  });
  const [goal] = goalsOf(plan.groups);
  expect(planYears(plan.period)).toBe("2019-2022");
  expect(goal?.measure.unit).toBe("1.000 besøg");
  expect(goal?.measure.rows.map((row) => [row.kind, row.cells.map((cell) => `${cell.year}:${cell.text}`)])).toEqual([
    ["target", ["2019:100", "2020:105", "2021:110", "2022:115,5"]],
    ["actual", ["2019:98", "2020:-", "2021:"]],
  ]);
});

test("V12: a contract between minister and chairman, with indicators and no targets", () => {
  const plan = soundPlan({
    opgørelse: "{ metode: manuel }",
    periode: "{ fra: 2022-01-01, til: 2025-12-31 }",
    mål: "[{ nr: 1, titel: Bedre forskning, målepunkt: Indikatorer følges, resultat: { 2021: 12 } }]",
    underskrivere: `
  - { navn: Anne Jensen, stilling: Uddannelses- og forskningsminister, sted: København }
  - { navn: Bo Hansen, stilling: Bestyrelsesformand, sted: Aarhus, dato: 2021-12-17 }`,
  });
  expect(plan.signatories.map((one) => [one.title, one.date && isoDate(one.date)])).toEqual([
    ["Uddannelses- og forskningsminister", undefined],
    ["Bestyrelsesformand", "2021-12-17"],
  ]);
});

test("V13, V14, V17: shared goals and goals of one's own, in groups within groups whose numbers restart", () => {
  const plan = soundPlan(
    {
      opgørelse: "{ metode: vægtet }",
      grupper: `
  - nøgle: koncern
    navn: Koncernfælles mål
    mål: [{ nr: 1, titel: Budget, vægt: 25 }, { nr: 2, titel: Fravær, vægt: "12,5" }]
  - nøgle: egne
    navn: Styrelsens mål
    grupper:
      - nøgle: hårde
        navn: Hårde mål
        mål: [{ nr: 1, titel: Sager, vægt: 50 }]
      - nøgle: bløde
        navn: Bløde mål
        mål: [{ nr: 1, titel: Trivsel, vægt: "12,5" }]`,
    },
    ':::mål gruppe="koncern"\n:::\n\n:::mål gruppe="hårde"\n:::\n\n:::mål gruppe="Bløde mål"\n:::\n\n:::underskrifter\n:::\n',
  );
  expect(goalsOf(plan.groups).map((goal) => goal.id)).toEqual(["koncern/1", "koncern/2", "hårde/1", "bløde/1"]);
  expect(plan.groups.map((group) => [group.name, group.groups.map((inner) => inner.name)])).toEqual([
    ["Koncernfælles mål", []],
    ["Styrelsens mål", ["Hårde mål", "Bløde mål"]],
  ]);
  const shown = plan.body.blocks.map((block) =>
    block.kind === "goals" ? block.goals.map((goal) => goal.id) : block.kind,
  );
  expect(shown).toEqual([["koncern/1", "koncern/2"], ["hårde/1"], ["bløde/1"], "signatures"]);
});

describe("V16: a period that is not a calendar year", () => {
  test.each([
    ["a quarter", "2019-01-01", "2019-03-31", "2019"],
    ["the second half of a year", "2017-07-01", "2017-12-31", "2017"],
    ["the third and fourth quarters", "2013-07-01", "2013-12-31", "2013"],
    ["over New Year", "2018-10-01", "2019-09-30", "2018-2019"],
    ["four years", "2013-01-01", "2016-12-31", "2013-2016"],
  ])("%s", (_name, from, to, years) => {
    const plan = soundPlan({ periode: `{ fra: ${from}, til: ${to} }` });
    expect([isoDate(plan.period.from), isoDate(plan.period.to), planYears(plan.period)]).toEqual([from, to, years]);
    expect(placeholderValues(plan).år).toBe(years);
  });
});

test("V18: two plans with the same goals differ in nothing but the institution", () => {
  const plans = ["Fyns Politi", "Østjyllands Politi"].map((navn) => soundPlan({ institution: `{ navn: ${navn} }` }));
  expect(plans.map((plan) => plan.institution.shortName)).toEqual(["Fyns Politi", "Østjyllands Politi"]);
  expect(plans.map((plan) => goalsOf(plan.groups).map((goal) => goal.id))).toEqual([["1"], ["1"]]);
});

test("V19: a plain list of requirements, without anything else to them", () => {
  const plan = soundPlan({
    opgørelse: "{ metode: manuel }",
    mål: ["Årsrapport", "Beretninger", "Notater", "Trivsel", "Økonomi"]
      .map((titel, index) => `\n  - { nr: ${index + 1}, titel: ${titel} }`)
      .join(""),
  });
  expect(goalsOf(plan.groups).map(words)).toEqual(["Årsrapport", "Beretninger", "Notater", "Trivsel", "Økonomi"]);
});
