import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import Handlebars from "handlebars";
import { expect, test } from "vitest";
import { compareTexts } from "../src/compare/compare.ts";
import { Source } from "../src/core/source.ts";
import type { SignedPlan } from "../src/lock/signed-plan.ts";
import type { Plan } from "../src/plan/plan.ts";
import type { Assessment } from "../src/results/assessment.ts";
import { parseFollowUp, roundOfFile } from "../src/results/followup/load.ts";
import { parseResults } from "../src/results/load.ts";
import { parsePay } from "../src/results/pay/load.ts";
import { cohesionView, densities } from "../src/template/cohesion-view.ts";
import { reportWords } from "../src/template/edition.ts";
import { payView } from "../src/template/pay-view.ts";
import { reportView } from "../src/template/report-view.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { signaturePageView } from "../src/template/signature-page.ts";
import { signedPagesView } from "../src/template/signed-pages.ts";
import { statusView } from "../src/template/status-view.ts";
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
    segl: "Segl",
    målrapportering: "Målrapporteringen",
  },
  Indhold: { under: "Indhold" },
  Afsnit: { blokke: "Blokke" },
  Blokke: { mål: "Mål", underskrivere: "Underskrivere", segl: "Segl" },
  Mål: { delmål: "Delmål", tabel: "Tabel" },
  Delmål: { delmål: "Delmål", tabel: "Tabel" },
  Målrapporteringen: { del_1: "Første del", del_2: "Anden del" },
  "Første del": { tabel: "Resultattabel" },
  Resultattabel: { "grupper › mål": "Målets linje" },
  "Anden del": { mål: "Analyse" },
  Analyse: { målinger: "Måling" },
  Underskriftssiden: { "sider › underskrivere": "Underskrivere" },
  Måling: { tabel: "Tabel" },
  Sammenhængen: { "pejlemærker › rækker": "Sammenhængens linjer" },
  Status: { "grupper › mål": "Målets status", uddybninger: "Uddybning" },
};

/** Fields that are there for their parts only, and are told of with them. */
const onlyForTheirParts = ["institution", "periode", "dokument"];

test("docs/skabeloner.md tells of every field of the views, and of none that is not there", async () => {
  const seen = new Map<string, Set<string>>();
  const fragments = examples(language).filter(
    ({ words, text }) => words.length === 1 && (words[0] === "mål" || text.startsWith("segl:")),
  );
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
      signed: signedWith(assessment),
    });
    collect(planView(plan, String, report.dokument, report), "Planen", [], seen);
    for (const name of readdirSync(`plans/${id}`).filter((file) => file.startsWith("opfoelgning-"))) {
      const text = readText(`plans/${id}/${name}`);
      const { value } = parseFollowUp(new Source(name, text), plan, roundOfFile(name) ?? "");
      if (!value) throw new Error(`no follow-up in ${name}`);
      collect(await statusView(value, { form, document: report.dokument, imageAddress: String }), "Status", [], seen);
    }
    const sources = [{ name: "plan.md", bytes: new Uint8Array() }];
    const scan = { name: "underskriftsside-1.jpg", picture: new Uint8Array(), signatories: plan.signatories };
    collect(await signaturePageView(plan, sources, true, form), "Underskriftssiden", [], seen);
    collect(
      signedPagesView(plan, sources, { scans: [scan], missing: plan.signatories, digitally: plan.signatories }, form),
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
  const linked = soundPlan(readText("test/fixtures/sammenhaeng/plan.md"));
  const { form } = await shelf.get(linked.form);
  const document = { id: "0000-0000-0000", udkast: false };
  const figure = cohesionView(linked, { form, document, density: densities[0], imageAddress: String });
  collect(figure, "Sammenhængen", [], seen);
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

/** The plan as if it were locked, and each agreed change had altered it. */
function signedWith({ plan, results }: Assessment): SignedPlan {
  const lock = { title: plan.title, sources: [], pictures: [], signatories: ["A"], signatures: [] };
  const source = new Source("plan.md", "ny");
  const field = compareTexts(new Source("plan.md", "gammel"), source);
  const part = { kind: "changed", part: "goal", key: "1", name: "Mål 1", was: undefined, moved: false } as const;
  const topic = { part: { ...part, fields: [field], span: source.span(0) }, name: "mål", fields: [field] };
  const file = { name: "underskrevet.json", bytes: new Uint8Array() };
  return { lock, file, alterations: new Map(results.changes.map((change) => [change, [topic]])) };
}

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
