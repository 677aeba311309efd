import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument, PDFName, type PDFPage, rgb, StandardFonts } from "pdf-lib";
import { expect, test } from "vitest";
import { compareWithCopy } from "../../../src/verify/contents/compare.ts";

/** Two pages of text. */
async function twoPages(change: (pages: PDFPage[], document: PDFDocument) => void = () => {}): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const font = await document.embedFont(StandardFonts.Helvetica);
  const pages = ["Planen gælder for 2022", "Målet er nået"].map((text) => {
    const page = document.addPage([595, 842]);
    page.drawText(text, { x: 60, y: 700, font });
    return page;
  });
  change(pages, document);
  return new Uint8Array(await document.save());
}

async function pagesKept(returned: Uint8Array, copy?: Uint8Array): Promise<(number | undefined)[]> {
  const compared = compareWithCopy(copy ?? (await twoPages()), returned, 1);
  if ("unreadable" in compared) throw new Error(compared.unreadable);
  return compared.pages.map(({ same }) => same);
}

test("a file that was saved anew is drawn the same", async () => {
  const document = await PDFDocument.load(await twoPages());
  document.setTitle("En anden titel");
  expect(await pagesKept(new Uint8Array(await document.save({ useObjectStreams: false })))).toEqual([1, 2]);
});

test.skipIf(spawnSync("qpdf", ["--version"]).status !== 0)("and so is one that qpdf unpacked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "resultatplan-drawing-"));
  try {
    writeFileSync(join(folder, "a.pdf"), await twoPages());
    execFileSync("qpdf", [
      "--stream-data=uncompress",
      "--object-streams=disable",
      join(folder, "a.pdf"),
      join(folder, "b.pdf"),
    ]);
    expect(await pagesKept(readFileSync(join(folder, "b.pdf")))).toEqual([1, 2]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each<[string, (pages: PDFPage[], document: PDFDocument) => void]>([
  [
    "a box over the text",
    ([page]) => page?.drawRectangle({ x: 60, y: 700, width: 50, height: 20, color: rgb(1, 1, 1) }),
  ],
  ["a page that is cut", ([page]) => page?.setCropBox(0, 0, 595, 600)],
  ["a page that is turned", ([page]) => page?.node.set(PDFName.of("Rotate"), page.doc.context.obj(180))],
  [
    "a note that covers",
    ([page]) => {
      const note = page?.doc.context.obj({
        Type: "Annot",
        Subtype: "FreeText",
        Rect: [0, 0, 100, 100],
        Contents: "80",
      });
      page?.node.set(PDFName.of("Annots"), page.doc.context.obj([note ?? null]));
    },
  ],
  [
    "a signature field that shows something and that nobody has signed in",
    ([page]) => {
      const context = page?.doc.context;
      const appearance = context?.register(context.stream("0 0 400 100 re f", { Subtype: "Form" }));
      const note = context?.obj({
        Subtype: "Widget",
        FT: "Sig",
        Rect: [0, 0, 400, 100],
        AP: { N: appearance ?? null },
      });
      page?.node.set(PDFName.of("Annots"), page.doc.context.obj([note ?? null]));
    },
  ],
  [
    "another font under the same name",
    ([page]) => {
      const fonts = page?.node.Resources()?.lookup(PDFName.of("Font"));
      const [key] = page?.node.normalizedEntries().Font.keys() ?? [];
      const other = page?.doc.context.obj({ Type: "Font", Subtype: "Type1", BaseFont: "ZapfDingbats" });
      if (fonts && key && other) page?.node.normalizedEntries().Font.set(key, other);
    },
  ],
])("%s is seen", async (_what, change) => {
  expect(await pagesKept(await twoPages(change))).toEqual([undefined, 2]);
});

test("pages that came between are found, pages that changed places are not the same", async () => {
  const extra = await twoPages((_pages, document) => void document.insertPage(1, [595, 842]));
  expect(await pagesKept(extra)).toEqual([1, undefined, 2]);
  const document = await PDFDocument.load(await twoPages());
  const [first] = await document.copyPages(document, [0]);
  document.removePage(0);
  if (first) document.addPage(first);
  const compared = compareWithCopy(await twoPages(), new Uint8Array(await document.save()), 1);
  expect(compared).toMatchObject({ missing: [1], untouched: false });
});

test("a page whose resources lead back to themselves ends", async () => {
  const looped = await twoPages(([page]) => {
    const context = page?.doc.context;
    if (!context || !page) return;
    const dict = context.obj({ Type: "XObject" });
    const ref = context.register(dict);
    dict.set(PDFName.of("Again"), ref);
    page.node.set(PDFName.of("Group"), ref);
  });
  expect(await pagesKept(looped, looped)).toEqual([1, 2]);
});
