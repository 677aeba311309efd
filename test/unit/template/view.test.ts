import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadPlan } from "../../../src/plan/load.ts";
import { type GoalView, type PlanView, planView } from "../../../src/template/view.ts";
import { soundPlan } from "../../support/plan-text.ts";

const plans = resolve(import.meta.dirname, "../../../plans");

async function seedView(id: string): Promise<PlanView> {
  const { value, diagnostics } = await loadPlan(join(plans, id, "plan.md"));
  if (!value) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  return planView(value.plan, String, { id: "0000-0000-0000", udkast: false });
}

const goalsOf = (view: PlanView): GoalView[] =>
  view.afsnit.flatMap((section) => section.blokke.flatMap((block) => (block.type === "maal" ? block.mål : [])));

/** A cell's text: null where there is none, "" where it is empty. */
const cell = (value: { toString(): string } | null) => (value === null ? null : value.toString());

describe("the plan of 2018", () => {
  let view: PlanView;
  beforeAll(async () => {
    view = await seedView("benchmarkingenheden-2018");
  });

  test("headings as the plan has them, those of goals where the plan has its own", () => {
    expect(goalsOf(view).map((goal) => [goal.nr, cell(goal.overskrift), cell(goal.rammeoverskrift)])).toEqual([
      ["1.1", null, "Strategi"],
      ["2.1", '<span class="hold">Mål 2.1</span> - Databeskyttelsesforordningen', "Informationssikkerhed"],
      ["3.1", null, "Retvisende prognoser"],
    ]);
  });

  test("the contents: sections, and what stands under them", () => {
    expect(view.indhold.map((entry) => [entry.tekst, entry.under.map((inner) => inner.tekst)])).toEqual([
      ["Indledning", []],
      [
        "Resultatmål",
        [
          "1. Strategisk mål",
          "Mål 1.1 Strategisk retning for Benchmarkingenheden",
          "2. Kernefagligt mål",
          "Mål 2.1 - Databeskyttelsesforordningen",
          "3. Økonomisk mål",
          "Mål 3.1 Benchmarkingenhedens budget overholdes",
        ],
      ],
      ["Påtegning & opgørelse", []],
    ]);
  });

  test("lines of date in the plan's own words go with the date itself", () => {
    expect(view.underskrivere.map((one) => [one.navn, one.organisation, one.dato?.kort, one.datolinje])).toEqual([
      ["Sophus Garfiel", "Økonomi - og Indenrigsministeriet", "6/12-2017", null],
      ["Peter Østergaard", null, "27/11-2017", "København d. 27/11 - 2017"],
      ["Rune Jørgen Sørensen", null, "27/11-2017", "Oslo d. 27.11.2017"],
    ]);
  });

  test("goals stand one level under the heading they are under", () => {
    expect(goalsOf(view).map((goal) => goal.niveau)).toEqual([4, 4, 4]);
  });
});

describe("the plan of 2022", () => {
  let view: PlanView;
  beforeAll(async () => {
    view = await seedView("benchmarkingenheden-2022");
  });

  test("a table over years has the same years in both rows, and a hyphen where there is no result yet", () => {
    const table = goalsOf(view)[2]?.delmål[0]?.tabel;
    expect([table?.enhed, table?.år]).toEqual(["Mio. kr.", [2019, 2020, 2021, 2022]]);
    const cells = table?.rækker.map((row) => [
      row.navn,
      ...row.celler.map((one) => one.toString().replace(/<[^>]+>/g, "")),
    ]);
    expect(cells).toEqual([
      ["Mål", "+/- 1,0", "+/- 1,0", "+/- 1,0", "+/- 1,0"],
      ["Resultat", "0,7", "0,5", "-", "-"],
    ]);
  });

  test("the goal's own rule in words, and the sub-goals' letters", () => {
    const goal = goalsOf(view)[2];
    expect([goal?.krav, goal?.delmål.map((part) => part.nr)]).toEqual([
      "Mindst ét af delmålene skal være opfyldt.",
      ["a", "b"],
    ]);
    expect(goalsOf(view).map((one) => one.krav === null)).toEqual([true, true, false, true]);
  });

  test("long and short name, and the date in full", () => {
    expect(view.institution).toEqual({
      navn: "Indenrigs- og Boligministeriets Benchmarkingenhed",
      kort: "Benchmarkingenheden",
    });
    expect(view.underskrivere.map((one) => one.dato?.lang)).toEqual([
      "9. december 2021",
      "9. december 2021",
      "8. december 2021",
    ]);
  });

  test("every goal has the narrative of its block", () => {
    expect(goalsOf(view).map((goal) => cell(goal.fortælling)?.slice(0, 12))).toEqual([
      "<p>Løbende d",
      "<p>Benchmark",
      "<p>Målet opg",
      "<p>Sygefravæ",
    ]);
  });
});

describe("the plans of 2024", () => {
  test("numbers restart in the second group, and each goal has an anchor of its own", async () => {
    const goals = goalsOf(await seedView("nationalt-center-for-etik-2024"));
    expect(goals.map((goal) => goal.nr)).toEqual(["1", "2", "3", "1", "2", "3"]);
    expect(new Set(goals.map((goal) => goal.anker)).size).toBe(6);
  });

  test("remarks with a text, with a hyphen and empty are three things", async () => {
    const goals = goalsOf(await seedView("nationalt-center-for-etik-2024"));
    expect(goals.map((goal) => cell(goal.bemærkninger))).toEqual([
      "<p>Nationalt Center for Etik varetager projektledelsen</p>",
      "-",
      "-",
      "<p>Målet vil blive afrapporteret ift. Dataetisk Råds aktiviteter.</p>",
      "-",
      "",
    ]);
  });

  test("dates that are open are null, the others are there", async () => {
    const view = await seedView("benchmarkingenheden-2024");
    expect(view.underskrivere.map((one) => [one.sted, one.dato?.lang ?? null])).toEqual([
      ["København", null],
      ["Oslo", null],
      ["København", "21. december 2023"],
    ]);
  });

  test("the signatures stand where the text has them, with the same signatories", async () => {
    const view = await seedView("benchmarkingenheden-2024");
    const last = view.afsnit.at(-1)?.blokke.at(-1);
    expect(last).toEqual({ type: "underskrifter", segl: [], underskrivere: view.underskrivere });
  });
});

describe("what a plan does not say is null, never left out", () => {
  test("a goal with nothing but number and title", () => {
    const plan = soundPlan({ mål: "[{ nr: 1, titel: Ny vejledning }]" });
    const [goal] = goalsOf(planView(plan, String, { id: "0000-0000-0000", udkast: false }));
    expect(goal && Object.entries(goal).filter(([, value]) => value === undefined)).toEqual([]);
    expect(goal).toMatchObject({
      bemærkninger: null,
      tabel: null,
      krav: null,
      skala: null,
      fortælling: null,
      delmål: [],
      milepæle: [],
    });
  });

  test("a year that only one row has is an empty cell in the other", () => {
    const plan = soundPlan({ mål: '[{ nr: 1, titel: A, måltal: { 2022: 5, 2020: 3 }, resultat: { 2021: "4" } }]' });
    const table = goalsOf(planView(plan, String, { id: "0000-0000-0000", udkast: false }))[0]?.tabel;
    expect(table?.år).toEqual([2020, 2021, 2022]);
    expect(table?.rækker.map((row) => row.celler.map(String))).toEqual([
      ["3", "", "5"],
      ["", "4", ""],
    ]);
  });

  test("text before the first heading is a section without one", () => {
    const plan = soundPlan({}, "Først.\n\n:::mål\n:::\n\n:::underskrifter\n:::\n");
    const [section] = planView(plan, String, { id: "0000-0000-0000", udkast: false }).afsnit;
    expect([section?.overskrift, section?.blokke.map((block) => block.type)]).toEqual([
      null,
      ["tekst", "maal", "underskrifter"],
    ]);
  });
});

test("signs in cells and titles are escaped", () => {
  const plan = soundPlan({ mål: '[{ nr: 1, titel: "R&D > 5", måltal: { 2022: "<5 & >3" } }]' });
  const [goal] = goalsOf(planView(plan, String, { id: "0000-0000-0000", udkast: false }));
  expect(cell(goal?.titel ?? null)).toBe("R&amp;D &gt; 5");
  expect(goal?.tabel?.rækker[0]?.celler.map(String)).toEqual(["&lt;5 &amp; &gt;3"]);
});
