import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/plan/plan.ts";
import { reportWords } from "../../../src/template/edition.ts";
import { type ReportView, reportView } from "../../../src/template/report-view.ts";
import { FormShelf } from "../../../src/template/shelf.ts";
import { soundPlan } from "../../support/plan-text.ts";
import { resultsText, soundResults } from "../../support/results-text.ts";

const shelf = new FormShelf(resolve(import.meta.dirname, "../../../templates"));

/** What the templates see of these results. */
async function viewOf(plan: Plan, results: string): Promise<ReportView> {
  const assessment = soundResults(plan, results);
  const { settings, span } = assessment.results;
  const { form } = await shelf.get(plan.form);
  const words = reportWords(settings, span, await shelf.editions()).value;
  if (!words) throw new Error("no words");
  return await reportView(assessment, {
    form,
    words,
    document: { id: "0000-0000-0000", udkast: false },
    imageAddress: String,
  });
}

/** The first measure: the cells of its table by row, and the text alternative of its chart. */
function firstMeasure(view: ReportView) {
  const measure = view.del_2.mål[0]?.målinger[0];
  const [, chart] = /aria-label="([^"]*)"|<desc[^>]*>([^<]*)/.exec(measure?.figur?.svg.toString() ?? "") ?? [];
  const rows = measure?.tabel.rækker.map(
    (row) =>
      `${row.navn}: ${row.celler
        .map(String)
        .join(" | ")
        .replace(/<[^>]*>/g, "")}`,
  );
  return { years: measure?.tabel.år, rows, chart };
}

describe("a plan for several years", () => {
  const plan = soundPlan({
    periode: "{ fra: 2027-01-01, til: 2028-12-31 }",
    titel: "Resultatplan 2027-2028",
    mål: `
  - nr: 1
    titel: Sagstid
    mål: Mindst 80.
    enhed: Pct.
    kriterium: { mindst: 80 }
    måltal: { 2026: "80", 2027: "80", 2028: "80" }
    resultat: { 2026: "70" }`,
  });

  test("shows a result in the year that is reported on", async () => {
    const view = await viewOf(plan, resultsText("1: { resultat: 85 }", [], "årsrapport: { år: 2027 }\n"));
    expect(firstMeasure(view)).toMatchInlineSnapshot(`
      {
        "chart": "Søjlediagram over Sagstid i pct. 2026: resultat 70, mål mindst 80 (ikke nået). 2027: resultat 85, mål mindst 80 (nået). 2028: ikke opgjort, mål mindst 80.",
        "rows": [
          "Mål: 80 | 80 | 80",
          "Resultat: 70 | 85 | ",
        ],
        "years": [
          2026,
          2027,
          2028,
        ],
      }
    `);
  });
});

describe("what a column cannot show has no chart, and its cell tells it", () => {
  const rows = 'måltal: { 2021: "90", 2022: "90" }, resultat: { 2021: "89" }';
  const planWith = (lines: string) => soundPlan({ mål: `\n  - { nr: 1, titel: Sagstid, mål: M, ${lines} }` });
  const either = "kriterium: { en_af: [{ mindst: 90 }, { fald: { pct: 5, fra: 2020 } }] }";

  test("several results", async () => {
    const view = await viewOf(
      planWith(`enhed: Pct., ${either}, ${rows}`),
      resultsText('1: { resultat: ["91,5", 9], tidligere: { 2020: 10 } }'),
    );
    expect(firstMeasure(view)).toEqual({
      years: [2020, 2021, 2022],
      rows: ["Mål:  | 90 | 90", "Resultat: 10 | 89 | 91,5 og 9"],
      chart: undefined,
    });
  });

  test("several results where the plan has no table", async () => {
    const view = await viewOf(planWith(either), resultsText("1: { resultat: [91, 9], tidligere: { 2020: 10 } }"));
    expect(firstMeasure(view)).toEqual({
      years: [2020, 2022],
      rows: ["Mål:  | mindst 90 eller 5 pct. under 2020", "Resultat: 10 | 91 og 9"],
      chart: undefined,
    });
  });

  test.each([
    ["2022-09-24", "24. september 2022"],
    ["ikke sket", "ikke sket"],
  ])("a day: %s", async (day, shown) => {
    const plan = planWith(`kriterium: { senest: 2022-09-30 }, ${rows}`);
    const view = await viewOf(plan, resultsText(`1: { resultat: ${day} }`, ["1"]));
    expect(firstMeasure(view)).toEqual({
      years: [2021, 2022],
      rows: ["Mål: 90 | 90", `Resultat: 89 | ${shown}`],
      chart: undefined,
    });
  });

  test("without a result, the chart of the other years says so", async () => {
    const result = resultsText("1: { vurdering: opfyldt, begrundelse: Derfor }");
    expect(firstMeasure(await viewOf(planWith(rows), result)).chart).toBe(
      "Søjlediagram over Sagstid. 2021: resultat 89. 2022: ikke opgjort.",
    );
  });
});

test("a fulfilment that a person has judged stands as it is written, and its grounds under the table", async () => {
  const plan = soundPlan({ opgørelse: "{ metode: manuel }" });
  const total = (grounds: string) => `samlet:\n  pct: "87,25"\n  begrundelse: ${grounds}\n`;
  const tableOf = async (grounds: string) =>
    (await viewOf(plan, resultsText("1: { vurdering: opfyldt, begrundelse: B }", [], total(grounds)))).del_1.tabel;
  const table = await tableOf("Departementet vurderer, at det **meste** er nået.");
  expect(table.samlet?.grad).toBe("87,25 pct.");
  expect(String(table.anmærkning)).toBe(
    "Den samlede målopfyldelse er begrundet sådan: Departementet vurderer, at det <strong>meste</strong> er nået.",
  );
  const longer = await tableOf("|\n    Først dette.\n\n    - så det\n    - og det");
  expect(String(longer.anmærkning)).toMatchInlineSnapshot(
    `"Den samlede målopfyldelse er begrundet sådan: Først dette.<br>så det<br>og det"`,
  );
});
