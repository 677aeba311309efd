import { capitalised, counted } from "../core/danish.ts";
import { type Decimal, decimalPlaces, decimalText, fixedText, wholeNumber } from "../core/decimal.ts";
import type { AssessedGoal, Assessment } from "./assessment.ts";
import type { Outcome } from "./results.ts";
import { isInBase } from "./scoring.ts";

/**
 * The result as the årsrapport says it: »3 af 4 mål er opfyldt, svarende til 75 pct.« Sentences of their own tell of
 * goals that are partly met, withdrawn or outside the score.
 */
export function summaryOf(assessment: Assessment): string {
  const { goals, score, plan, results } = assessment;
  const base = goals.filter(({ goal, outcome }) => isInBase({ counts: goal.counts, outcome }));
  const met = countOf(base, "met");
  const sentences = [`${metOf(met, base.length)}${fulfilment(assessment, met, base.length)}.`];
  const partly = countOf(base, "partlyMet");
  if (partly > 0) sentences.push(`${goalsAre(partly)} delvist opfyldt.`);
  if (score.points)
    sentences.push(`Der er opnået ${decimalText(score.points.earned)} af ${decimalText(score.points.of)} point.`);
  const withdrawn = goals.filter(({ goal, outcome }) => goal.counts && outcome === "withdrawn").length;
  if (withdrawn > 0) sentences.push(`${goalsAre(withdrawn)} udgået og indgår ikke i opgørelsen.`);
  const uncounted = goals.filter(({ goal }) => !goal.counts).length;
  if (uncounted > 0) sentences.push(`${capitalised(counted(uncounted))} mål er aftalt uden at indgå i målopfyldelsen.`);
  if (plan.scoring.method === "manual" && results.total)
    sentences.push(`Den samlede målopfyldelse er vurderet til ${percentText(results.total.percent)}.`);
  return sentences.join(" ");
}

function fulfilment({ score, plan }: Assessment, met: number, all: number): string {
  if (score.percent) return `, svarende til ${percentText(score.percent)}`.replace(/\.$/, "");
  // Where levels are counted and not scored, the met goals' part of all is what reports give.
  if (all === 0 || plan.scoring.method === "manual") return "";
  return `, svarende til ${percentText(wholeNumber(met).mul(100).div(all))}`.replace(/\.$/, "");
}

function metOf(met: number, all: number): string {
  if (all === 0) return "Ingen mål indgår i opgørelsen";
  if (met === 0) return all === 1 ? "Det ene mål er ikke opfyldt" : `Ingen af de ${all} mål er opfyldt`;
  if (met === all) return all === 1 ? "Det ene mål er opfyldt" : `Alle ${all} mål er opfyldt`;
  return `${met} af ${all} mål er opfyldt`;
}

function goalsAre(count: number): string {
  return `${capitalised(counted(count))} mål er`;
}

function countOf(goals: readonly AssessedGoal[], outcome: Outcome): number {
  return goals.filter((goal) => goal.outcome === outcome).length;
}

/**
 * A percentage as text has it, with one decimal where it does not come out even: »75 pct.«, »66,7 pct.«. Nothing but 0 and
 * 100 is rounded to 0 or 100.
 */
export function percentText(percent: Decimal): string {
  const exact = decimalPlaces(percent);
  let decimals = Math.min(1, exact ?? 1);
  const rounded = () => percent.round(decimals);
  while ((rounded().equals(0) || rounded().equals(100)) && !rounded().equals(percent)) decimals++;
  return `${fixedText(percent, decimals)} pct.`;
}
