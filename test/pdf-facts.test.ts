import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { onOneLine, type TableBlock } from "./support/blocks.ts";
import { pdfFacts } from "./support/pdf-facts.ts";
import { pdfText } from "./support/pdf-text.ts";
import { pdfOf, pdfPathOf, type SeedPlanId, seedPlanIds } from "./support/plans.ts";

const titles: Record<SeedPlanId, string> = {
  "benchmarkingenheden-2018": "Resultatplan Benchmarkingenheden - 2018",
  "benchmarkingenheden-2022": "Resultatplan 2022 – Indenrigs- og Boligministeriets Benchmarkingenhed",
  "benchmarkingenheden-2024": "Mål- og resultatplan 2024 – Benchmarkingenheden",
  "nationalt-center-for-etik-2024": "Mål- og resultatplan 2024 – Nationalt Center for Etik",
};

/** A table for every goal in 2024, for every measure with numbers in 2022. */
const tableCounts: Record<SeedPlanId, number> = {
  "benchmarkingenheden-2018": 0,
  "benchmarkingenheden-2022": 3,
  "benchmarkingenheden-2024": 4,
  "nationalt-center-for-etik-2024": 6,
};

/** A4 in points (ISO 216), and how far Chromium's rounding to pixels is off. */
const [WIDTH, HEIGHT, TOLERANCE] = [595.28, 841.89, 0.5];

const missingTools = ["pdfinfo", "pdffonts"].filter((tool) => !runs(tool));
if (missingTools.length > 0)
  console.info(`Not run: the checks with poppler (${missingTools.join(", ")} not found; on Debian: poppler-utils).`);

function runs(tool: string): boolean {
  try {
    execFileSync(tool, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.each(seedPlanIds)("%s, as pdf.js reads it", (id) => {
  test("is a tagged Danish document with title and outline, on A4, without script", async () => {
    const facts = await pdfFacts(await pdfOf(id));
    expect(facts).toMatchObject({ title: titles[id], language: "da", tagged: true, scripts: false });
    expect(facts.outline[0]).toBeDefined();
    for (const [width, height] of facts.pageSizes) {
      expect(Math.abs(width - WIDTH)).toBeLessThan(TOLERANCE);
      expect(Math.abs(height - HEIGHT)).toBeLessThan(TOLERANCE);
    }
  });

  test("has every font embedded", async () => {
    const { fonts } = await pdfFacts(await pdfOf(id));
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter((font) => !font.embedded)).toEqual([]);
  });

  test("has headings that begin at level 1 and never skip one, the same in the outline", async () => {
    const bytes = await pdfOf(id);
    const headings = (await pdfText(bytes)).blocks.flatMap((block) => {
      const level = block.kind === "text" ? /^H([1-6])$/.exec(block.role ?? "")?.[1] : undefined;
      return block.kind === "text" && level !== undefined ? [{ level: Number(level), text: block.text }] : [];
    });
    expect(headings[0]?.level).toBe(1);
    expect(headings.filter(({ level }) => level === 1)).toHaveLength(1);
    const skipping = headings.filter(({ level }, index) => index > 0 && level > (headings[index - 1]?.level ?? 0) + 1);
    expect(skipping).toEqual([]);
    expect((await pdfFacts(bytes)).outline).toEqual(headings.map(({ text }) => onOneLine(text)));
  });

  test("has a heading for every column and row of every table, and as many cells in each row", async () => {
    const { blocks } = await pdfText(await pdfOf(id));
    const tables = blocks.filter((block): block is TableBlock => block.kind === "table");
    expect(tables).toHaveLength(tableCounts[id]);
    for (const { rows } of tables) {
      const [head = [], ...body] = rows.map((row) => row.map((cell) => cell.role));
      expect(new Set(head)).toEqual(new Set(["TH"]));
      expect(body.length).toBeGreaterThan(0);
      for (const row of body) expect(row).toEqual(["TH", ...Array(head.length - 1).fill("TD")]);
    }
  });
});

describe.skipIf(missingTools.length > 0).each(seedPlanIds)("%s, as poppler reads it", (id) => {
  test("is tagged, on A4, has its title and no script", () => {
    const info = Object.fromEntries(
      execFileSync("pdfinfo", [pdfPathOf(id)], { encoding: "utf8" })
        .split("\n")
        .map((line) => line.split(/:\s+/, 2)),
    );
    expect(info).toMatchObject({
      Tagged: "yes",
      JavaScript: "no",
      Encrypted: "no",
      Form: "AcroForm",
      Title: titles[id],
    });
    const sizes = execFileSync("pdfinfo", ["-l", "-1", pdfPathOf(id)], { encoding: "utf8" }).match(/size:.*/g) ?? [];
    expect(sizes.filter((size) => size.endsWith("(A4)"))).toHaveLength(Number(info.Pages));
  });

  test("has every font embedded", () => {
    const [, , ...fonts] = execFileSync("pdffonts", [pdfPathOf(id)], { encoding: "utf8" })
      .trim()
      .split("\n");
    expect(fonts.length).toBeGreaterThan(0);
    // Columns at the end: emb sub uni, object ID.
    expect(fonts.filter((font) => !/ yes yes yes +\d+ +\d+$/.test(font))).toEqual([]);
  });
});
