import type { LocalDate } from "../core/date.ts";
import type { Decimal } from "../core/decimal.ts";
import type { Span } from "../core/source.ts";
import type { Body } from "../plan/body.ts";
import type { Goal, Milestone, SubGoal } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";

/** What became of a goal, or of a part of it. */
export type Outcome = "met" | "partlyMet" | "notMet" | "withdrawn";

/** The outcomes as the plans and årsrapporter write them. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  met: "opfyldt",
  partlyMet: "delvist opfyldt",
  notMet: "ikke opfyldt",
  withdrawn: "udgået",
};

/** What an institution reports for a plan when its period is over: the content of `resultater.md`. */
export interface Results {
  /** True for results that nobody reported; every page then says so. */
  readonly example: boolean;
  readonly settings: ReportSettings;
  readonly changes: readonly AgreedChange[];
  /** The fulfilment as a whole, where the plan leaves it to a judgement. */
  readonly total?: JudgedTotal;
  readonly goals: ReadonlyMap<Goal, Result>;
  /** The analyses (målrapportering, 2. del), under a directive per goal. */
  readonly body: Body;
  /** Where the goals are reported. */
  readonly span: Span;
}

/** How the målrapportering is to look, where it differs from the edition's own way. */
export interface ReportSettings {
  /** The year that is reported on; the last of the plan's period unless it is given. */
  readonly year: number;
  /** Where the year is given, if it is. */
  readonly yearSpan?: Span;
  /** The edition of the guidance, by the first report year it is for. */
  readonly edition?: { readonly year: number; readonly span: Span };
  /** The number of the section in the årsrapport, »2.4«; empty for none. */
  readonly section?: string;
  /** The name of a set of heading texts. */
  readonly preset?: { readonly name: string; readonly span: Span };
  readonly headings: { readonly section?: string; readonly part1?: string; readonly part2?: string };
  /** The number of the first table; 1 unless it is given. */
  readonly firstTable?: number;
  /** The number of the first figure; 1 unless it is given. */
  readonly firstFigure?: number;
}

/** A change of the plan that was agreed during the year; the guidance wants significant ones shown. */
export interface AgreedChange {
  readonly date?: LocalDate;
  readonly goal?: Goal;
  readonly text: Prose;
  /** What is another in `plan.md` than in the plan that was signed, by the names that a comparison gives it. */
  readonly alters: readonly AlteredPart[];
  readonly span: Span;
}

/** Something in a plan that an agreed change has altered. */
export interface AlteredPart {
  readonly name: string;
  readonly span: Span;
}

/** A fulfilment that a person has judged, in per cent. */
export interface JudgedTotal {
  readonly percent: Decimal;
  /** How many decimals it is written with; so it is printed. */
  readonly decimals: number;
  readonly grounds: Prose;
  readonly span: Span;
}

/** What is reported of a goal or a part of it. */
export interface Result {
  /** The outcome that a person states. */
  readonly stated?: { readonly outcome: Outcome; readonly span: Span };
  /** Why the outcome is what it is. */
  readonly grounds?: Prose;
  /** The result that was reached, in the words of the institution. */
  readonly reached?: Prose;
  /** What was measured: one value for the whole criterion, or one for each of its parts. */
  readonly actuals: readonly Actual[];
  readonly unit?: string;
  /** The day it was reached. */
  readonly date?: LocalDate;
  /** Named quantities that the result is compared with. */
  readonly references: ReadonlyMap<string, Decimal>;
  /** Results of earlier years that the plan does not hold. */
  readonly earlier: ReadonlyMap<number, Decimal>;
  /** Points that a person has given, by the method of points. */
  readonly points?: Decimal;
  readonly parts: ReadonlyMap<SubGoal, Result>;
  readonly milestones: ReadonlyMap<Milestone, Result>;
  /** False where part of it cannot be read: nothing is concluded then from what is not there. */
  readonly sound: boolean;
  /** Where it is reported: its key in the file. */
  readonly span: Span;
  readonly places: ResultPlaces;
}

/** Where numbers and days of a result stand, for what is to be said about them. */
export interface ResultPlaces {
  readonly date?: Span;
  readonly points?: Span;
  readonly references: ReadonlyMap<string, Span>;
  readonly earlier: ReadonlyMap<number, Span>;
}

/** One measured value. */
export type Actual =
  | {
      readonly kind: "number";
      readonly number: Decimal;
      /** How many decimals it is written with: 5,0 has one. */
      readonly decimals: number;
      readonly span: Span;
    }
  | { readonly kind: "day"; readonly date: LocalDate; readonly span: Span }
  /** It has not happened. */
  | { readonly kind: "never"; readonly span: Span };
