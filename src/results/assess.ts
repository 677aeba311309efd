import { capitalised, stopped } from "../core/danish.ts";
import { type Decimal, decimalText, sum, wholeNumber } from "../core/decimal.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import { type Goal, goalsOf, type Plan, type SubGoal } from "../plan/plan.ts";
import type { Assessed, AssessedGoal, AssessedMilestone, AssessedPart, Assessment } from "./assessment.ts";
import { countedOf, evaluate, inRunningText, reachedBy, sentence, whole } from "./criteria.ts";
import { earlierResults } from "./earlier.ts";
import { milestoneName, partName } from "./names.ts";
import { type Outcome, outcomeWords, type Result, type Results } from "./results.ts";
import { hasLevels, score } from "./scoring.ts";
import { undatedGoal } from "./undated.ts";
import { allows, type Level, together, type Verdict } from "./verdict.ts";

/** What the results come to, and what is wrong with them. */
export interface Assessing {
  readonly assessment: Assessment;
  /** Goals of whose outcome nothing sure can be said, because something about them is wrong. */
  readonly unsettled: ReadonlySet<Goal>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Computes what became of every goal and what that makes together. Where a person's statement and the numbers disagree,
 * that is an error; so is a statement that is needed and missing.
 */
export function assess(plan: Plan, results: Results): Assessing {
  const assessor = new Assessor(plan);
  const unsettled = new Set<Goal>();
  const goals = goalsOf(plan.groups).flatMap((goal) => {
    const result = results.goals.get(goal);
    if (!result) return [];
    const assessed = assessor.goal(goal, result);
    if (assessor.unsettled.has(result)) unsettled.add(goal);
    return [assessed];
  });
  const scored = goals.map(({ goal, outcome, credit }) => ({
    outcome,
    credit,
    counts: goal.counts,
    weight: goal.weight,
    points: goal.points,
  }));
  const assessment = { plan, results, goals, score: score(plan.scoring, scored) };
  const undated = goals.flatMap((goal) => undatedGoal(goal, unsettled.has(goal.goal), plan.period.to));
  return { assessment, unsettled, diagnostics: [...assessor.diagnostics, ...undated] };
}

const NOTHING = wholeNumber(0);
const ALL = wholeNumber(1);

/** A goal, a sub-goal, or a part of one: what they have in common. */
interface Node {
  readonly of: Goal | SubGoal;
  /** »mål 2.1«, »delmål a«. */
  readonly name: string;
  readonly result: Result;
  /** Whether somebody further up has given the grounds. */
  readonly explained: boolean;
}

class Assessor {
  readonly diagnostics: Diagnostic[] = [];
  /** Results of which something is wrong or missing, here or in a part of them: nothing is concluded from those. */
  readonly unsettled = new Set<Result>();
  readonly #plan: Plan;
  readonly #levels: boolean;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#levels = hasLevels(plan.scoring);
  }

  goal(goal: Goal, result: Result): AssessedGoal {
    const node = { of: goal, name: `mål ${goal.called}`, result, explained: false };
    const before = this.diagnostics.length;
    const milestones = goal.milestones.flatMap((milestone, index): AssessedMilestone[] => {
      const reported = result.milestones.get(milestone);
      if (!reported) return [];
      return [
        { milestone, result: reported, reached: this.#reached(milestoneName(milestone, index), milestone, reported) },
      ];
    });
    if (!result.sound || this.diagnostics.length > before) this.unsettled.add(result);
    const byMilestones = this.unsettled.has(result) ? [] : milestoneVerdict(goal, milestones, this.#levels);
    const { verdicts, sentences } = deadlineSays(goal, result, this.#levels);
    const assessed = this.#assess(node, [...byMilestones, ...verdicts], milestones);
    return { ...assessed, sentences: [...sentences, ...assessed.sentences], goal, result };
  }

  #parts(node: Node): AssessedPart[] {
    return node.of.subGoals.flatMap((part, index) => {
      const result = node.result.parts.get(part);
      if (!result) return [];
      const explained = node.explained || node.result.grounds !== undefined || node.result.reached !== undefined;
      return [{ ...this.#assess({ of: part, name: partName(part, index), result, explained }, [], []), part, result }];
    });
  }

  #assess(node: Node, ofGoal: readonly Verdict[], milestones: readonly AssessedMilestone[]): Assessed {
    const { of, result } = node;
    const before = this.diagnostics.length;
    const parts = this.#parts(node);
    const reported = parts.length === of.subGoals.length && !parts.some((part) => this.unsettled.has(part.result));
    const gone = reported && parts.length > 0 && parts.every(isWithdrawn);
    if (result.stated?.outcome === "withdrawn" || gone)
      return { outcome: "withdrawn", credit: NOTHING, sentences: [], clauses: [], parts, milestones };
    const byCriterion = this.#criterionVerdict(node);
    if (!result.sound || !reported || this.#lacksFacts(node, byCriterion, milestones)) this.unsettled.add(result);
    const byParts = reported ? partsVerdict(node, parts, this.#levels) : [];
    const verdicts = [...byCriterion, ...byParts, ...ofGoal];
    const outcome = this.#outcome(node, verdicts);
    this.#checkPoints(node, verdicts);
    const credit = this.#credit(node, outcome, parts, milestones);
    this.#checkEarned(node, outcome, credit);
    if (this.diagnostics.length > before) this.unsettled.add(result);
    return {
      outcome: this.#byPoints(node) ? levelOf(credit) : outcome,
      credit,
      sentences: verdicts.flatMap((verdict) => verdict.sentences),
      clauses: verdicts.map((verdict) => verdict.clause),
      parts,
      milestones,
    };
  }

  /** What is missing is told by complete.ts. */
  #lacksFacts({ of }: Node, byCriterion: readonly Verdict[], milestones: readonly AssessedMilestone[]): boolean {
    const wanted = "milestones" in of ? of.milestones.length : 0;
    return (of.measure.criterion !== undefined && byCriterion.length === 0) || milestones.length < wanted;
  }

  #criterionVerdict({ of, result }: Node): Verdict[] {
    const { criterion } = of.measure;
    const unit = result.unit === undefined ? undefined : inRunningText(result.unit);
    const earlier = earlierResults(of.measure, result);
    const evaluation = criterion && evaluate(criterion, { ...result, unit, earlier });
    if (!evaluation) return [];
    const said = { sentences: [sentence(evaluation)], clause: whole(evaluation) };
    if (evaluation.met) return [{ least: "met", best: "met", ...said }];
    // A scale in words may call a result partly met that the criterion does not let pass.
    const best = this.#levels && "scale" in of && of.scale?.partlyMet ? "partlyMet" : "notMet";
    return [{ least: "notMet", best, ...said }];
  }

  /** What the outcome is: what is stated, as far as the facts allow it, else what they say. */
  #outcome(node: Node, verdicts: readonly Verdict[]): Level {
    const { stated } = node.result;
    const level = stated?.outcome === "withdrawn" ? undefined : stated?.outcome;
    const range = verdicts.length > 0 ? together(verdicts, this.#levels) : undefined;
    const settled = range && (range.usual ?? (range.least === range.best ? range.best : undefined));
    if (stated && level === "partlyMet" && !this.#levels)
      this.#say(
        "vurdering",
        stated.span,
        `${capitalised(node.name)} kan ikke være delvist opfyldt: planen gør op i opfyldt og ikke opfyldt.`,
        "Skriv opfyldt eller ikke opfyldt.",
      );
    else if (stated && level && range && !allows(range, level))
      this.#say(
        "vurdering-modsagt",
        stated.span,
        stopped(`${capitalised(node.name)} er angivet som ${outcomeWords[level]}, men ${clausesOf(verdicts)}`),
        range.least === range.best ? `Efter det oplyste er det ${outcomeWords[range.best]}.` : undefined,
      );
    else if (level) {
      this.#requireGrounds(node, range);
      return level;
    } else if (settled === undefined && node.result.points === undefined && !this.unsettled.has(node.result))
      this.#requireStatement(node, range);
    return settled ?? range?.best ?? level ?? "notMet";
  }

  #requireStatement({ name, result }: Node, range: Pick<Verdict, "least" | "best"> | undefined): void {
    const between =
      range && `Det oplyste afgør ikke, om det er ${outcomeWords[range.best]} eller ${outcomeWords[range.least]}.`;
    const words = this.#levels ? "opfyldt, delvist opfyldt, ikke opfyldt" : "opfyldt, ikke opfyldt";
    this.#say(
      "vurdering-mangler",
      result.span,
      `${capitalised(name)} har ingen vurdering.`,
      [between, `Skriv vurdering: og derefter ${words} eller udgået.`].filter(Boolean).join(" "),
    );
  }

  #requireGrounds({ name, result, explained }: Node, range: Pick<Verdict, "least" | "best"> | undefined): void {
    const judged = result.stated?.span ?? result.places.points;
    const settled = range !== undefined && range.least === range.best;
    if (settled || explained || result.grounds || result.reached || !judged || this.unsettled.has(result)) return;
    this.#say(
      "begrundelse-mangler",
      judged,
      `Vurderingen af ${name} har ingen begrundelse.`,
      "Skriv begrundelse: og hvorfor det vurderes sådan.",
    );
  }

  #reached(name: string, milestone: Goal["milestones"][number], result: Result): boolean {
    const stated = result.stated?.outcome;
    const inTime =
      milestone.deadline && result.date ? reachedBy(milestone.deadline, result.date, "den blev nået") : undefined;
    const known = inTime?.met ?? (result.date ? true : undefined);
    if (stated === undefined && known === undefined && result.sound)
      this.#say(
        "vurdering-mangler",
        result.span,
        `${capitalised(name)} har hverken vurdering eller dato.`,
        "Skriv dato: eller vurdering:.",
      );
    else if (result.stated && (stated === "partlyMet" || stated === "withdrawn"))
      this.#say(
        "vurdering",
        result.stated.span,
        `${capitalised(name)} er enten opfyldt eller ikke opfyldt.`,
        "Skriv opfyldt eller ikke opfyldt.",
      );
    else if (result.stated && inTime && (stated === "met") !== inTime.met)
      this.#say(
        "vurdering-modsagt",
        result.stated.span,
        `${capitalised(name)} er angivet som ${outcomeWords[result.stated.outcome]}, men ${inTime.clause}.`,
      );
    return stated === undefined ? (known ?? false) : stated === "met";
  }

  /** Of a thing that gives no points, 0 of them do not tell what became of it: it is judged as by the other methods. */
  #byPoints({ of: { points } }: Node): boolean {
    return this.#plan.scoring.method === "points" && points !== undefined && !points.equals(0);
  }

  /** Points that a person has given are for a goal that has points, no more than those, and in keeping with the facts. */
  #checkPoints(node: Node, verdicts: readonly Verdict[]): void {
    const { result, of } = node;
    const name = capitalised(node.name);
    if (!result.points) return;
    const place = result.places.points ?? result.span;
    if (!this.#byPoints(node) || !of.points) {
      this.#say("point", place, `${name} har fået point, men planen giver det ingen.`, "Slet point:.");
    } else if (!isWithin(result.points, of.points)) {
      this.#say(
        "point",
        place,
        `${name} har fået ${decimalText(result.points)} point ud af ${decimalText(of.points)}.`,
      );
    } else {
      const level = levelOf(result.points.div(of.points));
      const said = `${name} har fået ${decimalText(result.points)} af ${decimalText(of.points)} point`;
      const range = verdicts.length > 0 ? together(verdicts, this.#levels) : undefined;
      if (range && !allows(range, level))
        this.#say("vurdering-modsagt", place, stopped(`${said}, men ${clausesOf(verdicts)}`));
      else if (result.stated && result.stated.outcome !== level)
        this.#say(
          "vurdering-modsagt",
          result.stated.span,
          `${said}, men er angivet som ${outcomeWords[result.stated.outcome]}.`,
        );
      else if (!result.stated) this.#requireGrounds(node, range);
    }
  }

  /** What has been earned by parts that have points is not judged away. */
  #checkEarned({ of, name, result }: Node, outcome: Level, credit: Decimal): void {
    if (!result.stated || !of.points || result.points || outcome !== "notMet" || credit.equals(NOTHING)) return;
    this.#say(
      "vurdering-modsagt",
      result.stated.span,
      `${capitalised(name)} er angivet som ikke opfyldt, men har opnået ${decimalText(credit.mul(of.points))} af ${decimalText(of.points)} point.`,
    );
  }

  /** How much of its share or its points a goal has earned. */
  #credit(
    node: Node,
    outcome: Level,
    parts: readonly AssessedPart[],
    milestones: readonly AssessedMilestone[],
  ): Decimal {
    const { scoring } = this.#plan;
    const { points } = node.of;
    const given = node.result.points;
    if (given && points && this.#byPoints(node) && isWithin(given, points)) return given.div(points);
    if (outcome === "met") return ALL;
    if (!this.#byPoints(node)) return outcome === "partlyMet" ? (scoring.partCredit ?? NOTHING) : NOTHING;
    const byParts = earned(
      parts.filter((part) => !isWithdrawn(part)).map(({ part, credit }) => ({ points: part.points, credit })),
    );
    const byMilestones = earned(
      milestones.map(({ milestone, reached }) => ({ points: milestone.points, credit: reached ? ALL : NOTHING })),
    );
    const computed = byParts ?? byMilestones;
    if (computed) return computed;
    if (outcome === "partlyMet" && !scoring.partCredit && !given)
      this.#say(
        "point",
        node.result.span,
        `${capitalised(node.name)} er delvist opfyldt, men det fremgår ikke, hvor mange af de ${decimalText(points ?? NOTHING)} point det giver.`,
        "Skriv point: og antallet.",
      );
    return outcome === "partlyMet" ? (scoring.partCredit ?? NOTHING) : NOTHING;
  }

  #say(code: string, span: Result["span"], message: string, hint?: string): void {
    this.diagnostics.push(error(code, span, message, hint));
  }
}

/** A goal's own rule beats the general one, which is all of them; withdrawn parts leave the count. */
function partsVerdict({ of, name }: Node, parts: readonly AssessedPart[], levels: boolean): Verdict[] {
  const left = parts.filter((part) => !isWithdrawn(part));
  if (left.length === 0) return [];
  const met = left.filter((part) => part.outcome === "met").length;
  const needed = Math.min(of.rule?.atLeast ?? left.length, left.length);
  const some = left.some((part) => part.outcome !== "notMet");
  const level = met >= needed ? "met" : levels && some ? "partlyMet" : "notMet";
  const count = countedOf(met, left.length, needed, parts.length > left.length ? "tilbageværende delmål" : "delmål");
  const details = parts.flatMap((part) =>
    part.sentences.map((one) => `${capitalised(partName(part.part, of.subGoals.indexOf(part.part)))}: ${one}`),
  );
  const verdict = `${capitalised(count)}, så ${name.startsWith("mål ") ? "målet" : name} er ${outcomeWords[level]}.`;
  const failing = left
    .filter((part) => part.outcome !== "met" && part.clauses.length > 0)
    .map((part) => `${partName(part.part, of.subGoals.indexOf(part.part))}: ${part.clauses.join("; ")}`);
  return [
    {
      least: level === "partlyMet" ? "notMet" : level,
      best: level,
      usual: level,
      sentences: [...details, verdict],
      clause: [count, ...failing].join("; "),
    },
  ];
}

/** By the numbers of the goal's scale; without them all milestones are needed, and some of them are something. */
function milestoneVerdict(goal: Goal, milestones: readonly AssessedMilestone[], levels: boolean): Verdict[] {
  if (goal.milestones.length === 0 || milestones.length < goal.milestones.length) return [];
  const reached = milestones.filter((milestone) => milestone.reached).length;
  const metFrom = goal.scale?.metFrom ?? milestones.length;
  const partlyFrom = goal.scale?.partlyMetFrom;
  const level = reached >= metFrom ? "met" : levels && reached >= (partlyFrom ?? 1) ? "partlyMet" : "notMet";
  const needed = milestonesNeeded(metFrom, levels ? partlyFrom : undefined, reached, milestones.length);
  const clause = `${milestonesReached(reached, milestones.length)}${needed}`;
  const undecided = level === "partlyMet" && partlyFrom === undefined;
  return [
    {
      least: undecided ? "notMet" : level,
      best: level,
      ...(undecided ? {} : { usual: level }),
      sentences: [`${capitalised(clause)}${undecided ? "." : `, så målet er ${outcomeWords[level]}.`}`],
      clause,
    },
  ];
}

function milestonesReached(reached: number, all: number): string {
  if (all === 1) return `milepælen er ${reached === 1 ? "" : "ikke "}nået`;
  if (reached === all) return `${all === 2 ? "begge" : `alle ${all}`} milepæle er nået`;
  return reached === 0 ? "ingen milepæle er nået" : `${reached} af ${all} milepæle er nået`;
}

/** That all are needed goes without saying where all are reached. */
function milestonesNeeded(metFrom: number, partlyFrom: number | undefined, reached: number, all: number): string {
  if (metFrom === all && partlyFrom === undefined) return reached === all || all === 1 ? "" : ", og alle kræves";
  const partly = partlyFrom === undefined ? "" : ` og mindst ${partlyFrom} for at opfylde det delvist`;
  return `, og der kræves ${metFrom === all ? `alle ${all}` : `mindst ${metFrom}`} for at opfylde målet${partly}`;
}

/** A goal that is reached too late is not met; that it was reached in time does not say how well. */
function deadlineSays(
  goal: Goal,
  result: Result,
  levels: boolean,
): { verdicts: readonly Verdict[]; sentences: readonly string[] } {
  if (!goal.deadline || !result.date) return { verdicts: [], sentences: [] };
  const evaluation = reachedBy(goal.deadline, result.date, "målet blev nået");
  const said = { sentences: [`${capitalised(evaluation.clause)}.`], clause: evaluation.clause };
  if (evaluation.met) return { verdicts: [], sentences: said.sentences };
  return { verdicts: [{ least: "notMet", best: levels ? "partlyMet" : "notMet", ...said }], sentences: [] };
}

/** The part of their points that things have earned; undefined where not all of them have points. */
function earned(things: readonly { points: Decimal | undefined; credit: Decimal }[]): Decimal | undefined {
  const points = things.flatMap((thing) => thing.points ?? []);
  const all = sum(points);
  if (points.length === 0 || points.length < things.length || all.equals(0)) return undefined;
  return sum(things.map((thing) => thing.credit.mul(thing.points ?? NOTHING))).div(all);
}

function isWithin(points: Decimal, most: Decimal): boolean {
  return points.compare(0) >= 0 && points.compare(most) <= 0;
}

function levelOf(credit: Decimal): Level {
  if (credit.equals(ALL)) return "met";
  return credit.equals(NOTHING) ? "notMet" : "partlyMet";
}

function isWithdrawn({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === "withdrawn";
}

function clausesOf(verdicts: readonly Verdict[]): string {
  return verdicts.map((verdict) => verdict.clause).join("; ");
}
