import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import Handlebars from "handlebars";
import { afterAll, describe, expect, test } from "vitest";
import { type Diagnostic, hasErrors } from "../src/core/diagnostic.ts";
import { exitCodes } from "../src/core/failure.ts";
import { Source } from "../src/core/source.ts";
import { parsePlan } from "../src/plan/load.ts";
import { placeholderNames, placeholderValues } from "../src/plan/placeholders.ts";
import { frontMatterJsonSchema, planSchema } from "../src/plan/schema.ts";
import { frame } from "../src/report/frame.ts";
import { parseResults } from "../src/results/load.ts";
import type { GoalField } from "../src/template/form.ts";
import { registerHelpers } from "../src/template/helpers.ts";
import { renderPlan, renderReport } from "../src/template/render.ts";
import { FormShelf } from "../src/template/shelf.ts";
import {
  codeIn,
  examples,
  keysToldUnder,
  language,
  planOf,
  readText,
  SchemaReader,
  soundPlan,
  tableUnder,
  wholePlan,
  withGoal,
  withText,
} from "./support/guides.ts";

const root = resolve(import.meta.dirname, "..");
const forms = readText("docs/skabeloner.md");
const guide = readText("docs/vejledning.md");
const shelf = new FormShelf(resolve(root, "templates"));
const written = examples(language);

async function diagnosticsOf(text: string, from: FormShelf = shelf): Promise<readonly Diagnostic[]> {
  const parsed = parsePlan("eksempel", new Source("plan.md", text));
  if (!parsed.value) return parsed.diagnostics;
  const rendered = await renderPlan(
    { plan: parsed.value, images: new Map(), bytes: new Uint8Array(), earlier: [] },
    from,
  );
  return [...parsed.diagnostics, ...rendered.diagnostics];
}

const errorsOf = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter((one) => one.severity === "error").map((one) => `${one.code}: ${one.message}`);

describe("the examples of docs/plansprog.md", () => {
  const plans = written.filter((example) => /^(?:plan|oplysninger|mål|tekst)$/.test(example.words[0] ?? ""));

  test("are all marked with what they are; only the editor's line is not a piece of a plan", () => {
    expect(written.filter((example) => !plans.includes(example)).map((example) => example.text)).toEqual([
      "# yaml-language-server: $schema=../../docs/plan.schema.json\n",
    ]);
  });

  test("begin with a whole plan of at most sixty lines that nothing is to be said about", async () => {
    expect(wholePlan.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
    expect(await diagnosticsOf(wholePlan)).toEqual([]);
  });

  const good = plans.filter((example) => !example.words.some((word) => word.startsWith("fejl=")));
  test.each(good.map((example) => [example.line, example] as const))("line %i parses and renders", async (_, one) => {
    expect(errorsOf(await diagnosticsOf(planOf(one)))).toEqual([]);
  });

  const bad = plans.filter((example) => !good.includes(example));
  test.each(bad.map((example) => [example.line, example] as const))("line %i is the error it shows", async (_, one) => {
    const code = one.words.find((word) => word.startsWith("fejl="))?.slice("fejl=".length);
    const found = await diagnosticsOf(planOf(one));
    expect(hasErrors(found)).toBe(true);
    expect([...new Set(found.filter((each) => each.severity === "error").map((each) => each.code))]).toEqual([code]);
  });

  const criteria = tableUnder(language, "Kriterier").filter((row) => row[3]?.includes("{"));
  test.each(criteria.map((row) => [row[3]?.replaceAll("`", "") ?? ""]))("kriterium: %s is one", async (criterion) => {
    expect(errorsOf(await diagnosticsOf(withGoal(`kriterium: ${criterion}`)))).toEqual([]);
  });

  test("every row of »Når det overrasker« whose remedy is a text prints that text", () => {
    const remedies = tableUnder(language, "Når det overrasker").flatMap((row) => codeIn(row[2] ?? ""));
    const texts = remedies.filter((remedy) => /^\d*\\|\\\*/.test(remedy));
    expect(texts).toHaveLength(4);
    for (const text of texts) {
      const { body } = soundPlan(withText(wholePlan, `## Prøve\n\n${text} slut`));
      const prose = body.blocks.flatMap((block) => (block.kind === "prose" ? [block.prose.plain] : []));
      expect(prose).toEqual([`${text.replaceAll("\\", "")} slut`]);
    }
  });
});

describe("docs/plansprog.md tells of", () => {
  const apart = ["mål", "grupper", "underskrivere", "segl", "delmål", "kriterium", "en_af", "alle", "kriterier"];
  const schema = new SchemaReader(frontMatterJsonSchema(planSchema), apart);
  const goal = schema.inside(schema.whole, "mål");
  test.each([
    ["Planen", schema.whole, [] as string[]],
    ["Mål", goal, ["Tal"]],
    ["Grupper", schema.inside(schema.whole, "grupper"), []],
    ["Delmål", schema.inside(goal, "delmål"), ["Tal"]],
    ["Kriterier", schema.inside(goal, "kriterium"), []],
    ["Underskrivere", schema.inside(schema.whole, "underskrivere"), []],
    ["Segl", schema.inside(schema.whole, "segl"), []],
  ])("every key under »%s« and whether it is required", (heading, part, others) => {
    expect(keysToldUnder(language, heading, ...others)).toEqual(schema.keysOf(part));
  });

  test("every method of scoring", () => {
    const row = tableUnder(language, "Planen").find((cells) => cells[0]?.includes("metode"));
    const methods = schema.inside(schema.inside(schema.whole, "opgørelse"), "metode").enum;
    expect(codeIn(row?.[2] ?? "")).toEqual(expect.arrayContaining([...(methods ?? [])]));
  });

  test("every placeholder, and what it gives in the plan at the top", () => {
    const rows = tableUnder(language, "Pladsholdere").map((row) => [codeIn(row[0] ?? "")[0], row[2]]);
    const values = placeholderValues(soundPlan(wholePlan));
    expect(rows).toEqual(placeholderNames.map((name) => [`{{${name}}}`, values[name]]));
  });
});

describe("docs/skabeloner.md tells of", () => {
  test("every field that a form can require or show", () => {
    // The compiler sees to it that this list is whole.
    const fields: Record<GoalField, true> = {
      overskrift: true,
      fortælling: true,
      mål: true,
      målepunkt: true,
      bemærkninger: true,
      rammeoverskrift: true,
      vægt: true,
      point: true,
      skala: true,
      frist: true,
      ansvarlig: true,
      strategi: true,
      delmål: true,
      milepæle: true,
      krav: true,
      tabel: true,
      anmærkning: true,
      kilde: true,
    };
    const rows = tableUnder(forms, "skabelon.yaml", 1).map((row) => codeIn(row[0] ?? "")[0]);
    expect(rows).toEqual(Object.keys(fields));
  });

  test("every helper", () => {
    const engine = Handlebars.create();
    const before = Object.keys(engine.helpers);
    registerHelpers(engine);
    const own = Object.keys(engine.helpers).filter((name) => !before.includes(name));
    const told = tableUnder(forms, "Hjælpere").map((row) => /\{\{#?(\w+)/.exec(row[0] ?? "")?.[1]);
    expect(told).toEqual(own);
  });

  test("every common partial", () => {
    const partials = tableUnder(forms, "Siden og dens dele").filter((row) => row[1]?.includes("_faelles"));
    for (const [name] of partials.map((row) => codeIn(row[0] ?? ""))) {
      expect(() => readText(`templates/_faelles/dele/${name}.hbs`)).not.toThrow();
    }
    expect(partials.length).toBeGreaterThan(0);
  });
});

describe("the small form of docs/skabeloner.md", () => {
  const templates = mkdtempSync(join(tmpdir(), "resultatplan-skabeloner-"));
  afterAll(() => rmSync(templates, { recursive: true, force: true }));
  const form = join(templates, "min-skabelon");
  for (const name of ["_faelles", "_aarsrapport"])
    cpSync(resolve(root, "templates", name), join(templates, name), { recursive: true });
  for (const name of ["skrifter", "skrifter.css"])
    cpSync(resolve(root, "templates/resultatplan-2022", name), join(form, name), { recursive: true });
  for (const { words, text } of examples(forms).filter((one) => one.words[0] !== "")) {
    const path = join(form, words[0] ?? "");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const plan = wholePlan.replace("skabelon: resultatplan-2022", "skabelon: min-skabelon");
  const small = new FormShelf(templates);

  test("renders the plan of docs/plansprog.md without a word", async () => {
    expect(await diagnosticsOf(plan, small)).toEqual([]);
  });

  test("renders the results of docs/resultater.md alone and after the plan, with the new edition's headings", async () => {
    const loaded = { plan: soundPlan(plan), images: new Map(), bytes: new Uint8Array(), earlier: [] };
    await renderPlan(loaded, small);
    const text = examples(readText("docs/resultater.md")).find((one) => one.words[0] === "resultater")?.text ?? "";
    const written = text.replace("årsrapport: {", "årsrapport: { udgave: 2028,");
    const { value } = parseResults(new Source("resultater.md", written), loaded.plan);
    if (!value) throw new Error("no results");
    const { value: documents, diagnostics } = await renderReport(
      loaded,
      { assessment: value, images: new Map(), bytes: new Uint8Array() },
      small,
    );
    expect(diagnostics).toEqual([]);
    for (const document of [await documents?.report(), await documents?.planAndReport()]) {
      expect(document?.html).toContain("2.4.1 1. del: Skematisk oversigt");
      expect(document?.html).toContain("--farve: #0f4c5c");
    }
  });
});

describe("docs/vejledning.md", () => {
  test("has the exit codes of the code", () => {
    const rows = tableUnder(guide, "Til den, der skriver scripts").map(([code, meaning]) => [Number(code), meaning]);
    expect(rows).toEqual(Object.values(exitCodes).map((code) => [code.number, code.meaning]));
  });

  test("shows an error as the program tells it", () => {
    const seed = readText("plans/benchmarkingenheden-2022/plan.md").replace(
      "frist: 2022-07-14",
      "frist: 14. juli 2027",
    );
    const source = new Source("plans/min-institution-2027/plan.md", seed);
    const { diagnostics } = parsePlan("min-institution-2027", source);
    const [only, ...others] = diagnostics.filter((one) => one.severity === "error");
    expect(others).toEqual([]);
    expect(guide).toContain(only && frame(only, (_style, text) => text));
  });
});
