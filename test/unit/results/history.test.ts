import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import { goalsOf } from "../../../src/plan/plan.ts";
import { loadPlanWithHistory } from "../../../src/results/history.ts";

/** The plan of 2022 with its example results, and a plan of 2023 made from it that builds on them. */
const root = resolve(import.meta.dirname, "../../..");
let plans: string;
const made: string[] = [];

beforeEach(async () => {
  plans = await mkdtemp(join(tmpdir(), "historik-"));
  made.push(plans);
  await cp(join(root, "plans/benchmarkingenheden-2022"), join(plans, "be-2022"), { recursive: true });
});
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

/** Next year's plan: no results are typed, but for what `change` puts in. */
async function nextYear(change: (text: string) => string = (text) => text): Promise<string> {
  const text = await readFile(join(plans, "be-2022/plan.md"), "utf8");
  const next = text
    .replace(
      "periode: { fra: 2022-01-01, til: 2022-12-31 }",
      "periode: { fra: 2023-01-01, til: 2023-12-31 }\nhistorik: be-2022",
    )
    .replace("frist: 2023-01-14", "frist: 2024-01-14")
    .replace("frist: 2022-07-14", "frist: 2023-07-14")
    .replace(/^( +)måltal: \{ 2019: (".*?"),.*$/gm, "$1måltal: { 2020: $2, 2021: $2, 2022: $2, 2023: $2 }")
    .replace(/^ +resultat: \{ 2019: .*\n/gm, "")
    .replace("fald: { pct: 5, fra: 2021 }", "fald: { pct: 5, fra: 2022 }")
    .replace(/ {10}2019: Statens gennemsnit\/- 5 pct\.\n/, "          2023: Statens gennemsnit/- 5 pct.\n");
  const folder = join(plans, "be-2023");
  await mkdir(folder);
  await writeFile(join(folder, "plan.md"), change(next));
  return join(folder, "plan.md");
}

/** The plan after next year's, which has results then. */
async function afterNextYear(change: (results: string) => string = (results) => results): Promise<void> {
  const next = (await readFile(join(plans, "be-2023/plan.md"), "utf8"))
    .replace("til: 2023-12-31 }\nhistorik: be-2022", "til: 2024-12-31 }\nhistorik: be-2023")
    .replace("periode: { fra: 2023", "periode: { fra: 2024")
    .replace(/frist: 202\d-07/, "frist: 2024-07")
    .replaceAll("2020:", "2024:");
  const results = (await readFile(join(plans, "be-2022/resultater.md"), "utf8"))
    .replace('a: { resultat: "1,3 mio. kr." }', 'a: { resultat: "0,8 mio. kr." }')
    .replace(/^ +tidligere: .*\n/m, "")
    .replace("begrundelse: Redegørelsen indeholder", "dato: 2023-08-18\n    begrundelse: Redegørelsen indeholder");
  await writeFile(join(plans, "be-2023/resultater.md"), change(results));
  await mkdir(join(plans, "be-2024"));
  await writeFile(join(plans, "be-2024/plan.md"), next);
}

/** The results that a plan's tables hold: »2020: 0,5 2022: 1,3«, by the name of the goal or part. */
async function resultsIn(path: string): Promise<Record<string, string>> {
  const { value, diagnostics } = await loadPlanWithHistory(path);
  expect(diagnostics.filter((one) => one.severity === "error").map((one) => one.message)).toEqual([]);
  const parts = goalsOf(value?.plan.groups ?? []).flatMap((goal) => [
    { name: goal.number, measure: goal.measure },
    ...goal.subGoals.map((part) => ({ name: `${goal.number} ${part.number}`, measure: part.measure })),
  ]);
  return Object.fromEntries(
    parts.flatMap(({ name, measure }) => {
      const cells = measure.rows.find((row) => row.kind === "actual")?.cells ?? [];
      return cells.length === 0 ? [] : [[name, cells.map((cell) => `${cell.year}: ${cell.text}`).join(" ")]];
    }),
  );
}

async function errorsIn(path: string): Promise<string[]> {
  const { value, diagnostics } = await loadPlanWithHistory(path);
  expect(value).toBeUndefined();
  return errors(diagnostics);
}

function errors(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter((one) => one.severity === "error")
    .map(({ code, message, hint, span }) =>
      `${span.source.place(span.start).line} ${code} ${message} ${hint ?? ""}`.trim(),
    );
}

describe("a plan that names an earlier one", () => {
  test("gets the results of the years its targets are for, as they were written and reported", async () => {
    expect(await resultsIn(await nextYear())).toEqual({
      // 2021 was »-« in the earlier plan and is so still; of 2023 nothing is known.
      "2.1 a": "2020: 0,5 2021: - 2022: 1,3",
      "2.1 b": "2020: 0,2 2021: - 2022: -0,4",
      "2.2": "2020: 2,6 2021: 3,0 2022: 3,1",
    });
  });

  test("keeps what it holds itself, also an empty cell and a hyphen", async () => {
    const path = await nextYear((text) =>
      text.replace(/^( +)(måltal: \{ 2020: "\+\/- 1,0".*)$/m, '$1$2\n$1resultat: { 2021: "", 2022: "-" }'),
    );
    expect((await resultsIn(path))["2.1 a"]).toBe("2020: 0,5 2021:  2022: -");
  });

  test("finds a goal that has another title by what it says it continues", async () => {
    const renamed = (text: string) => text.replace("titel: Nedbringelse af sygefravær", "titel: Sygefravær");
    expect((await resultsIn(await nextYear(renamed)))["2.2"]).toBeUndefined();
    await rm(join(plans, "be-2023"), { recursive: true });
    const said = (text: string) =>
      renamed(text).replace("titel: Sygefravær", 'titel: Sygefravær\n        fortsætter: "2.2"');
    expect((await resultsIn(await nextYear(said)))["2.2"]).toBe("2020: 2,6 2021: 3,0 2022: 3,1");
  });

  test("is built on by the plan after it", async () => {
    await nextYear();
    await afterNextYear();
    const filled = await resultsIn(join(plans, "be-2024/plan.md"));
    expect(filled["2.1 a"]).toBe("2021: - 2022: 1,3 2023: 0,8");
    expect(filled["2.2"]).toBe("2021: 3,0 2022: 3,1 2023: 3,1");
  });

  test("says so where the numbers are invented, also in the plan after it", async () => {
    const path = await nextYear();
    const warnings = async (file: string) =>
      (await loadPlanWithHistory(file)).diagnostics
        .filter(({ code }) => code === "historik-eksempel")
        .map(({ severity, message, span }) => `${severity} ${span.source.place(span.start).line} ${message}`);
    const told =
      "warning 9 Resultaterne i »be-2022« er opdigtede (»eksempel: ja«) og trykkes her, uden at det fremgår.";
    expect(await warnings(path)).toEqual([told]);
    await afterNextYear((results) => results.replace("eksempel: ja\n", ""));
    expect(await warnings(join(plans, "be-2024/plan.md"))).toEqual([told]);
    const earlier = join(plans, "be-2022/resultater.md");
    await writeFile(earlier, (await readFile(earlier, "utf8")).replace("eksempel: ja\n", ""));
    expect(await warnings(path)).toEqual([]);
  });

  test("may not hold another number", async () => {
    const path = await nextYear((text) =>
      text.replace(/^( +)(måltal: \{ 2020: "\+\/- 1,0".*)$/m, '$1$2\n$1resultat: { 2022: "1,2" }'),
    );
    expect(await errorsIn(path)).toEqual([
      "42 historik-afviger Resultatet for 2022 er 1,2 her, men 1,3 i »be-2022«. Slet året her, så hentes tallet derfra.",
    ]);
  });
});

describe("a plan with another unit than the earlier one", () => {
  /** The earlier plan measures in one unit, the plan in another, and says so of sub-goal a. */
  async function measuredIn(there: string, here: string, more = ""): Promise<string> {
    const earlier = join(plans, "be-2022/plan.md");
    const unit = (written: string) => (text: string) => text.replace(/^( +)enhed: .*$/m, `$1enhed: ${written}`);
    await writeFile(earlier, unit(there)(await readFile(earlier, "utf8")));
    const results = join(plans, "be-2022/resultater.md");
    await writeFile(results, (await readFile(results, "utf8")).replace('"1,3 mio. kr."', '"1,3"'));
    return nextYear((text) => unit(here)(text).replace(/^( +)måltal: \{ 2020: "\+\/- 1,0".*$/m, `$&${more}`));
  }

  test("is told so where its numbers would be printed, with both units and what to do", async () => {
    expect(await errorsIn(await measuredIn("1.000 kr.", "Mio. kr."))).toEqual([
      "41 historik-enhed »be-2022« har 2020 og 2022 i enheden »1.000 kr.«, men her er enheden »Mio. kr.«. Skriv 2020 og 2022 under »resultat«, regnet om til »Mio. kr.«, eller brug enheden »1.000 kr.«.",
    ]);
  });

  test("may write the numbers in its own unit", async () => {
    const own = '\n            resultat: { 2020: "0,0005", 2022: "0,0013" }';
    expect((await resultsIn(await measuredIn("1.000 kr.", "Mio. kr.", own)))["2.1 a"]).toBe(
      "2020: 0,0005 2021: - 2022: 0,0013",
    );
  });

  test.each([
    ["Pct.", '"%"'],
    ["Mio. kr.", "mio.kr."],
  ])("%s and %s are one and the same", async (there, here) => {
    expect((await resultsIn(await measuredIn(there, here)))["2.1 a"]).toBe("2020: 0,5 2021: - 2022: 1,3");
  });
});

describe("a title that two goals have", () => {
  /** A plan of a year with a goal in each of two groups. */
  const plan = (year: number, groups: readonly string[], more = "") => `---
skabelon: resultatplan-2022
titel: Resultatplan ${year}
institution: { navn: Styrelsen for Eksempler, kort: Eksempelstyrelsen }
ministerium: Eksempelministeriet
periode: { fra: ${year}-01-01, til: ${year}-12-31 }
opgørelse: { metode: binær }
${more}grupper:
${groups
  .map(
    (key) => `  - nøgle: ${key}
    navn: Gruppe ${key}
    mål:
      - nr: 1
        titel: Budget
        mål: Styrelsen overholder sit budget.
        kriterium: { mindst: 5 }
        måltal: { 2026: 5, 2027: 5 }
        delmål: [{ titel: Del, kriterium: { mindst: 1 }, måltal: { 2026: 1 } }]
`,
  )
  .join("")}underskrivere: [{ navn: Anne Jensen, stilling: Departementschef }]
---

:::mål
:::

:::underskrifter
:::
`;

  async function next(groups: readonly string[], change = (text: string) => text): Promise<string> {
    for (const [year, text] of [
      [2026, plan(2026, ["egne", "fælles"])],
      [2027, change(plan(2027, groups, "historik: es-2026\n"))],
    ] as const) {
      await mkdir(join(plans, `es-${year}`), { recursive: true });
      await writeFile(join(plans, `es-${year}/plan.md`), text);
    }
    const goal = (number: number) => `{ resultat: ${number}, delmål: { Del: { resultat: ${number / 1000} } } }`;
    const results = `---\nmål:\n  egne/1: ${goal(7000)}\n  fælles/1: ${goal(9000)}\n---\n`;
    await writeFile(join(plans, "es-2026/resultater.md"), results);
    return join(plans, "es-2027/plan.md");
  }

  async function budgets(path: string): Promise<(string | undefined)[]> {
    const { value, diagnostics } = await loadPlanWithHistory(path);
    expect(errors(diagnostics)).toEqual([]);
    return goalsOf(value?.plan.groups ?? []).map(
      ({ measure }) => measure.rows.find((row) => row.kind === "actual")?.cells[0]?.text,
    );
  }

  test("means the one in the group with the same key", async () => {
    expect(await budgets(await next(["fælles", "egne"]))).toEqual(["9.000", "7.000"]);
  });

  test("must be told apart where the groups are others", async () => {
    const path = await next(["fælles", "nye"]);
    expect(await errorsIn(path)).toEqual([
      "23 fortsætter Flere hedder »Budget« i den tidligere plan. Skriv »fortsætter« og egne/1 eller fælles/1 ved det, der fortsætter det. Er dette nyt, så giv det en anden titel.",
    ]);
    const told = await next(["fælles", "nye"], (text) =>
      text.replace(/(nøgle: nye[\s\S]*?titel: Budget)/, "$1\n        fortsætter: egne/1"),
    );
    expect(await budgets(told)).toEqual(["9.000", "7.000"]);
  });

  test("means none for a goal that is new, where another continues the one", async () => {
    const path = await next(["nye", "egne"]);
    await writeFile(join(plans, "es-2026/plan.md"), plan(2026, ["egne"]));
    const results = join(plans, "es-2026/resultater.md");
    await writeFile(results, "---\nmål: { 1: { resultat: 7000, delmål: { Del: { resultat: 7 } } } }\n---\n");
    expect(await budgets(path)).toEqual([undefined, "7.000"]);
    await writeFile(path, plan(2027, ["nye", "andre"], "historik: es-2026\n"));
    const unclear =
      "fortsætter Flere hedder »Budget« her, men kun ét i den tidligere plan. Skriv »fortsætter« og egne/1 ved det, der fortsætter det. Er dette nyt, så giv det en anden titel.";
    expect(await errorsIn(path)).toEqual([`14 ${unclear}`, `23 ${unclear}`]);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace("titel: Budget", "titel: Budget\n        fortsætter: egne/1"));
    expect(await budgets(path)).toEqual(["7.000", undefined]);
  });

  test("is nothing to be told apart where nothing would be fetched", async () => {
    const path = await next(["fælles", "nye"], (text) =>
      text.replace(/(nøgle: nye[\s\S]*?kriterium: .*\n).*\n.*\n/, "$1"),
    );
    expect(await budgets(path)).toEqual(["9.000", undefined]);
  });

  test("means neither of two sub-goals", async () => {
    const twice = (text: string) => text.replace(/delmål: \[(\{.*?\})\]/, "delmål: [$1, $1]");
    const path = await next(["egne"], twice);
    await writeFile(join(plans, "es-2026/plan.md"), twice(plan(2026, ["egne", "fælles"])));
    const results = join(plans, "es-2026/resultater.md");
    await writeFile(
      results,
      (await readFile(results, "utf8")).replace(
        "{ Del: { resultat: 7 } }",
        "{ 1: { resultat: 7 }, 2: { resultat: 8 } }",
      ),
    );
    expect(await errorsIn(path)).toEqual([
      "18 fortsætter Flere hedder »Del« i den tidligere plan. Skriv »fortsætter« og 1 eller 2 ved det, der fortsætter det. Er dette nyt, så giv det en anden titel.",
      "18 fortsætter Flere hedder »Del« i den tidligere plan. Skriv »fortsætter« og 1 eller 2 ved det, der fortsætter det. Er dette nyt, så giv det en anden titel.",
    ]);
  });
});

describe("an earlier plan that cannot be used is told of where it is named", () => {
  const named = (id: string) => (text: string) => text.replace("historik: be-2022", `historik: ${id}`);
  test.each([
    ["be-2021", "9 historik Der er ingen plan »be-2021« ved siden af denne. Mente du »be-2022«?"],
    ["../be-2022", "9 historik Der er ingen plan »../be-2022« ved siden af denne. Mulige: be-2022, be-2023."],
    ["be-2023", "9 historik Planerne henviser til hinanden i ring: »be-2023«."],
  ])("%s", async (id, expected) => {
    expect(await errorsIn(await nextYear(named(id)))).toEqual([expected]);
  });

  test("one without results", async () => {
    await rm(join(plans, "be-2022/resultater.md"));
    expect(await errorsIn(await nextYear())).toEqual(["9 historik Planen »be-2022« har ingen resultater.md."]);
  });

  test("one whose results have errors", async () => {
    await writeFile(join(plans, "be-2022/resultater.md"), "---\nmål: {}\n---\n");
    expect(await errorsIn(await nextYear())).toEqual([
      "9 historik Planen »be-2022« har fejl i resultater.md, så dens resultater ikke kan bruges.",
    ]);
  });

  test("one that is not earlier", async () => {
    const same = (text: string) =>
      text.replace("2023-01-01, til: 2023-12-31", "2022-10-01, til: 2022-12-31").replace("2024-01-14", "2023-01-14");
    expect(await errorsIn(await nextYear(same))).toEqual(["9 historik Planen »be-2022« er ikke fra et tidligere år."]);
  });

  test("a goal that it does not have", async () => {
    const path = await nextYear((text) =>
      text.replace(/titel: Nedbringelse af sygefravær/, '$&\n        fortsætter: "2.3"'),
    );
    expect(await errorsIn(path)).toEqual([
      "52 fortsætter Den tidligere plan har ikke »2.3«. Mulige: strategiske/1.1, strategiske/1.2, økonomiske/2.1, økonomiske/2.2.",
    ]);
  });
});
