import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument, PDFName, PDFNumber } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { mergePdfs } from "../src/pdf/merge/merge.ts";
import type { Part, Position } from "../src/pdf/merge/part.ts";
import { handBuilt } from "./support/hand-built.ts";
import {
  missingReaders,
  popplerPages,
  popplerStructure,
  type QpdfBookmark,
  qpdfAccount,
  qpdfComplaints,
} from "./support/outside-readers.ts";
import { pdfOf } from "./support/plans.ts";
import { structureText } from "./support/structure-text.ts";

const missing = await missingReaders();
if (missing.length > 0) console.warn(`Merged files are not read by others: no ${missing.join(", ")}`);

const fixture = async (name: string) =>
  new Uint8Array(await readFile(join(import.meta.dirname, "fixtures/merge", `${name}.pdf`)));

/** Tagged PDFs by producer, and how many pages each has. */
const producers: readonly [name: string, open: () => Promise<Uint8Array>][] = [
  ["Chromium and finish", () => pdfOf("benchmarkingenheden-2022")],
  ["LibreOffice", () => fixture("libreoffice-ua1")],
  ["WeasyPrint", () => fixture("weasyprint-ua1")],
  ["hand, packed", async () => handBuilt({ word: "alfa" })],
  ["hand, plain", async () => handBuilt({ word: "beta", packed: false, afsnit: "Div", language: "en-GB" })],
];

const inserted: typeof producers = [
  ["Chromium", () => pdfOf("nationalt-center-for-etik-2024", "maalrapportering")],
  ["LibreOffice", () => fixture("libreoffice-a3")],
  ["hand", async () => handBuilt({ word: "gamma", afsnit: "BlockQuote" })],
];

const places: readonly [name: string, at: (pages: number) => Position | undefined][] = [
  ["at the start", () => ({ kind: "before", page: 1 })],
  ["in the middle", (pages) => ({ kind: "after", page: Math.ceil(pages / 2) })],
  ["at the end", () => undefined],
];

function part(name: string, bytes: Uint8Array, at?: Position): Part {
  return at ? { name, bytes, at } : { name, bytes };
}

/** Object numbers are the file's own affair, and so are IDs that had to get another name. */
const content = (lines: readonly string[]) =>
  lines
    .filter((line) => !/^(Document|Part)\b/.test(line) && !/^\(object\)$/.test(line))
    .map((line) =>
      line
        .replace(/^Object \d+ \d+$/, "Object")
        .replace(/<[^<>]*>(?= \(|:|$)/, "<id>")
        .replace(/\([^()]*\)(?=[ \]])/g, "(id)"),
    );

/** Asserts that one text lies in another in one piece, and that the rest is a third. */
function expectSplice(whole: readonly string[], host: readonly string[], added: readonly string[]): number {
  const at = whole.findIndex((_, start) => added.every((line, index) => whole[start + index] === line));
  expect(at, "the part's text in one piece").toBeGreaterThanOrEqual(0);
  expect([...whole.slice(0, at), ...whole.slice(at + added.length)]).toEqual(host);
  return at;
}

/** What the tags of each page give, page by page: pdf.js goes from the page to its elements by the parent tree. */
async function tagsByPage(bytes: Uint8Array): Promise<string[]> {
  const { dump } = await structureText(bytes);
  const pages = dump.split(/^--- side \d+ ---\n/m).slice(1);
  // The elements around the content differ: a Document becomes a Part, a Part comes in a Document.
  return pages.map((page) =>
    page
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !/^(?:Document|Part)$/.test(line))
      .join("\n"),
  );
}

/** A file as the others read it. */
async function read(bytes: Uint8Array) {
  const [structure, pages, tags] = await Promise.all([popplerStructure(bytes), popplerPages(bytes), tagsByPage(bytes)]);
  return { bytes, structure: content(structure), pages, tags };
}

const known = new Map<() => Promise<Uint8Array>, ReturnType<typeof read>>();

/** A part as the others read it, once for all tests. */
function readAlone(open: () => Promise<Uint8Array>): ReturnType<typeof read> {
  const reading = known.get(open) ?? open().then(read);
  known.set(open, reading);
  return reading;
}

describe.skipIf(missing.length > 0)("what goes into a merge comes out of it", () => {
  // Every host with every place, and every inserted part with every place.
  const pairs = producers.flatMap(([host, openHost], row) =>
    places.map(([place, placeIn], column) => {
      const [added, openAdded] =
        inserted[(row + column) % inserted.length] ?? (inserted[0] as (typeof inserted)[number]);
      return { host, added, place, openHost, openAdded, placeIn };
    }),
  );

  test.each(pairs)("$added into $host, $place", async ({ openHost, openAdded, placeIn }) => {
    const [host, added] = await Promise.all([readAlone(openHost), readAlone(openAdded)]);
    const at = placeIn(host.pages.length);
    const { pdf, report } = await mergePdfs([part("host.pdf", host.bytes), part("added.pdf", added.bytes, at)]);
    expect(await qpdfComplaints(pdf)).toBe("");
    const whole = await read(pdf);
    expectSplice(whole.structure, host.structure, added.structure);
    const [own = [], other = []] = report.parts.map(({ pages }) => pages);
    expect(own.map((page) => whole.pages[page - 1])).toEqual(host.pages);
    expect(other.map((page) => whole.pages[page - 1])).toEqual(added.pages);
    expect(own.map((page) => whole.tags[page - 1])).toEqual(host.tags);
    expect(other.map((page) => whole.tags[page - 1])).toEqual(added.tags);
  });

  test("the same part twice, in two places", async () => {
    const host = await fixture("weasyprint-ua1");
    const added = handBuilt({ word: "gamma" });
    const { pdf } = await mergePdfs([
      part("host.pdf", host),
      part("a.pdf", added, { kind: "after", page: 2 }),
      part("b.pdf", added, { kind: "after", page: 4 }),
    ]);
    expect(await qpdfComplaints(pdf)).toBe("");
    const text = content(await popplerStructure(pdf)).join("\n");
    const own = content(await popplerStructure(added)).join("\n");
    expect(text.split(own)).toHaveLength(3);
    expect(text.split(own).join("").replaceAll(/\n+/g, "\n")).toBe(content(await popplerStructure(host)).join("\n"));
  });

  test("instead of pages: theirs is gone, everything else is there", async () => {
    const host = handBuilt({ word: "alfa" });
    const added = handBuilt({ word: "gamma" });
    const at = { kind: "instead", from: 2, to: 2, depth: 2 } as const;
    const { pdf } = await mergePdfs([part("host.pdf", host), part("added.pdf", added, at)]);
    const pages = (await popplerPages(pdf)).map((page) => page.trim().split(/\s+/).slice(0, 3));
    expect(pages.map((words) => words.join(" "))).toEqual([
      "alfa kapitel et",
      "gamma kapitel et",
      "gamma side 2",
      "gamma kapitel to",
      "gamma slut",
      "alfa kapitel to",
      "alfa slut",
    ]);
    expect((await popplerStructure(pdf)).filter((line) => /alfa (hoved|celle|side 2)/.test(line))).toEqual([]);
    const { outlines } = await qpdfAccount(pdf);
    // qpdf does not follow a destination that is a dictionary: »to«.
    expect(told(outlines)).toEqual([
      "- alfa et → 1",
      "  + alfa 1.1 → 1",
      "  - gamma et → 2",
      "    + gamma 1.1 → 2",
      "    + gamma 1.2 → 3",
      "  + gamma to → null",
      "+ alfa to → null",
    ]);
  });
});

/** Bookmarks line by line: + for an open one, the page that it leads to, by way of destinations, too. */
function told(bookmarks: readonly QpdfBookmark[], depth = 0): string[] {
  return bookmarks.flatMap((one) => [
    `${"  ".repeat(depth)}${one.open ? "+" : "-"} ${one.title} → ${one.destpageposfrom1}`,
    ...told(one.kids, depth + 1),
  ]);
}

describe("a collision of StructParents", () => {
  const alfa = handBuilt({ word: "alfa" });
  const beta = handBuilt({ word: "beta" });

  test("is what pdf-lib's own copyPages makes, and these tests see it", async () => {
    const document = await PDFDocument.load(alfa, { updateMetadata: false });
    const other = await PDFDocument.load(beta, { updateMetadata: false });
    for (const page of await document.copyPages(other, [0, 1, 2, 3])) document.addPage(page);
    const numbers = document
      .getPages()
      .map((page) => page.node.lookup(PDFName.of("StructParents"), PDFNumber).asNumber());
    expect(new Set(numbers).size).toBeLessThan(numbers.length);
    const tags = await tagsByPage(await document.save());
    expect(tags.slice(4)).not.toEqual(await tagsByPage(beta));
  });

  test("is not in a merged file", async () => {
    const { pdf } = await mergePdfs([part("alfa.pdf", alfa), part("beta.pdf", beta)]);
    expect(await tagsByPage(pdf)).toEqual([...(await tagsByPage(alfa)), ...(await tagsByPage(beta))]);
  });
});
