import Handlebars from "handlebars";
import { longDate, slashDate } from "../core/danish.ts";
import type { LocalDate } from "../core/date.ts";
import { decimalText } from "../core/decimal.ts";
import type { BodyBlock } from "../plan/body.ts";
import { type PlaceholderValues, placeholderValues } from "../plan/placeholders.ts";
import type { Goal, Measure, Plan, Seal, Signatory, StrategyPoint, SubGoal } from "../plan/plan.ts";
import { planYears } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";
import { type ProseContext, proseHtml, proseText } from "../plan/prose-html.ts";
import { type ReportView, reportContents } from "./report-view.ts";
import { ruleText } from "./rule-text.ts";
import { type TableView, tableView } from "./year-table.ts";

type SafeString = Handlebars.SafeString;

/**
 * What a form's templates see: a plan in the words of the people who make forms, every key always there, null where
 * there is nothing, texts as safe HTML. Templates are strict: a key that is not here is an error.
 */
export interface PlanView {
  readonly id: string;
  readonly titel: string;
  readonly institution: { readonly navn: string; readonly kort: string };
  readonly ministerium: string;
  readonly år: string;
  readonly periode: { readonly fra: string; readonly til: string };
  readonly afsnit: readonly SectionView[];
  /** Every heading and goal in order, for a table of contents. */
  readonly indhold: readonly ContentsView[];
  readonly underskrivere: readonly SignatoryView[];
  readonly segl: readonly SealView[];
  readonly dokument: DocumentView;
  /** The målrapportering that is printed after the plan, in a document that holds both. */
  readonly målrapportering: ReportView | null;
}

/** What a page's footer tells of the document itself. */
export interface DocumentView {
  /** Its id: the beginning of the hash of what it was made from. */
  readonly id: string;
  readonly udkast: boolean;
}

/** A main section's place in the contents, and the sub-headings and goals under it. */
export interface ContentsView extends ContentsEntry {
  readonly under: readonly ContentsEntry[];
}

export interface ContentsEntry {
  readonly anker: string;
  readonly tekst: string;
  readonly erMål: boolean;
}

/** A main section: its heading and what stands under it. */
export interface SectionView {
  readonly anker: string;
  readonly overskrift: SafeString | null;
  readonly blokke: readonly BlockView[];
}

/** Part of a section; `type` is the name of the partial that prints it. */
export type BlockView =
  | { readonly type: "tekst"; readonly html: SafeString }
  | { readonly type: "underoverskrift"; readonly anker: string; readonly niveau: number; readonly html: SafeString }
  | { readonly type: "maal"; readonly mål: readonly GoalView[] }
  | ({ readonly type: "underskrifter" } & SigningView);

export interface GoalView {
  readonly anker: string;
  readonly nr: string;
  readonly titel: SafeString;
  readonly overskrift: SafeString | null;
  readonly rammeoverskrift: SafeString | null;
  /** The level of the goal's heading: one below the heading it stands under. */
  readonly niveau: number;
  readonly fortælling: SafeString | null;
  readonly mål: SafeString | null;
  readonly målepunkt: SafeString | null;
  readonly bemærkninger: SafeString | null;
  readonly vægt: string | null;
  readonly point: string | null;
  readonly frist: string | null;
  readonly ansvarlig: string | null;
  readonly strategi: string | null;
  readonly skala: {
    readonly opfyldt: SafeString | null;
    readonly delvist: SafeString | null;
    readonly ikke: SafeString | null;
  } | null;
  readonly milepæle: readonly MilestoneView[];
  readonly krav: string | null;
  readonly delmål: readonly SubGoalView[];
  readonly tabel: TableView | null;
  readonly anmærkning: SafeString | null;
  readonly kilde: SafeString | null;
}

export interface SubGoalView {
  readonly nr: string | null;
  readonly titel: SafeString | null;
  readonly tekst: SafeString | null;
  readonly point: string | null;
  readonly krav: string | null;
  readonly tabel: TableView | null;
  readonly anmærkning: SafeString | null;
  readonly kilde: SafeString | null;
  readonly niveau: number;
  readonly delmål: readonly SubGoalView[];
}

export interface MilestoneView {
  readonly nr: string | null;
  readonly tekst: SafeString;
  readonly frist: string | null;
  readonly point: string | null;
}

/** Those who sign or seal. */
export interface SigningView {
  readonly underskrivere: readonly SignatoryView[];
  readonly segl: readonly SealView[];
}

export interface SignatoryView {
  /** The number of the place for the signature, from 0. */
  readonly felt: number;
  readonly navn: string;
  readonly stilling: string;
  readonly organisation: string | null;
  readonly sted: string | null;
  /** Null while the date is open. */
  readonly dato: { readonly lang: string; readonly kort: string } | null;
  /** The whole line where the plan has its own wording. */
  readonly datolinje: string | null;
}

export interface SealView {
  readonly felt: number;
  readonly organisation: string;
}

/** The highest heading under the title. */
const SECTION_LEVEL = 2;

/** Makes the view of a plan that its form's templates print. */
export function planView(
  plan: Plan,
  imageAddress: (path: string) => string,
  document: DocumentView,
  report: ReportView | null = null,
): PlanView {
  const values = placeholderValues(plan);
  const viewer = new Viewer({ values, imageAddress }, plan.strategy);
  const signing = signingView(plan);
  const afsnit = viewer.sections(plan.body.blocks, signing);
  return {
    id: plan.id,
    titel: plan.title,
    institution: { navn: plan.institution.name, kort: plan.institution.shortName },
    ministerium: plan.ministry,
    år: planYears(plan.period),
    periode: { fra: longDate(plan.period.from), til: longDate(plan.period.to) },
    afsnit,
    indhold: report ? [...viewer.contents, reportContents(report)] : viewer.contents,
    ...signing,
    dokument: document,
    målrapportering: report,
  };
}

interface OpenSection {
  anker: string;
  overskrift: SafeString | null;
  blokke: BlockView[];
}

/** Goes through the body in order; headings and goals are numbered for anchors as they come. */
class Viewer {
  readonly contents: (ContentsEntry & { readonly under: ContentsEntry[] })[] = [];
  readonly #context: ProseContext;
  readonly #values: PlaceholderValues;
  readonly #points: readonly StrategyPoint[];
  #anchors = 0;

  constructor(context: ProseContext, points: readonly StrategyPoint[]) {
    this.#context = context;
    this.#points = points;
    this.#values = context.values;
  }

  sections(blocks: readonly BodyBlock[], signing: SigningView): OpenSection[] {
    const sections: OpenSection[] = [];
    let level = SECTION_LEVEL;
    for (const block of blocks) {
      if (block.kind === "heading") level = block.level;
      if (block.kind === "heading" && block.level <= SECTION_LEVEL) {
        sections.push({ anker: this.#anchor(block.prose, true), overskrift: this.#html(block.prose), blokke: [] });
        continue;
      }
      if (sections.length === 0) sections.push({ anker: "indledning", overskrift: null, blokke: [] });
      sections.at(-1)?.blokke.push(this.#block(block, level, signing));
    }
    return sections;
  }

  #block(block: BodyBlock, level: number, signing: SigningView): BlockView {
    switch (block.kind) {
      case "heading":
        return {
          type: "underoverskrift",
          anker: this.#anchor(block.prose, false),
          niveau: block.level,
          html: this.#html(block.prose),
        };
      case "prose":
        return { type: "tekst", html: this.#html(block.prose) };
      case "goals":
        return { type: "maal", mål: block.goals.map((goal) => this.#goal(goal, level + 1, block.narrative)) };
      case "signatures":
        return { type: "underskrifter", ...signing };
    }
  }

  #goal(goal: Goal, level: number, narrative: Prose | undefined): GoalView {
    const title = `Mål ${goal.number} ${proseText(goal.title, this.#values)}`;
    const anker = `maal-${++this.#anchors}`;
    this.#list({ anker, tekst: goal.heading ? proseText(goal.heading, this.#values) : title, erMål: true });
    return {
      anker,
      nr: goal.number,
      titel: this.#html(goal.title),
      overskrift: this.#maybe(goal.heading),
      rammeoverskrift: this.#maybe(goal.boxHeading),
      niveau: level,
      fortælling: this.#maybe(narrative),
      mål: this.#maybe(goal.statement),
      målepunkt: this.#maybe(goal.measurePoint),
      bemærkninger: this.#maybe(goal.remarks),
      vægt: goal.weight ? `${decimalText(goal.weight)} pct.` : null,
      point: goal.points ? decimalText(goal.points) : null,
      frist: dayOrNull(goal.deadline),
      ansvarlig: goal.responsible ?? null,
      strategi: goal.strategy ? this.#strategy(goal.strategy.name) : null,
      skala:
        goal.scale?.met || goal.scale?.partlyMet || goal.scale?.notMet
          ? {
              opfyldt: this.#maybe(goal.scale.met),
              delvist: this.#maybe(goal.scale.partlyMet),
              ikke: this.#maybe(goal.scale.notMet),
            }
          : null,
      milepæle: goal.milestones.map((milestone) => ({
        nr: milestone.number ?? null,
        tekst: this.#html(milestone.text),
        frist: dayOrNull(milestone.deadline),
        point: milestone.points ? decimalText(milestone.points) : null,
      })),
      krav: ruleText(goal),
      delmål: goal.subGoals.map((part) => this.#subGoal(part, level + 2)),
      ...this.#measure(goal.measure),
    };
  }

  /** The words of the strategy point that a goal refers to; its own, where the plan lists no points. */
  #strategy(name: string): string {
    const point = this.#points.find(({ key }) => key === name);
    return point ? proseText(point.text, this.#values) : name;
  }

  #subGoal(part: SubGoal, level: number): SubGoalView {
    return {
      nr: part.number ?? null,
      titel: this.#maybe(part.title),
      tekst: this.#maybe(part.text),
      point: part.points ? decimalText(part.points) : null,
      krav: ruleText(part),
      niveau: level,
      delmål: part.subGoals.map((inner) => this.#subGoal(inner, level + 1)),
      ...this.#measure(part.measure),
    };
  }

  #measure(measure: Measure): { tabel: TableView | null; anmærkning: SafeString | null; kilde: SafeString | null } {
    return { tabel: tableView(measure), anmærkning: this.#maybe(measure.note), kilde: this.#maybe(measure.dataSource) };
  }

  #anchor(prose: Prose, isSection: boolean): string {
    const anker = `afsnit-${++this.#anchors}`;
    const entry = { anker, tekst: proseText(prose, this.#values), erMål: false };
    if (isSection) this.contents.push({ ...entry, under: [] });
    else this.#list(entry);
    return anker;
  }

  /** Puts an entry under the section it stands in; what comes before the first section stands for itself. */
  #list(entry: ContentsEntry): void {
    const section = this.contents.at(-1);
    if (section) section.under.push(entry);
    else this.contents.push({ ...entry, under: [] });
  }

  #html(prose: Prose): SafeString {
    return new Handlebars.SafeString(proseHtml(prose, this.#context));
  }

  #maybe(prose: Prose | undefined): SafeString | null {
    return prose ? this.#html(prose) : null;
  }
}

function signingView({
  signatories,
  seals,
}: {
  signatories: readonly Signatory[];
  seals: readonly Seal[];
}): SigningView {
  return {
    underskrivere: signatories.map(signatoryView),
    segl: seals.map(({ organisation }, index) => ({ felt: signatories.length + index, organisation })),
  };
}

/** A signatory as the forms' blocks for signatures print it. */
export function signatoryView(signatory: Signatory, index: number): SignatoryView {
  return {
    felt: index,
    navn: signatory.name,
    stilling: signatory.title,
    organisation: signatory.organisation ?? null,
    sted: signatory.place ?? null,
    dato: signatory.date ? { lang: longDate(signatory.date), kort: slashDate(signatory.date) } : null,
    datolinje: signatory.dateLine ?? null,
  };
}

function dayOrNull(date: LocalDate | undefined): string | null {
  return date ? longDate(date) : null;
}
