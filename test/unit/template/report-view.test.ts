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
  const rows = measure?.tabel.rækker.map((row) => `${row.navn}: ${row.celler.map(String).join(" | ")}`);
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
