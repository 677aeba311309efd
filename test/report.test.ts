import { describe, expect, test } from "vitest";
import { type Block, onOneLine } from "./support/blocks.ts";
import { pdfFacts } from "./support/pdf-facts.ts";
import { pdfText } from "./support/pdf-text.ts";
import { pdfOf, type SeedPlanId, seedPlanIds } from "./support/plans.ts";

/** The summary line, worked out by hand from the examples' outcomes. */
const summaries: Record<SeedPlanId, string> = {
  "benchmarkingenheden-2018": "2 af 3 mål er opfyldt, svarende til 66,7 pct.",
  "benchmarkingenheden-2022": "3 af 4 mål er opfyldt, svarende til 75 pct.",
  "benchmarkingenheden-2024": "2 af 4 mål er opfyldt, svarende til 50 pct. Ét mål er delvist opfyldt.",
  "nationalt-center-for-etik-2024":
    "3 af 5 mål er opfyldt, svarende til 60 pct. Ét mål er delvist opfyldt. Ét mål er udgået og indgår ikke i opgørelsen.",
};

describe.each(seedPlanIds)("the målrapportering of %s", (id) => {
  test("sums up, and is marked as an example on every page", async () => {
    const { blocks, furniture, pages } = await pdfText(await pdfOf(id, "maalrapportering"));
    expect(dump(blocks)).toContain(`P: ${summaries[id]}\n`);
    const marked = furniture.filter((lines) => lines.some((line) => line.startsWith("EKSEMPEL")));
    expect(marked).toHaveLength(pages);
  });

  test("follows the plan in one document, its text and its bookmarks whole", async () => {
    const [plan, report, both] = await Promise.all(
      (["plan", "maalrapportering", "plan-og-maalrapportering"] as const).map(async (document) => {
        const bytes = await pdfOf(id, document);
        return { ...(await pdfText(bytes)), ...(await pdfFacts(bytes)) };
      }),
    );
    if (!plan || !report || !both) throw new Error("three documents");
    expect(both.pages).toBe(plan.pages + report.pages);
    // In the table of contents the report has its places too; its headings are one level deeper.
    const words = (blocks: readonly Block[]) => dump(blocks).replace(/^H\d: /gm, "H: ");
    expect(words(both.blocks).endsWith(words(report.blocks))).toBe(true);
    expect(both.outline).toHaveLength(plan.outline.length + report.outline.length);
    expect(both.title).toContain("og målrapportering");
  });
});

/** Blocks as lines: the role and the text; a table by rows, its cells parted by strokes, heads with an asterisk. */
function dump(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) =>
      block.kind === "text"
        ? [`${block.role ?? "?"}: ${onOneLine(block.text)}`]
        : block.rows.map((row) => {
            const cells = row.map(
              (cell) => `${cell.role === "TH" ? "*" : ""}${cell.parts.map((part) => onOneLine(part.text)).join(" ¶ ")}`,
            );
            return `| ${cells.join(" | ")} |`;
          }),
    )
    .map((line) => `${line}\n`)
    .join("");
}
