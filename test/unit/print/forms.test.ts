import { resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Source } from "../../../src/core/source.ts";
import { inspectPdf } from "../../../src/pdf/inspect.ts";
import { parsePlan } from "../../../src/plan/load.ts";
import { PrintShop } from "../../../src/print/print-shop.ts";
import { renderPlan } from "../../../src/template/render.ts";
import { FormShelf } from "../../../src/template/shelf.ts";
import { withPdf } from "../../support/pdf-text.ts";
import { planText } from "../../support/plan-text.ts";

const forms = new FormShelf(resolve(import.meta.dirname, "../../../templates"));
const shop = new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {} });
afterAll(() => shop.close());

const names = ["maal-og-resultatplan-2024", "resultatplan-2022", "resultatplan-2018"] as const;
const address = `https://eksempelstyrelsen.dk/x?id=${"%2Foekonomi".repeat(14)}SLUT`;

/** A piece of text where it stands, in points from the lower left corner of its page. */
interface Piece {
  readonly text: string;
  readonly size: number;
  readonly right: number;
  readonly page: number;
  readonly baseline: number;
}

/** The print of a plan in the form given. */
async function printOf(form: string, body: string, goal = ""): Promise<Uint8Array> {
  const text = planText(
    {
      skabelon: form,
      mål: `[{ nr: 1, titel: Ny vejledning, mål: Målet nås., målepunkt: Udgivet., bemærkninger: Ingen.${goal} }]`,
      underskrivere:
        "[{ navn: Anne Jensen, stilling: Departementschef, organisation: Eksempelministeriet, sted: København }]",
    },
    body,
  );
  const { value: plan } = parsePlan("eksempel", new Source("plan.md", text));
  if (!plan) throw new Error("the plan is not sound");
  const { value: document } = await renderPlan(
    { plan, images: new Map(), bytes: Buffer.from(text), earlier: [] },
    forms,
  );
  if (!document) throw new Error("the form finds errors in the plan");
  return shop.print(document);
}

/** The texts of a plan in the form given, as they are printed. */
async function printed(form: string, body: string, goal?: string): Promise<Piece[]> {
  return withPdf(await printOf(form, body, goal), async (pdf) => {
    const pieces: Piece[] = [];
    for (let page = 1; page <= pdf.numPages; page++) {
      const { items } = await (await pdf.getPage(page)).getTextContent();
      for (const item of items) {
        if (!("str" in item) || item.str.trim() === "") continue;
        const [size = 0, , , , left = 0, baseline = 0] = item.transform as number[];
        pieces.push({ text: item.str, size, right: left + item.width, page, baseline });
      }
    }
    return pieces;
  });
}

const goalAndSignatures = ":::mål\n:::\n\n:::underskrifter\n:::\n";

describe.each(names)("the form %s", (form) => {
  test("parts an address without end at the line's end, and shrinks nothing", async () => {
    const usual = await printed(form, `Se bilaget.\n\n${goalAndSignatures}`);
    const body = `Se bilaget.\n\nDet er ${address} her.\n\n- ${address}\n\n> **${address}**\n\n${goalAndSignatures}`;
    const long = await printed(form, body, `, kilde: ${address}, anmærkning: ${address}`);
    const sizeOf = (pieces: readonly Piece[]) => pieces.find(({ text }) => text.startsWith("Se bilaget"))?.size;
    expect(sizeOf(long)).toBe(sizeOf(usual));
    const edge = Math.max(...usual.map(({ right }) => right));
    expect(long.filter(({ right }) => right > edge + 1)).toEqual([]);
    expect(long.map(({ text }) => text).join("")).toContain("SLUT");
  });

  test("has its own fonts for letters from elsewhere, in italics too", async () => {
    const print = await printOf(form, `Łódź, *Łódź*, **Łódź** og ***Łódź***.\n\n${goalAndSignatures}`);
    const { fonts } = await inspectPdf(print);
    const [family = ""] = (await forms.get(form)).form.fonts.families;
    const own = family.replaceAll(" ", "");
    expect(fonts.map(({ name }) => name).filter((name) => !name.replaceAll(" ", "").startsWith(own))).toEqual([]);
    expect(fonts.length).toBe(4);
  });

  test.each(["Efter målet.", "#### Efter målet"])("keeps »%s« apart from the goal above it", async (after) => {
    const body = `## Mål\n\n### Emne\n\n:::mål\n:::\n\n${after}\n\nTekst.\n\n:::underskrifter\n:::\n`;
    const pieces = await printed(form, body);
    const baseline = (beginning: string) =>
      pieces.findLast(({ text }) => text.startsWith(beginning))?.baseline ?? Number.NaN;
    // A line, the frame's own margin, and at least five millimetres.
    expect(baseline("Målet nås") - baseline("Efter målet")).toBeGreaterThan(34);
  });

  test("has no heading with a word that is wider than the page", async () => {
    await expect(printed(form, `## Bilag ${address}\n\nTekst.\n\n${goalAndSignatures}`)).rejects.toThrow(
      "Noget er bredere end siden: »",
    );
  });
});
