import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildFigure } from "../../../src/pipeline/figure.ts";
import type { PlanOutcome } from "../../../src/pipeline/outcome.ts";
import type { PrintShop } from "../../../src/print/print-shop.ts";
import { FormShelf } from "../../../src/template/shelf.ts";
import { planWithGoals } from "../../support/cohesion.ts";
import { pdfFacts } from "../../support/pdf-facts.ts";
import { bundledShop } from "../../support/shops.ts";
import { structureText } from "../../support/structure-text.ts";
import { findVeraPdf, judgeFiles } from "../../verapdf/verapdf.ts";

const root = resolve(import.meta.dirname, "../../..");
const verapdf = await findVeraPdf();
if ("missing" in verapdf) console.warn(`veraPDF does not judge: ${verapdf.missing}`);
const forms = new FormShelf(join(root, "templates"));
let folder: string;
let shop: PrintShop;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-figure-"));
  // The pinned browser: what fits on the sheet is its to say.
  shop = await bundledShop();
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true, force: true });
});

async function figureOf(id: string, text: string): Promise<PlanOutcome> {
  const path = join(folder, "plans", id, "plan.md");
  await mkdir(join(folder, "plans", id), { recursive: true });
  await writeFile(path, text);
  const workspace = {
    plans: join(folder, "plans"),
    templates: join(root, "templates"),
    output: join(folder, "output"),
  };
  return buildFigure({ id, path }, { workspace, forms, shop });
}

/** The bytes of the only document of an outcome. */
async function writtenBy({ written, failure, diagnostics }: PlanOutcome): Promise<Uint8Array> {
  const [only] = written;
  if (!only) throw failure ?? new Error(diagnostics.map(({ message }) => message).join("\n"));
  return new Uint8Array(await readFile(only.path));
}

describe("the figure of a plan that is linked in part", () => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await writtenBy(
      await figureOf("delvis", await readFile(join(root, "test/fixtures/sammenhaeng/plan.md"), "utf8")),
    );
  });

  test("is read in order: a point of the strategy, its goals, and the tasks of each; what lacks a link says so", async () => {
    const { dump, words, headings } = await structureText(bytes);
    await expect(dump).toMatchFileSnapshot(join(root, "test/golden/sammenhaeng.txt"));
    expect(headings).toEqual([1]);
    const text = words.join(" ");
    const order = [
      "Strategi Mål Arbejdsprogram",
      "Analyser, som kommuner og regioner bruger",
      "Mål 1 · Institutionsspecifikke mål Koncept for flerårige analyser",
      "Prøve konceptet på to analyser (senest 1. september 2024, Analyse og Metode)",
      "Læring fra andre lande Ingen mål i planen",
      "Uden henvisning til strategien Mål 1 · Koncernfælles mål Økonomisk Styring Ingen opgaver skrevet",
    ].map((words) => text.indexOf(words));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test("is one sheet of A4 that lies down, tagged and in Danish, and the same bytes each time", async () => {
    const { pageSizes, tagged, language, title } = await pdfFacts(bytes);
    expect(pageSizes.map((size) => size.map(Math.round))).toEqual([[842, 595]]);
    expect([tagged, language, title]).toEqual([
      true,
      "da",
      "Sammenhæng mellem strategi, mål og arbejdsprogram – Mål- og resultatplan 2024",
    ]);
    const again = await figureOf("delvis", await readFile(join(root, "test/fixtures/sammenhaeng/plan.md"), "utf8"));
    expect(await writtenBy(again)).toEqual(bytes);
  });
});

describe("from two goals to twelve, in every form", () => {
  const cases = ["resultatplan-2018", "resultatplan-2022", "maal-og-resultatplan-2024"].flatMap((form) =>
    [2, 7, 12].map((count) => [count, form] as const),
  );

  test.each(cases)("%i goals in %s are on one sheet, with every task", async (count, form) => {
    const outcome = await figureOf(`${form}-${count}`, planWithGoals(count, form, count === 7 ? "udkast" : undefined));
    expect(outcome.written.map(({ pages }) => pages)).toEqual([1]);
    const text = (await structureText(await writtenBy(outcome))).words.join(" ");
    const goals = Array.from(
      { length: count },
      (_, index) => `Mål 1.${index + 1} Kortere sagsbehandling på område ${index + 1} `,
    );
    expect(goals.filter((goal) => !text.includes(goal))).toEqual([]);
    const tasks = Array.from({ length: count }, (_, index) => 1 + (index % 3)).reduce((sum, one) => sum + one, 0);
    expect(text.match(/Samle erfaringerne|Prøve den nye|Følge op med/g)).toHaveLength(tasks);
  });

  test.skipIf("missing" in verapdf)(
    "veraPDF finds nothing against PDF/UA-1 or PDF/A-3a",
    { timeout: 300_000 },
    async () => {
      const files = ["delvis", ...cases.map(([count, form]) => `${form}-${count}`)].map((id) =>
        join(folder, "output", id, "sammenhaeng.pdf"),
      );
      const verdicts = await judgeFiles("classPath" in verapdf ? verapdf.classPath : "", files, ["ua1", "3a"]);
      expect(verdicts.flatMap(({ file, broken }) => broken.map((rule) => `${file}: ${rule}`))).toEqual([]);
      expect(verdicts).toHaveLength(files.length * 2);
    },
  );
});

describe("a figure that cannot be drawn leaves the last good one", () => {
  test("more than one sheet holds", async () => {
    const good = await writtenBy(await figureOf("vokser", planWithGoals(2, "resultatplan-2022")));
    const outcome = await figureOf("vokser", planWithGoals(60, "resultatplan-2022"));
    expect([outcome.failure?.code, outcome.failure?.exit, outcome.written]).toEqual(["figur-for-stor", "plan", []]);
    expect(new Uint8Array(await readFile(join(folder, "output/vokser/sammenhaeng.pdf")))).toEqual(good);
  });

  test("a plan with nothing to link", async () => {
    const seed = await readFile(join(root, "plans/benchmarkingenheden-2022/plan.md"), "utf8");
    expect((await figureOf("uden", seed)).failure?.code).toBe("figur-uden-indhold");
  });

  test("a plan with an error: an unknown point of the strategy", async () => {
    const text = planWithGoals(2, "resultatplan-2022").replace("strategi: s1\n", "strategi: s9\n");
    const { written, diagnostics } = await figureOf("fejl", text);
    expect(written).toEqual([]);
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code, hint }) => [code, hint])).toEqual([
      ["ukendt-strategi", "Mente du »s1«?"],
    ]);
  });
});

test("a plan that lists no points is drawn from what its goals say in words", async () => {
  const text = planWithGoals(2, "resultatplan-2022")
    .replace(/^strategi:\n(?: {2}- .*\n)+/m, "")
    .replace("strategi: s1\n", "strategi: Strategi 2025-2028 <b>\n")
    .replace("    strategi: s1\n", "");
  const { words } = await structureText(await writtenBy(await figureOf("ord", text)));
  expect(words.join(" ")).toContain("Strategi 2025-2028 <b> Mål 1.1");
  expect(words.join(" ")).toContain("Uden henvisning til strategien Mål 1.2");
});
