import * as z from "zod";
import { flag, markdown, text } from "../../plan/schema.ts";
import { amount, percent } from "../schema.ts";

/** The front matter of `resultatloen.md` as people write it. */

const judged = z.strictObject({
  pct: percent.describe("Så mange procent af denne del er opnået."),
  begrundelse: markdown.describe("Begrundelsen (Markdown).").optional(),
});

const ground = z.union([z.literal("målopfyldelse"), judged]);

export const paySchema = z.strictObject({
  eksempel: flag.describe("ja, når tallene er opdigtede; det trykkes på hver side.").optional(),
  modtager: text.describe("Den, resultatlønnen gælder."),
  stilling: text.optional(),
  maksimum: amount.describe("Den højeste resultatløn, i kroner.").optional(),
  grundlag: z
    .record(text, ground)
    .describe("Hvert grundlag i planens resultatløn: »målopfyldelse«, når det regnes ud, ellers de vurderede procent."),
  skøn: judged.describe("Departementschefens samlede vurdering, når den afviger fra beregningen.").optional(),
});

/** Front matter that has passed the schema. */
export type WrittenPay = z.infer<typeof paySchema>;
