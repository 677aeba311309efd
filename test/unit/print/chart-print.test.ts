import { readFileSync } from "node:fs";
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDecimal } from "../../../src/core/decimal.ts";
import type { HtmlDocument, PrintedPdf } from "../../../src/core/states.ts";
import { PrintShop } from "../../../src/print/print-shop.ts";
import { type ChartYear, drawYearChart, type YearChart } from "../../../src/template/chart.ts";
import { pdfFacts } from "../../support/pdf-facts.ts";
import { withPdf } from "../../support/pdf-text.ts";

const folder = "templates/resultatplan-2022";
const base = "https://skabelon.invalid/prøve/";

function chart(title: string, results: readonly string[]): YearChart {
  const value = parseDecimal("1,0");
  const years = results.map((result, index): ChartYear => {
    const actual = parseDecimal(result);
    return {
      year: 2019 + index,
      ...(actual ? { actual } : {}),
      ...(value ? { target: { kind: "atMost", value } } : {}),
    };
  });
  return { title, unit: "Mio. kr.", years };
}

/** A page with the pictures in the form's font, as forms will have them. */
function page(pictures: readonly string[]): HtmlDocument {
  const fonts = ["400", "600"].map((weight) => `skrifter/source-sans-3-latin-${weight}-normal.woff2`);
  const faces = fonts.map(
    (path, index) => `@font-face{font-family:"S";font-weight:${index === 0 ? 400 : 600};src:url("${path}")}`,
  );
  return {
    base: encodeURI(base),
    html:
      `<!DOCTYPE html><html lang="da"><head><title>Prøve</title><style>${faces.join("")}` +
      `@page{size:A4;margin:26mm} body{font-family:"S"} svg{display:block}</style></head>` +
      `<body><h1>Målrapportering</h1>${pictures.join("<p>Teksten imellem.</p>")}</body></html>`,
    assets: new Map(
      fonts.map((path) => [
        encodeURI(base + path),
        { contentType: "font/woff2", bytes: readFileSync(`${folder}/${path}`) },
      ]),
    ),
    fontFamilies: ["S"],
    title: "Prøve",
  };
}

describe("charts in print", () => {
  const shop = new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {} });
  const charts = [chart("Afvigelse", ["0,7", "", "1,3"]), chart("Sygefravær <b>", ["0,25", "0,4", "-0,1"])];
  let printed: PrintedPdf;
  let alternatives: string[];

  beforeAll(async () => {
    const drawn = await Promise.all(charts.map((one) => drawYearChart(one, { font: '"S"', accent: "#0f4c5c" })));
    alternatives = drawn.map(({ alternative }) => alternative);
    printed = await shop.print(page(drawn.map(({ svg }) => svg)));
  });
  afterAll(() => shop.close());

  test("are figures with their text alternatives", async () => {
    const tree = await withPdf(printed, async (document) => (await document.getPage(1)).getStructTree());
    expect(figureTexts(tree)).toEqual(alternatives);
  });

  test("have their words and numbers as text in the form's font", async () => {
    const words = await withPdf(printed, async (document) => {
      const { items } = await (await document.getPage(1)).getTextContent();
      return items.map((item) => ("str" in item ? item.str : ""));
    });
    for (const word of ["0,7", "1,3", "ikke opgjort", "Mål: højst 1,0", "ikke nået", "−0,10"])
      expect(words).toContain(word);
    const { fonts } = await pdfFacts(printed);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toEqual({ name: expect.stringMatching(/SourceSans3/), embedded: true });
  });
});

type StructureNode = Awaited<ReturnType<PDFPageProxy["getStructTree"]>>;
type StructureChild = NonNullable<StructureNode>["children"][number];

function figureTexts(node: StructureNode | StructureChild): string[] {
  if (!node || !("children" in node)) return [];
  const inner = node.children.flatMap(figureTexts);
  // pdf.js gives the alternative, but its types do not tell.
  return node.role === "Figure" ? ["alt" in node ? String(node.alt) : "", ...inner] : inner;
}
