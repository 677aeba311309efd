import { execFileSync, spawnSync } from "node:child_process";
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

/** A page as a picture: three bytes for each dot. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
}

async function picturesOf(name: string, bytes: Uint8Array): Promise<Picture[]> {
  const path = join(folder, `${name}.pdf`);
  await writeFile(path, bytes);
  execFileSync("pdftoppm", ["-r", "100", path, join(folder, name)]);
  const files = (await readdir(folder)).filter((file) => file.startsWith(`${name}-`)).sort();
  return Promise.all(files.map(async (file) => pictureIn(await readFile(join(folder, file)))));
}

/** Reads a portable pixmap: `P6`, its size, the highest value, and the dots. */
function pictureIn(file: Uint8Array): Picture {
  const [head = "", width, height] =
    /^P6\s(\d+)\s(\d+)\s255\s/.exec(Buffer.from(file.subarray(0, 40)).toString("latin1")) ?? [];
  return { width: Number(width), height: Number(height), dots: file.subarray(head.length) };
}

/** How much a dot may be lighter or darker than those around it were, of 255: an edge falls elsewhere between two of them. */
const SHADE = 64;

/**
 * The dots that are lighter or darker than any where they or their neighbours were: letters may move by a thousandth of their
 * size, which is less than a dot, but can turn one at their edge.
 */
function strayDots(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return Number.POSITIVE_INFINITY;
  const line = 3 * one.width;
  const around = [-line - 3, -line, -line + 3, -3, 0, 3, line - 3, line, line + 3];
  let stray = 0;
  for (let at = line + 3; at < one.dots.length - line - 3; at++) {
    const value = one.dots[at] ?? 0;
    if (value === other.dots[at]) continue;
    const near = around.map((by) => other.dots[at + by] ?? 0);
    if (value < Math.min(...near) - SHADE || value > Math.max(...near) + SHADE) stray++;
  }
  return stray;
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
    const before = await picturesOf(`${name}-printed`, printed);
    const after = await picturesOf(`${name}-finished`, await finishPdf(printed, sampleFacts));
    expect(before.length).toBeGreaterThan(2);
    expect(after.length).toBe(before.length);
    after.forEach((page, index) => {
      const was = before[index] as Picture;
      expect([strayDots(page, was), strayDots(was, page)]).toEqual([0, 0]);
    });
    // Pages that differ are told apart.
    expect(strayDots(before[0] as Picture, before[1] as Picture)).toBeGreaterThan(1000);
  });
});
