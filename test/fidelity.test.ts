import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { alterations } from "./support/alterations.ts";
import { type Block, onOneLine } from "./support/blocks.ts";
import { differences } from "./support/compare.ts";
import { type PdfText, pdfText } from "./support/pdf-text.ts";
import { pdfOf, type SeedPlanId, seedOf, seedPlanIds } from "./support/plans.ts";
import { seedBlocks, seedWords } from "./support/seed.ts";
import { agreed, type LineEnd, printed, readings, type WordBalance, wordBalance } from "./support/words.ts";

/** Everything that a form prints and the agreed text does not have. */
interface FormText {
  /** Paragraphs and headings of the front page, and the heading of the table of contents. */
  readonly front: readonly string[];
  /** The lines of the table of contents: headings of the text, each followed by the number of the page it is on. */
  readonly contents: readonly string[];
  /** The running footer, on every page with a number. */
  readonly footer: string | undefined;
  /** The first page with »Side x af y«. */
  readonly numberedFrom: number;
  /** What stands before the items of lists, item by item, where it is text and not drawn. */
  readonly marks: readonly string[];
}

/**
 * What the agreed texts have as markup and the forms draw or set as one character, so that it is not compared as text:
 * lines to sign on (`---`, `____`), bullets (•, and - before items), bold and headings, and in 2018 LaTeX for ¾ and ¼.
 */
const forms: Record<SeedPlanId, FormText> = {
  "benchmarkingenheden-2018": { front: [], contents: [], footer: undefined, numberedFrom: 1, marks: ["–", "–", "–"] },
  "benchmarkingenheden-2022": {
    // The front page is the seed's own.
    front: ["Indhold"],
    contents: [
      "Indledning",
      "1. Strategiske mål og kernefaglige mål",
      "Mål 1.1 Implementering af strategi for styrkelse af netværksrelationer med kommuner og regioner",
      "Mål 1.2 Proces for identifikation og udvælgelse af analyseidéer",
      "2. Økonomiske mål og administrative mål",
      "Mål 2.1 Bedre budgettering",
      "Mål 2.2 Nedbringelse af sygefravær",
      "Påtegning og opgørelse",
    ],
    footer: "Resultatplan 2022 | Benchmarkingenheden",
    numberedFrom: 2,
    marks: [],
  },
  "benchmarkingenheden-2024": {
    front: ["Indenrigs- og Sundhedsministeriet", "Mål- og resultatplan 2024", "Benchmarkingenheden", "Indhold"],
    contents: ["1. Mål- og resultatstyring", "2. Koncernfælles mål", "3. Institutionsspecifikke mål", "4. Aftale"],
    footer: "Mål- og resultatplan 2024 · Benchmarkingenheden",
    numberedFrom: 2,
    marks: [],
  },
  "nationalt-center-for-etik-2024": {
    front: ["Indenrigs- og Sundhedsministeriet", "Mål- og resultatplan 2024", "Nationalt Center for Etik", "Indhold"],
    contents: ["1. Mål- og resultatstyring", "2. Koncernfælles mål", "3. Institutionsspecifikke mål", "4. Aftale"],
    footer: "Mål- og resultatplan 2024 · Nationalt Center for Etik",
    numberedFrom: 2,
    marks: [],
  },
};

/** Slips and oddities that were agreed and signed, and that nobody may mend on the way to the PDF. */
const slips: Record<SeedPlanId, readonly string[]> = {
  "benchmarkingenheden-2018": [
    "Resultatplan Benchmarkingenheden - 2018",
    "1. Strategisk mål",
    "Mål 1.1 – Strategisk retning",
    "Mål 2.1 - Databeskyttelsesforordningen",
    "Mål 3.1 – Benchmarkingenhedens budget overholdes",
    "i maj 2018, bliver kravene",
    "Senest i 2. halvår 2018",
    "mellem Benchmarkingenhedens realiserede forbrug være minimale",
    "PÅTEGNING & OPGØRELSE",
    "træder i kraft d. 1. januar 2018",
    "Chefens resultatløns beror",
    "tæller som udgangspunkt ¾ af",
    "tæller som ¼ af",
    "beregnes som antallet af resultatmål divideret med 100",
    "samlede score med 100/3.",
    "København d. 6/12-2017",
    "København d. 27/11 - 2017",
    "Oslo d. 27.11.2017",
    "Økonomi - og Indenrigsministeriet",
  ],
  "benchmarkingenheden-2022": [
    "opnå de fordele der er forbundet hermed, forudsætter",
    "analyseidéer",
    "skal være opfyldt for, at målet",
    "Statens gennemsnit/- 5 pct.",
    "inklusiv langtidssygefravær",
    "rullende årgennemsnit",
    "institutioner i Statens Benchmarkdatabase Kilde: Statens Benchmarkdatabase pba.",
    "Der afrapporteres kvartalsvist på samtlige mål",
    "efter afslutning af 2. og 4. kvartal",
    "er binær dvs. enten",
    "som opfyldt såfremt alle",
    "København den 9. december 2021",
  ],
  "benchmarkingenheden-2024": [
    "Økonomisk Styring",
    "må maks. afvige med +/- 1 mio. kr. ift. oprindeligt budget, og maks +/- 0,5 mio. kr. ift.",
    "Målet anses som opnået når, der på",
    "Målet anses som opnået når:",
    "grundet begrænsede datamuligheder",
    "mellem departementschefen og direktøren for institutionen",
    "’Strategisk styring med resultater i fokus’.",
    "”opfyldt”, ”delvist opfyldt” eller ”ikke opfyldt”",
    "chefen for benchmarkingenheden, formanden for benchmarkingenhedens bestyrelse",
    "Oslo, den",
  ],
  "nationalt-center-for-etik-2024": [
    "drøftelse på sidste møde i 2024",
    "varetager projektledelsen",
    "Økonomisk Styring",
    "Afvigelsen mellem årets resultat og det aftalte resultat i grundbudgettet for institutionerne ikke overstiger",
    "overstiger +- 5,0 mio. kr.",
    "aktører indenfor dataetikken",
    "samarbejde inden for forskning & innovation.",
    "tilknytning til- og deltagelse i",
    "udarbejdet udkast rammeværk",
    "Målet anses som opfyldt, når:",
  ],
};

/** A plan's seed and its PDF. */
interface Pair {
  readonly seed: string;
  readonly pdf: PdfText;
}

const pairs = new Map<SeedPlanId, Pair>();

beforeAll(async () => {
  for (const id of seedPlanIds) pairs.set(id, { seed: await seedOf(id), pdf: await pdfText(await pdfOf(id)) });
});

function pairOf(id: SeedPlanId): Pair {
  const pair = pairs.get(id);
  if (!pair) throw new Error(`${id} has not been read`);
  return pair;
}

/** The lines of the table of contents as they must stand, with the page that each heading really is on. */
function contentsLines(id: SeedPlanId): string[] {
  const { blocks } = pairOf(id).pdf;
  return forms[id].contents.map((text) => {
    const heading = blocks.find(
      (one) => one.kind === "text" && /^H[2-6]$/.test(one.role ?? "") && onOneLine(one.text) === text,
    );
    return `${text} ${heading?.page ?? "(no such heading)"}`;
  });
}

/** The first twelve figures of the hash of the plan's file, in groups of four. */
function documentIdOf(id: SeedPlanId): string {
  const hash = createHash("sha256").update(readFileSync(resolve(import.meta.dirname, "../plans", id, "plan.md")));
  return (hash.digest("hex").slice(0, 12).match(/.{4}/g) ?? []).join("-");
}

/** Footers and page numbers as they must stand, page by page. */
function furniture(id: SeedPlanId): string[][] {
  const { footer, numberedFrom } = forms[id];
  const { pages } = pairOf(id).pdf;
  return Array.from({ length: pages }, (_, index) => {
    if (index + 1 < numberedFrom) return [];
    return [
      `Side ${index + 1} af ${pages}`,
      `Dokument-id ${documentIdOf(id)}`,
      ...(footer === undefined ? [] : [footer]),
    ];
  });
}

function differencesFrom(seed: string, id: SeedPlanId): string[] {
  return differences(seedBlocks(seed), pairOf(id).pdf.blocks, [...forms[id].front, ...contentsLines(id)]);
}

function balanceFrom(seed: string, id: SeedPlanId): WordBalance {
  const { front, marks } = forms[id];
  const added = [...front, ...contentsLines(id), ...furniture(id).flat(), ...marks];
  return wordBalance(seedWords(seed), pairOf(id).pdf.everything, added);
}

/** Every paragraph and cell on one line, read in every way that its line ends allow. */
function lines(blocks: readonly Block[], lineEnd: LineEnd): string[] {
  return blocks
    .flatMap((block) => {
      if (block.kind === "text") return [block.text];
      return block.rows.flat().map((cell) => cell.parts.map((part) => part.text).join("\n"));
    })
    .flatMap((text) => readings(text, lineEnd));
}

describe.each(seedPlanIds)("%s", (id) => {
  test("prints every paragraph and cell of the agreed text, in order, word by word", () => {
    expect(differencesFrom(pairOf(id).seed, id)).toEqual([]);
  });

  test("prints every word as often as it was agreed, and besides only what the form is listed to add", () => {
    expect(balanceFrom(pairOf(id).seed, id)).toEqual({ missing: {}, extra: {} });
  });

  test("has nothing outside the text but footers, page numbers and the marks of lists", () => {
    const { marks } = forms[id];
    const found = pairOf(id).pdf.furniture;
    // Browsers paint the boxes of a page's margin in no order of their own.
    const sorted = (pages: readonly (readonly string[])[]) => pages.map((page) => [...page].sort());
    expect(sorted(found.map((page) => page.filter((line) => !marks.includes(line))))).toEqual(sorted(furniture(id)));
    expect(found.flat().filter((line) => marks.includes(line))).toEqual(marks);
  });

  test.each(slips[id])("keeps »%s«", (slip) => {
    const has = (texts: readonly string[]) => texts.some((text) => text.includes(slip));
    expect(has(lines(seedBlocks(pairOf(id).seed), agreed)), "in the seed").toBe(true);
    expect(has(lines(pairOf(id).pdf.blocks, printed)), "in the PDF").toBe(true);
  });
});

/** Had the agreed text been another, the comparison would have told: that is what makes the tests above worth something. */
describe("the comparison tells when", () => {
  test.each(alterations)("$name", ({ id, alter, told, balance }) => {
    const altered = alter(pairOf(id).seed);
    expect(differencesFrom(altered, id).map((one) => one.replace(/page \d+, /, ""))).toEqual(told);
    expect(balanceFrom(altered, id)).toEqual(balance);
  });

  test("the form's own text is not as listed", () => {
    const id = "benchmarkingenheden-2022";
    const { seed, pdf } = pairOf(id);
    const [first, ...rest] = [...forms[id].front, ...contentsLines(id)];
    const blocks = seedBlocks(seed);
    expect(differences(blocks, pdf.blocks, rest)).toEqual([`not agreed, but printed (page 2, H2): H2 »${first}«`]);
    expect(differences(blocks, pdf.blocks, [first ?? "", ...rest, "Bilag"])).toEqual([
      "listed as the form's, but not printed: Bilag",
    ]);
  });
});
