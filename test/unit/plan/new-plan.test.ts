import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Source } from "../../../src/core/source.ts";
import { parsePlan } from "../../../src/plan/load.ts";
import { type NewPlan, parseYears, writeNewPlan } from "../../../src/plan/new-plan.ts";
import { idFrom, idProblem } from "../../../src/plan/plan-id.ts";
import { renderPlan } from "../../../src/template/render.ts";
import { FormShelf } from "../../../src/template/shelf.ts";

const shelf = new FormShelf(resolve(import.meta.dirname, "../../../templates"));
const forms = await shelf.names();

async function starterOf(form: string): Promise<string> {
  const { starter } = (await shelf.get(form)).form;
  if (!starter) throw new Error(`${form} has no starter`);
  return starter.text;
}

const asked: NewPlan = {
  form: "resultatplan-2022",
  title: undefined,
  institution: "Styrelsen for Øer",
  shortName: undefined,
  ministry: "Øministeriet",
  years: { from: 2027, to: 2027 },
  signatories: [],
  positions: ["departementschef"],
};

function planIn(text: string) {
  const { value, diagnostics } = parsePlan("ny-2027", new Source("plan.md", text));
  if (!value) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  return { plan: value, diagnostics };
}

describe.each(forms)("a new plan in the form %s", (form) => {
  test("is a draft without errors, that lists what is to be filled in and nothing else", async () => {
    const { plan, diagnostics } = planIn(writeNewPlan(await starterOf(form), { ...asked, form }));
    const rendered = await renderPlan({ plan, images: new Map(), bytes: new Uint8Array(), earlier: [] }, shelf);
    const said = [...diagnostics, ...rendered.diagnostics];
    expect([...new Set(said.map((one) => one.code))]).toEqual(["udfyld"]);
    expect(said.every((one) => one.severity === "warning")).toBe(true);
    expect(plan.state).toBe("draft");
    expect(plan.form).toBe(form);
    expect(plan.title).toMatch(/ 2027$/);
    expect(plan.signatories.map((one) => one.title).sort()).toEqual(["Departementschef", "Direktør"]);
    expect(plan.signatories.map((one) => one.organisation).sort()).toEqual(["Styrelsen for Øer", "Øministeriet"]);
  });

  test("is refused for signature while it has gaps", async () => {
    const text = writeNewPlan(await starterOf(form), { ...asked, form }).replace("tilstand: udkast\n", "");
    const { diagnostics } = parsePlan("ny-2027", new Source("plan.md", text));
    expect(diagnostics.some((one) => one.code === "udfyld" && one.severity === "error")).toBe(true);
  });
});

describe("names", () => {
  const hostile = [
    'Ærø "Hav": [Råd] #1 & co, {x}: -',
    "'enkelt' : kolon",
    "- liste",
    "? nøgle",
    "--- # slut",
    "| blok",
    "> fold",
    "*navn &anker !!mærke",
    "nej",
    "null",
    "~",
    "1.10",
    "2027-01-01",
    "%TAG",
    "@at `tik`",
    "titel: Overtaget\\nskabelon: x",
    "…🙂…",
  ];

  test.each(hostile)("»%s« stays the text it is", async (name) => {
    const signatories = [{ name, title: "Departementschef", organisation: name, place: name }];
    const text = writeNewPlan(await starterOf(asked.form), {
      ...asked,
      title: name,
      institution: name,
      shortName: name,
      ministry: name,
      signatories,
    });
    const { plan } = planIn(text);
    expect(plan.institution).toEqual({ name, shortName: name });
    expect([plan.title, plan.ministry]).toEqual([name, name]);
    expect(plan.signatories).toHaveLength(1);
    expect(plan.signatories[0]).toMatchObject({ name, organisation: name, place: name });
    expect(plan.period).toMatchObject({
      from: { year: 2027, month: 1, day: 1 },
      to: { year: 2027, month: 12, day: 31 },
    });
  });

  test("any line of text stays the text it is", async () => {
    const starter = await starterOf(asked.form);
    const line = fc
      .string({ minLength: 1, maxLength: 60, unit: "binary" })
      .map((text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}\p{Co}]|\{\{/gu, "").trim())
      .filter((text) => text !== "");
    fc.assert(
      fc.property(line, (name) => {
        const { plan } = planIn(writeNewPlan(starter, { ...asked, institution: name, ministry: name }));
        expect([plan.institution.name, plan.ministry]).toEqual([name, name]);
      }),
      { numRuns: 80 },
    );
  });
});

test("somebody is there for every position that the form needs", async () => {
  const starter = await starterOf(asked.form);
  const chair = [{ name: "Bo Hansen", title: "Bestyrelsesformand", place: "Oslo" }];
  const { plan } = planIn(writeNewPlan(starter, { ...asked, signatories: chair }));
  expect(plan.signatories.map(({ name, title, place }) => [name, title, place])).toEqual([
    ["Bo Hansen", "Bestyrelsesformand", "Oslo"],
    ["(UDFYLD departementschefens navn)", "Departementschef", "København"],
  ]);
});

test("a plan for several years says so in its title and period", async () => {
  const { plan } = planIn(writeNewPlan(await starterOf(asked.form), { ...asked, years: { from: 2027, to: 2029 } }));
  expect(plan.title).toBe("Resultatplan 2027-2029");
  expect([plan.period.from.year, plan.period.to.year]).toEqual([2027, 2029]);
  // Each year has its follow-ups: »2. kvartal« alone would be three days.
  expect(plan.followUps.map(({ name, deadline }) => [name, deadline?.year])).toEqual([
    ["2. kvartal 2027", 2027],
    ["4. kvartal 2027", 2028],
    ["2. kvartal 2028", 2028],
    ["4. kvartal 2028", 2029],
    ["2. kvartal 2029", 2029],
    ["4. kvartal 2029", 2030],
  ]);
});

test.each([
  ["2027", { from: 2027, to: 2027 }],
  [" 2027 - 2029 ", { from: 2027, to: 2029 }],
  ["2029-2027", undefined],
  ["2027-2037", undefined],
  ["27", undefined],
  ["0027", undefined],
  ["2027; rm", undefined],
])("»%s« as years", (text, years) => {
  expect(parseYears(text)).toEqual(years);
});

describe("a plan's id", () => {
  test.each([
    ["Ærø Kommunes Råd & Øernes Å", "aeroe-kommunes-raad-oeernes-aa-2027"],
    ["Nationalt Center for Etik", "nationalt-center-for-etik-2027"],
    ["Institut für Größe", "institut-fuer-groesse-2027"],
    ["Café Ó’Neill", "cafe-o-neill-2027"],
    ["../../etc/passwd", "etc-passwd-2027"],
    ["CON", "con-2027"],
    ["!?", "plan-2027"],
    ["Æ\u030Apfel", "aepfel-2027"],
    ["x".repeat(200), `${"x".repeat(60)}-2027`],
  ])("»%s« gives %s, which is a good one", (name, id) => {
    expect(idFrom(name, "2027")).toBe(id);
    expect(idProblem(id)).toBeUndefined();
  });

  test.each(["", "..", ".skjult", "_kladde", "a/b", "a\\b", "con", "NUL.2027", "a.", "a b", "x".repeat(81), "a\u0000"])(
    "»%s« is none",
    (id) => {
      expect(idProblem(id)).toBeDefined();
    },
  );
});
