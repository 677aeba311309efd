import type { Span } from "./source.ts";

/** How grave a diagnostic is: an error stops the document, a warning is legal but suspicious, a note is for information. */
export type Severity = "error" | "warning" | "note";

/** One thing to tell the author of a file, at the place where it is. Texts are Danish, codes are stable. */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable Danish name of the rule, for example `ukendt-nøgle`. */
  readonly code: string;
  /** What is wrong, as a fact. */
  readonly message: string;
  /** What the author can do about it. */
  readonly hint?: string;
  readonly span: Span;
}

/** What a stage returns: its value, unless there are errors, and everything it has to say to the author. */
export interface Checked<T> {
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes an error. */
export function error(code: string, span: Span, message: string, hint?: string): Diagnostic {
  return diagnostic("error", code, span, message, hint);
}

/** Makes a warning. */
export function warning(code: string, span: Span, message: string, hint?: string): Diagnostic {
  return diagnostic("warning", code, span, message, hint);
}

/** Makes a note. */
export function note(code: string, span: Span, message: string, hint?: string): Diagnostic {
  return diagnostic("note", code, span, message, hint);
}

/** True when at least one diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.severity === "error");
}

/** A value with its diagnostics; the value is withheld when one of them is an error. */
export function checked<T>(value: T | undefined, diagnostics: readonly Diagnostic[]): Checked<T> {
  return { value: hasErrors(diagnostics) ? undefined : value, diagnostics };
}

/** How much is said about one file: nobody mends more at a time, and the rest may follow from it. */
const MANY = 200;

const rank: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

/**
 * Diagnostics in reading order: by place in the file, errors before warnings at the same place. Of very many, the
 * gravest are kept, and a note says that there are more.
 */
export function inReadingOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const gravest = diagnostics.length > MANY ? [...diagnostics].sort(byGravity).slice(0, MANY) : [...diagnostics];
  const ordered = gravest.sort(byPlace);
  const last = ordered.at(-1);
  const more = diagnostics.length > gravest.length;
  return last && more ? [...ordered, note("flere", last.span, "Der er flere end disse; ret dem først.")] : ordered;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  // Of two files, that of the plan comes before that of its results.
  const [first, second] = [a.span.source.path, b.span.source.path];
  if (first !== second) return first < second ? -1 : 1;
  return a.span.start - b.span.start || rank[a.severity] - rank[b.severity] || a.code.localeCompare(b.code);
}

function byGravity(a: Diagnostic, b: Diagnostic): number {
  return rank[a.severity] - rank[b.severity] || byPlace(a, b);
}

function diagnostic(severity: Severity, code: string, span: Span, message: string, hint?: string): Diagnostic {
  return hint === undefined ? { severity, code, span, message } : { severity, code, span, message, hint };
}
