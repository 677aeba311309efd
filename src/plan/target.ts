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

/** What may stand in front of a target's number, and the way that it says. */
const words = /^(?:(?<tolerance>\+\/-|\+-|±)|(?<atMost>højst|maks\.?)|(?<atLeast>mindst|min\.?))?\s*/i;

/** Reads a cell such as »mindst 85«, »højst 30«, »+/- 1,0« or »85«; undefined for any other words. */
export function readTarget(text: string): WrittenTarget | undefined {
  const said = words.exec(text);
  const value = parseDecimal(text.slice(said?.[0].length));
  const ways = ["tolerance", "atMost", "atLeast"] as const;
  return value && { value, kind: ways.find((way) => said?.groups?.[way] !== undefined) };
}
