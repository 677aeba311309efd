import { inWords, listed } from "../core/danish.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { Span } from "../core/source.ts";
import { didYouMean, nearest } from "../core/suggest.ts";
import type { DirectiveHead } from "./directive.ts";
import { allGroups, type FrontMatterPlan, type Goal, goalsOf } from "./plan.ts";

/** The arguments of a `:::mål`: a number, a group, or nothing for all goals. */
export type GoalSelection = Pick<DirectiveHead, "words" | "named">;

/** What a directive names. */
export interface SelectedGoals {
  readonly goals: readonly Goal[];
  /** What a faulty directive probably names: these goals are not missed elsewhere. */
  readonly meant: readonly Goal[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The goals that a directive names, or why it names none. */
export function selectGoals(head: GoalSelection, plan: FrontMatterPlan, span: Span): SelectedGoals {
  const nothing = (code: string, message: string, hint?: string, meant: readonly Goal[] = []) => ({
    goals: [],
    meant,
    diagnostics: [error(code, span, message, hint)],
  });
  const strange = Object.keys(head.named).find((key) => key !== "gruppe" && key !== "nr");
  if (strange) {
    const hint = didYouMean(strange, ["gruppe", "nr"]);
    return nothing("blok", `:::mål kender ikke »${strange}«.`, hint, goalsOf(plan.groups));
  }

  const groups = allGroups(plan.groups);
  const key = head.named.gruppe;
  const within = key === undefined ? plan.groups : groups.filter((group) => group.key === key || group.name === key);
  if (key !== undefined && within.length === 0) {
    const keys = groups.map((group) => group.key);
    const meant = goalsOf(groups.filter((group) => group.key === nearest(key, keys)));
    return nothing("ukendt-gruppe", `Gruppen »${key}« findes ikke.`, didYouMean(key, keys), meant);
  }
  const candidates = goalsOf(within);
  const wanted = [...head.words, ...(head.named.nr === undefined ? [] : [head.named.nr])];
  const namedBy = (word: string) => candidates.filter((goal) => goal.number === word || goal.id === word);
  if (wanted.length === 0) return { goals: candidates, meant: [], diagnostics: [] };
  if (wanted.length > 1)
    return nothing(
      "blok",
      ":::mål viser ét mål ad gangen, en gruppe eller alle mål.",
      "Skriv en blok for hvert mål.",
      wanted.flatMap(namedBy),
    );

  const number = wanted[0] ?? "";
  const found = namedBy(number);
  // Two goals with one number in one group are a mistake of their own, told where they stand.
  const distinct = new Set(found.map((goal) => goal.id)).size;
  if (distinct === 1 || candidates.length === 0) return { goals: found, meant: [], diagnostics: [] };
  if (distinct === 0) {
    const names = candidates.map((goal) => (namedBy(goal.number).length === 1 ? goal.number : goal.id));
    const near = nearest(number, names);
    const meant = candidates.filter((_goal, index) => names[index] === near);
    return nothing("ukendt-mål", `Mål ${number} findes ikke.`, didYouMean(number, names), meant);
  }
  return nothing(
    "flertydigt-mål",
    `Der er ${inWords(found.length)} mål med nummer ${number}.`,
    `Skriv ${listed(
      found.map((goal) => goal.id),
      "eller",
    )}.`,
    found,
  );
}
