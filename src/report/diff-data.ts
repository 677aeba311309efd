import type { FieldDifference, PartDifference } from "../compare/compare.ts";
import type { Span } from "../core/source.ts";
import { type Version, type VersionComparison, versionHash } from "../pipeline/compare/diff.ts";
import { DATA_VERSION, diagnosticAsData } from "./data.ts";

/** A comparison as plain data for `--json`. */
export function comparisonAsData(comparison: VersionComparison, exitCode: number, written: readonly string[]): object {
  const { before, after, parts, text, layout, pictures } = comparison;
  return {
    version: DATA_VERSION,
    exitCode,
    before: versionAsData(before),
    after: versionAsData(after),
    same: versionHash(before) === versionHash(after) && pictures.length === 0,
    layoutOnly: layout !== undefined,
    parts: parts?.map(partAsData) ?? null,
    text: text ? fieldAsData(text) : null,
    pictures,
    written,
  };
}

function versionAsData(version: Version): object {
  return {
    name: version.name,
    sha256: versionHash(version),
    diagnostics: version.diagnostics.map(diagnosticAsData),
  };
}

function partAsData({ part, kind, key, name, was, moved, fields, span }: PartDifference): object {
  return { part, kind, key, name, was: was ?? null, moved, ...placeOf(span), fields: fields.map(fieldAsData) };
}

function fieldAsData({ kind, label, runs, changes }: FieldDifference): object {
  return {
    kind,
    label,
    runs: runs.map(({ kind: run, text }) => ({ kind: run, text })),
    changes: changes.map(({ before, after, span }) => ({ before, after, ...placeOf(span) })),
  };
}

function placeOf({ source, start }: Span): object {
  return source.place(start);
}
