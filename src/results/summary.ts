import { capitalised, counted, stopped } from "../core/danish.ts";
import { type Decimal, decimalPlaces, fixedText, wholeNumber } from "../core/decimal.ts";
import type { AssessedGoal, Assessment } from "./assessment.ts";
import { type JudgedTotal, type Outcome, outcomeWords } from "./results.ts";
import { isInBase } from "./scoring.ts";

/**
 * The result as the årsrapport says it: »3 af 4 mål er opfyldt, svarende til 75 pct.« Sentences of their own tell of
 * goals that are partly met, withdrawn or outside the score, and of a fulfilment that is not the met goals' part of all.
 */
export function summaryOf(assessment: Assessment): string {
  const { goals, score } = assessment;
  const base = goals.filter(({ goal, outcome }) => isInBase({ counts: goal.counts, outcome }));
  const met = countOf(base, "met");
  const partly = countOf(base, "partlyMet");
  const withdrawn = goals.filter(({ goal, outcome }) => goal.counts && outcome === "withdrawn").length;
  const uncounted = goals.filter(({ goal }) => !goal.counts).length;
  const { part, whole } = fulfilment(assessment, met, base.length);
  return [
    stopped(`${countOrOutcome(base, goals.length)}${part}`),
    partly > 0 && base.length > 1 && `${goalsAre(partly)} delvist opfyldt.`,
    score.points && `Der er opnået ${pointsText(score.points.earned)} af ${pointsText(score.points.of)} point.`,
    whole,
    withdrawn > 0 && `${goalsAre(withdrawn)} udgået${base.length > 0 ? " og indgår ikke i opgørelsen" : ""}.`,
    uncounted > 0 && `${capitalised(counted(uncounted))} mål indgår efter planen ikke i opgørelsen.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** The fulfilment in per cent: the met goals' part of all goals, where it is that, else as a whole. */
function fulfilment(
  { goals, score, plan, results }: Assessment,
  met: number,
  all: number,
): { part: string; whole?: string } {
  if (plan.scoring.method === "manual") {
    const judged = results.total && judgedText(results.total);
    return { part: "", ...(judged && { whole: stopped(`Den samlede målopfyldelse er vurderet til ${judged}`) }) };
  }
  const onlyPartly = all === 1 && goals.some((goal) => goal.goal.counts && goal.outcome === "partlyMet");
  if (all === 0 || (onlyPartly && !score.percent)) return { part: "" };
  // Where levels are counted and not scored, the met goals' part of all is what reports give.
  const counted = wholeNumber(met).mul(100).div(all);
  if (!score.percent || score.percent.equals(counted)) return { part: `, svarende til ${percentText(counted)}` };
  return { part: "", whole: stopped(`Den samlede målopfyldelse er ${percentText(score.percent)}`) };
}

function countOrOutcome(base: readonly AssessedGoal[], planned: number): string {
  const [only, ...others] = base;
  if (!only) return "Ingen mål indgår i opgørelsen";
  if (others.length === 0)
    return `${planned === 1 ? "Planens ene mål" : "Det ene mål, der indgår i opgørelsen,"} er ${outcomeWords[only.outcome]}`;
  const met = countOf(base, "met");
  if (met === 0) return `Ingen af de ${base.length} mål er opfyldt`;
  if (met === base.length) return `${met === 2 ? "Begge" : `Alle ${met}`} mål er opfyldt`;
  return `${met} af ${base.length} mål er opfyldt`;
}

/** Points with two decimals at most, as many as plans agree on. */
function pointsText(points: Decimal): string {
  return fixedText(points, Math.min(2, decimalPlaces(points) ?? 2));
}

function goalsAre(count: number): string {
  return `${capitalised(counted(count))} mål er`;
}

function countOf(goals: readonly AssessedGoal[], outcome: Outcome): number {
  return goals.filter((goal) => goal.outcome === outcome).length;
}

/** A percentage that a person has judged, as it is written: nothing of it is rounded. */
export function judgedText({ percent, decimals }: Pick<JudgedTotal, "percent" | "decimals">): string {
  return `${fixedText(percent, decimals)} pct.`;
}

/**
 * A percentage as text has it, with one decimal where it does not come out even: »75 pct.«, »66,7 pct.«. Nothing but 0 and
 * 100 is rounded to 0 or 100.
 */
export function percentText(percent: Decimal): string {
  return `${fixedText(percent, decimalsShown(percent))} pct.`;
}

/** A percentage that a person has written, whatever it is: nothing of it is rounded. */
export function writtenPercent(percent: Decimal): string {
  return judgedText({ percent, decimals: decimalPlaces(percent) ?? 1 });
}

/** The number that a reader is shown of a percentage: 66,7 of two thirds. */
export function shownPercent(percent: Decimal): Decimal {
  return percent.round(decimalsShown(percent));
}

function decimalsShown(percent: Decimal): number {
  let decimals = Math.min(1, decimalPlaces(percent) ?? 1);
  const rounded = () => percent.round(decimals);
  while ((rounded().equals(0) || rounded().equals(100)) && !rounded().equals(percent)) decimals++;
  return decimals;
}
