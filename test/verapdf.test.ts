import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { finishPdf } from "../src/pdf/finish/finish.ts";
import type { PrintShop } from "../src/print/print-shop.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { sampleFacts } from "./support/finish.ts";
import { buildEverything } from "./support/print-all.ts";
import { bundledShop, shopOfMachine } from "./support/shops.ts";
import { constructs } from "./support/stress.ts";
import { findVeraPdf, judgeFiles, type Verdict } from "./verapdf/verapdf.ts";

const forms = new FormShelf(resolve(import.meta.dirname, "../templates"));
const verapdf = await findVeraPdf();
if ("missing" in verapdf) console.warn(`veraPDF does not judge: ${verapdf.missing}`);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-verapdf-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The browsers that print here: the one that a user would get, and the one that comes with the program. */
const browsers: readonly [name: string, open: () => Promise<PrintShop>][] = [
  ["the browser of the machine", async () => shopOfMachine()],
  ["the bundled browser", bundledShop],
];

describe.skipIf("missing" in verapdf)("veraPDF finds nothing that breaks PDF/UA-1 or PDF/A-3a", () => {
  test.each(browsers)("printed with %s", { timeout: 300_000 }, async (name, open) => {
    const shop = await open();
    try {
      const files = (await buildEverything(shop, join(folder, name))).map(({ path }) => path);
      const page = join(folder, name, "constructs.pdf");
      await writeFile(page, await finishPdf(await shop.print(await constructs(forms)), sampleFacts));
      files.push(page);
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
    const shop = shopOfMachine();
    try {
      const path = join(folder, "raw.pdf");
      await writeFile(path, await shop.print(await constructs(forms)));
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

function summary({ file, flavour, checks, failed }: Verdict): string {
  return `${file.split(/[\\/]/).slice(-3).join("/")}\t${flavour}\t${checks} checks, ${failed} failed`;
}
