import { dirname, join } from "node:path";
import { listed } from "../core/danish.ts";
import { parseDecimal } from "../core/decimal.ts";
import { type Checked, checked, type Diagnostic, error, warning } from "../core/diagnostic.ts";
import { fileSize, subfolders } from "../core/files.ts";
import type { SourceBytes } from "../core/identity.ts";
import { didYouMean } from "../core/suggest.ts";
import { type LoadedPlan, loadPlan } from "../plan/load.ts";
import { passageSpan } from "../plan/passage.ts";
import {
  type EarlierGoal,
  type Goal,
  type GoalGroup,
  goalsOf,
  type Measure,
  type Plan,
  type SubGoal,
  type YearCell,
  type YearRow,
} from "../plan/plan.ts";
import { isSameUnit } from "../plan/units.ts";
import type { Assessment } from "./assessment.ts";
import { loadResults } from "./load.ts";
import { partNames } from "./names.ts";
import type { Result } from "./results.ts";
import { seriesOf } from "./series.ts";

/** Plans that each build on the one before: more years than any table holds. */
const LONGEST_CHAIN = 20;

/**
 * Reads a plan, and fills the years of its tables that it does not hold itself with the results of the earlier plan that
 * it names (`historik`), which lies in a folder beside it. The earlier plan may itself build on one.
 */
export async function loadPlanWithHistory(path: string): Promise<Checked<LoadedPlan>> {
  return load(path, []);
}

/** A plan whose results nobody reported, and the last year that they are for. */
interface Invented {
  readonly id: string;
  readonly year: number;
}

/** A plan with its history, and the plans in that whose results are invented. */
interface LoadedWithHistory extends Checked<LoadedPlan> {
  readonly invented: readonly Invented[];
}

async function load(path: string, before: readonly string[]): Promise<LoadedWithHistory> {
  const loaded = await loadPlan(path);
  const history = loaded.value?.plan.history;
  if (!loaded.value || !history) return { ...loaded, invented: [] };
  const said = (problems: readonly Diagnostic[], value?: LoadedPlan, invented: readonly Invented[] = []) => ({
    ...checked(value, [...loaded.diagnostics, ...problems]),
    invented,
  });
  const earlierPath = join(dirname(dirname(path)), history.plan, "plan.md");
  const obstacle = await obstacleTo(history.plan, path, earlierPath, [...before, path]);
  if (obstacle) return said([error("historik", history.span, obstacle.message, obstacle.hint)]);
  const earlier = await assessmentOf(earlierPath, [...before, path]);
  if (typeof earlier === "string")
    return said([error("historik", history.span, `Planen »${history.plan}« ${earlier}`)]);
  const late = earlier.assessment.plan.period.to.year >= loaded.value.plan.period.to.year;
  if (late) return said([error("historik", history.span, `Planen »${history.plan}« er ikke fra et tidligere år.`)]);
  const filler = new Filler(loaded.value.plan, earlier.assessment);
  const invented = earlier.invented.filter(({ year }) => [...filler.years].some((one) => one <= year));
  const warnings = invented.map(({ id }) =>
    warning(
      "historik-eksempel",
      history.span,
      `Resultaterne i »${id}« er opdigtede (»eksempel: ja«) og trykkes her, uden at det fremgår.`,
      "Indberet de rigtige i dens resultater.md, før planen skal bruges.",
    ),
  );
  const value = { ...loaded.value, plan: filler.plan, earlier: earlier.files };
  return said([...filler.diagnostics, ...warnings], value, invented);
}

async function obstacleTo(
  id: string,
  path: string,
  earlierPath: string,
  chain: readonly string[],
): Promise<{ message: string; hint?: string | undefined } | undefined> {
  const folder = dirname(dirname(path));
  const found = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(id) && (await fileSize(earlierPath)) !== undefined;
  if (!found)
    return { message: `Der er ingen plan »${id}« ved siden af denne.`, hint: didYouMean(id, await subfolders(folder)) };
  if (chain.includes(earlierPath)) return { message: `Planerne henviser til hinanden i ring: »${id}«.` };
  if (chain.length > LONGEST_CHAIN) return { message: "Planerne henviser til hinanden i for mange led." };
  return undefined;
}

/** What an earlier plan came to, and the files that say so, its own earlier plans' included. */
interface EarlierPlan {
  readonly assessment: Assessment;
  readonly files: readonly SourceBytes[];
  readonly invented: readonly Invented[];
}

/** What an earlier plan came to, or why that can't be said. */
async function assessmentOf(path: string, chain: readonly string[]): Promise<EarlierPlan | string> {
  const loaded = await load(path, chain);
  if (!loaded.value) return "har fejl, så dens resultater ikke kan bruges.";
  const results = await loadResults(join(dirname(path), "resultater.md"), loaded.value.plan);
  if (!results) return "har ingen resultater.md.";
  if (!results.value) return "har fejl i resultater.md, så dens resultater ikke kan bruges.";
  const { plan, bytes, earlier } = loaded.value;
  const files = [
    { name: `${plan.id}.plan.md`, bytes },
    { name: `${plan.id}.resultater.md`, bytes: results.value.bytes },
  ];
  const { assessment } = results.value;
  const own = assessment.results.example ? [{ id: plan.id, year: plan.period.to.year }] : [];
  return { assessment, files: [...files, ...earlier], invented: [...loaded.invented, ...own] };
}

/** Something with a measure, and what an earlier plan reported of it. */
interface Earlier {
  readonly of: Goal | SubGoal;
  readonly result: Result;
}

/** Something of the earlier plan that a part may continue. */
interface Candidate<Part extends Goal | SubGoal> {
  readonly of: Part;
  /** What `fortsætter` may call it. */
  readonly names: readonly string[];
}

/** Puts the earlier results into a plan's tables. */
class Filler {
  readonly diagnostics: Diagnostic[] = [];
  readonly plan: Plan;
  /** The years that something was fetched for. */
  readonly years = new Set<number>();
  readonly #earlier: Assessment;
  readonly #filled = new Map<Goal, Goal>();

  constructor(plan: Plan, earlier: Assessment) {
    this.#earlier = earlier;
    const groups = plan.groups.map((group) => this.#group(group, plan));
    // The body names goals: it is to name those that are filled.
    const named = (goals: readonly Goal[]) => goals.map((goal) => this.#filled.get(goal) ?? goal);
    const blocks = plan.body.blocks.map((block) =>
      block.kind === "goals" ? { ...block, goals: named(block.goals), meant: named(block.meant) } : block,
    );
    this.plan = { ...plan, groups, body: { ...plan.body, blocks } };
  }

  #group(group: GoalGroup, plan: Plan): GoalGroup {
    return {
      ...group,
      goals: group.goals.map((goal) => {
        const filled = this.#goal(goal, plan);
        this.#filled.set(goal, filled);
        return filled;
      }),
      groups: group.groups.map((inner) => this.#group(inner, plan)),
    };
  }

  #goal(goal: Goal, plan: Plan): Goal {
    const candidates = goalsOf(this.#earlier.plan.groups).map((one) => ({
      of: one,
      names: [one.id, one.number, titleOf(one)],
    }));
    const counterpart = this.#counterpart(goal, goalsOf(plan.groups), candidates);
    const result = counterpart && this.#earlier.results.goals.get(counterpart);
    return counterpart && result ? this.#fill(goal, { of: counterpart, result }, plan) : goal;
  }

  #fill<Part extends Goal | SubGoal>(part: Part, earlier: Earlier, plan: Plan): Part {
    const names = partNames(earlier.of.subGoals);
    const candidates = earlier.of.subGoals.map((of, index) => ({ of, names: names[index] ?? [] }));
    const subGoals = part.subGoals.map((inner) => {
      const counterpart = this.#counterpart(inner, part.subGoals, candidates);
      const result = counterpart && earlier.result.parts.get(counterpart);
      return counterpart && result ? this.#fill(inner, { of: counterpart, result }, plan) : inner;
    });
    return { ...part, subGoals, measure: this.#measure(part.measure, earlier, plan) };
  }

  /** The earlier plan's goal that one continues: the one it names, else the one with its title. */
  #counterpart<Part extends Goal | SubGoal>(
    part: Goal | SubGoal,
    siblings: readonly (Goal | SubGoal)[],
    candidates: readonly Candidate<Part>[],
  ): Part | undefined {
    if (!part.continues) return this.#namesake(part, siblings, candidates);
    const { name, span }: EarlierGoal = part.continues;
    const found = namedBy(part.continues, candidates);
    if (found.length === 1) return found[0]?.of;
    const message =
      found.length === 0 ? `Den tidligere plan har ikke »${name}«.` : `Den tidligere plan har flere »${name}«.`;
    this.diagnostics.push(error("fortsætter", span, message, didYouMean(name, distinctNames(candidates))));
    return undefined;
  }

  /**
   * The one with the same title; of several, the one in the group with the same key. One that another goal of this plan
   * continues, because it says so or stands in that group, is that goal's.
   */
  #namesake<Part extends Goal | SubGoal>(
    part: Goal | SubGoal,
    siblings: readonly (Goal | SubGoal)[],
    candidates: readonly Candidate<Part>[],
  ): Part | undefined {
    const alike = candidates.filter(({ of }) => areNamesakes(of, part));
    const near = alike.filter(({ of }) => groupOf(of) === groupOf(part));
    const [found, ...more] = alike.length === 1 ? alike : near;
    const rivals = siblings.filter((other) => other !== part && !other.continues && areNamesakes(other, part));
    if (found && more.length === 0) {
      const told = siblings.some(({ continues }) => continues && namedBy(continues, candidates).includes(found));
      const closer = near.length === 0 && rivals.some((other) => groupOf(other) === groupOf(found.of));
      if (told || closer) return undefined;
      if (!rivals.some((other) => near.length === 0 || groupOf(other) === groupOf(part))) return found.of;
    }
    if (alike.length > 0 && hasTables(part)) this.#sayUnclear(part, near.length > 0 ? near : alike);
    return undefined;
  }

  #sayUnclear(part: Goal | SubGoal, candidates: readonly Candidate<Goal | SubGoal>[]): void {
    const { title } = part;
    const name = title ? `hedder »${title.plain.trim()}«` : "er uden titel";
    const names = listed(distinctNames(candidates), "eller");
    this.diagnostics.push(
      error(
        "fortsætter",
        title ? passageSpan(title.passage, 0, title.passage.text.length) : part.span,
        `Flere ${name} ${candidates.length > 1 ? "i den tidligere plan" : "her, men kun ét i den tidligere plan"}.`,
        `Skriv »fortsætter« og ${names} ved det, der fortsætter det. Er dette nyt, så giv det en anden titel.`,
      ),
    );
  }

  #measure(measure: Measure, { of, result }: Earlier, plan: Plan): Measure {
    const targets = measure.rows.find((row) => row.kind === "target");
    const own = measure.rows.find((row) => row.kind === "actual");
    const series = seriesOf(of.measure, result, this.#earlier.results.settings.year);
    if (!series || !plan.history || (!targets && !own)) return measure;
    const known = new Map(series.years.flatMap((one) => (one.actualText ? [[one.year, one.actualText] as const] : [])));
    const written = new Set(own?.cells.map((cell) => cell.year));
    const wanted = (targets?.cells ?? []).filter(({ year }) => known.has(year) && !written.has(year));
    this.#checkUnit(
      measure.unit,
      series.unit,
      wanted.filter(({ year }) => /\d/.test(known.get(year) ?? "")),
    );
    // What is written in another unit is another number.
    const comparable = !measure.unit || !series.unit || isSameUnit(measure.unit, series.unit);
    if (comparable) for (const cell of own?.cells ?? []) this.#compare(cell, known.get(cell.year));
    const { span } = plan.history;
    const filled = wanted.map(({ year }): YearCell => ({ year, text: known.get(year) ?? "", span }));
    if (filled.length === 0) return measure;
    for (const { year } of filled) this.years.add(year);
    const cells = [...filled, ...(own?.cells ?? [])].sort((a, b) => a.year - b.year);
    const row: YearRow = { kind: "actual", cells };
    return { ...measure, rows: own ? measure.rows.map((one) => (one === own ? row : one)) : [...measure.rows, row] };
  }

  /**
   * Numbers in another unit are not this table's: told once, at the first year that would have one. Whoever
   * writes them in the new unit has none fetched.
   */
  #checkUnit(here: string | undefined, there: string | undefined, fetched: readonly YearCell[]): void {
    const [first] = fetched;
    if (!first || !here || (there && isSameUnit(here, there))) return;
    const years = listed(fetched.map(({ year }) => String(year)));
    const { id } = this.#earlier.plan;
    const recalculated = `Skriv ${years} under »resultat«, regnet om til »${here}«`;
    this.diagnostics.push(
      there
        ? error(
            "historik-enhed",
            first.span,
            `»${id}« har ${years} i enheden »${there}«, men her er enheden »${here}«.`,
            `${recalculated}, eller brug enheden »${there}«.`,
          )
        : warning(
            "historik-enhed",
            first.span,
            `»${id}« siger ikke, hvilken enhed ${years} er i; her trykkes de i »${here}«.`,
            `${recalculated}, hvis det er en anden.`,
          ),
    );
  }

  #compare(cell: YearCell, earlier: string | undefined): void {
    const [here, there] = [parseDecimal(cell.text), parseDecimal(earlier ?? "")];
    if (!here || !there || here.equals(there)) return;
    const message = `Resultatet for ${cell.year} er ${cell.text} her, men ${earlier} i »${this.#earlier.plan.id}«.`;
    this.diagnostics.push(error("historik-afviger", cell.span, message, "Slet året her, så hentes tallet derfra."));
  }
}

/** What each of some candidates is best called: by the first name that no other has. */
function distinctNames(candidates: readonly Candidate<Goal | SubGoal>[]): string[] {
  return candidates.map(({ names }) => {
    const told = names.filter((name) => name !== "");
    const own = told.find((name) => candidates.filter((one) => one.names.includes(name)).length === 1);
    return own ?? told[0] ?? "";
  });
}

function namedBy<Part extends Goal | SubGoal>(
  { name }: EarlierGoal,
  candidates: readonly Candidate<Part>[],
): Candidate<Part>[] {
  const wanted = name.trim().toLowerCase();
  return candidates.filter(({ names }) => names.some((known) => known.toLowerCase() === wanted));
}

/** Whether two have the same title; without one, a part is known by its number. */
function areNamesakes(a: Goal | SubGoal, b: Goal | SubGoal): boolean {
  return titleOf(a) === titleOf(b) && (titleOf(a) !== "" || a.number === b.number);
}

/** The key of the group that a goal stands in; sub-goals stand in none. */
function groupOf(of: Goal | SubGoal): string {
  return "id" in of ? of.id.slice(0, of.id.length - of.number.length) : "";
}

/** Whether anything of it can be filled in. */
function hasTables({ measure, subGoals }: Goal | SubGoal): boolean {
  return measure.rows.length > 0 || subGoals.some(hasTables);
}

function titleOf(part: Goal | SubGoal): string {
  return part.title?.plain.trim().toLowerCase() ?? "";
}
