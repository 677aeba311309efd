import * as z from "zod";
import type { Path } from "./front-matter.ts";

/** The keys that the schema knows at a path, for suggestions. */
export function knownKeys(schema: z.core.$ZodType, path: Path): string[] {
  const found = schemaAt(schema, path);
  const plain = found && unwrapped(found);
  return plain instanceof z.ZodObject ? Object.keys(plain.shape) : [];
}

/** Whether a file may do without the value at a path. */
export function isOptional(schema: z.core.$ZodType, path: Path): boolean {
  return schemaAt(schema, path) instanceof z.ZodOptional;
}

/** The innermost key of the schema on a path: names that the author chooses, as years are, lie under one. */
export function keyAt(schema: z.core.$ZodType, path: Path): string[] {
  const length = path.findLastIndex((key, index) => knownKeys(schema, path.slice(0, index)).includes(String(key)));
  return length === -1 ? [] : [String(path[length])];
}

function schemaAt(root: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  let schema: z.core.$ZodType | undefined = root;
  for (const part of path) {
    schema = schema && unwrapped(schema);
    if (schema instanceof z.ZodArray && typeof part === "number") schema = schema.element;
    else if (schema instanceof z.ZodObject) schema = schema.shape[String(part)];
    else if (schema instanceof z.ZodRecord) schema = schema.valueType;
    else return undefined;
  }
  return schema;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}
