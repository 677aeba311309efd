import { listed } from "../../core/danish.ts";
import { parseDecimal } from "../../core/decimal.ts";
import type { Rewrite } from "../../core/rewrite.ts";
import type { FrontMatter, Path } from "../../plan/front-matter.ts";
import { asWritten, type Entry, editMap, editOrDropMap } from "../../plan/map-edits.ts";
import { type Goal, planYears, type SubGoal } from "../../plan/plan.ts";
import type { Assessment } from "../assessment.ts";
import { outcomeWords, type Result } from "../results.ts";
import { seriesOf } from "../series.ts";
import type { Remark } from "./remark.ts";
import { movedDeadline, movedYears, type Step } from "./step.ts";

/** What goals are rolled forward with. */
export interface Rolling {
  readonly rewrite: Rewrite;
  readonly front: FrontMatter;
  readonly step: Step;
  /** What the plan came to; undefined where its results are not in. */
  readonly assessment: Assessment | undefined;
  readonly remarks: Remark[];
}

/** A goal or a part of it, where it stands in the file, and what was reported of it. */
interface Part {
  readonly of: Goal | SubGoal;
  readonly path: Path;
  readonly result: Result | undefined;
  /** »Mål 1.1«, »Delmål a«. */
  readonly name: string;
}

/** Carries every goal over: marks it, moves its deadlines and the years of its tables, and opens what is not known yet. */
export function rollGoals(rolling: Rolling, goals: readonly Goal[], marked: boolean): void {
  for (const [index, path] of goalPaths(rolling.front.data).entries()) {
    const goal = goals[index];
    // Numbers may begin anew in each group.
    const shared = goals.filter((one) => one.number === goal?.number).length > 1;
    if (goal) rollGoal(rolling, goal, `Mål ${shared ? goal.id : goal.number}`, path, marked);
  }
}

function rollGoal(rolling: Rolling, goal: Goal, name: string, path: Path, marked: boolean): void {
  const { rewrite, front, step, assessment, remarks } = rolling;
  const mark = asWritten(goal.id);
  const places = marked
    ? editMap(rewrite, front, path, (entries) => withEntry(entries, "fortsætter", mark, ["titel"]))
    : undefined;
  const assessed = assessment?.goals.find((one) => one.goal === goal);
  const came = assessed ? ` Det er ${outcomeWords[assessed.outcome]} i planen for ${planYears(step.from)}.` : "";
  remarks.push({
    kind: "open",
    code: "ny-mål",
    at: places?.get("fortsætter") ?? goal.span,
    message: `${name} er ført videre uændret.${came}`,
    hint: "Skal det ikke med igen, så slet målet og dets blok i teksten.",
  });
  rollPart(rolling, { of: goal, path, result: assessed?.result, name });
  // Milestones, and the tasks of the work programme.
  for (const key of ["milepæle", "opgaver"])
    for (let index = 0; front.mapAt([...path, key, index]); index++)
      rollDates(rolling, [...path, key, index], ["frist"]);
}

function rollPart(rolling: Rolling, part: Part): void {
  const { of, path, result, name } = part;
  rollDates(rolling, path, ["frist"]);
  rollCriterion(rolling, [...path, "kriterium"], name);
  rollTables(rolling, part);
  for (const [index, inner] of of.subGoals.entries()) {
    rollPart(rolling, {
      of: inner,
      path: [...path, "delmål", index],
      result: result?.parts.get(inner),
      name: `${name}, delmål ${inner.number ?? index + 1}`,
    });
  }
}

/** Dates under some keys of a map. */
export function rollDates({ rewrite, front, step, remarks }: Rolling, path: Path, keys: readonly string[]): void {
  const before = new Map<string, string>();
  const places = editMap(rewrite, front, path, (entries) =>
    entries.map((entry) => {
      const value = front.textAt([...path, entry.key]);
      if (!keys.includes(entry.key) || value === undefined) return entry;
      before.set(entry.key, value);
      const moved = movedDeadline(value, step);
      return moved === value ? entry : { ...entry, written: asWritten(moved) };
    }),
  );
  for (const [key, at] of places) {
    const value = before.get(key) ?? "";
    const message = `Fristen er flyttet fra ${value} til ${movedDeadline(value, step)}.`;
    remarks.push({ kind: "open", code: "ny-frist", at, message, hint: "Passer dagen?" });
  }
}

/** A criterion and those in it: a base year is moved along, and the numbers are to be agreed anew. */
function rollCriterion(rolling: Rolling, path: Path, name: string): void {
  const { rewrite, front, step, remarks } = rolling;
  const map = front.mapAt(path);
  if (!map) return;
  remarks.push({
    kind: "open",
    code: "ny-kriterium",
    at: front.keySpan(path),
    message: `Kriteriet for ${name.charAt(0).toLowerCase()}${name.slice(1)} er ført videre.`,
    hint: `Er tallene aftalt for ${nextYears(step)}?`,
  });
  const inside = (here: Path): void => {
    for (const { key, valueSpan } of front.mapAt(here)?.pairs ?? []) {
      const below = [...here, key];
      const value = front.textAt(below);
      if (key === "senest") rollDates(rolling, here, ["senest"]);
      else if (key === "fra" && value !== undefined) {
        const year = String(Number(value) + step.years);
        const at = rewrite.replace(valueSpan.start, valueSpan.end, asWritten(year));
        const message = `Året, der sammenlignes med, er flyttet fra ${value} til ${year}.`;
        remarks.push({ kind: "changed", code: "ny-år", at, message });
      } else if (front.mapAt(below)) inside(below);
      else for (let index = 0; front.mapAt([...below, index]); index++) inside([...below, index]);
    }
  };
  inside(path);
}

/** The tables over years: the new years come, as many of the oldest go, and results that are fetched from the earlier plan are taken out. */
function rollTables(rolling: Rolling, part: Part): void {
  const { rewrite, front, step, assessment, remarks } = rolling;
  const { of, path, result, name } = part;
  const targets = front.mapAt([...path, "måltal"])?.pairs.map((pair) => Number(pair.key)) ?? [];
  const actuals = front.mapAt([...path, "resultat"])?.pairs.map((pair) => Number(pair.key)) ?? [];
  const columns = [...new Set([...targets, ...actuals])].sort((a, b) => a - b);
  const last = columns.at(-1);
  if (last === undefined) return;
  const { from, to } = step.from;
  const fresh = range(from.year, to.year)
    .filter((year) => columns.includes(year))
    .map((year) => ({ year: year + step.years, like: year }))
    .filter(({ year }) => !columns.includes(year));
  const gone = new Set(columns.slice(0, fresh.length).filter((year) => year < from.year));
  const series = result && seriesOf(of.measure, result, assessment?.results.settings.year ?? to.year);
  const known = new Map(
    series?.years.flatMap(({ year, actualText = "" }) => (isOpen(actualText) ? [] : [[year, actualText]])),
  );

  const goals = editOrDropMap(rewrite, front, [...path, "måltal"], (entries) => [
    ...entries.filter((entry) => !gone.has(Number(entry.key))),
    ...fresh.flatMap(({ year, like }) => copied(entries, String(like), String(year))),
  ]);
  for (const { year, like } of fresh) {
    const at = goals?.get(String(year));
    const message = `Måltallet for ${year} er det samme som for ${like} (${name}).`;
    if (at) remarks.push({ kind: "open", code: "ny-måltal", at, message, hint: `Er det aftalt for ${year}?` });
  }
  const shown = new Set(targets.filter((year) => !gone.has(year)));
  const fetched = (entry: Entry) =>
    shown.has(Number(entry.key)) &&
    parseDecimal(known.get(Number(entry.key)) ?? "") !== undefined &&
    parseDecimal(front.textAt([...path, "resultat", entry.key]) ?? "") === undefined;
  const isOpenEntry = ({ key }: Entry) => isOpen(front.textAt([...path, "resultat", key]) ?? "");
  const open: Entry[] = [];
  const entered: string[] = [];
  const taken: string[] = [];
  const results = editOrDropMap(rewrite, front, [...path, "resultat"], (entries) => {
    const kept = entries.filter((entry) => !gone.has(Number(entry.key)) && !fetched(entry));
    taken.push(...entries.filter(fetched).map((entry) => entry.key));
    // Only the years of targets are fetched: what is known of another one is entered here.
    const filled = kept.map((entry) => {
      const text = isOpenEntry(entry) ? known.get(Number(entry.key)) : undefined;
      if (text !== undefined) entered.push(entry.key);
      return text === undefined ? entry : { ...entry, written: asWritten(text) };
    });
    open.push(
      ...kept.filter(
        (entry) => isOpenEntry(entry) && !entered.includes(entry.key) && Number(entry.key) < from.year + step.years,
      ),
    );
    const isText = ({ like }: { like: number }) =>
      parseDecimal(front.textAt([...path, "resultat", String(like)]) ?? "") === undefined;
    const added = fresh.flatMap((one) =>
      isText(one)
        ? copied(entries, String(one.like), String(one.year))
        : [{ key: String(one.year), written: asWritten("-") }],
    );
    return [...filled, ...added];
  });
  if (fresh.length + taken.length + entered.length > 0) {
    const at = goals || results ? front.keySpan([...path, goals ? "måltal" : "resultat"]) : of.span;
    remarks.push({
      kind: "changed",
      code: "ny-tabel",
      at,
      message: tableMessage({ fresh, gone, taken, entered }, name),
    });
  }
  for (const { pair, key } of open) {
    const at = results?.get(key) ?? pair?.keySpan ?? of.span;
    const message = `Resultatet for ${key} er stadig åbent (${name}).`;
    remarks.push({ kind: "open", code: "ny-historik", at, message, hint: "Skriv det, hvis det er opgjort." });
  }
}

/** What became of a table: the years that came and went, and the results that are fetched or were entered. */
interface RolledTable {
  readonly fresh: readonly { year: number }[];
  readonly gone: ReadonlySet<number>;
  readonly taken: readonly string[];
  readonly entered: readonly string[];
}

/** »Tabellen for mål 2.1 har fået 2023, har mistet 2019 og henter resultatet for 2022.« */
function tableMessage({ fresh, gone, taken, entered }: RolledTable, name: string): string {
  const parts = [
    ...(fresh.length > 0 ? [`har fået ${listed(fresh.map(({ year }) => String(year)))}`] : []),
    ...(gone.size > 0 ? [`har mistet ${listed([...gone].map(String))}`] : []),
    ...(taken.length > 0 ? [`henter resultatet for ${listed(taken)}`] : []),
    ...(entered.length > 0 ? [`har fået resultatet for ${listed(entered)} skrevet ind`] : []),
  ];
  return `Tabellen for ${name.charAt(0).toLowerCase()}${name.slice(1)} ${listed(parts)}.`;
}

/** A new year with what an earlier one has, which may be an empty cell; nothing where that has no cell. */
function copied(entries: readonly Entry[], like: string, year: string): Entry[] {
  const found = entries.find((entry) => entry.key === like);
  // As it is written, quotation marks too.
  return found ? [{ key: year, written: found.written }] : [];
}

function isOpen(text: string): boolean {
  return /^\s*[-–—]?\s*$/.test(text);
}

/** A map with a key: its value is changed where it is there, else it comes after the first of some others that is. */
export function withEntry(
  entries: readonly Entry[],
  key: string,
  written: string,
  after: readonly string[],
): readonly Entry[] {
  if (entries.some((entry) => entry.key === key))
    return entries.map((entry) => (entry.key === key ? { ...entry, written } : entry));
  const anchor = after.find((one) => entries.some((entry) => entry.key === one));
  return entries.flatMap((entry) => (entry.key === anchor ? [entry, { key, written }] : [entry]));
}

/** The ways to the goals, in the order that the plan has them. */
function goalPaths(data: unknown): Path[] {
  const inGroups = (groups: unknown, path: Path): Path[] =>
    list(groups).flatMap((group, index) => {
      const here = [...path, index];
      const { mål, grupper } = group as { mål?: unknown; grupper?: unknown };
      return [...list(mål).map((_, at) => [...here, "mål", at]), ...inGroups(grupper, [...here, "grupper"])];
    });
  const { mål, grupper } = data as { mål?: unknown; grupper?: unknown };
  return [...list(mål).map((_, at) => ["mål", at]), ...inGroups(grupper, ["grupper"])];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** »2023«, »2017-2020«. */
export function nextYears(step: Step): string {
  return movedYears(planYears(step.from), step);
}
