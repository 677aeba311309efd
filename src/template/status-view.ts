import Handlebars from "handlebars";
import { capitalised, longDate } from "../core/danish.ts";
import { placeholderValues } from "../plan/placeholders.ts";
import { allGroups, type Goal, type SubGoal } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";
import { type ProseContext, proseHtml, proseText } from "../plan/prose-html.ts";
import { typeset } from "../plan/typography.ts";
import { given } from "../plan/written-values.ts";
import { analysesOf } from "../results/analyses.ts";
import { inRunningText } from "../results/criteria.ts";
import {
  type GoalProgress,
  type PartProgress,
  type Progress,
  type Status,
  type Told,
  wordsOfStatus,
} from "../results/followup/followup.ts";
import { forecastWords } from "../results/followup/forecast.ts";
import { statusSummary } from "../results/followup/summary.ts";
import { milestoneName, partName } from "../results/names.ts";
import type { Actual, Result } from "../results/results.ts";
import { actualText, onlyNumber, seriesOf } from "../results/series.ts";
import { drawYearChart } from "./chart.ts";
import type { Form } from "./form.ts";
import type { DocumentView } from "./view.ts";

type SafeString = Handlebars.SafeString;

/** What the status document's templates see, in the words of the people who make forms; see `view.ts`. */
export interface StatusView {
  readonly dokumenttitel: string;
  readonly titel: string;
  readonly plantitel: string;
  readonly institution: { readonly navn: string; readonly kort: string };
  readonly ministerium: string;
  readonly eksempel: boolean;
  readonly dokument: DocumentView;
  readonly farve: string;
  readonly skrift: string;
  /** The day that the numbers are as of, and when the plan wants them. */
  readonly opgjort: string;
  readonly frist: string | null;
  readonly sammenfatning: SafeString;
  readonly indledning: readonly SafeString[];
  /** Whether there is anything in the columns of numbers and forecasts. */
  readonly har_tal: boolean;
  readonly antal_kolonner: number;
  readonly grupper: readonly { readonly navn: string | null; readonly mål: readonly StatusRowView[] }[];
  readonly uddybninger: readonly StatusGoalView[];
}

/** A goal's line in the overview. */
export interface StatusRowView {
  readonly nr: string;
  readonly titel: SafeString;
  readonly status: StatusMarkView | null;
  /** The numbers so far, by what they are of. */
  readonly tal: readonly { readonly navn: string | null; readonly tekst: string }[];
  readonly prognose: string | null;
  readonly forventning: SafeString | null;
}

/** A status in words, and as a mark that is told by its shape. */
export interface StatusMarkView {
  readonly ord: string;
  readonly mærke: "opfyldt" | "forventet" | "risiko" | "ikke-forventet" | "udgaaet";
}

/** What more there is to say of a goal. */
export interface StatusGoalView {
  readonly anker: string;
  readonly nr: string;
  readonly titel: SafeString;
  readonly gruppe: string | null;
  readonly status: StatusMarkView | null;
  readonly dato: string | null;
  readonly kommentar: SafeString | null;
  readonly tekst: SafeString | null;
  /** What the numbers so far would make of it, as sentences. */
  readonly beregning: readonly SafeString[];
  readonly dele: readonly StatusPartView[];
  readonly figurer: readonly { readonly nr: number; readonly navn: string; readonly svg: SafeString }[];
}

/** A sub-goal or a milestone. */
export interface StatusPartView {
  readonly navn: SafeString;
  readonly status: string | null;
  readonly tal: string | null;
  readonly dato: string | null;
  readonly frist: string | null;
  readonly tekst: readonly SafeString[];
}

/** What the view is made with. */
export interface StatusSetting {
  readonly form: Form;
  readonly document: DocumentView;
  imageAddress(path: string): string;
}

const marks: Readonly<Record<Status, StatusMarkView["mærke"]>> = {
  met: "opfyldt",
  expectedMet: "forventet",
  atRisk: "risiko",
  expectedNotMet: "ikke-forventet",
  withdrawn: "udgaaet",
};

/** Makes the view of a status document. */
export async function statusView(progress: Progress, setting: StatusSetting): Promise<StatusView> {
  return await new StatusViewer(progress, setting).view();
}

class StatusViewer {
  readonly #progress: Progress;
  readonly #setting: StatusSetting;
  readonly #context: ProseContext;
  #figure = 1;

  constructor(progress: Progress, setting: StatusSetting) {
    this.#progress = progress;
    this.#setting = setting;
    this.#context = { values: placeholderValues(progress.plan), imageAddress: setting.imageAddress };
  }

  async view(): Promise<StatusView> {
    const { plan, followUp, goals } = this.#progress;
    const { form, document } = this.#setting;
    const { introduction, byGoal } = analysesOf(followUp.body);
    const named = plan.groups.some((group) => group.name !== "");
    const more: StatusGoalView[] = [];
    // One after the other: figures are numbered as they come.
    for (const [index, goal] of goals.entries()) {
      const view = await this.#goal(goal, byGoal.get(goal.of), `maal-${index + 1}`);
      if (view) more.push(view);
    }
    const grouped = allGroups(plan.groups)
      .map((group) => ({
        navn: named ? group.name : null,
        mål: goals.filter(({ of }) => group.goals.includes(of)).map((goal) => this.#row(goal)),
      }))
      .filter((group) => group.mål.length > 0);
    const numbers = grouped.some((group) => group.mål.some((row) => row.tal.length > 0 || row.prognose !== null));
    return {
      dokumenttitel: `${followUp.title} – ${plan.institution.name}`,
      titel: followUp.title,
      plantitel: plan.title,
      institution: { navn: plan.institution.name, kort: plan.institution.shortName },
      ministerium: plan.ministry,
      eksempel: followUp.example,
      dokument: document,
      farve: form.color,
      skrift: form.fonts.families[0] ?? "",
      opgjort: longDate(followUp.asOf),
      frist: followUp.deadline ? longDate(followUp.deadline) : null,
      sammenfatning: plain(statusSummary(this.#progress)),
      indledning: introduction.map((prose) => this.#html(prose)),
      har_tal: numbers,
      antal_kolonner: numbers ? 6 : 4,
      grupper: grouped,
      uddybninger: more,
    };
  }

  #row(goal: GoalProgress): StatusRowView {
    const { of, told, outlook } = goal;
    return {
      nr: of.number,
      titel: this.#html(of.title),
      status: markOf(told),
      tal: numbersOf(goal, null),
      prognose: outlook.forecast ? capitalised(forecastWords[outlook.forecast]) : null,
      forventning: this.#maybe(told.expectation),
    };
  }

  async #goal(goal: GoalProgress, text: Prose | undefined, anchor: string): Promise<StatusGoalView | undefined> {
    const { of, told, result, outlook } = goal;
    const parts = [...this.#parts(goal), ...this.#milestones(goal)];
    const charts = told.stated?.status === "withdrawn" ? [] : await this.#charts(goal, "");
    if (!told.comment && !text && outlook.sentences.length === 0 && parts.length === 0 && !result.date)
      return undefined;
    return {
      anker: anchor,
      nr: of.number,
      titel: this.#html(of.title),
      gruppe: allGroups(this.#progress.plan.groups).find((group) => group.goals.includes(of))?.name || null,
      status: markOf(told),
      dato: result.date ? longDate(result.date) : null,
      kommentar: this.#maybe(told.comment),
      tekst: this.#maybe(text),
      beregning: outlook.sentences.map(plain),
      dele: parts,
      figurer: charts,
    };
  }

  #parts(progress: PartProgress): StatusPartView[] {
    return progress.parts.flatMap((part) => {
      const of = part.of as SubGoal;
      const name = capitalised(partName(of, progress.of.subGoals.indexOf(of)));
      const title = of.number === undefined ? "" : this.#words(of.title);
      return [
        {
          navn: plain(
            [of.number === undefined ? this.#words(of.title) || name : name, title].filter(Boolean).join(": "),
          ),
          status: wordsOf(part.told),
          tal:
            numbersOf({ ...part, parts: [] }, null)
              .map(({ tekst }) => tekst)
              .join("; ") || null,
          dato: part.result.date ? longDate(part.result.date) : null,
          frist: null,
          tekst: this.#texts(part.told),
        },
        ...this.#parts(part),
      ];
    });
  }

  #milestones({ of, result }: GoalProgress): StatusPartView[] {
    return of.milestones.map((milestone, index) => {
      const told = this.#progress.followUp.told.get(milestone);
      const reported = result.milestones.get(milestone);
      return {
        navn: plain(`${capitalised(milestoneName(milestone, index))}: ${this.#words(milestone.text)}`),
        status: told ? wordsOf(told) : null,
        tal: null,
        dato: reported?.date ? longDate(reported.date) : null,
        frist: milestone.deadline ? longDate(milestone.deadline) : null,
        tekst: told ? this.#texts(told) : [],
      };
    });
  }

  #texts({ expectation, comment }: Told): SafeString[] {
    return [comment, expectation].flatMap((prose) => (prose ? [this.#html(prose)] : []));
  }

  /** A chart where there are earlier years to see the number so far against. */
  async #charts({ of, result, outlook, parts }: PartProgress, name: string): Promise<StatusGoalView["figurer"]> {
    const drawn: StatusGoalView["figurer"][number][] = [];
    const year = this.#progress.followUp.asOf.year;
    const series = seriesOf(of.measure, result, year);
    const known = (series?.years ?? []).filter(({ actual }) => actual);
    if (series && onlyNumber(result) && known.length > 1) {
      const title = this.#words(of.title);
      const years = series.years.map((one) => ({
        ...one,
        ...given("soFar", one.year === year ? { forecast: outlook.forecast } : undefined),
      }));
      const style = { font: `"${this.#setting.form.fonts.families[0] ?? ""}"`, accent: this.#setting.form.color };
      const { svg } = await drawYearChart({ title: title || name, unit: series.unit, years }, style);
      const whole = [capitalised(name), title].filter((part) => part !== "").join(": ");
      drawn.push({ nr: this.#figure++, navn: whole, svg: new Handlebars.SafeString(svg) });
    }
    for (const part of parts) {
      const inside = part.of as SubGoal;
      const called = inside.number === undefined ? "" : partName(inside, of.subGoals.indexOf(inside));
      drawn.push(...(await this.#charts(part, called)));
    }
    return drawn;
  }

  #words(prose: Prose | undefined): string {
    return prose ? proseText(prose, this.#context.values) : "";
  }

  #html(prose: Prose): SafeString {
    return new Handlebars.SafeString(proseHtml(prose, this.#context));
  }

  #maybe(prose: Prose | undefined): SafeString | null {
    return prose ? this.#html(prose) : null;
  }
}

/** The numbers so far of a goal and its parts. */
function numbersOf(progress: PartProgress, name: string | null): { navn: string | null; tekst: string }[] {
  const { of, result, told, parts } = progress;
  const own = told.numberPending
    ? [{ navn: name, tekst: "foreligger ikke" }]
    : result.actuals.map((actual) => ({ navn: name, tekst: numberText(actual, result) }));
  return [
    ...own,
    ...parts.flatMap((part) => {
      const index = (of as Goal | SubGoal).subGoals.indexOf(part.of as SubGoal);
      return numbersOf(part, capitalised(partName(part.of as SubGoal, index)));
    }),
  ];
}

function numberText(actual: Actual, { unit }: Result): string {
  return `${actualText(actual)}${actual.kind === "number" && unit ? ` ${inRunningText(unit)}` : ""}`;
}

function markOf({ stated }: Told): StatusMarkView | null {
  return stated ? { ord: capitalised(wordsOfStatus[stated.status]), mærke: marks[stated.status] } : null;
}

function wordsOf({ stated }: Told): string | null {
  return stated ? capitalised(wordsOfStatus[stated.status]) : null;
}

function plain(text: string): SafeString {
  return new Handlebars.SafeString(typeset(text));
}
