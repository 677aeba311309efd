import Handlebars from "handlebars";
import { longDate } from "../core/danish.ts";
import { placeholderValues } from "../plan/placeholders.ts";
import { type Goal, type GoalGroup, goalsOf, type Plan, planYears } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";
import { type ProseContext, proseHtml } from "../plan/prose-html.ts";
import { escapeHtml, typeset } from "../plan/typography.ts";
import type { Form } from "./form.ts";
import type { DocumentView } from "./view.ts";

type SafeString = Handlebars.SafeString;

/** How close the figure may be set: the size of its type and the room around its cards, from the most open on. */
export const densities = [
  { points: 12, air: 2.8 },
  { points: 11.2, air: 2.4 },
  { points: 10.4, air: 2 },
  { points: 9.7, air: 1.7 },
  { points: 9, air: 1.4 },
  { points: 8.5, air: 1.2 },
  { points: 8, air: 1 },
  { points: 7.6, air: 0.8 },
  { points: 7.2, air: 0.6 },
] as const;
/** The closest that is still read with ease. */
export const closestDensity = { points: 7, air: 0.45 } as const;
export type Density = (typeof densities)[number] | typeof closestDensity;

/** Type so small that a goal's number and title share a line. */
const SMALL = 9;

/** What the page with the figure of strategy, goals and work programme sees; see `view.ts`. */
export interface CohesionView {
  readonly dokumenttitel: string;
  readonly plantitel: string;
  readonly institution: { readonly navn: string; readonly kort: string };
  readonly ministerium: string;
  readonly år: string;
  readonly dokument: DocumentView;
  readonly farve: string;
  readonly skrift: string;
  /** The size of the type and the room around a card, as CSS has them. */
  readonly trin: string;
  readonly luft: string;
  /** Whether it is set so close that a goal's number and title share a line. */
  readonly tæt: boolean;
  /** The points of the strategy, each with its goals; at the end the goals that refer to none. */
  readonly pejlemærker: readonly { readonly rækker: readonly CohesionRow[] }[];
}

/** A line of the figure: a goal, or a point of the strategy that has none. */
export interface CohesionRow {
  /** On a point's first line, and how many lines it goes over; its text is null for »no reference«. */
  readonly pejlemærke: {
    readonly tekst: SafeString | null;
    readonly rækker: number;
    /** Whether a line goes on to goals. */
    readonly led: boolean;
  } | null;
  /** How the line hangs together with the others of its point. */
  readonly plads: "ene" | "første" | "midt" | "sidste";
  readonly mål: {
    readonly nr: string;
    /** The group's name, where goals of several groups have the same number. */
    readonly gruppe: string | null;
    readonly titel: SafeString;
    /** Whether a line comes from the strategy. */
    readonly led: boolean;
    /** »Senest 1. marts 2027, ansvarlig: Juridisk Kontor«. */
    readonly om: SafeString | null;
    /** The tasks; »senest 1. marts 2027, Juridisk Kontor« says when and by whom. */
    readonly opgaver: readonly { readonly tekst: SafeString; readonly om: SafeString | null }[];
  } | null;
}

/** Whether a plan says anything of what its goals hang together with. */
export function hasCohesion(plan: Plan): boolean {
  return plan.strategy.length > 0 || goalsOf(plan.groups).some((goal) => goal.strategy || goal.tasks.length > 0);
}

/** Makes the view of a plan's figure. */
export function cohesionView(
  plan: Plan,
  setting: {
    readonly form: Form;
    readonly document: DocumentView;
    readonly density: Density;
    imageAddress(path: string): string;
  },
): CohesionView {
  const context: ProseContext = { values: placeholderValues(plan), imageAddress: setting.imageAddress };
  const html = (prose: Prose) => new Handlebars.SafeString(proseHtml(prose, context));
  const groups = groupNames(plan.groups);
  const numbers = goalsOf(plan.groups).map(({ number }) => number);
  const ambiguous = new Set(numbers).size < numbers.length;
  return {
    dokumenttitel: `Sammenhæng mellem strategi, mål og arbejdsprogram – ${plan.title}`,
    plantitel: plan.title,
    institution: { navn: plan.institution.name, kort: plan.institution.shortName },
    ministerium: plan.ministry,
    år: planYears(plan.period),
    dokument: setting.document,
    farve: setting.form.color,
    skrift: setting.form.fonts.families[0] ?? "",
    trin: `${setting.density.points}pt`,
    luft: `${setting.density.air}mm`,
    tæt: setting.density.points < SMALL,
    pejlemærker: pointsOf(plan, html).map(({ text, goals }) => ({
      rækker: (goals.length === 0 ? [undefined] : goals).map((goal, index) => ({
        pejlemærke:
          index === 0
            ? { tekst: text, rækker: Math.max(1, goals.length), led: text !== null && goals.length > 0 }
            : null,
        plads: place(index, goals.length),
        mål: goal ? goalView(goal, ambiguous ? (groups.get(goal) ?? null) : null, html) : null,
      })),
    })),
  };
}

interface Point {
  readonly text: SafeString | null;
  readonly goals: readonly Goal[];
}

/** The plan's own points, or what its goals say in free words; then the goals that refer to nothing. */
function pointsOf(plan: Plan, html: (prose: Prose) => SafeString): Point[] {
  const goals = goalsOf(plan.groups);
  const named = (name: string) => goals.filter(({ strategy }) => strategy?.name === name);
  const free = [...new Set(goals.flatMap(({ strategy }) => (strategy ? [strategy.name] : [])))];
  const points =
    plan.strategy.length > 0
      ? plan.strategy.map(({ key, text }) => ({ text: html(text), goals: named(key) }))
      : free.map((name) => ({ text: new Handlebars.SafeString(escapeHtml(name)), goals: named(name) }));
  const loose = goals.filter(({ strategy }) => !strategy);
  return loose.length === 0 ? points : [...points, { text: null, goals: loose }];
}

function goalView(
  goal: Goal,
  group: string | null,
  html: (prose: Prose) => SafeString,
): NonNullable<CohesionRow["mål"]> {
  return {
    nr: goal.number,
    gruppe: group,
    titel: html(goal.title),
    led: goal.strategy !== undefined,
    om: about([
      goal.deadline && `Senest ${longDate(goal.deadline)}`,
      goal.responsible && `${goal.deadline ? "ansvarlig" : "Ansvarlig"}: ${goal.responsible}`,
    ]),
    opgaver: goal.tasks.map((task) => ({
      tekst: html(task.text),
      om: about([task.deadline && `senest ${longDate(task.deadline)}`, task.responsible]),
    })),
  };
}

/** »senest 1. marts 2027, Juridisk Kontor«, set for the page; null where neither is known. */
function about(parts: readonly (string | undefined)[]): SafeString | null {
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? null : new Handlebars.SafeString(typeset(known.join(", ")));
}

function place(index: number, count: number): CohesionRow["plads"] {
  if (count < 2) return "ene";
  if (index === 0) return "første";
  return index === count - 1 ? "sidste" : "midt";
}

function groupNames(groups: readonly GoalGroup[]): Map<Goal, string> {
  return new Map(
    groups.flatMap((group) => [...group.goals.map((goal) => [goal, group.name] as const), ...groupNames(group.groups)]),
  );
}
