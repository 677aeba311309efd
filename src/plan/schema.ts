import * as z from "zod";
import { findDanishDate, isoDate, parseIsoDate } from "../core/date.ts";
import { parseDecimal, parsePart } from "../core/decimal.ts";
import { parseDeadlineRule } from "./deadline-rule.ts";

/**
 * Front matter as people write it: Danish keys, every value still text. `resolve.ts` turns it into a `Plan`, and from
 * there on the code has its own words; the keys come back only where people are told of them. The descriptions become the help that editors show, through the
 * JSON Schema in `docs/plan.schema.json`.
 */

/** Markdown, in which placeholders are filled in. */
export const markdown = z.string().refine((value) => value.trim() !== "", { error: "må ikke være tom" });
const maybeEmptyMarkdown = z.string().meta({ mayBeEmpty: true });

/** Words that are printed as they stand. */
const verbatim = z.string().refine((value) => !value.includes("{{"), {
  error: "kan ikke have pladsholdere",
  params: { hint: "Skriv ordene ud. Pladsholdere kan stå i planens tekst og i målenes." },
});
export const text = verbatim.refine((value) => value.trim() !== "", { error: "må ikke være tom" });

export const date = z.string().superRefine((value, context) => {
  if (!parseIsoDate(value)) context.addIssue(noDate(value));
});

/** A date, or a rule that gives one. */
const deadline = z.string().superRefine((value, context) => {
  if (parseDeadlineRule(value)) return;
  const issue = noDate(value);
  const rule = "Skriv en dato, eller en regel som »14 dage efter 2. kvartal« eller »15. marts året efter«.";
  context.addIssue(issue.params ? issue : { ...issue, params: { hint: rule } });
});

function noDate(value: string) {
  const meant = findDanishDate(value);
  return {
    code: "custom" as const,
    message: /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? "er en dag, der ikke findes i kalenderen"
      : "skal være en dato som 2022-12-31",
    ...(meant && { params: { hint: `Skriv ${isoDate(meant)}.` } }),
  };
}

export const decimal = z
  .string()
  .refine((value) => parseDecimal(value) !== undefined, { error: "skal være et tal, for eksempel 12,5" });

const notNegative = decimal.refine((value) => (parseDecimal(value)?.compare(0) ?? 0) >= 0, {
  error: "må ikke være mindre end 0",
});

const reduction = decimal.refine(
  (value) => {
    const number = parseDecimal(value);
    return !number || (number.compare(0) > 0 && number.compare(100) <= 0);
  },
  { error: "skal være større end 0 og højst 100" },
);

const count = z
  .string()
  .refine((value) => /^[1-9]\d{0,2}$/.test(value), { error: "skal være et helt tal fra 1 til 999" });

export const year = z.string().refine((value) => /^\d{4}$/.test(value), {
  error: "er ikke et årstal med fire cifre",
});

export const flag = z.enum(["ja", "nej", "true", "false"]);

const part = z
  .string()
  .refine((value) => /^\d{1,3}\/[1-9]\d{0,2}$/.test(value), { error: "skal være en brøk, for eksempel 3/4" });

const creditPart = part.refine((value) => (parsePart(value)?.compare(1) ?? 0) < 0 && !/^0+\//.test(value), {
  error: "skal være større end 0 og mindre end 1",
});

const perYear = z.record(year, verbatim.meta({ mayBeEmpty: true }));

const criterion = z
  .strictObject({
    afvigelse_højst: notNegative.describe("Resultatet må højst afvige så meget fra 0, opad eller nedad.").optional(),
    højst: decimal.describe("Resultatet må højst være så stort.").optional(),
    mindst: decimal.describe("Resultatet skal mindst være så stort.").optional(),
    antal_mindst: count.describe("Antallet skal mindst være så stort.").optional(),
    senest: date.describe("Det skal være sket senest denne dag.").optional(),
    højst_reference: text
      .describe("Resultatet må højst være så stort som en navngiven størrelse, for eksempel statens gennemsnit.")
      .optional(),
    mindst_reference: text.describe("Resultatet skal mindst være så stort som en navngiven størrelse.").optional(),
    fald: z
      .strictObject({ pct: reduction.describe("Så mange procent."), fra: year.describe("Året, der sammenlignes med.") })
      .describe("Resultatet skal være mindst så mange procent lavere end i et tidligere år.")
      .optional(),
    get en_af() {
      return z.array(criterion).min(2).describe("Mindst ét af kriterierne skal være opfyldt.").optional();
    },
    get alle() {
      return z.array(criterion).min(2).describe("Alle kriterierne skal være opfyldt.").optional();
    },
    get mindst_antal_af() {
      return z
        .strictObject({ antal: count, kriterier: z.array(criterion).min(2) })
        .refine(({ antal, kriterier }) => Number(antal) <= kriterier.length, {
          error: "har et antal, der er større end antallet af kriterier",
        })
        .describe("Mindst så mange af kriterierne skal være opfyldt.")
        .optional();
    },
  })
  .superRefine((value, context) => {
    const given = Object.keys(value);
    if (given.length !== 1)
      context.addIssue({
        code: "custom",
        message: "skal have netop ét kriterium; flere samles under »alle« eller »en_af«",
      });
  })
  .describe("Hvornår tallene siger, at målet er nået.");

const measure = {
  enhed: text.describe("Enheden for tallene, som den skal stå i tabellens hjørne, for eksempel mio. kr.").optional(),
  kriterium: criterion.optional(),
  måltal: perYear.describe("Måltal for hvert år, som de skal stå i tabellen.").optional(),
  resultat: perYear
    .describe("Resultat for hvert år; en bindestreg i anførselstegn, hvor der endnu ikke er et.")
    .optional(),
  anmærkning: markdown.describe("Anm. under tabellen.").optional(),
  kilde: markdown.describe("Kilde under tabellen.").optional(),
};

const rule = z
  .strictObject({ mindst: count.describe("Så mange af delmålene skal være opfyldt.") })
  .describe(
    "Hvor mange delmål der skal være opfyldt, for at målet er det; uden denne oplysning gælder planens almindelige regel: alle.",
  );

const scale = z
  .strictObject({
    opfyldt: markdown.describe("Opfyldt, hvis …").optional(),
    delvist: markdown.describe("Delvist opfyldt, hvis …").optional(),
    ikke: markdown.describe("Ikke opfyldt, hvis …").optional(),
    antal_opfyldt: count.describe("Målet er opfyldt, når mindst så mange milepæle er nået.").optional(),
    antal_delvist: count.describe("Målet er delvist opfyldt, når mindst så mange milepæle er nået.").optional(),
  })
  .describe("Målets egen skala i ord.");

const milestone = z.strictObject({
  nr: text.optional(),
  tekst: markdown,
  frist: date.optional(),
  point: notNegative.optional(),
});

const task = z.strictObject({
  tekst: markdown.describe("Opgaven (Markdown på én linje)."),
  frist: date.optional(),
  ansvarlig: text.optional(),
});

const continues = text
  .describe("Det mål eller delmål i den tidligere plan, som dette fortsætter, hvor nummer eller titel er ændret.")
  .optional();

const partOfSubGoal = z.strictObject({
  nr: text.describe("Delmålets bogstav eller nummer.").optional(),
  titel: markdown.optional(),
  tekst: markdown.describe("Delmålets ordlyd (Markdown).").optional(),
  point: notNegative.optional(),
  krav: rule.optional(),
  fortsætter: continues,
  ...measure,
});

// Mål, resultatkrav and delkrav: no plan has been seen that goes deeper.
const subGoal = partOfSubGoal.extend({
  delmål: z.array(partOfSubGoal).min(1).describe("Delkrav under delmålet.").optional(),
});

const goal = z.strictObject({
  nr: text.describe("Målets nummer, som det skal stå: 1, 2.1 …"),
  titel: markdown,
  overskrift: markdown.describe("Hele overskriften, hvor den afviger fra formens egen.").optional(),
  rammeoverskrift: markdown.describe("Overskriften i målets ramme, hvor formen har en.").optional(),
  mål: markdown.describe("Målets ordlyd (Markdown).").optional(),
  målepunkt: markdown.describe("Hvordan det ses, at målet er nået (Markdown).").optional(),
  bemærkninger: maybeEmptyMarkdown
    .describe('Bemærkninger (Markdown). En tom rubrik og en med "-" er ikke det samme.')
    .optional(),
  tæller: flag.describe("nej, når målet ikke indgår i målopfyldelsen (initiativmål).").optional(),
  vægt: notNegative.describe("Målets vægt i procent.").optional(),
  point: notNegative.describe("Målets point.").optional(),
  krav: rule.optional(),
  skala: scale.optional(),
  frist: date.describe("Den dag, målet senest skal være nået.").optional(),
  ansvarlig: text.optional(),
  strategi: text
    .describe(
      "Den strategi eller det pejlemærke, som målet bygger på: en nøgle fra planens »strategi«, når den har en.",
    )
    .optional(),
  fortsætter: continues,
  ...measure,
  delmål: z.array(subGoal).min(1).optional(),
  milepæle: z.array(milestone).min(1).optional(),
  opgaver: z.array(task).min(1).describe("Arbejdsprogrammets opgaver under målet; de står kun i figuren.").optional(),
});

const key = z.string().regex(/^[\p{L}\p{N}_-]+$/u, { error: "må kun bestå af bogstaver, tal, - og _" });

const strategyPoint = z.strictObject({
  nøgle: key.describe("Kort navn, som målene henviser til."),
  tekst: markdown.describe("Pejlemærket (Markdown på én linje)."),
});

const goalGroup = z.strictObject({
  nøgle: key.describe("Kort navn, som :::mål kan henvise til."),
  navn: text.describe("Gruppens navn, for eksempel Koncernfælles mål."),
  mål: z.array(goal).min(1).optional(),
  get grupper() {
    return z.array(goalGroup).min(1).optional();
  },
});

const signatory = z.strictObject({
  navn: text,
  stilling: text,
  organisation: text.optional(),
  sted: text.optional(),
  dato: date.describe("Underskriftens dato; udelades, når den er åben.").optional(),
  datolinje: text.describe("Sted og dato, som de skal stå, hvor de afviger fra formens egen måde.").optional(),
});

const seal = z.strictObject({
  organisation: text.describe("Den, der sætter seglet, som navnet står i dens certifikat."),
});

const followUp = z.strictObject({
  navn: text.describe("Opfølgningens navn, for eksempel 2. kvartal."),
  frist: deadline.describe("En dato eller en regel: 14 dage efter 2. kvartal, 15. marts året efter.").optional(),
  hverdag: z
    .enum(["næste", "forrige", "uændret"])
    .describe("Hvad der sker, når fristen falder på en fridag; uden oplysningen er den uændret.")
    .optional(),
});

/** The front matter of `plan.md`. */
export const planSchema = z.strictObject({
  skabelon: text.describe("Formen: navnet på en mappe under templates/."),
  titel: text.describe("Dokumentets titel."),
  institution: z.strictObject({
    navn: text.describe("Institutionens fulde navn."),
    kort: text.describe("Det korte navn.").optional(),
    cvr: z
      .string()
      .regex(/^\d{8}$/, { error: "skal være otte cifre" })
      .optional(),
  }),
  ministerium: text,
  sagsnummer: text.optional(),
  tilstand: z
    .enum(["udkast", "til underskrift"])
    .describe("udkast giver et vandmærke på hver side; uden oplysningen er planen til underskrift.")
    .optional(),
  historik: text
    .describe("Den tidligere plans id; dens resultater fylder de år i tabellerne, der ikke er skrevet.")
    .optional(),
  periode: z.strictObject({ fra: date, til: date }).describe("Den periode, planen gælder for."),
  opgørelse: z
    .strictObject({
      metode: z
        .enum(["binær", "tretrin", "vægtet", "point", "milepæle", "manuel"])
        .describe("Hvordan målopfyldelsen gøres op."),
      point_i_alt: decimal.describe("Det, målenes point tilsammen skal give.").optional(),
      delvist_tæller: creditPart
        .describe("Så stor en del af sin andel tæller et mål, der er delvist opfyldt, for eksempel 1/2.")
        .optional(),
    })
    .describe("Hvordan målopfyldelsen gøres op."),
  resultatløn: z
    .record(text, part)
    .describe("Hvor stor en del af resultatlønnen hvert grundlag bestemmer, i brøker, der tilsammen giver 1.")
    .optional(),
  opfølgning: z.array(followUp).min(1).describe("De aftalte opfølgninger i årets løb og i årsrapporten.").optional(),
  råd: z
    .strictObject({ slået_fra: z.array(text).min(1).describe("De råd, der er slået fra i denne plan.") })
    .describe("Valg om de råd, som »resultatplan check« giver.")
    .optional(),
  strategi: z
    .array(strategyPoint)
    .min(1)
    .describe("Pejlemærkerne i institutionens strategi, som målene henviser til.")
    .optional(),
  mål: z.array(goal).min(1).describe("Målene, når de ikke er delt i grupper.").optional(),
  grupper: z.array(goalGroup).min(1).describe("Målene i grupper; numrene kan begynde forfra i hver.").optional(),
  underskrivere: z.array(signatory).min(1).describe("De, der skriver under, i den rækkefølge de skal stå."),
  segl: z.array(seal).min(1).describe("De organisationer, der sætter deres segl, efter underskrifterne.").optional(),
});

/** Front matter that has passed the schema. */
export type WrittenPlan = z.infer<typeof planSchema>;
export type WrittenGoal = z.infer<typeof goal>;
export type WrittenSubGoal = z.infer<typeof partOfSubGoal> & Pick<z.infer<typeof subGoal>, "delmål">;
export type WrittenGoalGroup = z.infer<typeof goalGroup>;
export type WrittenCriterion = z.infer<typeof criterion>;

/** The JSON Schema of a file's front matter, for completion in editors. */
export function frontMatterJsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    override: ({ jsonSchema }) => {
      // Editors read 1.1 as a number and ja as a word; our reader takes every scalar as the text that was typed.
      if (jsonSchema.type === "string" && !jsonSchema.enum) {
        const empty = jsonSchema.mayBeEmpty ? ["null"] : [];
        Object.assign(jsonSchema, { type: ["string", "number", ...empty] });
        delete jsonSchema.mayBeEmpty;
      }
      if (jsonSchema.enum?.includes("true"))
        Object.assign(jsonSchema, { type: undefined, enum: [...new Set([...jsonSchema.enum, true, false])] });
    },
  });
}
