import { capitalised, counted, longDate } from "../../core/danish.ts";
import { compareDates, type LocalDate } from "../../core/date.ts";
import { measuredParts, type SimpleCriterion } from "../../plan/criteria.ts";
import type { Criterion, Goal, Milestone, SubGoal } from "../../plan/plan.ts";
import { evaluateOne, type Facts, inRunningText, valuesFor } from "../criteria.ts";
import { earlierResults } from "../earlier.ts";
import { partName } from "../names.ts";
import type { Actual, Result } from "../results.ts";

/**
 * What would become of something if the year's numbers were those so far: it would be met, it would not, or that cannot
 * be told yet. It is a forecast and never an outcome.
 */
export type Forecast = "holds" | "fails" | "open";

/** A forecast and the facts behind it; without one where nothing is measured. */
export interface Outlook {
  readonly forecast?: Forecast;
  /** Danish sentences with the numbers in them. */
  readonly sentences: readonly string[];
  /** The facts as a clause, for a message to whoever says otherwise. */
  readonly clause: string;
}

/** What a forecast is made from besides the plan. */
export interface Moment {
  readonly asOf: LocalDate;
  /** The last day of the plan: a count may grow until then. */
  readonly end: LocalDate;
  /** What people claim to be met already, whatever its day. */
  claimsMet(of: Goal | SubGoal | Milestone): boolean;
  /** What has left the plan. */
  isWithdrawn(of: Goal | SubGoal | Milestone): boolean;
}

/** The forecast as documents write it. */
export const forecastWords: Readonly<Record<Forecast, string>> = {
  holds: "ville være opfyldt",
  fails: "ville ikke være opfyldt",
  open: "kan ikke siges endnu",
};

interface Finding {
  readonly forecast: Forecast;
  readonly clause: string;
  readonly sentences: readonly string[];
}

/** What the numbers so far would make of a goal or a part of it; `parts` are the outlooks of its sub-goals. */
export function outlookOf(
  of: Goal | SubGoal,
  result: Result,
  parts: readonly { readonly of: SubGoal; readonly outlook: Outlook }[],
  moment: Moment,
): Outlook {
  const findings = [
    ...byCriterion(of, result, moment),
    ...byParts(of, parts, moment),
    ...("milestones" in of ? [...byMilestones(of, result, moment), ...byDeadline(of, result, moment)] : []),
  ];
  const sentences = findings.flatMap((finding) => finding.sentences);
  const clause = findings.map((finding) => finding.clause).join("; ");
  return findings.length === 0
    ? { sentences, clause }
    : { forecast: all(findings.map((one) => one.forecast)), sentences, clause };
}

/** Of things that must all hold. */
function all(forecasts: readonly Forecast[]): Forecast {
  return atLeast(forecasts.length, forecasts);
}

function atLeast(needed: number, forecasts: readonly Forecast[]): Forecast {
  const holding = forecasts.filter((one) => one === "holds").length;
  const possible = forecasts.filter((one) => one !== "fails").length;
  return holding >= needed ? "holds" : possible < needed ? "fails" : "open";
}

function byCriterion(of: Goal | SubGoal, result: Result, moment: Moment): Finding[] {
  const { criterion } = of.measure;
  if (!criterion) return [];
  const unit = result.unit === undefined ? undefined : inRunningText(result.unit);
  const facts: Facts = { ...result, subject: "tallet", unit, earlier: earlierResults(of.measure, result) };
  const values = valuesFor(measuredParts(criterion), result.actuals);
  const found = values && criterionFinding(criterion, values[Symbol.iterator](), facts, moment);
  if (found) return [{ ...found, sentences: [sentenceOf(found)] }];
  return [{ forecast: "open", clause: "tallet foreligger ikke endnu", sentences: ["Tallet foreligger ikke endnu."] }];
}

interface CriterionFinding {
  readonly forecast: Forecast;
  readonly clause: string;
  readonly details?: string;
}

function sentenceOf({ forecast, clause, details }: CriterionFinding): string {
  const verdict = forecast === "open" ? "så prognosen er åben" : `så kriteriet ${forecastWords[forecast]}`;
  return `${capitalised(clause)}, ${verdict}${details === undefined ? "" : `: ${details}`}.`;
}

function criterionFinding(
  criterion: Criterion,
  values: Iterator<Actual>,
  facts: Facts,
  moment: Moment,
): CriterionFinding | undefined {
  if (criterion.kind !== "atLeastOf") return simpleFinding(criterion, values.next().value, facts, moment);
  const parts = criterion.criteria.map((part) => criterionFinding(part, values, facts, moment));
  const known = parts.flatMap((part) => part ?? []);
  if (known.length < parts.length) return undefined;
  const forecast = atLeast(
    criterion.count,
    known.map((part) => part.forecast),
  );
  const details = known.map(({ clause, details: inner, ...part }) => {
    const words = forecastWords[part.forecast];
    return `${clause} (${inner === undefined ? words : `${words}: ${inner}`})`;
  });
  const holding = known.filter((part) => part.forecast === "holds").length;
  return { forecast, clause: countedOf(holding, known.length, criterion.count, "krav"), details: details.join("; ") };
}

function simpleFinding(
  criterion: SimpleCriterion,
  actual: Actual,
  facts: Facts,
  { asOf, end }: Moment,
): CriterionFinding | undefined {
  if (criterion.kind === "by" && actual.kind === "never" && compareDates(asOf, criterion.deadline) <= 0)
    return { forecast: "open", clause: `det er ikke sket endnu, og fristen er den ${longDate(criterion.deadline)}` };
  const evaluation = evaluateOne(criterion, actual, facts);
  if (!evaluation) return undefined;
  const mayGrow = criterion.kind === "countAtLeast" && compareDates(asOf, end) < 0;
  return { forecast: evaluation.met ? "holds" : mayGrow ? "open" : "fails", clause: evaluation.clause };
}

/** A goal's own rule beats the general one, which is all of them; withdrawn parts leave the count. */
function byParts(
  of: Goal | SubGoal,
  parts: readonly { readonly of: SubGoal; readonly outlook: Outlook }[],
  moment: Moment,
): Finding[] {
  const left = parts.filter((part) => !moment.isWithdrawn(part.of));
  const known = left.flatMap(({ of: part, outlook }) =>
    outlook.forecast || moment.claimsMet(part) ? [outlook.forecast ?? "holds"] : [],
  );
  // Parts that people judge say nothing of themselves before the year is over.
  if (left.length === 0 || known.length === 0) return [];
  const needed = Math.min(of.rule?.atLeast ?? left.length, left.length);
  const open = left.slice(known.length).map((): Forecast => "open");
  const forecast = atLeast(needed, [...known, ...open]);
  const clause = countedOf(known.filter((one) => one === "holds").length, left.length, needed, "delmål");
  const verdict = forecast === "open" ? "så prognosen er åben" : `så målet ${forecastWords[forecast]}`;
  const details = left.flatMap(({ of: part, outlook }) =>
    outlook.sentences.map((one) => `${capitalised(partName(part, of.subGoals.indexOf(part)))}: ${one}`),
  );
  const failing = left.flatMap(({ of: part, outlook }) =>
    outlook.forecast === "fails" ? [`${partName(part, of.subGoals.indexOf(part))}: ${outlook.clause}`] : [],
  );
  return [
    {
      forecast,
      clause: [clause, ...failing].join("; "),
      sentences: [...details, `${capitalised(clause)}, ${verdict}.`],
    },
  ];
}

/** Milestones that are reached in time count; one whose deadline has passed will not; withdrawn ones leave the count. */
function byMilestones(goal: Goal, result: Result, moment: Moment): Finding[] {
  const left = goal.milestones.filter((milestone) => !moment.isWithdrawn(milestone));
  if (left.length === 0) return [];
  const forecasts = left.map((milestone) => milestoneForecast(milestone, result.milestones.get(milestone), moment));
  const reached = forecasts.filter((one) => one === "holds").length;
  const late = forecasts.filter((one) => one === "fails").length;
  const needed = Math.min(goal.scale?.metFrom ?? left.length, left.length);
  const milestones = `${left.length < goal.milestones.length ? "tilbageværende " : ""}milepæle`;
  const forecast = atLeast(needed, forecasts);
  const clause = [
    left.length === 1
      ? `${goal.milestones.length === 1 ? "milepælen" : "den tilbageværende milepæl"} er ${reached === 1 ? "nået" : "ikke nået endnu"}`
      : `${reached === 0 ? "ingen" : reached} af ${left.length} ${milestones} er nået til tiden`,
    ...(late > 0 ? [`${late === 1 ? "én frist" : `${counted(late)} frister`} er overskredet`] : []),
  ].join(", og ");
  const verdict = forecast === "open" ? "så prognosen er åben" : `så målet ${forecastWords[forecast]}`;
  return [{ forecast, clause, sentences: [`${capitalised(clause)}, ${verdict}.`] }];
}

/** What is to be said of a milestone at a day. */
function milestoneForecast(
  milestone: Milestone,
  result: Result | undefined,
  { asOf, claimsMet }: Pick<Moment, "asOf" | "claimsMet">,
): Forecast {
  const { deadline } = milestone;
  if (result?.date) return deadline && compareDates(result.date, deadline) > 0 ? "fails" : "holds";
  if (claimsMet(milestone)) return "holds";
  return deadline && compareDates(asOf, deadline) > 0 ? "fails" : "open";
}

/** A deadline that has passed decides; one that was kept does not say how well. */
function byDeadline(goal: Goal, result: Result, { asOf, claimsMet }: Moment): Finding[] {
  if (!goal.deadline) return [];
  const due = longDate(goal.deadline);
  const fails = (clause: string): Finding[] => [
    { forecast: "fails", clause, sentences: [`${capitalised(clause)}, så målet ${forecastWords.fails}.`] },
  ];
  if (result.date)
    return compareDates(result.date, goal.deadline) > 0
      ? fails(`målet blev nået den ${longDate(result.date)}, og fristen var den ${due}`)
      : [];
  return !claimsMet(goal) && compareDates(asOf, goal.deadline) > 0
    ? fails(`målet er ikke nået, og fristen var den ${due}`)
    : [];
}

/** »ét af to delmål ville være opfyldt, og begge kræves«. */
function countedOf(holding: number, all: number, needed: number, what: string): string {
  const some = holding === 0 ? "ingen" : holding === all && all > 2 ? "alle" : counted(holding);
  const which = all === 1 ? `det eneste ${what}` : `${some} af ${counted(all)} ${what}`;
  const verb = all === 1 && holding === 0 ? "ville ikke være opfyldt" : "ville være opfyldt";
  if (all === 1) return `${which} ${verb}`;
  const rule = needed < all ? `der kræves mindst ${counted(needed)}` : `${all === 2 ? "begge" : "alle"} kræves`;
  return `${which} ${verb}, og ${rule}`;
}
