import { type Decimal, parsePart, readDecimal, sum } from "../core/decimal.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { onWorkday } from "../core/holidays.ts";
import { dayOfRule, parseDeadlineRule } from "./deadline-rule.ts";
import type { FrontMatter, Path } from "./front-matter.ts";
import { FrontMatterTexts } from "./front-matter-texts.ts";
import type {
  Criterion,
  FollowUpRound,
  FrontMatterPlan,
  Goal,
  GoalGroup,
  Measure,
  Milestone,
  Named,
  Scale,
  Scoring,
  Signatory,
  SubGoal,
  Task,
  YearRow,
} from "./plan.ts";
import type { ImageUse } from "./prose.ts";
import type { WrittenCriterion, WrittenGoal, WrittenGoalGroup, WrittenPlan, WrittenSubGoal } from "./schema.ts";
import { day, decimal, given, number, optionalDay } from "./written-values.ts";

const methods: Record<WrittenPlan["opgørelse"]["metode"], Scoring["method"]> = {
  binær: "binary",
  tretrin: "threeLevel",
  vægtet: "weighted",
  point: "points",
  milepæle: "milestones",
  manuel: "manual",
};

/** A plan's front matter, with what its texts gave occasion to say. */
export interface ResolvedPlan {
  readonly plan: FrontMatterPlan;
  readonly images: readonly ImageUse[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Turns front matter that has passed the schema into a plan: Danish keys into the code's words, texts into values. */
export function resolvePlan(id: string, written: WrittenPlan, front: FrontMatter): ResolvedPlan {
  const at = new Resolver(front, sharedNumbers(written));
  const plan = planFrom(id, written, front, at);
  return { plan, images: at.texts.images, diagnostics: at.texts.diagnostics };
}

function planFrom(id: string, written: WrittenPlan, front: FrontMatter, at: Resolver): FrontMatterPlan {
  return {
    id,
    form: written.skabelon,
    formSpan: front.spanOf(["skabelon"]),
    title: written.titel,
    institution: {
      name: written.institution.navn,
      shortName: written.institution.kort ?? written.institution.navn,
      ...given("cvr", written.institution.cvr),
    },
    ministry: written.ministerium,
    ...given("caseNumber", written.sagsnummer),
    state: written.tilstand === "udkast" ? "draft" : "forSignature",
    ...given(
      "history",
      written.historik === undefined ? undefined : { plan: written.historik, span: front.spanOf(["historik"]) },
    ),
    period: { from: day(written.periode.fra), to: day(written.periode.til), span: front.spanOf(["periode"]) },
    scoring: {
      method: methods[written.opgørelse.metode],
      ...given("totalPoints", decimal(written.opgørelse.point_i_alt)),
      ...given("partCredit", parsePart(written.opgørelse.delvist_tæller ?? "")),
      span: front.spanOf(["opgørelse"]),
    },
    payShares: Object.entries(written.resultatløn ?? {}).map(([ground, share]) => ({
      ground,
      share: parsePart(share) ?? sum([]),
      span: front.spanOf(["resultatløn", ground]),
    })),
    followUps: resolveFollowUps(written, front),
    strategy: (written.strategi ?? []).map((point, index) => ({
      key: point.nøgle,
      text: at.texts.read(["strategi", index, "tekst"], point.tekst, "inline"),
      span: front.spanOf(["strategi", index, "nøgle"]),
    })),
    adviceOff: (written.råd?.slået_fra ?? []).map((name, index) => ({
      name,
      span: front.spanOf(["råd", "slået_fra", index]),
    })),
    groups: [...at.ungrouped(written.mål), ...at.groups(written.grupper, ["grupper"])],
    signatories: written.underskrivere.map((signatory, index) =>
      resolveSignatory(signatory, front, ["underskrivere", index]),
    ),
    seals: (written.segl ?? []).map(({ organisation }, index) => ({
      organisation,
      span: front.spanOf(["segl", index]),
    })),
  };
}

const workdayRules = { næste: "next", forrige: "previous", uændret: "unchanged" } as const;

function resolveFollowUps(written: WrittenPlan, front: FrontMatter): FollowUpRound[] {
  const period = { from: day(written.periode.fra), to: day(written.periode.til) };
  return (written.opfølgning ?? []).map((round, index): FollowUpRound => {
    const rule = round.frist === undefined ? undefined : parseDeadlineRule(round.frist);
    const due = rule && dayOfRule(rule, period);
    const workday = round.hverdag && workdayRules[round.hverdag];
    const path = ["opfølgning", index];
    return {
      name: round.navn,
      ...given("deadline", due && onWorkday(due, workday ?? "unchanged")),
      ...(round.frist !== undefined && {
        written: { text: round.frist, ...given("day", due), span: front.spanOf([...path, "frist"]) },
      }),
      ...given("workday", workday),
      span: front.spanOf(path),
    };
  });
}

function resolveSignatory(written: WrittenPlan["underskrivere"][number], front: FrontMatter, path: Path): Signatory {
  return {
    name: written.navn,
    title: written.stilling,
    ...given("organisation", written.organisation),
    ...given("place", written.sted),
    ...given("date", optionalDay(written.dato)),
    ...given("dateLine", written.datolinje),
    span: front.spanOf(written.dato === undefined ? path : [...path, "dato"]),
  };
}

/** The numbers that goals of several groups have. */
function sharedNumbers(written: WrittenPlan): ReadonlySet<string> {
  const numbersIn = (groups: readonly WrittenGoalGroup[]): string[] =>
    groups.flatMap((group) => [...(group.mål ?? []).map(({ nr }) => nr), ...numbersIn(group.grupper ?? [])]);
  const all = numbersIn(written.grupper ?? []);
  return new Set(all.filter((number, index) => all.indexOf(number) !== index));
}

/** Walks the goals. */
class Resolver {
  readonly texts: FrontMatterTexts;
  readonly #front: FrontMatter;
  readonly #shared: ReadonlySet<string>;

  constructor(front: FrontMatter, shared: ReadonlySet<string>) {
    this.texts = new FrontMatterTexts(front);
    this.#front = front;
    this.#shared = shared;
  }

  ungrouped(written: readonly WrittenGoal[] | undefined): GoalGroup[] {
    if (!written) return [];
    return [
      { key: "", name: "", goals: this.goals(written, "", ["mål"]), groups: [], span: this.#front.keySpan(["mål"]) },
    ];
  }

  groups(written: readonly WrittenGoalGroup[] | undefined, path: Path): GoalGroup[] {
    return (written ?? []).map((group, index) => {
      const here = [...path, index];
      return {
        key: group.nøgle,
        name: group.navn,
        goals: this.goals(group.mål ?? [], group.nøgle, [...here, "mål"]),
        groups: this.groups(group.grupper, [...here, "grupper"]),
        span: this.#front.spanOf([...here, "nøgle"]),
      };
    });
  }

  goals(written: readonly WrittenGoal[], groupKey: string, path: Path): Goal[] {
    return written.map((goal, index) => this.goal(goal, groupKey, [...path, index]));
  }

  goal(written: WrittenGoal, groupKey: string, path: Path): Goal {
    return {
      id: groupKey === "" ? written.nr : `${groupKey}/${written.nr}`,
      called: groupKey === "" || !this.#shared.has(written.nr) ? written.nr : `${groupKey}/${written.nr}`,
      number: written.nr,
      title: this.texts.read([...path, "titel"], written.titel, "inline"),
      ...given("heading", this.texts.optional([...path, "overskrift"], written.overskrift, "inline")),
      ...given("boxHeading", this.texts.optional([...path, "rammeoverskrift"], written.rammeoverskrift, "inline")),
      ...given("statement", this.texts.optional([...path, "mål"], written.mål)),
      ...given("measurePoint", this.texts.optional([...path, "målepunkt"], written.målepunkt)),
      ...given("remarks", this.texts.optional([...path, "bemærkninger"], written.bemærkninger)),
      counts: written.tæller !== "nej" && written.tæller !== "false",
      ...given("weight", decimal(written.vægt)),
      ...given("points", decimal(written.point)),
      ...given("rule", this.rule(written.krav, path)),
      ...given("scale", this.scale(written.skala, path)),
      ...given("deadline", optionalDay(written.frist)),
      ...given("responsible", written.ansvarlig),
      ...given("strategy", this.named(written.strategi, [...path, "strategi"])),
      ...given("continues", this.named(written.fortsætter, [...path, "fortsætter"])),
      measure: this.measure(written, path),
      subGoals: this.subGoals(written.delmål, path),
      milestones: this.milestones(written.milepæle, path),
      tasks: this.tasks(written.opgaver, path),
      span: this.#front.spanOf([...path, "nr"]),
    };
  }

  subGoals(written: readonly WrittenSubGoal[] | undefined, goalPath: Path): SubGoal[] {
    return (written ?? []).map((subGoal, index) => {
      const path = [...goalPath, "delmål", index];
      return {
        ...given("number", subGoal.nr),
        ...given("title", this.texts.optional([...path, "titel"], subGoal.titel, "inline")),
        ...given("text", this.texts.optional([...path, "tekst"], subGoal.tekst)),
        ...given("points", decimal(subGoal.point)),
        ...given("rule", this.rule(subGoal.krav, path)),
        ...given("continues", this.named(subGoal.fortsætter, [...path, "fortsætter"])),
        measure: this.measure(subGoal, path),
        subGoals: this.subGoals(subGoal.delmål, path),
        span: this.#front.spanOf(path),
      };
    });
  }

  milestones(written: WrittenGoal["milepæle"], goalPath: Path): Milestone[] {
    return (written ?? []).map((milestone, index) => ({
      ...given("number", milestone.nr),
      text: this.texts.read([...goalPath, "milepæle", index, "tekst"], milestone.tekst),
      ...given("deadline", optionalDay(milestone.frist)),
      ...given("points", decimal(milestone.point)),
      span: this.#front.spanOf([...goalPath, "milepæle", index]),
    }));
  }

  measure(written: WrittenGoal | WrittenSubGoal, path: Path): Measure {
    const rows: YearRow[] = [];
    if (written.måltal) rows.push({ kind: "target", cells: this.cells(written.måltal, [...path, "måltal"]) });
    if (written.resultat) rows.push({ kind: "actual", cells: this.cells(written.resultat, [...path, "resultat"]) });
    return {
      ...given("unit", written.enhed),
      ...given("criterion", written.kriterium && criterion(written.kriterium)),
      rows,
      ...given("note", this.texts.optional([...path, "anmærkning"], written.anmærkning, "inline")),
      ...given("dataSource", this.texts.optional([...path, "kilde"], written.kilde, "inline")),
    };
  }

  cells(written: Record<string, string>, path: Path): YearRow["cells"] {
    return Object.entries(written).map(([year, text]) => ({
      year: Number(year),
      text,
      span: this.#front.keySpan([...path, year]),
    }));
  }

  rule(written: WrittenGoal["krav"], path: Path): Goal["rule"] {
    return written && { atLeast: Number(written.mindst), span: this.#front.spanOf([...path, "krav", "mindst"]) };
  }

  tasks(written: WrittenGoal["opgaver"], goalPath: Path): Task[] {
    return (written ?? []).map((task, index) => ({
      text: this.texts.read([...goalPath, "opgaver", index, "tekst"], task.tekst, "inline"),
      ...given("deadline", optionalDay(task.frist)),
      ...given("responsible", task.ansvarlig),
    }));
  }

  named(written: string | undefined, path: Path): Named | undefined {
    return written === undefined ? undefined : { name: written, span: this.#front.spanOf(path) };
  }

  scale(written: WrittenGoal["skala"], path: Path): Scale | undefined {
    return (
      written && {
        ...given("met", this.texts.optional([...path, "skala", "opfyldt"], written.opfyldt)),
        ...given("partlyMet", this.texts.optional([...path, "skala", "delvist"], written.delvist)),
        ...given("notMet", this.texts.optional([...path, "skala", "ikke"], written.ikke)),
        ...given("metFrom", written.antal_opfyldt === undefined ? undefined : Number(written.antal_opfyldt)),
        ...given("partlyMetFrom", written.antal_delvist === undefined ? undefined : Number(written.antal_delvist)),
      }
    );
  }
}

function limit(written: string): { limit: Decimal; decimals: number } {
  return { limit: number(written), decimals: readDecimal(written)?.decimals ?? 0 };
}

function criterion(written: WrittenCriterion): Criterion {
  if (written.afvigelse_højst !== undefined) return { kind: "tolerance", ...limit(written.afvigelse_højst) };
  if (written.højst !== undefined) return { kind: "atMost", ...limit(written.højst) };
  if (written.mindst !== undefined) return { kind: "atLeast", ...limit(written.mindst) };
  if (written.antal_mindst !== undefined) return { kind: "countAtLeast", ...limit(written.antal_mindst) };
  if (written.senest !== undefined) return { kind: "by", deadline: day(written.senest) };
  if (written.højst_reference !== undefined) return { kind: "atMostReference", reference: written.højst_reference };
  if (written.mindst_reference !== undefined) return { kind: "atLeastReference", reference: written.mindst_reference };
  if (written.fald !== undefined)
    return { kind: "reduction", percent: number(written.fald.pct), baseYear: Number(written.fald.fra) };
  const parts = written.en_af ?? written.alle ?? written.mindst_antal_af?.kriterier ?? [];
  const count = written.en_af ? 1 : Number(written.mindst_antal_af?.antal ?? parts.length);
  return { kind: "atLeastOf", count, criteria: parts.map(criterion) };
}
