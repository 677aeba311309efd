import { inWords, longDate } from "../core/danish.ts";
import { type FrontMatterPlan, goalsOf, planYears } from "./plan.ts";

/** The phrases that a plan's text can have computed, so that it never disagrees with its data. */
const phrases = {
  antal_mål: (plan: FrontMatterPlan) => String(countedGoals(plan)),
  antal_mål_ord: (plan: FrontMatterPlan) => inWords(countedGoals(plan)),
  /** A goal's share of the score as the plans write it: 100/4. */
  vægt: (plan: FrontMatterPlan) => `100/${countedGoals(plan)}`,
  år: (plan: FrontMatterPlan) => planYears(plan.period),
  fra: (plan: FrontMatterPlan) => longDate(plan.period.from),
  til: (plan: FrontMatterPlan) => longDate(plan.period.to),
  titel: (plan: FrontMatterPlan) => plan.title,
  institution: (plan: FrontMatterPlan) => plan.institution.name,
  institution_kort: (plan: FrontMatterPlan) => plan.institution.shortName,
  ministerium: (plan: FrontMatterPlan) => plan.ministry,
} as const;

/** A placeholder's name, as in `{{antal_mål}}`. */
export type PlaceholderName = keyof typeof phrases;

/** Every placeholder there is. */
export const placeholderNames = Object.keys(phrases) as readonly PlaceholderName[];

/** What each placeholder stands for in a plan. */
export type PlaceholderValues = Readonly<Record<PlaceholderName, string>>;

/** Computes every phrase of a plan. */
export function placeholderValues(plan: FrontMatterPlan): PlaceholderValues {
  const entries = placeholderNames.map((name) => [name, phrases[name](plan)]);
  return Object.fromEntries(entries) as PlaceholderValues;
}

/** How many goals count in the score: initiativmål do not. */
export function countedGoals(plan: FrontMatterPlan): number {
  return goalsOf(plan.groups).filter((goal) => goal.counts).length;
}
