import { capitalised, longDate, stopped } from "../../core/danish.ts";
import { compareDates, type LocalDate } from "../../core/date.ts";
import { type Diagnostic, error, note, warning } from "../../core/diagnostic.ts";
import type { Span } from "../../core/source.ts";
import { type Goal, goalsOf, type Milestone, type Plan, type SubGoal } from "../../plan/plan.ts";
import { measureDiagnostics, missingComparisons, yearOf } from "../complete.ts";
import { strayDays } from "../days.ts";
import { milestoneName, partName } from "../names.ts";
import type { Result } from "../results.ts";
import type { FollowUp, GoalProgress, PartProgress, Progress } from "./followup.ts";
import { wordsOfStatus } from "./followup.ts";
import { NOT_YET } from "./schema.ts";

/** The goals, sub-goals and milestones that faulty names probably stand for. */
type Meant = ReadonlySet<Goal | SubGoal | Milestone>;

/** What a follow-up lacks, and where what is said in it does not hang together. */
export function followUpDiagnostics(progress: Progress, meant: Meant): Diagnostic[] {
  const { plan, followUp } = progress;
  const all = new Checker(plan, followUp, meant);
  // The numbers are of another year then, and so are the days.
  const early = compareDates(followUp.asOf, plan.period.from) < 0;
  return [
    ...goalsOf(plan.groups)
      .filter((goal) => !followUp.goals.has(goal) && !meant.has(goal))
      .map((goal) =>
        error(
          "status-mangler",
          followUp.span,
          `Mål ${goal.called} er ikke med i opfølgningen.`,
          `Tilføj det under mål: som ${goal.called}:.`,
        ),
      ),
    ...progress.goals.flatMap((goal) => [...all.goal(goal), ...(early ? [] : strayDays(plan.period, goal.result))]),
  ];
}

/** What is odd about the day that the numbers are as of. */
export function asOfDiagnostics(plan: Plan, asOf: LocalDate, span: Span): Diagnostic[] {
  const { from, to } = plan.period;
  if (compareDates(asOf, from) >= 0 && asOf.year <= to.year + 1) return [];
  return [
    warning(
      "opgjort-uden-for-perioden",
      span,
      `Status er opgjort den ${longDate(asOf)}, men planen gælder fra ${longDate(from)} til ${longDate(to)}.`,
    ),
  ];
}

class Checker {
  readonly #plan: Plan;
  readonly #followUp: FollowUp;
  readonly #meant: Meant;

  constructor(plan: Plan, followUp: FollowUp, meant: Meant) {
    this.#plan = plan;
    this.#followUp = followUp;
    this.#meant = meant;
  }

  goal(progress: GoalProgress): Diagnostic[] {
    const { of: goal, result } = progress;
    const name = `mål ${goal.called}`;
    const { stated } = progress.told;
    if (stated?.status === "withdrawn") return this.#needsComment(progress, name);
    return [
      ...this.#part(progress, name),
      ...this.#milestones(goal, result),
      ...(result.sound ? this.#explained(progress, name) : []),
    ];
  }

  #part(progress: PartProgress, name: string): Diagnostic[] {
    const { of, result, told, parts } = progress;
    if (told.stated?.status === "withdrawn") return this.#needsComment(progress, name);
    const early = this.#early(result.date, result.span, name);
    return [
      ...(result.sound ? this.#missingNumber(progress, name) : []),
      ...measureDiagnostics(of, name, result, yearOf(this.#plan, this.#followUp.asOf.year)),
      ...early,
      ...(result.sound && early.length === 0 ? this.#contradicted(progress, name) : []),
      ...of.subGoals.flatMap((part, index) => {
        const reported = parts.find((one) => one.of === part);
        if (reported) return this.#part(reported, partName(part, index));
        if (this.#meant.has(part) || !result.sound) return [];
        // A part that people judge goes with its goal.
        if (!part.measure.criterion && part.subGoals.length === 0) return [];
        const called = part.number ?? part.title?.plain.trim() ?? String(index + 1);
        return [
          error(
            "status-mangler",
            result.span,
            `${capitalised(partName(part, index))} i ${name} er ikke med i opfølgningen.`,
            `Tilføj det under delmål: som ${called}:.`,
          ),
        ];
      }),
    ];
  }

  #missingNumber({ of, result, told }: PartProgress, name: string): Diagnostic[] {
    if (!of.measure.criterion || told.numberPending) return [];
    if (result.actuals.length > 0) return missingComparisons(of, name, result);
    return [
      error(
        "tal-mangler",
        result.span,
        `${capitalised(name)} har intet tal indtil nu, som dets kriterium kan holdes op imod.`,
        `Skriv indtil_nu: og tallet, eller »${NOT_YET}«.`,
      ),
    ];
  }

  #milestones(goal: Goal, result: Result): Diagnostic[] {
    return goal.milestones.flatMap((milestone, index) => {
      const reported = result.milestones.get(milestone);
      const name = milestoneName(milestone, index);
      if (!reported) {
        if (this.#meant.has(milestone) || !result.sound) return [];
        return [
          error(
            "status-mangler",
            result.span,
            `${capitalised(name)} i mål ${goal.called} er ikke med i opfølgningen.`,
            `Tilføj den under milepæle: som ${milestone.number ?? index + 1}:.`,
          ),
        ];
      }
      if (reported.date) return this.#early(reported.date, reported.span, name);
      if (this.#followUp.told.get(milestone)?.stated || !reported.sound) return [];
      return [
        error(
          "status-mangler",
          reported.span,
          `${capitalised(name)} har hverken dato eller status.`,
          "Skriv dato:, hvis den er nået, og ellers status:.",
        ),
      ];
    });
  }

  /** What has not happened yet has no day. */
  #early(date: LocalDate | undefined, span: Span, name: string): Diagnostic[] {
    const { asOf } = this.#followUp;
    if (!date || compareDates(date, asOf) <= 0) return [];
    return [
      error(
        "dato-efter-opgørelsen",
        span,
        `${capitalised(name)} er nået den ${longDate(date)}, men status er opgjort den ${longDate(asOf)}.`,
        "Ret datoen, eller skriv under forventning:, hvornår I venter det.",
      ),
    ];
  }

  /** That something is met already is a fact, and the numbers are held against it. */
  #contradicted({ told, outlook }: PartProgress, name: string): Diagnostic[] {
    const { stated } = told;
    if (stated?.status !== "met" || outlook.forecast === undefined || outlook.forecast === "holds") return [];
    return [
      error(
        "status-modsagt",
        stated.span,
        stopped(`${capitalised(name)} er angivet som opfyldt, men ${outlook.clause}`),
        "Skriv forventes opfyldt, i risiko eller forventes ikke opfyldt.",
      ),
    ];
  }

  /** A reader must see why things are expected to go otherwise than well, or otherwise than the numbers say. */
  #explained(progress: GoalProgress, name: string): Diagnostic[] {
    const { of: goal, result, told, outlook } = progress;
    const { stated, expectation, comment } = told;
    if (!stated) return [];
    if (stated.status === "met") {
      if (outlook.forecast === undefined && !comment && !result.date) return this.#needsComment(progress, name);
      if (!goal.deadline || result.date) return [];
      return [
        note(
          "dato-mangler",
          stated.span,
          `Mål ${goal.called} har en frist, men det er ikke oplyst, hvornår det blev nået.`,
          "Skriv dato: og dagen.",
        ),
      ];
    }
    if (expectation) return [];
    const words = wordsOfStatus[stated.status];
    const said = stated.status === "atRisk" ? `er ${words}` : words;
    if (stated.status !== "expectedMet")
      return [
        error(
          "forventning-mangler",
          stated.span,
          `${capitalised(name)} ${said}, men det fremgår ikke hvorfor.`,
          "Skriv forventning: og hvad I venter, hvorfor, og hvad der gøres ved det.",
        ),
      ];
    if (outlook.forecast !== "fails") return [];
    return [
      error(
        "forventning-mangler",
        stated.span,
        stopped(`${capitalised(name)} forventes opfyldt, men ${outlook.clause}`),
        "Skriv forventning: og hvad der skal vende det, eller ret status.",
      ),
    ];
  }

  #needsComment({ told }: PartProgress, name: string): Diagnostic[] {
    if (told.comment || !told.stated) return [];
    return [
      error(
        "kommentar-mangler",
        told.stated.span,
        `${capitalised(name)} er ${wordsOfStatus[told.stated.status]}, men det fremgår ikke hvorfor.`,
        "Skriv kommentar: og hvad der er sket eller aftalt.",
      ),
    ];
  }
}
