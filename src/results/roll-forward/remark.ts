import type { Diagnostic } from "../../core/diagnostic.ts";
import { note, warning } from "../../core/diagnostic.ts";
import type { Landmark } from "../../core/rewrite.ts";
import type { Span } from "../../core/source.ts";

/** Something to be said about a place in next year's plan. */
export interface Remark {
  /** `changed`: the program has changed it; `open`: a person must look at it, whether or not it was changed. */
  readonly kind: "changed" | "open";
  readonly code: string;
  readonly at: Landmark;
  readonly message: string;
  readonly hint?: string;
}

/** All remarks, by place: what must be looked at is a warning, what was only moved a note. */
export function asDiagnostics(remarks: readonly Remark[], spanOf: (landmark: Landmark) => Span): Diagnostic[] {
  return remarks
    .map(({ kind, code, at, message, hint }) => (kind === "open" ? warning : note)(code, spanOf(at), message, hint))
    .sort((a, b) => a.span.start - b.span.start);
}
