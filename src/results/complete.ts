import { capitalised, longDate } from "../core/danish.ts";
import { compareDates } from "../core/date.ts";
import { decimalText } from "../core/decimal.ts";
import { type Diagnostic, error, warning } from "../core/diagnostic.ts";
import { didYouMean, nearest } from "../core/suggest.ts";
import { measuredParts } from "../plan/criteria.ts";
import { type Goal, goalsOf, type Plan, type SubGoal } from "../plan/plan.ts";
import { strayDays } from "./days.ts";
import { earlierResults, plannedResults } from "./earlier.ts";
import { milestoneName, partName } from "./names.ts";
import type { FrontMatterResults, ResolvedResults } from "./resolve.ts";
import type { Result } from "./results.ts";

/** The goals, sub-goals and milestones that faulty names probably stand for. */
type Meant = ResolvedResults["meant"];

/** What a results file lacks: every goal is answered for, with every number that its criterion needs. */
export function completenessDiagnostics(
  plan: Plan,
  { results, meant, changesKnown }: Pick<ResolvedResults, "results" | "meant" | "changesKnown">,
): Diagnostic[] {
  const year = yearOf(plan, results.settings.year);
  return [
    ...reportYear(plan, results),
    ...unreportedGoals(plan, results, meant),
    ...[...results.goals].flatMap(([goal, result]) => [
      ...lackingIn(goal, `mål ${goal.called}`, result, meant, year),
      ...unreportedMilestones(goal, result, meant),
      ...strayDays(plan.period, result),
      ...(changesKnown ? unexplainedWithdrawal(goal, result, results) : []),
    ]),
    ...datedAlterations(results),
    ...changesInTime(plan, results),
    ...totalWhereJudged(plan, results),
  ];
}

/** A report is on a year that the plan is for. */
function reportYear(plan: Plan, { settings }: FrontMatterResults): Diagnostic[] {
  if (!settings.yearSpan || yearOf(plan, settings.year) === settings.year) return [];
  const message = `Planen gælder ikke for ${settings.year}.`;
  return [error("årsrapport-år", settings.yearSpan, message, `Skriv ${plan.period.to.year}, eller slet år:.`)];
}

/** The year of a plan that is told of: the last one where the year that is given is none of its. */
export function yearOf({ period: { from, to } }: Plan, year: number): number {
  return year >= from.year && year <= to.year ? year : to.year;
}

function unreportedGoals(plan: Plan, results: FrontMatterResults, meant: Meant): Diagnostic[] {
  return goalsOf(plan.groups)
    .filter((goal) => !results.goals.has(goal) && !meant.has(goal))
    .map((goal) =>
      error(
        "resultat-mangler",
        results.span,
        `Mål ${goal.called} har intet resultat.`,
        `Tilføj det under mål: som ${goal.called}:.`,
      ),
    );
}

function lackingIn(of: Goal | SubGoal, name: string, result: Result, meant: Meant, year: number): Diagnostic[] {
  if (result.stated?.outcome === "withdrawn") return [];
  return [
    ...(result.sound ? missingFacts(of, name, result) : []),
    ...measureDiagnostics(of, name, result, year),
    ...disagreeingResult(of, name, result, year),
    ...of.subGoals.flatMap((part, index) => {
      const reported = result.parts.get(part);
      if (reported) return lackingIn(part, partName(part, index), reported, meant, year);
      if (meant.has(part) || !result.sound) return [];
      const called = part.number ?? part.title?.plain.trim() ?? String(index + 1);
      return [
        error(
          "resultat-mangler",
          result.span,
          `${capitalised(partName(part, index))} i ${name} har intet resultat.`,
          `Tilføj det under delmål: som ${called}:.`,
        ),
      ];
    }),
  ];
}

/** What is wrong with the numbers that a result is compared with. */
export function measureDiagnostics(of: Goal | SubGoal, name: string, result: Result, year: number): Diagnostic[] {
  return [...strangeReferences(of, result), ...disagreeingHistory(of, name, result, year)];
}

function missingFacts(of: Goal | SubGoal, name: string, result: Result): Diagnostic[] {
  const { criterion } = of.measure;
  if (!criterion) return [];
  if (result.actuals.length > 0) return missingComparisons(of, name, result);
  return [
    error(
      "resultat-mangler",
      result.span,
      `${capitalised(name)} har intet tal, som dets kriterium kan holdes op imod.`,
      "Skriv resultat: og tallet.",
    ),
  ];
}

/** The references and earlier results that a criterion asks for and nobody has told. */
export function missingComparisons(of: Goal | SubGoal, name: string, result: Result): Diagnostic[] {
  const { criterion } = of.measure;
  if (!criterion) return [];
  const known = earlierResults(of.measure, result);
  const missing = askedReferences(of).filter((name) => !result.references.has(name));
  // A misspelt reference is not missing as well; as many unasked ones as are missing stand for those.
  const unasked = unaskedReferences(of, result);
  const misspelt = new Set(unasked.length >= missing.length ? missing : unasked.map((name) => nearest(name, missing)));
  return measuredParts(criterion).flatMap((part) => {
    if ("reference" in part && !result.references.has(part.reference) && !misspelt.has(part.reference))
      return [
        error(
          "reference-mangler",
          result.span,
          `${capitalised(name)} måles op imod »${part.reference}«, som ikke er oplyst.`,
          `Skriv referencer: { ${part.reference}: "…" }.`,
        ),
      ];
    if (part.kind !== "reduction") return [];
    const base = known.get(part.baseYear);
    if (!base)
      return [
        error(
          "tidligere-mangler",
          result.span,
          `${capitalised(name)} måles op imod ${part.baseYear}, hvis resultat ikke er oplyst.`,
          `Skriv tidligere: { ${part.baseYear}: "…" }.`,
        ),
      ];
    if (base.compare(0) > 0) return [];
    return [
      error(
        "tidligere-mangler",
        result.places.earlier.get(part.baseYear) ?? result.span,
        `Et fald i procent kan ikke regnes ud fra resultatet i ${part.baseYear}, som er ${decimalText(base)}.`,
      ),
    ];
  });
}

/** A reference that no criterion asks for is probably misspelt. */
function strangeReferences(of: Goal | SubGoal, result: Result): Diagnostic[] {
  return unaskedReferences(of, result).map((name) =>
    error(
      "ukendt-reference",
      result.places.references.get(name) ?? result.span,
      `Intet kriterium her bruger »${name}«.`,
      didYouMean(name, askedReferences(of)) ?? "Slet den.",
    ),
  );
}

function askedReferences(of: Goal | SubGoal): string[] {
  const parts = of.measure.criterion ? measuredParts(of.measure.criterion) : [];
  return [...new Set(parts.flatMap((part) => ("reference" in part ? [part.reference] : [])))];
}

function unaskedReferences(of: Goal | SubGoal, result: Result): string[] {
  const asked = askedReferences(of);
  return [...result.references.keys()].filter((name) => !asked.includes(name));
}

/** A result for the year that the plan already holds is the same one. */
function disagreeingResult(of: Goal | SubGoal, name: string, result: Result, year: number): Diagnostic[] {
  const before = plannedResults(of.measure).get(year);
  const [actual] = result.actuals;
  if (!before || result.actuals.length !== 1 || actual?.kind !== "number" || actual.number.equals(before)) return [];
  return [
    error(
      "tidligere-afviger",
      actual.span,
      `Resultatet for ${year} er ${decimalText(actual.number)} her, men ${decimalText(before)} i planen (${name}).`,
    ),
  ];
}

/** A number that the plan already holds is not retyped into another. */
function disagreeingHistory(of: Goal | SubGoal, name: string, result: Result, year: number): Diagnostic[] {
  const planned = plannedResults(of.measure);
  return [...result.earlier].flatMap(([earlier, number]) => {
    if (earlier >= year)
      return [
        error(
          "tidligere-afviger",
          result.places.earlier.get(earlier) ?? result.span,
          `${earlier} er ikke et tidligere år: resultatet er for ${year}.`,
        ),
      ];
    const before = planned.get(earlier);
    if (!before || before.equals(number)) return [];
    return [
      error(
        "tidligere-afviger",
        result.places.earlier.get(earlier) ?? result.span,
        `Resultatet for ${earlier} er ${decimalText(number)} her, men ${decimalText(before)} i planen (${name}).`,
      ),
    ];
  });
}

function unreportedMilestones(goal: Goal, result: Result, meant: Meant): Diagnostic[] {
  if (result.stated?.outcome === "withdrawn" || !result.sound) return [];
  return goal.milestones.flatMap((milestone, index) =>
    result.milestones.has(milestone) || meant.has(milestone)
      ? []
      : [
          error(
            "resultat-mangler",
            result.span,
            `${capitalised(milestoneName(milestone, index))} i mål ${goal.called} har intet resultat.`,
            `Tilføj den under milepæle: som ${milestone.number ?? index + 1}:.`,
          ),
        ],
  );
}

/** A goal leaves the plan by agreement only (årsrapporten shows significant changes of the plan). */
function unexplainedWithdrawal(goal: Goal, result: Result, results: FrontMatterResults): Diagnostic[] {
  if (result.stated?.outcome !== "withdrawn") return [];
  if (results.changes.some((change) => change.goal === goal)) return [];
  return [
    error(
      "udgået-uden-ændring",
      result.stated.span,
      `Mål ${goal.called} er udgået, men ændringen er ikke oplyst.`,
      `Skriv den under ændringer: med mål: ${goal.called}.`,
    ),
  ];
}

/** When a signed plan was altered belongs to what was agreed. */
function datedAlterations(results: FrontMatterResults): Diagnostic[] {
  return results.changes
    .filter(({ date, alters }) => alters.length > 0 && !date)
    .map(({ span }) =>
      error(
        "ændring-uden-dato",
        span,
        "Ændringen har rettet planen, men det er ikke oplyst, hvornår den blev aftalt.",
        "Skriv dato: og dagen.",
      ),
    );
}

function changesInTime(plan: Plan, results: FrontMatterResults): Diagnostic[] {
  const { from, to } = plan.period;
  return results.changes.flatMap(({ date, span }) =>
    date && (compareDates(date, from) < 0 || compareDates(date, to) > 0)
      ? [
          warning(
            "ændring-uden-for-perioden",
            span,
            `Ændringen er dateret ${longDate(date)}, men planen gælder fra ${longDate(from)} til ${longDate(to)}.`,
          ),
        ]
      : [],
  );
}

/** The fulfilment as a whole is judged where the plan leaves it to a person, and computed everywhere else. */
function totalWhereJudged(plan: Plan, results: FrontMatterResults): Diagnostic[] {
  const judged = plan.scoring.method === "manual";
  if (judged === (results.total !== undefined)) return [];
  if (!results.total)
    return [
      error(
        "samlet",
        results.span,
        "Planens metode er »manuel«, men den samlede målopfyldelse er ikke oplyst.",
        'Skriv samlet: { pct: "…", begrundelse: … }.',
      ),
    ];
  return [
    error("samlet", results.total.span, "Den samlede målopfyldelse regnes ud efter planens metode.", "Slet samlet:."),
  ];
}
