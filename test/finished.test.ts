import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFStream, PDFString } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { inspectPdf } from "../src/pdf/inspect.ts";
import { withPdf } from "./support/pdf-text.ts";
import { pdfOf, seedPlanIds } from "./support/plans.ts";

const root = resolve(import.meta.dirname, "..");
const institutions: Readonly<Record<string, string>> = {
  "benchmarkingenheden-2018": "Benchmarkingenheden",
  "benchmarkingenheden-2022": "Indenrigs- og Boligministeriets Benchmarkingenhed",
  "benchmarkingenheden-2024": "Benchmarkingenheden",
  "nationalt-center-for-etik-2024": "Nationalt Center for Etik",
};

describe.each(seedPlanIds)("the finished PDF of %s", (id) => {
  test("carries the plan's own file, as its source", async () => {
    const document = await PDFDocument.load(await pdfOf(id));
    const [file, ...more] = document.getAttachments();
    expect(more).toEqual([]);
    expect(file).toMatchObject({ name: "plan.md", mimeType: "text/markdown" });
    expect(Buffer.from(file?.data ?? [])).toEqual(await readFile(resolve(root, "plans", id, "plan.md")));
    const associated = document.catalog.lookup(PDFName.of("AF"), PDFArray).lookup(0, PDFDict);
    expect(associated.lookup(PDFName.of("AFRelationship"))).toBe(PDFName.of("Source"));
  });

  test("says the same in its metadata and in its information dictionary", async () => {
    const document = await PDFDocument.load(await pdfOf(id), { updateMetadata: false });
    const stream = document.catalog.lookup(PDFName.of("Metadata"), PDFStream);
    const xmp = Buffer.from(stream.getContents()).toString("utf8");
    const said = (element: string) =>
      new RegExp(`<${element}>(?:<rdf:\\w+>)?(?:<rdf:li[^>]*>)?([^<]*)`).exec(xmp)?.[1]?.replaceAll("&amp;", "&");
    expect(said("dc:title")).toBe(document.getTitle());
    expect(said("dc:creator")).toBe(document.getAuthor());
    expect(said("dc:description")).toBe(document.getSubject());
    expect(said("pdf:Keywords")).toBe(document.getKeywords());
    expect(said("pdf:Producer")).toBe(document.getProducer());
    expect(said("xmp:CreatorTool")).toBe(document.getCreator());
    expect(said("xmp:CreateDate")).toBe(document.getCreationDate()?.toISOString().replace(".000", ""));
    expect(document.getAuthor()).toBe(institutions[id]);
  });

  test("tells where each link leads", async () => {
    const document = await PDFDocument.load(await pdfOf(id));
    for (const page of document.getPages()) {
      for (const annotation of page.node.Annots()?.asArray() ?? []) {
        const dictionary = document.context.lookup(annotation, PDFDict);
        if (dictionary.lookup(PDFName.of("Subtype")) !== PDFName.of("Link")) continue;
        const contents = dictionary.lookup(PDFName.of("Contents"), PDFString, PDFHexString).decodeText();
        expect(contents).toMatch(/\p{L}/u);
        expect(contents).not.toMatch(/\u00AD|\s\s/u);
      }
    }
  });

  test("has its running footers as such", async () => {
    const footers = await withPdf(await pdfOf(id), async (document) => {
      const last = await document.getPage(document.numPages);
      const { items } = await last.getTextContent({ includeMarkedContent: true });
      const tags: unknown[] = [];
      const texts: string[] = [];
      for (const item of items) {
        if ("str" in item) {
          if (tags.at(-1) === "Artifact") texts.push(item.str);
        } else if (item.type === "endMarkedContent") tags.pop();
        else tags.push("tag" in item ? item.tag : undefined);
      }
      return texts.join(" ");
    });
    expect(footers).toMatch(/Side \d af \d/);
  });

  test("is still what every document promises to be", async () => {
    const facts = await inspectPdf(await pdfOf(id));
    expect(facts).toMatchObject({ tagged: true, outline: true, language: "da" });
    expect(facts.fonts.every(({ embedded }) => embedded)).toBe(true);
    // Each font is there once.
    expect(new Set(facts.fonts.map(({ name }) => name)).size).toBe(facts.fonts.length);
  });
});
