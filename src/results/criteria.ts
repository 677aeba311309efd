import { capitalised, counted, longDate } from "../core/danish.ts";
import { compareDates, type LocalDate } from "../core/date.ts";
import { type Decimal, decimalPlaces, decimalText, fixedText } from "../core/decimal.ts";
import { measuredParts, type SimpleCriterion } from "../plan/criteria.ts";
import type { Criterion } from "../plan/plan.ts";
import type { Actual } from "./results.ts";

/** What a criterion is held against. */
export interface Facts {
  /** One value for the whole criterion, or one for each of its innermost parts, in order. */
  readonly actuals: readonly Actual[];
  /** What the value is called in a clause; »resultatet« unless it is given. */
  readonly subject?: string;
  /** The unit as it stands in running text: »mio. kr.«. */
  readonly unit: string | undefined;
  readonly references: ReadonlyMap<string, Decimal>;
  /** Results of earlier years. */
  readonly earlier: ReadonlyMap<number, Decimal>;
}

/** Whether a criterion is met, and why, as a clause with the numbers in it. */
export interface Evaluation {
  readonly met: boolean;
  /** »afvigelsen er 1,3 mio. kr. mod højst 1,0 mio. kr.« */
  readonly clause: string;
  /** The clauses of its parts, where it has parts. */
  readonly details?: string;
}

/** A criterion whose limit is a number that was agreed. */
export type AgreedLimit = Extract<Criterion, { readonly limit: Decimal }>;

/** Holds a criterion against the facts, exactly; undefined where a fact is missing. */
export function evaluate(criterion: Criterion, facts: Facts): Evaluation | undefined {
  const values = valuesFor(measuredParts(criterion), facts.actuals);
  return values && evaluateWith(criterion, values[Symbol.iterator](), facts);
}

/** The evaluation as one sentence of Danish. */
export function sentence(evaluation: Evaluation): string {
  const details = evaluation.details === undefined ? "" : `: ${evaluation.details}`;
  return `${capitalised(evaluation.clause)}, så kriteriet er ${evaluation.met ? "" : "ikke "}opfyldt${details}.`;
}

/** An evaluation with the clauses of its parts, for a place inside another sentence. */
export function whole({ clause, details }: Evaluation): string {
  return details === undefined ? clause : `${clause}: ${details}`;
}

/** The value of each part: its own, or the one for all. Undefined where there are neither. */
export function valuesFor(
  parts: readonly SimpleCriterion[],
  actuals: readonly Actual[],
): readonly Actual[] | undefined {
  const [only] = actuals;
  if (only && actuals.length === 1) return parts.map(() => only);
  return actuals.length === parts.length ? actuals : undefined;
}

function evaluateWith(criterion: Criterion, values: Iterator<Actual>, facts: Facts): Evaluation | undefined {
  if (criterion.kind !== "atLeastOf") return evaluateOne(criterion, values.next().value, facts);
  const parts = criterion.criteria.map((part) => evaluateWith(part, values, facts));
  const known = parts.flatMap((part) => part ?? []);
  if (known.length < parts.length) return undefined;
  const met = known.filter((part) => part.met).length;
  const clauses = known.map(({ clause, details, ...part }) => {
    const result = part.met ? "opfyldt" : "ikke opfyldt";
    return `${clause} (${details === undefined ? result : `${result}: ${details}`})`;
  });
  return {
    met: met >= criterion.count,
    clause: countedOf(met, known.length, criterion.count, "krav"),
    details: clauses.join("; "),
  };
}

/** Holds a criterion without parts against one value; undefined where a fact is missing. */
export function evaluateOne(criterion: SimpleCriterion, actual: Actual, facts: Facts): Evaluation | undefined {
  if (criterion.kind === "by") return evaluateDeadline(criterion.deadline, actual);
  if (actual.kind !== "number") return undefined;
  const value = actual.number;
  const { subject = "resultatet" } = facts;
  const amount = (number: Decimal, decimals: number) =>
    `${fixedText(number, decimals)}${facts.unit ? ` ${facts.unit}` : ""}`;
  const shown = amount(value, actual.decimals);
  switch (criterion.kind) {
    case "tolerance": {
      const deviation = value.abs();
      return {
        met: deviation.compare(criterion.limit) <= 0,
        clause: `afvigelsen er ${amount(deviation, actual.decimals)} mod højst ${amount(criterion.limit, criterion.decimals)}`,
      };
    }
    case "atMost":
    case "atLeast": {
      const limit = amount(criterion.limit, criterion.decimals);
      return compared(criterion.kind, { value, shown, subject }, criterion.limit, limit);
    }
    case "countAtLeast": {
      return {
        met: value.compare(criterion.limit) >= 0,
        clause: `antallet er ${fixedText(value, 0)} mod mindst ${fixedText(criterion.limit, 0)}`,
      };
    }
    case "atMostReference":
    case "atLeastReference": {
      const reference = facts.references.get(criterion.reference);
      if (!reference) return undefined;
      const limit = amount(reference, comparedDecimals(reference, actual));
      const kind = criterion.kind === "atMostReference" ? "atMost" : "atLeast";
      return compared(kind, { value, shown, subject }, reference, `${inRunningText(criterion.reference)} på ${limit}`);
    }
    case "reduction": {
      const base = facts.earlier.get(criterion.baseYear);
      if (!base) return undefined;
      // A limit in the result's own unit is exact, where a fall in per cent would have to be rounded.
      const limit = base.sub(base.mul(criterion.percent).div(100));
      const most = amount(limit, calculatedDecimals(limit, comparedDecimals(base, actual), value));
      const from = amount(base, comparedDecimals(base, actual));
      const under = `${decimalText(criterion.percent)} pct. under ${from} i ${criterion.baseYear}`;
      return compared("atMost", { value, shown, subject }, limit, `${most}, som er ${under}`);
    }
  }
}

function compared(
  kind: "atMost" | "atLeast",
  { value, shown, subject }: { readonly value: Decimal; readonly shown: string; readonly subject: string },
  limit: Decimal,
  limitShown: string,
): Evaluation {
  const order = value.compare(limit);
  return {
    met: kind === "atMost" ? order <= 0 : order >= 0,
    clause: `${subject} er ${shown} mod ${kind === "atMost" ? "højst" : "mindst"} ${limitShown}`,
  };
}

function evaluateDeadline(deadline: LocalDate, actual: Actual): Evaluation | undefined {
  if (actual.kind === "number") return undefined;
  if (actual.kind === "never") return { met: false, clause: `det er ikke sket, og ${dueOn(deadline)}` };
  return reachedBy(deadline, actual.date, "det skete");
}

/** Whether something was reached in time; `happened` begins the clause: »målet blev nået«. */
export function reachedBy(deadline: LocalDate, date: LocalDate, happened: string): Evaluation {
  return {
    met: compareDates(date, deadline) <= 0,
    clause: `${happened} den ${longDate(date)}, og ${dueOn(deadline)}`,
  };
}

function dueOn(deadline: LocalDate): string {
  return `fristen var den ${longDate(deadline)}`;
}

/**
 * »ét af to delmål er opfyldt, og begge kræves«, »ingen af de tre krav er opfyldt, og der kræves mindst ét«; that all are
 * required goes without saying where all of them are met.
 */
export function countedOf(met: number, all: number, needed: number, what: string): string {
  if (all === 1) return `det eneste ${what} er ${met === 1 ? "" : "ikke "}opfyldt`;
  const everything = all === 2 ? "begge" : `alle ${counted(all)}`;
  const rule = needed < all ? `der kræves mindst ${counted(needed)}` : `${all === 2 ? "begge" : "alle"} kræves`;
  if (met === all) return `${everything} ${what} er opfyldt${needed < all ? `, og ${rule}` : ""}`;
  const some = met === 0 ? `ingen af de ${counted(all)}` : `${counted(met)} af ${counted(all)}`;
  return `${some} ${what} er opfyldt, og ${rule}`;
}

/** A number of the same kind as the result, of which only the value is known: with as many decimals as it needs, at least the result's. */
export function comparedDecimals(number: Decimal, { decimals }: { readonly decimals: number }): number {
  return Math.max(decimals, decimalPlaces(number) ?? 0);
}

/**
 * How many decimals a calculated limit is written with: as many as it takes to write it in full, but at most one more than
 * the number it comes from is printed with, `from`, unless it takes more for what it is held against to be on the same side of it as in fact.
 */
export function calculatedDecimals(limit: Decimal, from: number, value: Decimal): number {
  const reads = (decimals: number) => value.compare(limit.round(decimals)) === value.compare(limit);
  const full = decimalPlaces(limit) ?? from + 1;
  let decimals = Math.min(full, from + 1);
  while (decimals < full && !reads(decimals)) decimals++;
  return decimals;
}

/**
 * A unit or a name as it stands inside a sentence: »Mio. kr.« is »mio. kr.« there. »ALT-score« stays, and so does a name
 * with further capitals, which is a proper one: »Danmarks Statistiks tal«.
 */
export function inRunningText(words: string): string {
  const proper = /\s\p{Lu}/u.test(words);
  return !proper && /^\p{Lu}\p{Ll}/u.test(words) ? `${words[0]?.toLowerCase()}${words.slice(1)}` : words;
}
