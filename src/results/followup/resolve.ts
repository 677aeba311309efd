import type { Diagnostic } from "../../core/diagnostic.ts";
import type { FrontMatter, Path } from "../../plan/front-matter.ts";
import type { Goal, Milestone, Plan, SubGoal } from "../../plan/plan.ts";
import type { ImageUse } from "../../plan/prose.ts";
import { given } from "../../plan/written-values.ts";
import type { MeasuredKey } from "../actuals.ts";
import { Resolver } from "../resolve.ts";
import type { Result } from "../results.ts";
import type { WrittenMilestone, WrittenPartResult, WrittenResult } from "../schema.ts";
import { statusFrom, type Told } from "./followup.ts";
import {
  NOT_YET,
  type WrittenFollowUp,
  type WrittenGoalStatus,
  type WrittenMilestoneStatus,
  type WrittenPartStatus,
} from "./schema.ts";

/** The goals of a follow-up file: what is measured of each, as results have it, and what people say of it. */
export interface ResolvedGoals {
  readonly goals: ReadonlyMap<Goal, Result>;
  readonly told: ReadonlyMap<Goal | SubGoal | Milestone, Told>;
  readonly images: readonly ImageUse[];
  /** What faulty names and faulty values probably stand for: it is not missed elsewhere. */
  readonly meant: ReadonlySet<Goal | SubGoal | Milestone>;
  readonly diagnostics: readonly Diagnostic[];
}

const soFar: MeasuredKey = { key: "indtil_nu", words: "kommentar" };

/** Turns front matter that has passed the schema into values: its keys into the plan's goals, its numbers into results so far. */
export function resolveGoals(
  written: WrittenFollowUp["mål"],
  plan: Plan,
  front: FrontMatter,
  faults: readonly Path[],
): ResolvedGoals {
  // A faulty status says nothing against the numbers beside it.
  const at = new Resolver(
    plan,
    front,
    faults.filter((path) => !isStatus(path) || path.includes("milepæle")),
    soFar,
  );
  const unreadable = new Set(faults.filter(isStatus).map((path) => path.join("\n")));
  const goals = at.goals(mapped(written, asGoalResult));
  const told = new Map<Goal | SubGoal | Milestone, Told>();
  for (const [thing, path] of at.paths) {
    const said = valueAt(written, path.slice(1)) as WrittenGoalStatus | WrittenPartStatus | WrittenMilestoneStatus;
    const faulty = unreadable.has([...path, "status"].join("\n"));
    const status = faulty ? undefined : statusFrom(said.status || undefined);
    told.set(thing, {
      ...given("stated", status && { status, span: front.spanOf([...path, "status"]) }),
      ...given("expectation", at.texts.optional([...path, "forventning"], present(said.forventning))),
      ...given("comment", at.texts.optional([...path, "kommentar"], present(said.kommentar))),
      numberPending: "indtil_nu" in said && isPending(said.indtil_nu),
    });
  }
  return {
    goals,
    told,
    images: at.texts.images,
    meant: at.meant,
    diagnostics: [...at.diagnostics, ...at.texts.diagnostics],
  };
}

function isStatus(path: Path): boolean {
  return path.at(-1) === "status";
}

function asGoalResult({ delmål, milepæle, ...own }: WrittenGoalStatus): WrittenResult {
  return {
    ...asPartResult(own),
    ...given("delmål", delmål && mapped(delmål, asPartResult)),
    ...given("milepæle", milepæle && mapped(milepæle, asMilestone)),
  };
}

function asPartResult(
  written: Omit<WrittenPartStatus, "delmål"> & Pick<WrittenPartStatus, "delmål">,
): WrittenPartResult {
  const { indtil_nu, enhed, dato, referencer, tidligere, delmål } = written;
  const measured = indtil_nu === "" || isPending(indtil_nu) ? undefined : indtil_nu;
  return {
    ...given("resultat", measured),
    ...given("enhed", enhed),
    ...given("dato", present(dato)),
    ...given("referencer", referencer && filled(referencer)),
    ...given("tidligere", tidligere && filled(tidligere)),
    ...given("delmål", delmål && mapped(delmål, asPartResult)),
  };
}

function asMilestone({ dato }: WrittenMilestoneStatus): WrittenMilestone {
  return given("dato", present(dato));
}

function isPending(written: string | readonly string[] | undefined): boolean {
  return typeof written === "string" && written.trim().toLowerCase() === NOT_YET;
}

/** A text, unless it is empty. */
function present(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}

function filled(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
}

function mapped<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown>)[key], data);
}
