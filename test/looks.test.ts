import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PrintedPdf } from "../src/core/states.ts";
import { finishPdf } from "../src/pdf/finish/finish.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { sampleFacts } from "./support/finish.ts";
import { bundledShop, shopOfMachine } from "./support/shops.ts";
import { constructs } from "./support/stress.ts";

const hasPoppler = spawnSync("pdftoppm", ["-v"]).status === 0;
if (!hasPoppler) console.warn("pdftoppm (poppler) is not installed: nobody looks at the pages");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-looks-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The pages as pictures, told by their hashes. */
async function pagesOf(name: string, bytes: Uint8Array): Promise<string[]> {
  const path = join(folder, `${name}.pdf`);
  await writeFile(path, bytes);
  execFileSync("pdftoppm", ["-r", "100", path, join(folder, name)]);
  const pictures = (await readdir(folder)).filter((file) => file.startsWith(`${name}-`)).sort();
  return Promise.all(
    pictures.map(async (file) =>
      createHash("sha256")
        .update(await readFile(join(folder, file)))
        .digest("hex"),
    ),
  );
}

describe.skipIf(!hasPoppler)("finishing changes nothing that is seen, dot by dot", () => {
  test.each([
    ["machine", async () => shopOfMachine()],
    ["bundled", bundledShop],
  ] as const)("printed with the browser %s", async (name, open) => {
    const shop = await open();
    let printed: PrintedPdf;
    try {
      printed = await shop.print(await constructs(new FormShelf(resolve(import.meta.dirname, "../templates"))));
    } finally {
      await shop.close();
    }
    const before = await pagesOf(`${name}-printed`, printed);
    expect(before.length).toBeGreaterThan(2);
    expect(await pagesOf(`${name}-finished`, await finishPdf(printed, sampleFacts))).toEqual(before);
  });
});
