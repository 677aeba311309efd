import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Block } from "./support/blocks.ts";
import { pdfText } from "./support/pdf-text.ts";
import { seedPlanIds } from "./support/plans.ts";
import { buildEverything } from "./support/print-all.ts";
import { bundledShop } from "./support/shops.ts";
import { stressForms } from "./support/stress.ts";
import { type StructureText, structureText } from "./support/structure-text.ts";

const ids = [
  ...seedPlanIds.flatMap((id) => [id, `${id}.maalrapportering`]),
  ...stressForms.map((form) => `stress-${form}`),
];
/** What was read and found good; written anew by `npx vitest run -u`. */
const golden = resolve(import.meta.dirname, "golden");

let folder: string;
const texts = new Map<string, { bytes: Uint8Array; structure: StructureText }>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-order-"));
  // The pinned browser: its line and page breaks are in the golden files.
  const shop = await bundledShop();
  try {
    for (const { id, path } of await buildEverything(shop, folder)) {
      const bytes = new Uint8Array(await readFile(path));
      texts.set(id, { bytes, structure: await structureText(bytes) });
    }
  } finally {
    await shop.close();
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function textOf(id: string): { bytes: Uint8Array; structure: StructureText } {
  const text = texts.get(id);
  if (!text) throw new Error(`${id} was not built`);
  return text;
}

describe("read by its structure alone", () => {
  test.each(ids)("%s is what a blind reader expects (test/golden)", async (id) => {
    await expect(textOf(id).structure.dump).toMatchFileSnapshot(join(golden, `${id}.txt`));
  });

  // That the words on the page are the agreed ones, in the agreed order, is for fidelity.test.ts to say.
  test.each(ids)("%s has the words that are seen on the page, with a space between each two", async (id) => {
    const { bytes, structure } = textOf(id);
    expect(structure.words.join(" ")).toMatch(seenWords((await pdfText(bytes)).blocks));
  });

  test.each(ids)("%s has one first heading, and no level is skipped", (id) => {
    const { headings } = textOf(id).structure;
    expect(headings[0]).toBe(1);
    expect(headings.filter((level) => level === 1)).toHaveLength(1);
    expect(headings.filter((level, index) => level > (headings[index - 1] ?? 0) + 1)).toEqual([]);
  });
});

/**
 * The words as they stand on the page, as a pattern: parted where there is room between them and where a line ends. After a
 * hyphen at a line end only the structure knows whether the word goes on.
 */
function seenWords(blocks: readonly Block[]): RegExp {
  const texts = blocks.flatMap((block) =>
    // A picture's own words are those of its description.
    block.kind === "text"
      ? block.role === "Figure"
        ? []
        : [block.text]
      : block.rows.flat().flatMap((cell) => cell.parts.map((part) => part.text)),
  );
  const words = texts
    .map((text) =>
      text
        .trim()
        .replace(/(?<=[-/])\n/gu, "\uE000")
        .replace(/\s+/gu, " "),
    )
    .join(" ");
  return new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replaceAll("\uE000", " ?")}$`, "u");
}
