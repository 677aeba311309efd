import { cp, mkdir, mkdtemp, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BuildSession } from "../src/pipeline/batch/build-session.ts";
import { type Circumstances, NOTES_FOLDER, Reuse } from "../src/pipeline/batch/reuse.ts";
import { buildPlan } from "../src/pipeline/build.ts";
import type { PlanOutcome } from "../src/pipeline/outcome.ts";
import { findPlans, type PlanFile, type Workspace, workspaceAt } from "../src/pipeline/workspace.ts";
import { outcomesAsData } from "../src/report/data.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { shopOfMachine } from "./support/shops.ts";

const repository = resolve(import.meta.dirname, "..");
const PICTURE = "![En kurve](figur.png)";

/** A plan with results; one that takes its history from it; and one with an error, which is never printed. */
const [main, later, faulty] = ["benchmarkingenheden-2022", "benchmarkingenheden-2023", "faulty"];
const all = [main, later, faulty];

const usual: Circumstances = { program: "p", command: "build", fileName: undefined, browsers: "b", date: undefined };

let root: string;
let workspace: Workspace;
let plans: PlanFile[];
let built: PlanOutcome[];
const shop = shopOfMachine();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "resultatplan-reuse-"));
  for (const folder of ["templates", `plans/${main}`])
    await cp(join(repository, folder), join(root, folder), { recursive: true });
  await cp(join(repository, "test/stress/figur.png"), join(root, "plans", main, "figur.png"));
  const agreed = await readFile(join(root, "plans", main, "plan.md"), "utf8");
  const text = agreed.replace("\n## Påtegning", `\n${PICTURE}\n\n## Påtegning`);
  await writeFile(join(root, "plans", main, "plan.md"), text);
  await mkdir(join(root, "plans", later));
  await writeFile(
    join(root, "plans", later, "plan.md"),
    text
      .replace(/^periode:.*$/m, `periode: { fra: 2023-01-01, til: 2023-12-31 }\nhistorik: ${main}`)
      .replaceAll("2022-", "2023-")
      .replace(PICTURE, ""),
  );
  await mkdir(join(root, "plans", faulty));
  await writeFile(join(root, "plans", faulty, "plan.md"), text.replace(/^titel:/m, "titl:"));
  workspace = workspaceAt(root);
  plans = await findPlans(workspace, all);
  const reuse = reuseOf();
  const session = new BuildSession(buildPlan, { workspace, forms: new FormShelf(workspace.templates), shop }, reuse);
  built = await Promise.all(plans.map((plan) => session.build(plan)));
}, 120_000);

afterAll(async () => {
  await shop.close();
  await rm(root, { recursive: true, force: true });
});

function reuseOf(other: Partial<Circumstances> = {}, identity = (_path: string): string | undefined => "i"): Reuse {
  return new Reuse(workspace, { ...usual, ...other }, identity);
}

/** The plans that need no build, by their ids. */
function unchanged(reuse = reuseOf()): string[] {
  return plans.filter((plan) => reuse.lastOutcome(plan) !== undefined).map((plan) => plan.id);
}

test("what has not changed is known, with all that was said of it", () => {
  expect(built[0]?.written).toHaveLength(3);
  expect(built[1]?.written.length).toBeGreaterThan(0);
  expect(built[2]?.diagnostics.some((one) => one.severity === "error")).toBe(true);
  expect(unchanged()).toEqual(all);
  const again = plans.map((plan) => reuseOf().lastOutcome(plan) as PlanOutcome);
  const timeless = (outcomes: readonly PlanOutcome[]) =>
    JSON.parse(JSON.stringify(outcomesAsData(outcomes)).replace(/"(?:milliseconds":\d+|unchanged":\w+)/g, '"_":0'));
  expect(timeless(again)).toEqual(timeless(built));
  expect(again[0]?.written.every((document) => document.unchanged)).toBe(true);
});

test("a file that is only touched, or written anew with the same content, has not changed", async () => {
  const path = join(root, "plans", main, "plan.md");
  await utimes(path, new Date(), new Date());
  await writeFile(path, await readFile(path));
  expect(unchanged()).toEqual(all);
});

describe("another file", () => {
  /** What is changed, below the root, and which plans that leaves unchanged. A form is asked about a faulty plan, too. */
  const cases: readonly (readonly [file: string, left: readonly string[]])[] = [
    [`plans/${main}/plan.md`, [faulty]],
    [`plans/${main}/resultater.md`, [faulty]],
    [`plans/${later}/plan.md`, [main, faulty]],
    [`plans/${faulty}/plan.md`, [main, later]],
    ["templates/_faelles/grund.css", []],
    ["templates/_faelles/dele/anmaerkning.hbs", []],
    ["templates/resultatplan-2022/plan.hbs", []],
    ["templates/resultatplan-2022/skabelon.yaml", []],
    ["templates/resultatplan-2022/skrifter/source-sans-3-latin-400-normal.woff2", []],
    ["templates/_aarsrapport/2015.yaml", [later, faulty]],
    ["templates/resultatplan-2018/stil.css", all],
    [`output/${main}/plan.pdf`, [later, faulty]],
    [`output/${main}/plan-og-maalrapportering.pdf`, [later, faulty]],
    [`output/${main}/plan.json`, [later, faulty]],
  ];

  test.each(cases)("with a byte more: %s", async (file, left) => {
    const path = join(root, file);
    const before = await readFile(path);
    await writeFile(path, Buffer.concat([before, Buffer.from([32])]));
    const found = unchanged();
    await writeFile(path, before);
    expect(found).toEqual(left);
    expect(unchanged()).toEqual(all);
  });

  test.each(cases)("that is gone: %s", async (file, left) => {
    const path = join(root, file);
    await rename(path, `${root}/aside`);
    const found = unchanged();
    await rename(`${root}/aside`, path);
    expect(found).toEqual(left);
    expect(unchanged()).toEqual(all);
  });

  test("a picture", async () => {
    const path = join(root, "plans", main, "figur.png");
    const before = await readFile(path);
    await writeFile(path, before.subarray(0, 50));
    const found = unchanged();
    await writeFile(path, before);
    // The history's own plan is read with its pictures.
    expect(found).toEqual([faulty]);
  });

  test.each([
    [`plans/${later}/resultater.md`, [main, faulty]],
    ["templates/_faelles/dele/ny.hbs", []],
    ["templates/resultatplan-2022/dele/anmaerkning.hbs", []],
    ["templates/_aarsrapport/2030.yaml", [later, faulty]],
    [`plans/${main}/noter.txt`, all],
  ])("that is new: %s", async (file, left) => {
    await writeFile(join(root, file), "x");
    const found = unchanged();
    await rm(join(root, file));
    expect(found).toEqual(left);
  });
});

describe("other circumstances", () => {
  const cases: readonly Partial<Circumstances>[] = [
    { program: "another" },
    { browsers: "others" },
    { date: "1700000000" },
    { fileName: "{år} {dokument}" },
    { command: "report" },
  ];
  test.each(cases)("%j", (other) => {
    expect(unchanged(reuseOf(other))).toEqual([]);
  });

  test("a browser that has been renewed behind the script that starts it", () => {
    expect(unchanged(reuseOf({}, () => "another"))).toEqual([faulty]);
    expect(unchanged(reuseOf({}, () => undefined))).toEqual([faulty]);
  });
});

test("notes that somebody has spoiled are passed over", async () => {
  const path = join(root, "output", NOTES_FOLDER, `${main}.build.json`);
  const before = await readFile(path, "utf8");
  for (const text of ["", "null", "[]", "{}", before.slice(0, -9), before.replace('"asked":[', '"asked":[1,')]) {
    await writeFile(path, text);
    expect([text.slice(0, 9), ...unchanged()]).toEqual([text.slice(0, 9), later, faulty]);
  }
  await writeFile(path, before);
});

test("a failure is not kept: it may be the machine's", async () => {
  const broken = { print: () => Promise.reject(new Error("no")), program: "x" };
  const tools = { workspace, forms: new FormShelf(workspace.templates), shop: broken as unknown as typeof shop };
  const reuse = reuseOf({ command: "broken" });
  const session = new BuildSession(buildPlan, tools, reuse);
  const [plan] = plans as [PlanFile];
  await expect(session.build(plan)).rejects.toThrow("no");
  expect(reuse.lastOutcome(plan)).toBeUndefined();
});

describe("page numbers of the last build", () => {
  /** Builds the plan again, with its page numbers noted as something else. @returns the bytes of the plan's PDF */
  async function builtWith(contents: unknown): Promise<Uint8Array> {
    const notes = join(root, "output", NOTES_FOLDER, `${main}.build.json`);
    const kept = JSON.parse(await readFile(notes, "utf8"));
    for (const one of kept.outcome.written) one.contents = contents;
    await writeFile(notes, JSON.stringify(kept));
    const tools = { workspace, forms: new FormShelf(workspace.templates), shop };
    const outcome = await new BuildSession(buildPlan, tools, reuseOf()).build(plans[0] as PlanFile);
    expect(outcome.failure).toBeUndefined();
    return await readFile(join(root, "output", main, "plan.pdf"));
  }

  test("save a print, and never change a document", async () => {
    const path = join(root, "output", main, "plan.pdf");
    const first = await readFile(path);
    const { contents = {} } = built[0]?.written.find((one) => one.path === path) ?? {};
    expect(Object.values(contents)).toContain("3");
    const wrong = Object.fromEntries(Object.keys(contents).map((anchor) => [anchor, "88"]));
    for (const told of [contents, wrong, {}, null, 5, "x", [["a"]], { ...wrong, "afsnit-1": { a: 1 } }])
      expect(Buffer.compare(await builtWith(told), first), JSON.stringify(told)).toBe(0);
    expect(unchanged()).toEqual(all);
  });
});
