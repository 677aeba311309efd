import { type Decimal, parseDecimal } from "../core/decimal.ts";
import type { Criterion } from "./plan.ts";

/** The criteria whose limit is one number. */
export type LimitKind = Extract<Criterion, { readonly limit: Decimal }>["kind"];

/** What a target's cell says as a number. */
export interface WrittenTarget {
  readonly value: Decimal;
  /** The way that the words in front of the number say; undefined where there are none. */
  readonly kind: "tolerance" | "atMost" | "atLeast" | undefined;
}

const wayOf: readonly (readonly [RegExp, WrittenTarget["kind"]])[] = [
  [/^(?:\+\/-|\+-|±)/, "tolerance"],
  [/^(?:højst|maks)/i, "atMost"],
  [/^min/i, "atLeast"],
];

/** Reads a cell such as »mindst 85«, »højst 30«, »+/- 1,0« or »85«; undefined for any other words. */
export function readTarget(text: string): WrittenTarget | undefined {
  const value = parseDecimal(text.replace(/^(?:\+\/-|\+-|±|højst|mindst|maks\.?|min\.?)\s*/i, ""));
  return value && { value, kind: wayOf.find(([words]) => words.test(text))?.[1] };
}
