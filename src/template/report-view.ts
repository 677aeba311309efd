import Handlebars from "handlebars";
import type { Topic } from "../compare/topics.ts";
import { capitalised, listed, longDate } from "../core/danish.ts";
import { type Decimal, decimalPlaces, decimalText, fixedText } from "../core/decimal.ts";
import { documentId } from "../core/identity.ts";
import { type Lock, lockedHash, missingSignatories, signedDay } from "../lock/lock.ts";
import type { SignedPlan } from "../lock/signed-plan.ts";
import { placeholderValues } from "../plan/placeholders.ts";
import type { Goal, GoalGroup, Plan, SubGoal } from "../plan/plan.ts";
import { allGroups } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";
import { type ProseContext, proseHtml, proseText } from "../plan/prose-html.ts";
import { typeset } from "../plan/typography.ts";
import { analysesOf } from "../results/analyses.ts";
import type { Assessed, AssessedGoal, Assessment } from "../results/assessment.ts";
import { milestoneName, partName } from "../results/names.ts";
import { type Outcome, outcomeWords, type Result } from "../results/results.ts";
import { onlyNumber, type Series, seriesOf } from "../results/series.ts";
import { judgedText, percentText, summaryOf } from "../results/summary.ts";
import { type ChartStyle, drawYearChart, isDrawable } from "./chart.ts";
import { differenceHtml } from "./difference-html.ts";
import type { ReportWords } from "./edition.ts";
import { inWords } from "./field-words.ts";
import type { Form } from "./form.ts";
import { ruleText } from "./rule-text.ts";
import type { ContentsView, DocumentView } from "./view.ts";
import { type TableView, tableOf } from "./year-table.ts";

type SafeString = Handlebars.SafeString;

/** What the målrapportering's templates see, in the words of the people who make forms; see `view.ts`. */
export interface ReportView {
  readonly titel: string;
  /** The title of the document that holds the report alone. */
  readonly dokumenttitel: string;
  readonly institution: { readonly navn: string; readonly kort: string };
  readonly ministerium: string;
  readonly år: number;
  readonly plantitel: string;
  readonly eksempel: boolean;
  /** The signed plan that is reported on, where the plan is locked. */
  readonly underskrevet_plan: SignedPlanView | null;
  readonly dokument: DocumentView;
  /** The form's colour, as CSS has it. */
  readonly farve: string;
  /** The family of the form's font. */
  readonly skrift: string;
  /** The level of the report's own heading: 1 when it stands alone, 2 after a plan. */
  readonly niveau: number;
  readonly anker: string;
  readonly sammenfatning: SafeString;
  readonly del_1: PartOneView;
  readonly del_2: PartTwoView;
}

/** 1. del: every goal in a table. */
export interface PartOneView {
  readonly anker: string;
  readonly overskrift: string;
  readonly tabel: {
    readonly nr: number;
    readonly titel: string;
    readonly kolonner: ReportWords["columns"] & { readonly andel: string | null };
    readonly antal_kolonner: number;
    readonly grupper: readonly { readonly navn: string | null; readonly mål: readonly GoalRowView[] }[];
    /** The fulfilment of the plan; null where it is not scored. */
    readonly samlet: { readonly navn: string; readonly grad: string; readonly andel: string | null } | null;
    readonly anmærkning: SafeString | null;
  };
  readonly ændringer: readonly {
    readonly dato: string | null;
    readonly mål: string | null;
    readonly tekst: SafeString;
    /** What it has altered in the plan since it was signed. */
    readonly forskelle: readonly { readonly navn: string; readonly tekst: SafeString }[];
  }[];
}

/** What was signed, and who has not signed yet. */
export interface SignedPlanView {
  readonly titel: string;
  readonly dato: string | null;
  readonly dokument_id: string;
  readonly mangler: string | null;
}

/** A goal's line in the table. */
export interface GoalRowView {
  readonly nr: string;
  readonly titel: SafeString;
  readonly mål: SafeString | null;
  readonly succeskriterium: SafeString | null;
  readonly krav: string | null;
  readonly delmål: readonly { readonly nr: string | null; readonly titel: SafeString | null }[];
  readonly resultat: readonly SafeString[];
  readonly grad: OutcomeView;
  readonly andel: string | null;
}

/** An outcome in words, and as a mark that is told by its shape. */
export interface OutcomeView {
  readonly ord: string;
  readonly mærke: "opfyldt" | "delvist" | "ikke" | "udgaaet";
}

/** 2. del: the goals that are analysed or measured. */
export interface PartTwoView {
  readonly anker: string;
  readonly overskrift: string;
  readonly indledning: readonly SafeString[];
  readonly mål: readonly AnalysisView[];
}

/** A goal's analysis, and what was measured. */
export interface AnalysisView {
  readonly anker: string;
  readonly nr: string;
  readonly titel: SafeString;
  readonly gruppe: string | null;
  readonly grad: OutcomeView;
  readonly tekst: SafeString | null;
  readonly beregning: readonly SafeString[];
  readonly målinger: readonly MeasureView[];
}

/** A table over years, and its chart. */
export interface MeasureView {
  readonly navn: string;
  readonly tabel: TableView & { readonly nr: number };
  readonly anmærkning: SafeString | null;
  readonly kilde: SafeString | null;
  readonly figur: { readonly nr: number; readonly svg: SafeString } | null;
}

/** What the view is made with. */
export interface ReportSetting {
  readonly form: Form;
  readonly words: ReportWords;
  readonly document: DocumentView;
  imageAddress(path: string): string;
  /** What was signed, where the plan is locked. */
  readonly signed?: SignedPlan | undefined;
}

const marks: Readonly<Record<Outcome, OutcomeView["mærke"]>> = {
  met: "opfyldt",
  partlyMet: "delvist",
  notMet: "ikke",
  withdrawn: "udgaaet",
};

/** Makes the view of a målrapportering that stands alone. */
export async function reportView(assessment: Assessment, setting: ReportSetting): Promise<ReportView> {
  return await new ReportViewer(assessment, setting).view();
}

/** The report's places in a table of contents. */
export function reportContents(view: ReportView): ContentsView {
  const parts = [view.del_1, view.del_2].map(({ anker, overskrift }) => ({ anker, tekst: overskrift, erMål: false }));
  return { anker: view.anker, tekst: view.titel, erMål: false, under: parts };
}

class ReportViewer {
  readonly #assessment: Assessment;
  readonly #setting: ReportSetting;
  readonly #context: ProseContext;
  #table: number;
  #figure: number;

  constructor(assessment: Assessment, setting: ReportSetting) {
    this.#assessment = assessment;
    this.#setting = setting;
    this.#context = { values: placeholderValues(assessment.plan), imageAddress: setting.imageAddress };
    this.#table = assessment.results.settings.firstTable ?? 1;
    this.#figure = assessment.results.settings.firstFigure ?? 1;
  }

  async view(): Promise<ReportView> {
    const { plan, results } = this.#assessment;
    const { words, form, document } = this.#setting;
    return {
      titel: words.heading,
      dokumenttitel: `Målrapportering ${results.settings.year} – ${plan.institution.name}`,
      institution: { navn: plan.institution.name, kort: plan.institution.shortName },
      ministerium: plan.ministry,
      år: results.settings.year,
      plantitel: plan.title,
      eksempel: results.example,
      underskrevet_plan: this.#setting.signed ? signedPlanView(this.#setting.signed.lock) : null,
      dokument: document,
      farve: form.color,
      skrift: form.fonts.families[0] ?? "",
      niveau: 1,
      anker: "maalrapportering",
      sammenfatning: plain(summaryOf(this.#assessment)),
      del_1: this.#partOne(),
      del_2: await this.#partTwo(),
    };
  }

  #partOne(): PartOneView {
    const { plan, results, score } = this.#assessment;
    const { words } = this.#setting;
    const share = shareColumn(plan);
    const total = score.percent ? percentText(score.percent) : results.total && judgedText(results.total);
    const named = plan.groups.some((group) => group.name !== "");
    return {
      anker: "maalrapportering-1-del",
      overskrift: words.part1,
      tabel: {
        nr: this.#table++,
        titel: `${words.table} ${results.settings.year}`,
        kolonner: { ...words.columns, andel: share },
        antal_kolonner: share === null ? 5 : 6,
        grupper: allGroups(plan.groups)
          .filter((group) => group.goals.length > 0)
          .map((group) => ({ navn: named ? group.name : null, mål: this.#rows(group) })),
        samlet: total
          ? {
              navn: "Samlet målopfyldelse",
              grad: total,
              andel: score.points ? pointsText(score.points.earned, score.points.of) : share && "",
            }
          : null,
        anmærkning: this.#tableNote(),
      },
      ændringer: results.changes.map((change) => ({
        dato: change.date ? longDate(change.date) : null,
        mål: change.goal ? this.#goalName(change.goal) : null,
        tekst: this.#html(change.text),
        forskelle: alteredFields(this.#setting.signed?.alterations.get(change) ?? []),
      })),
    };
  }

  #rows(group: GoalGroup): GoalRowView[] {
    const { goals, score } = this.#assessment;
    return goals.flatMap((assessed, index) =>
      group.goals.includes(assessed.goal) ? [this.#row(assessed, score.shares[index] !== undefined)] : [],
    );
  }

  #row(assessed: AssessedGoal, inBase: boolean): GoalRowView {
    const { goal, outcome } = assessed;
    const showsParts = this.#setting.form.shows.includes("delmål") && goal.subGoals.length > 0;
    // A form with measure points has the goal itself in words, too; without them, the goal's words are the criterion.
    const hasMeasurePoint = goal.measurePoint !== undefined;
    return {
      nr: goal.number,
      titel: this.#html(goal.title),
      mål: hasMeasurePoint ? this.#maybe(goal.statement) : null,
      succeskriterium: this.#maybe(hasMeasurePoint ? goal.measurePoint : goal.statement),
      krav: showsParts ? ruleText(goal) : null,
      delmål: showsParts
        ? goal.subGoals.map((part) => ({ nr: part.number ?? null, titel: this.#maybe(part.title) }))
        : [],
      resultat: this.#reached(assessed),
      grad: outcomeView(outcome, goal.counts),
      andel: shareText(this.#assessment, assessed, inBase),
    };
  }

  /** What was reached, in the institution's words or else in those of the numbers, and the grounds of the judgement. */
  #reached(assessed: AssessedGoal): SafeString[] {
    const { result, sentences, milestones } = assessed;
    return [
      ...(result.reached ? [this.#html(result.reached)] : sentences.map((one) => paragraph(one))),
      ...this.#reachedByParts(assessed),
      ...milestones.flatMap((one, index) => this.#told(milestoneName(one.milestone, index), one.result)),
      ...(result.grounds ? [this.#html(result.grounds)] : []),
    ];
  }

  #reachedByParts(assessed: Assessed): SafeString[] {
    return assessed.parts.flatMap((part, index) => [
      ...this.#told(partName(part.part, index), part.result),
      ...this.#reachedByParts(part),
    ]);
  }

  /** What is told of a part in words, under its name. */
  #told(name: string, { reached, grounds }: Result): SafeString[] {
    const texts = [reached, grounds].flatMap((text) => (text ? [proseHtml(text, this.#context)] : []));
    if (texts.length === 0) return [];
    return [new Handlebars.SafeString(`<div>${typeset(capitalised(name))}: ${texts.join("")}</div>`)];
  }

  /** How the fulfilment is computed, where that is more than counting, or why it is judged as it is. */
  #tableNote(): SafeString | null {
    const { score, goals, plan, results } = this.#assessment;
    if (results.total) return this.#groundsOfTotal(results.total.grounds);
    const inBase = score.shares.filter((share) => share !== undefined).length;
    if (!score.percent) return null;
    const notes: string[] = [];
    if (plan.scoring.method === "binary") notes.push(`Hvert af de ${inBase} mål tæller 100/${inBase}.`);
    if (plan.scoring.partCredit)
      notes.push(`Et delvist opfyldt mål tæller ${plan.scoring.partCredit.toFraction()} af sin andel.`);
    if (goals.some(({ outcome }) => outcome === "withdrawn")) notes.push("Udgåede mål indgår ikke.");
    if ((decimalPlaces(score.percent) ?? 2) > 1) notes.push("Den samlede målopfyldelse er afrundet.");
    return notes.length === 0 ? null : plain(notes.join(" "));
  }

  /** The note is one paragraph, so those of the grounds are lines of it. */
  #groundsOfTotal(grounds: Prose): SafeString {
    const lines = grounds.tokens.filter(({ type }) => type === "inline");
    const html = lines.map((line) => proseHtml({ ...grounds, tokens: [line] }, this.#context)).join("<br>");
    return new Handlebars.SafeString(`${typeset("Den samlede målopfyldelse er begrundet sådan: ")}${html}`);
  }

  async #partTwo(): Promise<PartTwoView> {
    const { results, goals } = this.#assessment;
    const { introduction, byGoal } = analysesOf(results.body);
    const views: AnalysisView[] = [];
    // One after the other: tables and figures are numbered as they come.
    for (const [index, assessed] of goals.entries()) {
      const analysis = byGoal.get(assessed.goal);
      const measures = assessed.outcome === "withdrawn" ? [] : await this.#measures(assessed);
      if (!analysis && measures.length === 0) continue;
      views.push({
        anker: `analyse-${index + 1}`,
        nr: assessed.goal.number,
        titel: this.#html(assessed.goal.title),
        gruppe: this.#groupOf(assessed.goal)?.name || null,
        grad: outcomeView(assessed.outcome, assessed.goal.counts),
        tekst: this.#maybe(analysis),
        // What the table says already is not said again, unless the institution has its own words there.
        beregning: assessed.result.reached ? assessed.sentences.map((one) => paragraph(one)) : [],
        målinger: measures,
      });
    }
    return {
      anker: "maalrapportering-2-del",
      overskrift: this.#setting.words.part2,
      indledning: introduction.map((prose) => this.#html(prose)),
      mål: views,
    };
  }

  async #measures({ goal, result }: AssessedGoal): Promise<MeasureView[]> {
    const views: MeasureView[] = [];
    for (const measured of measuredIn(goal, result, "")) {
      const series = seriesOf(measured.of.measure, measured.result, this.#assessment.results.settings.year);
      if (series) views.push(await this.#measure(measured, series));
    }
    return views;
  }

  async #measure({ of, result, name }: Measured, series: Series): Promise<MeasureView> {
    const title = of.title ? proseText(of.title, this.#context.values) : "";
    const style: ChartStyle = {
      font: `"${this.#setting.form.fonts.families[0] ?? ""}"`,
      accent: this.#setting.form.color,
    };
    const chart = { title: title || name, unit: series.unit, years: series.years };
    const table = tableOf(series.unit, [
      {
        kind: "target",
        texts: new Map(
          series.years.flatMap((one) => (one.targetText === undefined ? [] : [[one.year, one.targetText]])),
        ),
      },
      {
        kind: "actual",
        texts: new Map(
          series.years.flatMap((one) => (one.actualText === undefined ? [] : [[one.year, one.actualText]])),
        ),
      },
    ]);
    const nr = this.#table++;
    // A chart would say that there is no result where there are several, or a day.
    const shown = isDrawable(chart) && (result.actuals.length === 0 || onlyNumber(result) !== undefined);
    return {
      navn: [capitalised(name), title].filter((part) => part !== "").join(": "),
      tabel: { ...table, nr },
      anmærkning: this.#maybe(of.measure.note),
      kilde: this.#maybe(of.measure.dataSource),
      figur: shown
        ? { nr: this.#figure++, svg: new Handlebars.SafeString((await drawYearChart(chart, style)).svg) }
        : null,
    };
  }

  #groupOf(goal: Goal): GoalGroup | undefined {
    return allGroups(this.#assessment.plan.groups).find((group) => group.goals.includes(goal));
  }

  #goalName(goal: Goal): string {
    const group = this.#groupOf(goal)?.name;
    return `Mål ${goal.number}${group ? ` (${group})` : ""}`;
  }

  #html(prose: Prose): SafeString {
    return new Handlebars.SafeString(proseHtml(prose, this.#context));
  }

  #maybe(prose: Prose | undefined): SafeString | null {
    return prose ? this.#html(prose) : null;
  }
}

interface Measured {
  readonly of: Goal | SubGoal;
  readonly result: Result;
  /** What it is called beside its title: »delmål a«; empty for the goal itself. */
  readonly name: string;
}

/** A goal and its parts, each with what is reported of it. */
function measuredIn(of: Goal | SubGoal, result: Result, name: string): Measured[] {
  const parts = of.subGoals.flatMap((part, index) => {
    const reported = result.parts.get(part);
    // A part without a number is called by its title, which stands there anyway.
    return reported ? measuredIn(part, reported, part.number === undefined ? "" : partName(part, index)) : [];
  });
  return [{ of, result, name }, ...parts];
}

function shareColumn(plan: Plan): string | null {
  if (plan.scoring.method === "weighted") return "Vægt";
  return plan.scoring.method === "points" ? "Point" : null;
}

function shareText({ plan }: Assessment, { goal, credit }: AssessedGoal, inBase: boolean): string | null {
  if (shareColumn(plan) === null) return null;
  if (!inBase) return "–";
  if (plan.scoring.method === "weighted") return goal.weight ? `${decimalText(goal.weight)} pct.` : "–";
  if (!goal.points) return "–";
  return pointsText(goal.points.mul(credit), goal.points);
}

/** »8 af 10«, at most two decimals. */
function pointsText(earned: Decimal, of: Decimal): string {
  return `${fixedText(earned, Math.min(2, decimalPlaces(earned) ?? 2))} af ${decimalText(of)}`;
}

function outcomeView(outcome: Outcome, counts: boolean): OutcomeView {
  const words = capitalised(outcomeWords[outcome]);
  return { ord: counts ? words : `${words} (indgår ikke i opgørelsen)`, mærke: marks[outcome] };
}

function signedPlanView(lock: Lock): SignedPlanView {
  const missing = missingSignatories(lock);
  const day = signedDay(lock);
  return {
    titel: lock.title,
    dato: day ? longDate(day) : null,
    dokument_id: documentId(lockedHash(lock)),
    mangler: missing.length > 0 ? listed(missing) : null,
  };
}

/** What an agreed change has altered, each with the words that it altered. */
function alteredFields(topics: readonly Topic[]): PartOneView["ændringer"][number]["forskelle"] {
  return topics.flatMap(({ part, name, fields }) => {
    const whole = { navn: `${part.name}: ${inWords(name)}`, tekst: plain("") };
    if (part.kind === "changed" && fields.length === 0) return [whole];
    const prefix = part.part === "goal" && part.kind === "changed" ? "" : `${part.name}: `;
    return fields.map((field) => ({ navn: `${prefix}${inWords(field.label)}`, tekst: differenceHtml(field) }));
  });
}

function plain(text: string): SafeString {
  return new Handlebars.SafeString(typeset(text));
}

function paragraph(text: string): SafeString {
  return new Handlebars.SafeString(`<p>${typeset(text)}</p>`);
}
