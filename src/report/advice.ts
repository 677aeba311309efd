import type { PlanAdvice } from "../plan/advice/advice.ts";
import { pointer } from "./frame.ts";
import type { Paint } from "./paint.ts";

/** What a plan's advice is said under. */
const TITLE = "Råd om målene efter Finansministeriets vejledning (docs/raad.md). De er ikke fejl.";
const AGREED = "Planen er underskrevet; rådene er til den næste.";

/**
 * The advice on a plan, each piece with its line, the reason and a better wording. The reason of a rule is told where it
 * first speaks.
 */
export function adviceRemarks({ given, agreed, off }: PlanAdvice, paint: Paint): string[] {
  const told = new Set<string>();
  const pieces = given.map(({ rule, span, message, reason, better }) => {
    const { line, column } = span.source.place(span.start);
    const below = told.size === told.add(rule).size ? [] : [`Hvorfor: ${reason}`];
    return [
      `${span.source.path}:${line}:${column}: ${paint("green", "råd")}: ${message} ${paint("dim", `[${rule}]`)}`,
      ...pointer(span, "cyan", [...below, `Bedre: ${better}`], paint),
      "",
    ].join("\n");
  });
  const switchedOff = off.map(
    ({ rule, times }) => `Slået fra i planen: ${rule}${times === 0 ? "" : ` (ellers ${times} råd)`}`,
  );
  if (pieces.length + switchedOff.length === 0) return [];
  return [`${paint("bold", agreed ? `${TITLE} ${AGREED}` : TITLE)}\n`, ...pieces, ...switchedOff];
}

/** »; 3 råd« after the count of what else there was to say; nothing where there is no advice. */
export function adviceCount(advice: PlanAdvice | undefined): string {
  const count = advice?.given.length ?? 0;
  return count === 0 ? "" : `; ${count} råd`;
}

/** The advice on a plan as plain data. */
export function adviceAsData({ given, agreed, off }: PlanAdvice): object {
  return {
    given: given.map(({ rule, goal, span, message, reason, better }) => {
      const from = span.source.place(span.start);
      const to = span.source.place(span.end);
      return {
        rule,
        goal: goal ?? null,
        message,
        reason,
        better,
        file: span.source.path,
        line: from.line,
        column: from.column,
        endLine: to.line,
        endColumn: to.column,
      };
    }),
    agreed,
    off,
  };
}
