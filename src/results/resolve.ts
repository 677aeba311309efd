import { readDecimal } from "../core/decimal.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import { didYouMean, nearest } from "../core/suggest.ts";
import type { FrontMatter, Path } from "../plan/front-matter.ts";
import { FrontMatterTexts } from "../plan/front-matter-texts.ts";
import { selectGoals } from "../plan/goal-selection.ts";
import { type Goal, goalsOf, type Milestone, type Plan, type SubGoal } from "../plan/plan.ts";
import type { ImageUse } from "../plan/prose.ts";
import { textDiagnostics } from "../plan/rules/all.ts";
import { decimal, given, number, optionalDay } from "../plan/written-values.ts";
import { type MeasuredKey, readActuals, resultKey } from "./actuals.ts";
import { misplaced } from "./misplaced.ts";
import { partNames } from "./names.ts";
import type { AgreedChange, Outcome, ReportSettings, Result, Results } from "./results.ts";
import type { WrittenMilestone, WrittenPartResult, WrittenResult, WrittenResults } from "./schema.ts";
import { doubtfulThousands } from "./thousands.ts";

/** Results without what only the body can tell. */
export type FrontMatterResults = Omit<Results, "body">;

/** The front matter of a results file, with what it gave occasion to say. */
export interface ResolvedResults {
  readonly results: FrontMatterResults;
  readonly images: readonly ImageUse[];
  /** What faulty names and faulty values probably stand for: it is not missed elsewhere. */
  readonly meant: ReadonlySet<Goal | SubGoal | Milestone>;
  /** Whether it can be told which goals were changed during the year. */
  readonly changesKnown: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const outcomes: Record<NonNullable<WrittenResult["vurdering"]>, Outcome> = {
  opfyldt: "met",
  "delvist opfyldt": "partlyMet",
  "ikke opfyldt": "notMet",
  udgået: "withdrawn",
};

/** Turns front matter that has passed the schema into results: its keys into the plan's goals, its texts into values. */
export function resolveResults(
  written: WrittenResults,
  plan: Plan,
  front: FrontMatter,
  faults: readonly Path[],
): ResolvedResults {
  const at = new Resolver(plan, front, faults);
  const results = {
    example: written.eksempel === "ja" || written.eksempel === "true",
    settings: settingsFrom(written.årsrapport, plan, front),
    changes: (written.ændringer ?? []).map((change, index) => at.change(change, ["ændringer", index])),
    ...given(
      "total",
      written.samlet && {
        percent: number(written.samlet.pct),
        decimals: readDecimal(written.samlet.pct)?.decimals ?? 0,
        grounds: at.texts.read(["samlet", "begrundelse"], written.samlet.begrundelse),
        span: front.keySpan(["samlet"]),
      },
    ),
    goals: at.goals(written.mål),
    span: front.keySpan(["mål"]),
  };
  const diagnostics = [...at.diagnostics, ...at.texts.diagnostics];
  return { results, images: at.texts.images, meant: at.meant, changesKnown: at.changesKnown, diagnostics };
}

function settingsFrom(written: WrittenResults["årsrapport"], plan: Plan, front: FrontMatter): ReportSettings {
  const spanOf = (key: string) => front.spanOf(["årsrapport", key]);
  return {
    year: Number(written?.år ?? plan.period.to.year),
    ...given("yearSpan", written?.år === undefined ? undefined : spanOf("år")),
    ...given("edition", written?.udgave ? { year: Number(written.udgave), span: spanOf("udgave") } : undefined),
    ...given("section", written?.afsnit === "ingen" ? "" : written?.afsnit),
    ...given("preset", written?.ordlyd ? { name: written.ordlyd, span: spanOf("ordlyd") } : undefined),
    headings: {
      ...given("section", written?.overskrift),
      ...given("part1", written?.del_1),
      ...given("part2", written?.del_2),
    },
    ...given("firstTable", numberIn(written?.første_tabel)),
    ...given("firstFigure", numberIn(written?.første_figur)),
  };
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** Finds the plan's goals behind the keys of the file, and reads what is reported of each. */
export class Resolver {
  readonly diagnostics: Diagnostic[] = [];
  readonly texts: FrontMatterTexts;
  readonly meant = new Set<Goal | SubGoal | Milestone>();
  changesKnown: boolean;
  /** Where in the file everything that was found is told of. */
  readonly paths = new Map<Goal | SubGoal | Milestone, Path>();
  readonly #plan: Plan;
  readonly #front: FrontMatter;
  readonly #faults: readonly Path[];
  readonly #measuredAs: MeasuredKey;

  constructor(plan: Plan, front: FrontMatter, faults: readonly Path[], measuredAs: MeasuredKey = resultKey) {
    this.#measuredAs = measuredAs;
    this.#plan = plan;
    this.#front = front;
    this.#faults = faults;
    this.texts = new FrontMatterTexts(front, textDiagnostics);
    // An unknown key of the whole file may be the one that has the changes.
    this.changesKnown = !faults.some((path) => path.length === 0 || path[0] === "ændringer");
  }

  goals(written: Readonly<Record<string, WrittenResult>>): Map<Goal, Result> {
    const found = new Map<Goal, Result>();
    let unknown = 0;
    for (const [key, result] of Object.entries(written)) {
      const path = ["mål", key];
      const { goal, meant } = this.#goal(key, this.#front.keySpan(path));
      for (const one of meant) this.meant.add(one);
      if (!goal) {
        unknown++;
        continue;
      }
      if (found.has(goal))
        this.diagnostics.push(
          error("mål-to-gange", this.#front.keySpan(path), `Mål ${goal.called} står to gange.`, "Slet det ene."),
        );
      else found.set(goal, this.#goalResult(goal, result, path));
    }
    for (const [where, key] of this.#faults)
      if (where === "mål" && typeof key === "string" && !Object.hasOwn(written, key))
        for (const one of selectGoals({ words: [key], named: {} }, this.#plan, this.#front.keySpan(["mål"])).goals)
          this.meant.add(one);
    const left = goalsOf(this.#plan.groups).filter((goal) => !found.has(goal) && !this.meant.has(goal));
    // As many unknown names as there are goals left: they stand for those.
    if (left.length <= unknown) for (const goal of left) this.meant.add(goal);
    return found;
  }

  #goal(key: string, span: Result["span"]): { goal: Goal | undefined; meant: readonly Goal[] } {
    // A key with a group's name is an id, which selectGoals takes as a word too.
    const { goals, meant, diagnostics } = selectGoals({ words: [key], named: {} }, this.#plan, span);
    this.diagnostics.push(...diagnostics);
    return { goal: goals[0], meant };
  }

  change(written: NonNullable<WrittenResults["ændringer"]>[number], path: Path): AgreedChange {
    const goal =
      written.mål === undefined ? undefined : this.#goal(written.mål, this.#front.spanOf([...path, "mål"])).goal;
    if (written.mål !== undefined && !goal) this.changesKnown = false;
    return {
      ...given("date", optionalDay(written.dato)),
      ...given("goal", goal),
      text: this.texts.read([...path, "tekst"], written.tekst),
      alters: (written.ændrer ?? []).map((name, index) => ({
        name,
        span: this.#front.spanOf([...path, "ændrer", index]),
      })),
      span: this.#front.spanOf([...path, written.dato === undefined ? "tekst" : "dato"]),
    };
  }

  #goalResult(goal: Goal, written: WrittenResult, path: Path): Result {
    this.paths.set(goal, path);
    return {
      ...this.#measured(written, goal, path),
      parts: this.#parts(goal, written.delmål, path),
      milestones: this.#milestones(goal, written.milepæle, path),
    };
  }

  #parts(of: Goal | SubGoal, written: WrittenPartResult["delmål"], ofPath: Path): Map<SubGoal, Result> {
    const names = partNames(of.subGoals);
    return this.#named("delmål", of.subGoals, names, written ?? {}, [...ofPath, "delmål"], (part, result, path) => ({
      ...this.#measured(result, part, path),
      parts: this.#parts(part, result.delmål, path),
      milestones: new Map(),
    }));
  }

  #milestones(goal: Goal, written: WrittenResult["milepæle"], goalPath: Path): Map<Milestone, Result> {
    const names = goal.milestones.map((milestone, index) => [milestone.number ?? String(index + 1)]);
    const path = [...goalPath, "milepæle"];
    return this.#named("milepæl", goal.milestones, names, written ?? {}, path, (_milestone, result, here) => ({
      ...this.#judged(result, here),
      actuals: [],
      references: new Map(),
      earlier: new Map(),
      parts: new Map(),
      milestones: new Map(),
      sound: this.#isSound(here),
      places: { ...this.#datePlace(result, here), references: new Map(), earlier: new Map() },
    }));
  }

  /** What is reported under names, by the things that have them. */
  #named<Thing extends SubGoal | Milestone, Reported>(
    what: "delmål" | "milepæl",
    things: readonly Thing[],
    names: readonly (readonly string[])[],
    written: Readonly<Record<string, Reported>>,
    parent: Path,
    read: (thing: Thing, reported: Reported, path: Path) => Result,
  ): Map<Thing, Result> {
    const found = new Map<Thing, Result>();
    const thingOf = (key: string) =>
      things[names.findIndex((all) => all.some((name) => name.toLowerCase() === key.toLowerCase()))];
    const reportedThings = new Set(Object.keys(written).map(thingOf));
    const left = new Map(
      things.flatMap((thing, index) => (reportedThings.has(thing) ? [] : [[names[index]?.[0] ?? "", thing] as const])),
    );
    const unknown = Object.keys(written).filter((key) => thingOf(key) === undefined);
    // As many unknown names as there are things left: they stand for those.
    const meant = (key: string) => left.get(nearest(key, [...left.keys()]) ?? "");
    for (const thing of left.size <= unknown.length ? left.values() : unknown.flatMap((key) => meant(key) ?? []))
      this.meant.add(thing);
    for (const [key, reported] of Object.entries(written)) {
      const path = [...parent, key];
      const span = this.#front.keySpan(path);
      const thing = thingOf(key);
      if (thing === undefined) {
        const hint = didYouMean(key, [...left.keys()]);
        this.diagnostics.push(
          what === "delmål"
            ? error("ukendt-delmål", span, `Målet har intet delmål »${key}«.`, hint ?? "Slet det.")
            : error("ukendt-milepæl", span, `Målet har ingen milepæl »${key}«.`, hint ?? "Slet den."),
        );
      } else if (found.has(thing)) {
        this.diagnostics.push(error("mål-to-gange", span, `»${key}« står to gange, under to navne.`, "Slet det ene."));
      } else {
        this.paths.set(thing, path);
        found.set(thing, read(thing, reported, path));
      }
    }
    return found;
  }

  #measured(written: WrittenPartResult, of: Goal | SubGoal, path: Path): Omit<Result, "parts" | "milestones"> {
    const { measure } = of;
    const { actuals, unit, diagnostics } = readActuals(written, measure, this.#front, path, this.#measuredAs);
    const sound = diagnostics.length === 0 && this.#isSound(path);
    const doubtful = doubtfulThousands(written, { measure, unit }, this.#front, path, this.#measuredAs.key);
    this.diagnostics.push(
      ...diagnostics,
      ...doubtful,
      ...misplaced(of, written, actuals, this.#front, path, this.#measuredAs),
    );
    return {
      ...this.#judged(written, path),
      ...given("reached", this.texts.optional([...path, "opnået"], written.opnået)),
      actuals,
      ...given("unit", unit),
      references: new Map(Object.entries(written.referencer ?? {}).map(([name, value]) => [name, number(value)])),
      earlier: new Map(Object.entries(written.tidligere ?? {}).map(([year, value]) => [Number(year), number(value)])),
      ...given("points", decimal(written.point)),
      sound,
      places: {
        ...this.#datePlace(written, path),
        ...given("points", written.point === undefined ? undefined : this.#front.spanOf([...path, "point"])),
        references: new Map(
          Object.keys(written.referencer ?? {}).map((name) => [
            name,
            this.#front.keySpan([...path, "referencer", name]),
          ]),
        ),
        earlier: new Map(
          Object.keys(written.tidligere ?? {}).map((year) => [
            Number(year),
            this.#front.spanOf([...path, "tidligere", year]),
          ]),
        ),
      },
    };
  }

  #datePlace({ dato }: WrittenMilestone, path: Path): Pick<Result["places"], "date"> {
    return given("date", dato === undefined ? undefined : this.#front.spanOf([...path, "dato"]));
  }

  /** Whether nothing at a path, or under it, is missing or wrong. */
  #isSound(path: Path): boolean {
    return !this.#faults.some((fault) => path.every((key, index) => fault[index] === key));
  }

  #judged(written: WrittenMilestone, path: Path): Pick<Result, "stated" | "grounds" | "date" | "span"> {
    const { vurdering } = written;
    return {
      ...given(
        "stated",
        vurdering && { outcome: outcomes[vurdering], span: this.#front.spanOf([...path, "vurdering"]) },
      ),
      ...given("grounds", this.texts.optional([...path, "begrundelse"], written.begrundelse)),
      ...given("date", optionalDay(written.dato)),
      span: this.#front.keySpan(path),
    };
  }
}
