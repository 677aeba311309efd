import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finishPdf } from "../src/pdf/finish/finish.ts";
import { buildPlan } from "../src/pipeline/build.ts";
import { findPlans, workspaceAt } from "../src/pipeline/workspace.ts";
import { findBundledPackage, unpackBundled } from "../src/print/bundled-browser.ts";
import { thisMachine } from "../src/print/find-browser.ts";
import { PrintShop } from "../src/print/print-shop.ts";
import { userCacheFolder } from "../src/print/user-cache.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { sampleFacts } from "./support/finish.ts";
import { seedPlanIds } from "./support/plans.ts";
import { constructs, stressForms, writeStressPlans } from "./support/stress.ts";
import { findVeraPdf, judgeFiles, type Verdict } from "./verapdf/verapdf.ts";

const root = resolve(import.meta.dirname, "..");
const verapdf = await findVeraPdf();
if ("missing" in verapdf) console.warn(`veraPDF does not judge: ${verapdf.missing}`);

const signal = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-verapdf-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The browsers that print here: the one that a user would get, and the one that comes with the program. */
const browsers: readonly [name: string, find: () => Promise<string | undefined>][] = [
  ["the browser of the machine", async () => undefined],
  [
    "the bundled browser",
    async () => {
      const outside = thisMachine();
      const options = { cache: userCacheFolder(outside), uid: outside.uid, signal, onProgress: () => {} };
      return (await unpackBundled(findBundledPackage(), options)).executablePath;
    },
  ],
];

describe.skipIf("missing" in verapdf)("veraPDF finds nothing that breaks PDF/UA-1 or PDF/A-3a", () => {
  test.each(browsers)("printed with %s", { timeout: 300_000 }, async (name, find) => {
    const browser = await find();
    const shop = new PrintShop({ override: browser, signal, onNotice: () => {} });
    try {
      const files = await printAll(shop, join(folder, name));
      const verdicts = await judgeFiles("classPath" in verapdf ? verapdf.classPath : "", files, ["ua1", "3a"]);
      console.info(verdicts.map(summary).join("\n"));
      expect(verdicts.flatMap((verdict) => verdict.broken.map((rule) => `${verdict.file}: ${rule}`))).toEqual([]);
      expect(verdicts.map(({ failed }) => failed)).toEqual(files.flatMap(() => [0, 0]));
      expect(Math.min(...verdicts.map(({ checks }) => checks))).toBeGreaterThan(1000);
    } finally {
      await shop.close();
    }
  });

  test("and would tell of a print that was not finished", { timeout: 120_000 }, async () => {
    const shop = new PrintShop({ override: undefined, signal, onNotice: () => {} });
    try {
      const path = join(folder, "raw.pdf");
      await writeFile(path, await shop.print(await constructs(new FormShelf(join(root, "templates")))));
      const verdicts = await judgeFiles("classPath" in verapdf ? verapdf.classPath : "", [path], ["ua1", "3a"]);
      expect(verdicts.map(({ flavour, failed }) => [flavour, failed > 0])).toEqual([
        ["ua1", true],
        ["3a", true],
      ]);
    } finally {
      await shop.close();
    }
  });
});

/** The seed plans, the stress plan in every form, and the page of constructs; returns their paths. */
async function printAll(shop: PrintShop, output: string): Promise<string[]> {
  await writeStressPlans(output);
  const forms = new FormShelf(join(root, "templates"));
  const seeds = { ...workspaceAt(root), output: join(output, "seeds") };
  const stress = { plans: join(output, "plans"), templates: seeds.templates, output: join(output, "stress") };
  const files: string[] = [];
  for (const [workspace, ids] of [
    [seeds, seedPlanIds],
    [stress, stressForms],
  ] as const) {
    for (const plan of await findPlans(workspace, ids)) {
      const { written, failure, diagnostics } = await buildPlan(plan, { workspace, forms, shop });
      const problem = failure?.message ?? diagnostics.find((one) => one.severity === "error")?.message;
      if (!written) throw new Error(`${plan.id} was not built: ${problem}`);
      files.push(written.path);
    }
  }
  const path = join(output, "constructs.pdf");
  await writeFile(path, await finishPdf(await shop.print(await constructs(forms)), sampleFacts));
  return [...files, path];
}

function summary({ file, flavour, checks, failed }: Verdict): string {
  return `${file.split(/[\\/]/).slice(-3).join("/")}\t${flavour}\t${checks} checks, ${failed} failed`;
}
