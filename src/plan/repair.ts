import type * as z from "zod";
import type { Path } from "./front-matter.ts";
import { valueAt } from "./locate.ts";

/**
 * Values that stand in for required ones that are missing or cannot be read, by the name of their key; »?« for all others.
 */
export type StandIns = Readonly<Record<string, unknown>>;

/**
 * Data that passes the schema, made from data that does not, so that the rest of a file can still be checked and all its
 * mistakes told at once; undefined where too little is left. What was repaired is never rendered.
 */
export function repaired<T>(
  schema: z.ZodType<T>,
  standIns: StandIns,
  data: unknown,
  issues: readonly z.core.$ZodIssue[],
): T | undefined {
  const copy: unknown = structuredClone(data);
  let open = issues;
  // Filling in one value may bring up the next (an object that was missing has keys of its own).
  for (let round = 0; round < 8; round++) {
    for (const issue of open) repair(copy, issue, standIns);
    const result = schema.safeParse(copy);
    if (result.success) return result.data;
    open = result.error.issues;
  }
  return undefined;
}

function repair(data: unknown, issue: z.core.$ZodIssue, standIns: StandIns): void {
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) remove(data, [...issue.path, key]);
  } else if (issue.code === "invalid_key" || valueAt(data, issue.path) !== undefined) {
    remove(data, issue.path);
  } else {
    put(data, issue.path, standIn(issue.path, standIns));
  }
}

function standIn(path: Path, standIns: StandIns): unknown {
  if (typeof path.at(-1) === "number")
    return ["en_af", "alle", "kriterier"].includes(String(path.at(-2))) ? { mindst: "1" } : {};
  return structuredClone(standIns[String(path.at(-1))] ?? "?");
}

// A list keeps its length, so that what comes after a faulty line is still found at its own place in the file.
function remove(data: unknown, path: Path): void {
  const parent = valueAt(data, path.slice(0, -1));
  const key = path.at(-1);
  if (Array.isArray(parent)) parent[Number(key)] = undefined;
  else if (typeof parent === "object" && parent !== null && key !== undefined)
    delete (parent as Record<PropertyKey, unknown>)[key];
}

function put(data: unknown, path: Path, value: unknown): void {
  const parent = valueAt(data, path.slice(0, -1));
  const key = path.at(-1);
  if (typeof parent === "object" && parent !== null && key !== undefined)
    (parent as Record<PropertyKey, unknown>)[key] = value;
}
