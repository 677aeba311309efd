import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { documentId, sha256 } from "../src/core/identity.ts";
import { planMark } from "../src/core/page-code.ts";
import { inspectPdf } from "../src/pdf/inspect.ts";
import { readSheets } from "../src/pipeline/paper/scanned-sheets.ts";
import type { PrintShop } from "../src/print/print-shop.ts";
import { inspectFile } from "../src/verify/inspect/inspect.ts";
import { soundPlan } from "./support/guides.ts";
import { PaperDesk, signal } from "./support/paper.ts";
import { withPdf } from "./support/pdf-text.ts";
import { seedPlanIds } from "./support/plans.ts";
import { shopOfMachine } from "./support/shops.ts";
import { structureText } from "./support/structure-text.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

vi.setConfig({ testTimeout: 180_000 });

let shop: PrintShop;
let desk: PaperDesk;
beforeAll(async () => {
  shop = shopOfMachine();
  desk = await PaperDesk.open(shop, seedPlanIds);
});
afterAll(async () => {
  await shop.close();
  await rm(desk.folder, { recursive: true, force: true });
});

/** The signatures' blocks as each form words them: open and given dates, two and three signatories. */
const blocks: Readonly<Record<string, readonly string[]>> = {
  "benchmarkingenheden-2018": [
    "København d. 6/12-2017 Departementschef Sophus Garfiel Økonomi - og Indenrigsministeriet",
    "København d. 27/11 - 2017 Chef for Benchmarkingenheden Peter Østergaard",
    "Oslo d. 27.11.2017 Bestyrelsesformand Rune Jørgen Sørensen",
  ],
  "benchmarkingenheden-2022": [
    "København den 9. december 2021 Departementschef Sophus Garfiel Indenrigs- og Boligministeriet",
    "København den 9. december 2021 Kontorchef Peter Østergaard Indenrigs- og Boligministeriets Benchmarkingenhed",
    "Oslo den 8. december 2021 Bestyrelsesformand Rune Jørgen Sørensen Indenrigs- og Boligministeriets Benchmarkingenhed",
  ],
  "benchmarkingenheden-2024": [
    "København, den Peter Østergaard Kontorchef, Benchmarkingenheden",
    "Oslo, den Rune Jørgen Sørensen Bestyrelsesformand, Benchmarkingenheden",
    "København, den 21. december 2023 Svend Særkjær Departementschef, Indenrigs- og Sundhedsministeriet",
  ],
  "nationalt-center-for-etik-2024": [
    "København, den 15. december 2023 Christa Lundgaard Kjøller Direktør, Nationalt Center for Etik",
    "København, den 19. december 2023 Svend Særkjær Departementschef, Indenrigs- og Sundhedsministeriet",
  ],
};

async function words(path: string): Promise<string> {
  return (await structureText(new Uint8Array(await readFile(path)))).words.join(" ");
}

/** The text of each page without its white space. */
function pageTexts(bytes: Uint8Array): Promise<string[]> {
  return withPdf(bytes, async (document) => {
    const texts: string[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent();
      texts.push(
        items
          .map((item) => ("str" in item ? item.str : ""))
          .join("")
          .replace(/\s+/g, ""),
      );
    }
    return texts;
  });
}

describe.each(seedPlanIds)("%s", (id) => {
  test("has one page for all, that says what is signed, and has no field", async () => {
    const path = await desk.print(id);
    const pdf = new Uint8Array(await readFile(path));
    expect(path).toBe(desk.outputPath(id, "underskriftsside.pdf"));
    const hash = sha256(await readFile(desk.planPath(id)));
    const text = await words(path);
    for (const block of blocks[id] ?? []) expect(text).toContain(block);
    expect(text).toContain(`Dokument-id ${documentId(hash)}`);
    expect(text.replaceAll(" ", "")).toContain(hash);
    const facts = inspectFile(pdf);
    if ("unreadable" in facts) throw new Error(facts.unreadable);
    expect([facts.pages, facts.fields, facts.source?.fits]).toEqual([1, [], true]);
  });

  test("has one page for each, with that one's block and code alone", async () => {
    const path = await desk.print(id, true);
    const bytes = new Uint8Array(await readFile(path));
    const own = blocks[id] ?? [];
    const plan = soundPlan(await readFile(desk.planPath(id), "utf8"));
    expect((await inspectPdf(bytes)).pages).toBe(own.length);
    const names = plan.signatories.map(({ name }) => name.replaceAll(" ", ""));
    for (const [page, text] of (await pageTexts(bytes)).entries()) {
      expect(text).toContain((own[page] ?? "?").replaceAll(" ", ""));
      expect(names.filter((name) => text.includes(name))).toEqual([names[page]]);
    }
  });
});

test("each page's code says which plan, version, signatory and page it is", async () => {
  const id = "benchmarkingenheden-2022";
  const { sheets, problems } = await readSheets([await desk.print(id, true)], shop, signal);
  expect(problems).toEqual([]);
  const hash = sha256(await readFile(desk.planPath(id)));
  const common = { hash, plan: planMark(id), signatories: 3, pages: 3 };
  expect(sheets.map(({ code }) => code)).toEqual(
    [1, 2, 3].map((number) => ({ ...common, signatory: number, page: number })),
  );
});

test("the code is told to those who cannot see it", async () => {
  const id = "benchmarkingenheden-2022";
  const { dump } = await structureText(new Uint8Array(await readFile(await desk.print(id, true))));
  const hash = sha256(await readFile(desk.planPath(id)));
  expect(dump).toContain(`Figure [QR-kode: dokument-id ${documentId(hash)}, underskriftsside 2 af 3]`);
});

test("more signatories than a page holds are told, and each still gets a page of their own", async () => {
  const crowd = await PaperDesk.open(shop, ["benchmarkingenheden-2024"]);
  try {
    const many = Array.from(
      { length: 9 },
      (_one, index) =>
        `  - { navn: Person ${index + 1}, stilling: Direktør, organisation: Benchmarkingenheden, sted: København }`,
    );
    await crowd.change("benchmarkingenheden-2024", /^underskrivere:\n/m, `underskrivere:\n${many.join("\n")}\n`);
    const { failure, written } = await crowd.tryPrint("benchmarkingenheden-2024");
    expect([failure?.code, failure?.hint, written]).toEqual([
      "underskriftsside-for-lang",
      "Brug --each: så får hver underskriver sin egen side.",
      [],
    ]);
    const bytes = new Uint8Array(await readFile(await crowd.print("benchmarkingenheden-2024", true)));
    expect((await inspectPdf(bytes)).pages).toBe(12);
  } finally {
    await rm(crowd.folder, { recursive: true, force: true });
  }
});

test("the same plan gives the same bytes, and a comma gives another code", async () => {
  const id = "benchmarkingenheden-2018";
  const first = await readFile(await desk.print(id));
  expect(Buffer.compare(first, await readFile(await desk.print(id)))).toBe(0);
  const codeOf = async (path: string) => (await readSheets([path], shop, signal)).sheets[0]?.code;
  const before = await codeOf(await desk.print(id));
  const text = await readFile(desk.planPath(id), "utf8");
  try {
    await writeFile(desk.planPath(id), text.replace(".\n", ",.\n"));
    expect(await codeOf(await desk.print(id))).not.toEqual(before);
  } finally {
    await writeFile(desk.planPath(id), text);
  }
});

test("veraPDF finds nothing that breaks PDF/UA-1 or PDF/A-3a", { timeout: 120_000 }, async (context) => {
  const verapdf = await findVeraPdf();
  if ("missing" in verapdf) {
    console.warn(`veraPDF does not judge: ${verapdf.missing}`);
    return context.skip(verapdf.missing);
  }
  const paths: string[] = [];
  for (const id of seedPlanIds) {
    for (const each of [false, true]) {
      const path = join(desk.folder, `${id}-${each}.pdf`);
      await writeFile(path, await readFile(await desk.print(id, each)));
      paths.push(path);
    }
  }
  const verdicts = await judgeFiles(verapdf.classPath, paths, ["ua1", "3a"]);
  expect(verdicts.flatMap(({ file, broken }) => broken.map((rule) => `${file}: ${rule}`))).toEqual([]);
  expect(verdicts.map(({ failed }) => failed)).toEqual(paths.flatMap(() => [0, 0]));
});
