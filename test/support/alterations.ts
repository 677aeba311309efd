import type { SeedPlanId } from "./plans.ts";
import type { WordBalance } from "./words.ts";

/** An agreed text that is not quite what was printed, and what the comparison must say of it. */
export interface Alteration {
  readonly name: string;
  readonly id: SeedPlanId;
  readonly alter: (seed: string) => string;
  /** Without the pages, which are the form's affair. */
  readonly told: readonly string[];
  readonly balance: WordBalance;
}

const even: WordBalance = { missing: {}, extra: {} };

/** Puts one place of a text otherwise; the place must be there. */
function changed(seed: string, from: string | RegExp, to: string): string {
  const altered = seed.replace(from, to);
  if (altered === seed) throw new Error(`Nothing to alter: ${from}`);
  return altered;
}

/** Trades two passages, of which the first stands before the second. */
function traded(seed: string, first: string, second: string): string {
  const start = seed.indexOf(first);
  const between = start + first.length;
  const end = seed.indexOf(second, between);
  if (start === -1 || end === -1) throw new Error(`Nothing to trade: ${first}, ${second}`);
  return seed.slice(0, start) + second + seed.slice(between, end) + first + seed.slice(end + second.length);
}

export const alterations: readonly Alteration[] = [
  {
    name: "a word is another",
    id: "benchmarkingenheden-2018",
    alter: (seed) => changed(seed, "persondata skærpet.", "persondata skærpede."),
    told: [
      "changed (P): after »til behandlingen af persondata« agreed »skærpede. Derfor skal«, printed »skærpet. Derfor skal«",
    ],
    balance: { missing: { "skærpede.": 1 }, extra: { "skærpet.": 1 } },
  },
  {
    name: "a typing error is mended",
    id: "benchmarkingenheden-2018",
    alter: (seed) => changed(seed, "Økonomi - og", "Økonomi- og"),
    told: [
      "changed (P): after »Departementschef Sophus Garfiel« agreed »Økonomi- og Indenrigsministeriet«, printed »Økonomi - og«",
    ],
    balance: { missing: { "Økonomi-": 1 }, extra: { Økonomi: 1, "-": 1 } },
  },
  {
    name: "a word is there twice",
    id: "benchmarkingenheden-2022",
    alter: (seed) => changed(seed, "følges op af", "følges op op af"),
    told: ["changed (P): after »at strategiarbejdet følges op« agreed »op af en«, printed »af en aktiv«"],
    balance: { missing: { op: 1 }, extra: {} },
  },
  {
    name: "two words are traded",
    id: "benchmarkingenheden-2022",
    alter: (seed) => changed(seed, "væsentlige afvigelser i", "afvigelser væsentlige i"),
    told: [
      "changed (P): after »chefen at rapportere eventuelle« agreed »afvigelser væsentlige i«, printed »væsentlige afvigelser i«",
    ],
    balance: even,
  },
  {
    name: "two cells of a row are traded",
    id: "benchmarkingenheden-2022",
    alter: (seed) => changed(seed, "Resultat\t0,7\t0,5", "Resultat\t0,5\t0,7"),
    told: [
      "changed (table, row 3, 2019): after »(the beginning)« agreed »0,5«, printed »0,7«",
      "changed (table, row 3, 2020): after »(the beginning)« agreed »0,7«, printed »0,5«",
    ],
    balance: even,
  },
  {
    name: "two paragraphs are traded",
    id: "benchmarkingenheden-2018",
    alter: (seed) => traded(seed, "Strategi\n", "Benchmarkingenheden skal:\n"),
    told: ["not agreed, but printed (H5): H5 »Strategi«", "agreed, but not printed: text »Strategi«"],
    balance: even,
  },
  {
    name: "a paragraph is not there",
    id: "benchmarkingenheden-2018",
    alter: (seed) => changed(seed, "Oslo d. 27.11.2017\n", "\n"),
    told: ["not agreed, but printed (P): P »Oslo d. 27.11.2017«"],
    balance: { missing: {}, extra: { Oslo: 1, "d.": 1, "27.11.2017": 1 } },
  },
  {
    name: "a paragraph more is there",
    id: "benchmarkingenheden-2018",
    alter: (seed) => changed(seed, "RESULTATMÅL\n", "RESULTATMÅL\n\nMålene er aftalt.\n"),
    told: ["agreed, but not printed: text »Målene er aftalt.«"],
    balance: { missing: { Målene: 1, er: 1, "aftalt.": 1 }, extra: {} },
  },
  {
    name: "words are in another column of a goal",
    id: "nationalt-center-for-etik-2024",
    alter: (seed) => traded(seed, "Bedre økonomisk ", "institutionerne ikke overstiger +- "),
    told: [
      "changed (table, row 2, Mål): after »(the beginning)« agreed »institutionerne ikke overstiger«, printed »Bedre økonomisk styring«",
      "changed (table, row 2, Målepunkt): after »resultat i grundbudgettet for« agreed »Bedre økonomisk 5,0«, printed »institutionerne ikke overstiger«",
    ],
    balance: even,
  },
  {
    name: "a dash in a cell is not there",
    id: "nationalt-center-for-etik-2024",
    alter: (seed) => changed(seed, /^- $/m, " "),
    told: ["changed (table, row 2, Bemærkninger): agreed »«, printed »-«"],
    balance: { missing: {}, extra: { "-": 1 } },
  },
  {
    name: "an empty cell has a dash",
    id: "nationalt-center-for-etik-2024",
    alter: (seed) => changed(seed, /Bemærkninger \n(?= 4\. Aftale)/, "Bemærkninger \n\n- \n"),
    told: ["changed (table, row 2, Bemærkninger): agreed »-«, printed »«"],
    balance: { missing: { "-": 1 }, extra: {} },
  },
  {
    name: "an item is none",
    id: "nationalt-center-for-etik-2024",
    alter: (seed) => changed(seed, "• Indflydelse på arbejdet", "Indflydelse på arbejdet"),
    told: [
      "changed (table, row 2, Målepunkt): after »Tillid til ledelsen« agreed »Indflydelse på arbejdet«, printed »(the end)«",
    ],
    balance: even,
  },
  {
    name: "a hyphen within a line is not there",
    id: "nationalt-center-for-etik-2024",
    alter: (seed) => changed(seed, "ALT-evalueringen", "ALTevalueringen"),
    told: [
      "changed (table, row 2, Målepunkt): after »af følgende målepunkter i« agreed »ALTevalueringen 2024 sammenlignet«, printed »ALT-evalueringen 2024 sammenlignet«",
    ],
    balance: { missing: { ALTevalueringen: 1 }, extra: { "ALT-evalueringen": 1 } },
  },
  {
    name: "a capital is another",
    id: "benchmarkingenheden-2024",
    alter: (seed) => changed(seed, /^Styring $/m, "styring "),
    told: ["changed (table, row 2, Titel): after »Økonomisk« agreed »styring«, printed »Styring«"],
    balance: { missing: { styring: 1 }, extra: { Styring: 1 } },
  },
  {
    name: "quotation marks are others",
    id: "benchmarkingenheden-2024",
    alter: (seed) => changed(seed, "”ikke opfyldt”", '"ikke opfyldt"'),
    told: [
      'changed (LI): after »”opfyldt”, ”delvist opfyldt” eller« agreed »"ikke opfyldt" (konkret«, printed »”ikke opfyldt” (konkret«',
    ],
    balance: { missing: { '"ikke': 1, 'opfyldt"': 1 }, extra: { "”ikke": 1, "opfyldt”": 1 } },
  },
];
