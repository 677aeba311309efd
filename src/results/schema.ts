import * as z from "zod";
import { parseDecimal } from "../core/decimal.ts";
import { date, decimal, flag, markdown, text, year } from "../plan/schema.ts";

/**
 * The front matter of `resultater.md` as people write it: Danish keys, every value still text. `resolve.ts` turns it
 * into `Results`.
 */

const statement = z
  .enum(["opfyldt", "delvist opfyldt", "ikke opfyldt", "udgået"])
  .describe("Målets opfyldelse, hvor et menneske vurderer den.");

const grounds = markdown.describe("Begrundelsen for vurderingen (Markdown).").optional();

const milestone = z.strictObject({
  vurdering: statement.optional(),
  dato: date.describe("Den dag, milepælen blev nået.").optional(),
  begrundelse: grounds,
});

const measured = {
  vurdering: statement.optional(),
  begrundelse: grounds,
  opnået: markdown.describe("Det opnåede resultat, som det skal stå i oversigten (Markdown).").optional(),
  resultat: z
    .union([text, z.array(text).min(1)])
    .describe("Det målte: et tal, en dato eller »ikke sket«; en liste, når kriteriets dele måles hver for sig.")
    .optional(),
  enhed: text.describe("Tallets enhed; skal være den, planen har.").optional(),
  dato: date.describe("Den dag, målet blev nået.").optional(),
  referencer: z
    .record(text, decimal)
    .describe("De navngivne størrelser, resultatet sammenlignes med, for eksempel Statens gennemsnit.")
    .optional(),
  tidligere: z.record(year, decimal).describe("Resultater for tidligere år, som planen ikke har.").optional(),
  point: decimal.describe("De opnåede point, hvor de er vurderet.").optional(),
};

const partOfSubGoal = z.strictObject(measured);
const subGoal = partOfSubGoal.extend({
  delmål: z.record(text, partOfSubGoal).describe("Delmålets egne dele, hver ved nummer eller titel.").optional(),
});

const goal = z.strictObject({
  ...measured,
  delmål: z.record(text, subGoal).describe("Delmålene, hvert ved nummer eller titel.").optional(),
  milepæle: z.record(text, milestone).describe("Milepælene, hver ved sit nummer.").optional(),
});

const change = z.strictObject({
  dato: date.describe("Den dag, ændringen blev aftalt.").optional(),
  mål: text.describe("Det mål, ændringen gælder.").optional(),
  ændrer: z
    .array(text)
    .min(1)
    .describe("Det i plan.md, som ændringen har rettet, siden planen blev underskrevet, for eksempel frist.")
    .optional(),
  tekst: markdown.describe("Ændringen (Markdown)."),
});

const ordinal = z
  .string()
  .refine((value) => /^[1-9]\d{0,2}$/.test(value), { error: "skal være et helt tal fra 1 til 999" });

/** Kroner, not negative. */
export const amount = z.string().refine((value) => (parseDecimal(value)?.compare(0) ?? -1) >= 0, {
  error: "skal være et beløb i kroner, for eksempel 100.000",
});

/** Per cent, from 0 to 100. */
export const percent = z.string().refine(
  (value) => {
    const number = parseDecimal(value);
    return number !== undefined && number.compare(0) >= 0 && number.compare(100) <= 0;
  },
  { error: "skal være et tal fra 0 til 100, uden »pct.«" },
);

const report = z.strictObject({
  år: year.describe("Årsrapportens år; ellers det sidste år i planens periode.").optional(),
  udgave: year.describe("Vejledningens udgave, ved det første år, den gælder for.").optional(),
  afsnit: z
    .string()
    .regex(/^(?:\d{1,2}(?:\.\d{1,2})*|ingen)$/, {
      error: "skal være et afsnitsnummer, for eksempel 2.4, eller »ingen«",
    })
    .describe("Målrapporteringens nummer i årsrapporten, eller »ingen«.")
    .optional(),
  ordlyd: text.describe("Navnet på et sæt overskrifter.").optional(),
  overskrift: text.describe("Hele overskriften, hvor den ikke skal være ordlydens.").optional(),
  del_1: text.describe("Overskriften på 1. del.").optional(),
  del_2: text.describe("Overskriften på 2. del.").optional(),
  første_tabel: ordinal.describe("Nummeret på den første tabel.").optional(),
  første_figur: ordinal.describe("Nummeret på den første figur.").optional(),
});

/** The front matter of `resultater.md`. */
export const resultsSchema = z.strictObject({
  eksempel: flag.describe("ja, når resultaterne er opdigtede; det trykkes på hver side.").optional(),
  årsrapport: report.describe("Hvordan målrapporteringen skal se ud.").optional(),
  ændringer: z.array(change).min(1).describe("Ændringer af planen, som er aftalt i årets løb.").optional(),
  samlet: z
    .strictObject({ pct: percent, begrundelse: markdown })
    .describe("Den samlede målopfyldelse i procent, hvor planens metode er »manuel«.")
    .optional(),
  mål: z.record(text, goal).describe("Resultaterne, hvert under sit måls nummer."),
});

/** Front matter that has passed the schema. */
export type WrittenResults = z.infer<typeof resultsSchema>;
export type WrittenResult = z.infer<typeof goal>;
export type WrittenPartResult = z.infer<typeof partOfSubGoal> & {
  readonly delmål?: Readonly<Record<string, WrittenPartResult>> | undefined;
};
export type WrittenMilestone = z.infer<typeof milestone>;
