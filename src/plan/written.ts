import * as z from "zod";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { FrontMatter, Path } from "./front-matter.ts";
import { keyAt } from "./known-keys.ts";
import { schemaDiagnostics } from "./locate.ts";
import { repaired, type StandIns } from "./repair.ts";

// To write code of its own for each schema pays for thousands of files; a run reads a few, and would wait for it.
z.config({ jitless: true });

/** Front matter held against its schema. */
export interface Written<T> {
  /** What was written, with stand-ins for what is missing or wrong; undefined where too little can be read. */
  readonly data: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The keys whose values are missing or wrong: what stands in for them says nothing about the file. */
  readonly faulty: ReadonlySet<string>;
  /** The ways to what is missing, wrong or unknown. */
  readonly faults: readonly Path[];
}

/** Holds front matter against a schema, and says everything there is to say about it. */
export function readWritten<T>(schema: z.ZodType<T>, standIns: StandIns, front: FrontMatter): Written<T> {
  const result = schema.safeParse(front.data);
  const issues = result.success ? [] : result.error.issues;
  return {
    data: result.success ? result.data : repaired(schema, standIns, front.data, issues),
    diagnostics: schemaDiagnostics(schema, issues, front),
    faulty: new Set(issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? [] : keyAt(schema, issue.path)))),
    faults: issues.map((issue) => issue.path),
  };
}
