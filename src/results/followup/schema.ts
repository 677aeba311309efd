import * as z from "zod";
import { date, decimal, flag, text, year } from "../../plan/schema.ts";

/**
 * The front matter of `opfoelgning-<runde>.md` as people write it: Danish keys, every value still text. What is not
 * required may stand empty, as in the file that `resultatplan new opfoelgning` writes.
 */

/** What is said of a goal during the year. */
export const statusWords = ["forventes opfyldt", "i risiko", "forventes ikke opfyldt", "opfyldt", "udgået"] as const;

/** What stands in place of a number that nobody has yet. */
export const NOT_YET = "foreligger ikke";

const status = z.enum(statusWords);
const openStatus = z.enum([...statusWords, ""]).optional();
const maybeText = z.string().meta({ mayBeEmpty: true }).optional();
const maybeDate = z.union([date, z.literal("")]).optional();

const told = {
  forventning: maybeText.describe("Hvad der ventes resten af året, hvorfor, og hvad der gøres ved det (Markdown)."),
  kommentar: maybeText.describe("Hvad der er sket indtil nu (Markdown)."),
};

const reached = maybeDate.describe("Den dag, det blev nået.");

const milestone = z.strictObject({
  status: openStatus.describe("Milepælens status, når den ikke er nået."),
  dato: reached,
  ...told,
});

const measured = {
  ...told,
  indtil_nu: z
    .union([z.string(), z.array(text).min(1)])
    .describe(
      `Tallet indtil nu, en dato, »ikke sket« eller »${NOT_YET}«; en liste, når kriteriets dele måles hver for sig.`,
    )
    .meta({ mayBeEmpty: true })
    .optional(),
  enhed: text.describe("Tallets enhed; skal være den, planen har.").optional(),
  dato: reached,
  referencer: z
    .record(text, z.union([decimal, z.literal("")]))
    .describe("De navngivne størrelser, tallet sammenlignes med, for eksempel Statens gennemsnit.")
    .optional(),
  tidligere: z
    .record(year, z.union([decimal, z.literal("")]))
    .describe("Resultater for tidligere år, som planen ikke har.")
    .optional(),
};

const partOfSubGoal = z.strictObject({ status: openStatus.describe("Delmålets status."), ...measured });
const subGoal = partOfSubGoal.extend({
  delmål: z.record(text, partOfSubGoal).describe("Delmålets egne dele, hver ved nummer eller titel.").optional(),
});

const goal = z.strictObject({
  status: status.describe("Hvordan det ventes at gå med målet."),
  ...measured,
  delmål: z.record(text, subGoal).describe("Delmålene, hvert ved nummer eller titel.").optional(),
  milepæle: z.record(text, milestone).describe("Milepælene, hver ved sit nummer.").optional(),
});

/** The front matter of a follow-up file. */
export const followUpSchema = z.strictObject({
  eksempel: flag.describe("ja, når oplysningerne er opdigtede; det trykkes på hver side.").optional(),
  titel: maybeText.describe("Dokumentets titel, hvor den ikke skal være rundens."),
  opgjort: maybeDate.describe("Den dag, tallene er opgjort; ellers rundens sidste dag."),
  mål: z.record(text, goal).describe("Målene, hvert under sit nummer."),
});

/** Front matter that has passed the schema. */
export type WrittenFollowUp = z.infer<typeof followUpSchema>;
export type WrittenMilestoneStatus = z.infer<typeof milestone>;
export type WrittenPartStatus = z.infer<typeof partOfSubGoal> & {
  readonly delmål?: Readonly<Record<string, WrittenPartStatus>> | undefined;
};
export type WrittenGoalStatus = z.infer<typeof goal>;
