import { resolve } from "node:path";
import Handlebars from "handlebars";
import { expect, test } from "vitest";
import { Source } from "../src/core/source.ts";
import type { Plan } from "../src/plan/plan.ts";
import type { Assessment } from "../src/results/assessment.ts";
import { parseResults } from "../src/results/load.ts";
import { parsePay } from "../src/results/pay/load.ts";
import { reportWords } from "../src/template/edition.ts";
import { payView } from "../src/template/pay-view.ts";
import { reportView } from "../src/template/report-view.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { signaturePageView } from "../src/template/signature-page.ts";
import { signedPagesView } from "../src/template/signed-pages.ts";
import { planView } from "../src/template/view.ts";
import { codeIn, examples, language, planOf, readText, soundPlan, tableUnder, wholePlan } from "./support/guides.ts";
import { seedPlanIds } from "./support/plans.ts";

/** docs/skabeloner.md tells of every field that pages and partials see: the views of many plans, held against its tables. */

const forms = readText("docs/skabeloner.md");
const shelf = new FormShelf(resolve(import.meta.dirname, "../templates"));

/** The headings under which the parts of a view are told of, by the heading and the field they stand in. */
const headings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Planen: {
    afsnit: "Afsnit",
    indhold: "Indhold",
    underskrivere: "Underskrivere",
    målrapportering: "Målrapporteringen",
  },
  Indhold: { under: "Indhold" },
  Afsnit: { blokke: "Blokke" },
  Blokke: { mål: "Mål", underskrivere: "Underskrivere" },
  Mål: { delmål: "Delmål", tabel: "Tabel" },
  Delmål: { delmål: "Delmål", tabel: "Tabel" },
  Målrapporteringen: { del_1: "Første del", del_2: "Anden del" },
  "Første del": { tabel: "Resultattabel" },
  Resultattabel: { "grupper › mål": "Målets linje" },
  "Anden del": { mål: "Analyse" },
  Analyse: { målinger: "Måling" },
  Underskriftssiden: { "sider › underskrivere": "Underskrivere" },
  Måling: { tabel: "Tabel" },
};

/** Fields that are there for their parts only, and are told of with them. */
const onlyForTheirParts = ["institution", "periode", "dokument"];

test("docs/skabeloner.md tells of every field of the views, and of none that is not there", async () => {
  const seen = new Map<string, Set<string>>();
  const fragments = examples(language).filter((one) => one.words.length === 1 && one.words[0] === "mål");
  for (const plan of [wholePlan, ...fragments.map(planOf)].map(soundPlan))
    collect(planView(plan, String, { id: "0000-0000-0000", udkast: false }), "Planen", [], seen);
  for (const id of seedPlanIds) {
    const plan = soundPlan(readText(`plans/${id}/plan.md`));
    const assessment = assessed(plan, readText(`plans/${id}/resultater.md`));
    const { form } = await shelf.get(plan.form);
    const { settings, span } = assessment.results;
    const words = reportWords(settings, span, await shelf.editions()).value;
    if (!words) throw new Error(`no words for ${id}`);
    const report = await reportView(assessment, {
      form,
      words,
      document: { id: "0000-0000-0000", udkast: false },
      imageAddress: String,
    });
    collect(planView(plan, String, report.dokument, report), "Planen", [], seen);
    const sources = [{ name: "plan.md", bytes: new Uint8Array() }];
    const scan = { name: "underskriftsside-1.jpg", picture: new Uint8Array(), signatories: plan.signatories };
    collect(await signaturePageView(plan, sources, true, form), "Underskriftssiden", [], seen);
    collect(
      signedPagesView(plan, sources, { scans: [scan], missing: plan.signatories }, form),
      "Underskrevne sider",
      [],
      seen,
    );
    if (plan.payShares.length === 0) continue;
    const pay = readText(`plans/${id}/resultatloen.md`);
    for (const text of [pay, pay.replace(/\n---\n/, "\nskøn: { pct: 75 }\n---\n")]) {
      const { value } = parsePay(new Source("resultatloen.md", text), assessment);
      if (!value) throw new Error(`no pay for ${id}`);
      collect(payView(value, assessment, { form, imageAddress: String }), "Beregning af resultatløn", [], seen);
    }
  }
  const told = [...seen.keys()].map((heading) => [
    heading,
    tableUnder(forms, heading)
      .map((row) => codeIn(row[0] ?? "").join(" › "))
      .toSorted(),
  ]);
  expect(told).toEqual([...seen].map(([heading, names]) => [heading, [...names].toSorted()]));
  // Every part of the views was met with, and is told of.
  expect(Object.values(headings).flatMap((one) => Object.values(one))).toSatisfy((names: string[]) =>
    names.every((name) => seen.has(name)),
  );
});

function assessed(plan: Plan, text: string): Assessment {
  const { value, diagnostics } = parseResults(new Source("resultater.md", text), plan);
  if (!value) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  return value;
}

/** Notes the fields of a view under the heading that tells of them. */
function collect(view: object, heading: string, above: readonly string[], seen: Map<string, Set<string>>): void {
  const names = seen.get(heading) ?? new Set<string>();
  seen.set(heading, names);
  for (const [key, value] of Object.entries(view)) {
    const field = [...above, key];
    const own = headings[heading]?.[field.join(" › ")];
    if (!onlyForTheirParts.includes(key)) names.add(field.join(" › "));
    for (const part of (Array.isArray(value) ? value : [value]).filter(isPart))
      collect(part, own ?? heading, own ? [] : field, seen);
  }
}

function isPart(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Handlebars.SafeString);
}
