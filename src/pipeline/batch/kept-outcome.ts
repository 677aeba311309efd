import { readFileSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { decodeSource } from "../../core/reading.ts";
import type { Source } from "../../core/source.ts";
import type { PlanOutcome, WrittenPdf } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";

/** What became of a plan, as it is kept on disk: without the texts that its diagnostics are about. */
export interface KeptOutcome {
  readonly diagnostics: readonly KeptDiagnostic[];
  readonly written: readonly WrittenPdf[];
}

interface KeptDiagnostic extends Omit<Diagnostic, "span"> {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/**
 * An outcome as it can be kept; undefined for one that cannot: with a failure, which may be the machine's, or with a
 * diagnostic about something else than a file's own text.
 */
export function keepOutcome({ diagnostics, written, failure }: PlanOutcome): KeptOutcome | undefined {
  if (failure) return undefined;
  const sources = new Map<string, Source | undefined>();
  const kept: KeptDiagnostic[] = [];
  for (const { span, ...rest } of diagnostics) {
    const { path, text } = span.source;
    if (sourceAt(path, sources)?.text !== text) return undefined;
    kept.push({ ...rest, path, start: span.start, end: span.end });
  }
  return { diagnostics: kept, written };
}

/** A kept outcome as it was, for the plan whose files are unchanged. Undefined when a text has gone meanwhile. */
export function outcomeAgain(plan: PlanFile, kept: KeptOutcome): PlanOutcome | undefined {
  const sources = new Map<string, Source | undefined>();
  const diagnostics: Diagnostic[] = [];
  for (const { path, start, end, ...rest } of kept.diagnostics) {
    const source = sourceAt(path, sources);
    if (!source) return undefined;
    diagnostics.push({ ...rest, span: source.span(start, end) });
  }
  const written = kept.written.map((document) => ({ ...document, milliseconds: 0, unchanged: true }));
  return { plan, diagnostics, written, failure: undefined, milliseconds: 0 };
}

function sourceAt(path: string, known: Map<string, Source | undefined>): Source | undefined {
  if (!known.has(path)) known.set(path, readSource(path));
  return known.get(path);
}

function readSource(path: string): Source | undefined {
  try {
    return decodeSource(path, readFileSync(path)).value;
  } catch {
    return undefined;
  }
}
