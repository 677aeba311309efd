import { frontMatterJsonSchema, planSchema } from "../plan/schema.ts";
import { followUpSchema } from "../results/followup/schema.ts";
import { paySchema } from "../results/pay/schema.ts";
import { resultsSchema } from "../results/schema.ts";

/** What the front matter of a plan's files is held against, by their names without ending. */
const schemas = {
  plan: planSchema,
  opfoelgning: followUpSchema,
  resultater: resultsSchema,
  resultatloen: paySchema,
} as const;

/** The files whose front matter has a JSON Schema. */
export const schemaNames: readonly string[] = Object.keys(schemas);

/** The JSON Schema of a file's front matter, undefined where there is no such file. */
export function jsonSchemaOf(file: string): object | undefined {
  const schema = Object.entries(schemas).find(([name]) => name === file)?.[1];
  return schema && frontMatterJsonSchema(schema);
}
