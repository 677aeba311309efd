import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import Handlebars from "handlebars";
import { afterAll, describe, expect, test } from "vitest";
import { type Diagnostic, hasErrors } from "../src/core/diagnostic.ts";
import { exitCodes } from "../src/core/failure.ts";
import { Source } from "../src/core/source.ts";
import { parsePlan } from "../src/plan/load.ts";
import { placeholderNames, placeholderValues } from "../src/plan/placeholders.ts";
import type { Plan } from "../src/plan/plan.ts";
import { frontMatterJsonSchema, planSchema } from "../src/plan/schema.ts";
import { frame } from "../src/report/frame.ts";
import type { GoalField } from "../src/template/form.ts";
import { registerHelpers } from "../src/template/helpers.ts";
import { renderPlan } from "../src/template/render.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { planView } from "../src/template/view.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const language = read("docs/plansprog.md");
const forms = read("docs/skabeloner.md");
const guide = read("docs/vejledning.md");
const shelf = new FormShelf(resolve(root, "templates"));

interface Example {
  readonly line: number;
  readonly kind: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** The code blocks of a guide. What follows the language says what the block is: `yaml mål fejl=yaml`. */
function examples(guideText: string): Example[] {
  return [...guideText.matchAll(/^```(\S+)(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    line: guideText.slice(0, match.index).split("\n").length,
    kind: match[1] ?? "",
    words: (match[2] ?? "").trim().split(" "),
    text: match[3] ?? "",
  }));
}

const written = examples(language);
const wholePlan = written.find((example) => example.words[0] === "plan")?.text ?? "";
const groups = written.find((example) => example.words.join(" ") === "oplysninger grupper")?.text ?? "";

/** A plan's text without some of the keys at the top of its front matter. */
function without(plan: string, keys: readonly string[]): string {
  const end = plan.indexOf("\n---", 3);
  const parts = plan.slice(0, end).split(/\n(?=\p{L}+:)/u);
  const kept = parts.filter((part) => !keys.some((key) => part.startsWith(`${key}:`)));
  return kept.join("\n") + plan.slice(end);
}

function withKeys(plan: string, fragment: string, replaced: readonly string[]): string {
  const rest = without(plan, replaced);
  const end = rest.indexOf("\n---", 3);
  return `${rest.slice(0, end)}\n${fragment.trimEnd()}${rest.slice(end)}`;
}

const topKeys = (fragment: string) => [...fragment.matchAll(/^(\p{L}+):/gmu)].map((match) => match[1] ?? "");

/** The whole plan with a goal that has the keys of a fragment. */
function withGoal(fragment: string): string {
  const given = topKeys(fragment);
  const own = [
    "nr: 1.1",
    ...(given.includes("titel") ? [] : ["titel: Prøve"]),
    ...(given.includes("mål") ? [] : ["mål: Prøve"]),
  ].join("\n");
  const lines = `${own}\n${fragment.trimEnd()}`.split("\n").map((line) => (line === "" ? "" : `    ${line}`));
  return withKeys(wholePlan, `mål:\n${lines.join("\n").replace(/^ {4}/, "  - ")}`, ["mål"]);
}

/** The whole plan with another text; goals and signatures are shown after it unless it shows them itself. */
function withText(base: string, text: string): string {
  const missing = [
    ...(text.includes(":::mål") ? [] : ["## Mål\n\n:::mål\n:::"]),
    ...(text.includes(":::underskrifter") ? [] : [":::underskrifter\n:::"]),
  ];
  return `${base.slice(0, base.indexOf("\n---", 3) + 4)}\n\n${[text, ...missing].join("\n\n")}\n`;
}

function planOf({ words, text }: Example): string {
  switch (words[0]) {
    case "plan":
      return text;
    case "oplysninger":
      return withKeys(wholePlan, text, [...topKeys(text), ...(words.includes("grupper") ? ["mål"] : [])]);
    case "mål":
      return withGoal(text);
    default:
      return withText(words.includes("grupper") ? withKeys(wholePlan, groups, ["mål"]) : wholePlan, text);
  }
}

async function diagnosticsOf(text: string, from: FormShelf = shelf): Promise<readonly Diagnostic[]> {
  const parsed = parsePlan("eksempel", new Source("plan.md", text));
  if (!parsed.value) return parsed.diagnostics;
  const rendered = await renderPlan({ plan: parsed.value, images: new Map(), bytes: new Uint8Array() }, from);
  return [...parsed.diagnostics, ...rendered.diagnostics];
}

/** A plan that is known to be good. */
function soundPlan(text: string): Plan {
  const parsed = parsePlan("eksempel", new Source("plan.md", text));
  if (!parsed.value) throw new Error(parsed.diagnostics.map((one) => one.message).join("\n"));
  return parsed.value;
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

interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly enum?: readonly unknown[];
}

describe("docs/plansprog.md tells of", () => {
  const whole = frontMatterJsonSchema(planSchema) as JsonSchema;
  const resolved = (schema: JsonSchema | undefined): JsonSchema => {
    if (schema?.$ref) return resolved(whole.definitions?.[schema.$ref.split("/").at(-1) ?? ""]);
    return schema?.allOf ? resolved(schema.allOf[0]) : (schema ?? {});
  };
  /** What a key's value is made of, through its list where it is one. */
  const inside = (schema: JsonSchema | undefined, key: string): JsonSchema => {
    const value = resolved(resolved(schema).properties?.[key]);
    return value.items ? resolved(value.items) : value;
  };
  /** Keys that have a table of their own. */
  const apart = ["mål", "grupper", "underskrivere", "delmål", "kriterium", "en_af", "alle", "kriterier"];
  const keysOf = (schema: JsonSchema, above: readonly string[] = []): string[] =>
    Object.keys(schema.properties ?? {}).flatMap((key) => [
      `${[...above, key].join(" › ")}: ${schema.required?.includes(key) ? "ja" : "nej"}`,
      ...(apart.includes(key) ? [] : keysOf(inside(schema, key), [...above, key])),
    ]);
  const rowsUnder = (heading: string) =>
    tableUnder(language, heading).map((row) => `${codeIn(row[0] ?? "").join(" › ")}: ${row[1]}`);

  const goal = inside(whole, "mål");
  test.each([
    ["Planen", whole, [] as string[]],
    ["Mål", goal, ["Tal"]],
    ["Grupper", inside(whole, "grupper"), []],
    ["Delmål", inside(goal, "delmål"), ["Tal"]],
    ["Kriterier", inside(goal, "kriterium"), []],
    ["Underskrivere", inside(whole, "underskrivere"), []],
  ])("every key under »%s« and whether it is required", (heading, schema, others) => {
    const rows = [heading, ...others].flatMap(rowsUnder);
    expect(rows.toSorted()).toEqual(keysOf(schema).toSorted());
  });

  test("every method of scoring", () => {
    const row = tableUnder(language, "Planen").find((cells) => cells[0]?.includes("metode"));
    const methods = inside(inside(whole, "opgørelse"), "metode").enum;
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

  test("every field of the view, and none that is not there", () => {
    const seeds = ["2018", "2022", "2024"].map((year) => read(`plans/benchmarkingenheden-${year}/plan.md`));
    const fragments = written.filter((one) => one.words.length === 1 && one.words[0] === "mål").map(planOf);
    const plans = [...seeds, wholePlan, ...fragments].map(soundPlan);
    const seen = new Map<string, Set<string>>();
    for (const plan of plans) collect(planView(plan, String), "Planen", [], seen);
    const told = [...seen.keys()].map((heading) => [
      heading,
      tableUnder(forms, heading).map((row) => codeIn(row[0] ?? "").join(" › ")),
    ]);
    const fields = [...seen].map(([heading, names]) => [heading, [...names]]);
    const sorted = (lists: unknown[][]) =>
      lists.map(([heading, names]) => [heading, (names as string[]).toSorted()]).toSorted();
    expect(sorted(told)).toEqual(sorted(fields));
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
      expect(() => read(`templates/_faelles/dele/${name}.hbs`)).not.toThrow();
    }
    expect(partials.length).toBeGreaterThan(0);
  });
});

describe("the small form of docs/skabeloner.md", () => {
  const templates = mkdtempSync(join(tmpdir(), "resultatplan-skabeloner-"));
  afterAll(() => rmSync(templates, { recursive: true, force: true }));

  test("renders the plan of docs/plansprog.md without a word", async () => {
    const form = join(templates, "min-skabelon");
    cpSync(resolve(root, "templates/_faelles"), join(templates, "_faelles"), { recursive: true });
    for (const name of ["skrifter", "skrifter.css"])
      cpSync(resolve(root, "templates/resultatplan-2022", name), join(form, name), { recursive: true });
    for (const { words, text } of examples(forms)) {
      const path = join(form, words[0] ?? "");
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const plan = wholePlan.replace("skabelon: resultatplan-2022", "skabelon: min-skabelon");
    expect(await diagnosticsOf(plan, new FormShelf(templates))).toEqual([]);
  });
});

describe("docs/vejledning.md", () => {
  test("has the exit codes of the code", () => {
    const rows = tableUnder(guide, "Til den, der skriver scripts").map(([code, meaning]) => [Number(code), meaning]);
    expect(rows).toEqual(Object.values(exitCodes).map((code) => [code.number, code.meaning]));
  });

  test("shows an error as the program tells it", () => {
    const seed = read("plans/benchmarkingenheden-2022/plan.md").replace("frist: 2022-07-14", "frist: 14. juli 2027");
    const source = new Source("plans/min-institution-2027/plan.md", seed);
    const { diagnostics } = parsePlan("min-institution-2027", source);
    const [only, ...others] = diagnostics.filter((one) => one.severity === "error");
    expect(others).toEqual([]);
    expect(guide).toContain(only && frame(only, (_style, text) => text));
  });
});

/** The cells of the rows of a table under a heading, without its head. */
function tableUnder(text: string, heading: string, number = 0): string[][] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, "");
  const [, after = ""] = prose.split(new RegExp(`^#+ ${heading.replaceAll(".", "\\.")}$`, "m"));
  const section = after.split(/^#/m)[0] ?? "";
  const tables = [...section.matchAll(/(?:^\|.*\|\n)+/gm)].map((match) => match[0].trimEnd().split("\n").slice(2));
  return (tables[number] ?? []).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands as code in a cell. */
function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}

/** The headings of docs/skabeloner.md under which the parts of a view are told of. */
const headings: Readonly<Record<string, string>> = {
  afsnit: "Afsnit",
  indhold: "Indhold",
  under: "Indhold",
  blokke: "Blokke",
  delmål: "Delmål",
  tabel: "Tabel",
  underskrivere: "Underskrivere",
};

/** Notes the fields of a view under the heading that tells of them. */
function collect(view: object, heading: string, above: readonly string[], seen: Map<string, Set<string>>): void {
  const names = seen.get(heading) ?? new Set<string>();
  seen.set(heading, names);
  for (const [key, value] of Object.entries(view)) {
    const parts = (Array.isArray(value) ? value : [value]).filter(isPart);
    const field = [...above, key];
    const own = key === "mål" && Array.isArray(value) ? "Mål" : headings[key];
    // A field that is only there for its parts (institution, periode) is told of with them.
    const onlyParts = heading === "Planen" && parts.length > 0 && !Array.isArray(value);
    if (!onlyParts) names.add(field.join(" › "));
    for (const part of parts) collect(part, own ?? heading, own ? [] : field, seen);
  }
}

function isPart(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Handlebars.SafeString);
}
