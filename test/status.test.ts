import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPlans, workspaceAt } from "../src/pipeline/workspace.ts";
import { buildStatus } from "../src/pipeline/year/status.ts";
import type { PrintShop } from "../src/print/print-shop.ts";
import { loadPlanWithHistory } from "../src/results/history.ts";
import { followUpFromXlsx } from "../src/sheet/import.ts";
import { readXlsx } from "../src/sheet/read-xlsx.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { pdfFacts } from "./support/pdf-facts.ts";
import { pdfText } from "./support/pdf-text.ts";
import { seedPlanIds } from "./support/plans.ts";
import { shopOfMachine } from "./support/shops.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

const root = resolve(import.meta.dirname, "..");
const run = promisify(execFile);
const verapdf = await findVeraPdf();

/** The statuses of the seed plans, and the sentence that each comes to, worked out by hand from its file. */
const statuses = [
  [
    "benchmarkingenheden-2018",
    "halvaar",
    "Halvårsstatus 2018",
    "Af planens tre mål er ét opfyldt, ét forventes opfyldt, og ét er i risiko.",
  ],
  [
    "benchmarkingenheden-2022",
    "2-kvartal",
    "Status efter 2. kvartal 2022",
    "Af planens fire mål forventes tre opfyldt, og ét er i risiko.",
  ],
  [
    "benchmarkingenheden-2022",
    "4-kvartal",
    "Status efter 4. kvartal 2022",
    "Af planens fire mål er to opfyldt, ét forventes opfyldt, og ét forventes ikke opfyldt.",
  ],
  [
    "benchmarkingenheden-2024",
    "uo2",
    "Status efter udgiftsopfølgning 2 i 2024",
    "Af planens fire mål forventes to opfyldt, og to er i risiko.",
  ],
  [
    "nationalt-center-for-etik-2024",
    "uo2",
    "Status efter udgiftsopfølgning 2 i 2024",
    "Af planens seks mål forventes tre opfyldt, ét er i risiko, ét forventes ikke opfyldt, og ét er udgået.",
  ],
] as const;

let folder: string;
let shop: PrintShop;

async function buildAll(output: string): Promise<void> {
  const workspace = { ...workspaceAt(root), output };
  const tools = { workspace, forms: new FormShelf(workspace.templates), shop };
  for (const plan of await findPlans(workspace, [...seedPlanIds])) {
    const { failure, diagnostics } = await buildStatus(plan, [], tools);
    const wrong = failure?.message ?? diagnostics.find(({ severity }) => severity === "error")?.message;
    if (wrong !== undefined) throw new Error(`${plan.id}: ${wrong}`);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-status-"));
  shop = shopOfMachine();
  await buildAll(join(folder, "one"));
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true, force: true });
});

const pathOf = (id: string, round: string, ending: string, built = "one") =>
  join(folder, built, id, `status-${round}.${ending}`);

describe.each(statuses)("%s %s", (id, round, title, summary) => {
  test("is titled, sums up, and is marked as an example on every page", async () => {
    const bytes = new Uint8Array(await readFile(pathOf(id, round, "pdf")));
    const { blocks, furniture, pages } = await pdfText(bytes);
    const texts = blocks.flatMap((block) => (block.kind === "text" ? [block.text.replace(/\s+/g, " ")] : []));
    expect(texts[0]).toBe(title);
    expect(texts).toContain(summary);
    expect(furniture.filter((lines) => lines.some((line) => line.startsWith("EKSEMPEL")))).toHaveLength(pages);
    expect((await pdfFacts(bytes)).title).toContain(title);
  });

  test("says a status in words in the overview, and calls no forecast an outcome", async () => {
    const { blocks } = await pdfText(new Uint8Array(await readFile(pathOf(id, round, "pdf"))));
    const [overview] = blocks.flatMap((block) => (block.kind === "table" ? [block.rows] : []));
    const [head = [], ...rows] = (overview ?? []).map((row) =>
      row.map((cell) => cell.parts.map((part) => part.text.replace(/\s+/g, " ")).join(" ")),
    );
    const at = (name: string) => head.indexOf(name);
    const goals = rows.filter((row) => row.length === head.length);
    expect(
      goals.every((row) => /^(?:Opfyldt|Udgået|Forventes (?:ikke )?opfyldt|I risiko)$/.test(row[at("Status")] ?? "")),
    ).toBe(true);
    const forecasts = at("Prognose") === -1 ? [] : goals.map((row) => row[at("Prognose")]);
    expect(
      forecasts.every((words) => /^(?:|Ville (?:ikke )?være opfyldt|Kan ikke siges endnu)$/.test(words ?? "?")),
    ).toBe(true);
  });

  test("goes out as a workbook and comes back", async () => {
    const [plan] = await findPlans(workspaceAt(root), [id]);
    const loaded = plan && (await loadPlanWithHistory(plan.path)).value;
    if (!loaded) throw new Error("no plan");
    const path = pathOf(id, round, "xlsx");
    const { value, diagnostics } = await followUpFromXlsx(path, await readFile(path), { plan: loaded.plan, round });
    expect(diagnostics).toEqual([]);
    expect(value).toContain("eksempel: ja");
  });
});

test("the same statuses are the same bytes", async () => {
  await buildAll(join(folder, "two"));
  for (const [id, round] of statuses)
    for (const ending of ["pdf", "csv", "xlsx"]) {
      const [one, two] = await Promise.all(["one", "two"].map((built) => readFile(pathOf(id, round, ending, built))));
      expect(`${id} ${ending} ${one && two?.equals(one)}`).toBe(`${id} ${ending} true`);
    }
});

describe.skipIf("missing" in verapdf)("veraPDF", () => {
  test("finds nothing that breaks PDF/UA-1 or PDF/A-3a", { timeout: 120_000 }, async () => {
    const files = statuses.map(([id, round]) => pathOf(id, round, "pdf"));
    const verdicts = await judgeFiles("classPath" in verapdf ? verapdf.classPath : "", files, ["ua1", "3a"]);
    expect(verdicts.flatMap(({ file, broken }) => broken.map((rule) => `${file}: ${rule}`))).toEqual([]);
    expect(verdicts).toHaveLength(files.length * 2);
    expect(Math.min(...verdicts.map(({ checks }) => checks))).toBeGreaterThan(1000);
  });
});

const office = await run("localc", ["--version"]).then(
  () => true,
  () => false,
);
if (!office) console.warn("LibreOffice does not open the workbooks: localc is not installed");

describe.skipIf(!office)("LibreOffice", () => {
  /** Opens files as a user would, and saves them under another format; the folder where they then are. */
  async function saved(files: readonly string[], format: string, name: string): Promise<string> {
    const target = join(folder, name);
    const profile = `-env:UserInstallation=file://${join(folder, "profil")}`;
    await run("localc", [profile, "--headless", "--convert-to", format, "--outdir", target, ...files], {
      timeout: 100_000,
    });
    return target;
  }

  test("opens every workbook, and what it saves is read back equal", { timeout: 240_000 }, async () => {
    for (const [id, round] of statuses) {
      const path = pathOf(id, round, "xlsx");
      const copy = join(await saved([path], "xlsx", `gemt-${id}-${round}`), `status-${round}.xlsx`);
      const [before, after] = await Promise.all([path, copy].map(async (one) => readXlsx(one, await readFile(one))));
      expect(after).toEqual(before);
      const [plan] = await findPlans(workspaceAt(root), [id]);
      const loaded = plan && (await loadPlanWithHistory(plan.path)).value;
      if (!loaded) throw new Error("no plan");
      const [own, theirs] = await Promise.all(
        [path, copy].map(async (one) => followUpFromXlsx(one, await readFile(one), { plan: loaded.plan, round })),
      );
      expect(theirs?.diagnostics).toEqual([]);
      expect(theirs?.value).toBe(own?.value);
    }
  });

  test("reads our CSV as the table that it is", { timeout: 240_000 }, async () => {
    const path = pathOf("benchmarkingenheden-2022", "2-kvartal", "csv");
    // Semicolons, double quotes, UTF-8, from the first line.
    const target = join(folder, "csv");
    const profile = `-env:UserInstallation=file://${join(folder, "profil")}`;
    await run(
      "localc",
      [profile, "--headless", "--infilter=CSV:59,34,76,1", "--convert-to", "xlsx", "--outdir", target, path],
      { timeout: 100_000 },
    );
    const [sheet] = await readXlsx("x", await readFile(join(target, "status-2-kvartal.xlsx")));
    const [ours] = await readXlsx("y", await readFile(pathOf("benchmarkingenheden-2022", "2-kvartal", "xlsx")));
    const places = (cells: typeof sheet) => (cells?.cells ?? []).map(({ row, column }) => `${row}:${column}`);
    expect(places(sheet)).toEqual(places(ours));
  });
});
