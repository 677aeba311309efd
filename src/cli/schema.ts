import type * as z from "zod";
import { frontMatterJsonSchema, planSchema } from "../plan/schema.ts";
import { paySchema } from "../results/pay/schema.ts";
import { resultsSchema } from "../results/schema.ts";

/** The files of a plan's folder, by their names without ending, and what their front matter is held against. */
const schemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ["plan", planSchema],
  ["resultater", resultsSchema],
  ["resultatloen", paySchema],
]);

/** The files whose front matter has a JSON Schema. */
export const schemaNames: readonly string[] = [...schemas.keys()];

/** The JSON Schema of a file's front matter, undefined where there is no such file. */
export function jsonSchemaOf(file: string): object | undefined {
  const schema = schemas.get(file);
  return schema && frontMatterJsonSchema(schema);
}
