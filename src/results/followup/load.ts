import { basename, dirname } from "node:path";
import { daysFromTo } from "../../core/calendar.ts";
import type { LocalDate } from "../../core/date.ts";
import { type Checked, checked, type Diagnostic, error, inReadingOrder } from "../../core/diagnostic.ts";
import { readBytes } from "../../core/files.ts";
import type { SourceBytes } from "../../core/identity.ts";
import { eachOnce, pictureSources } from "../../core/picture-source.ts";
import { decodeSource } from "../../core/reading.ts";
import type { Source } from "../../core/source.ts";
import { didYouMean } from "../../core/suggest.ts";
import { parseBody } from "../../plan/body.ts";
import { type FrontMatter, readFrontMatter } from "../../plan/front-matter.ts";
import { readImages } from "../../plan/images.ts";
import { type PlanFiles, planSources } from "../../plan/load.ts";
import { passageOf } from "../../plan/passage.ts";
import { type Goal, goalsOf, type Plan, type SubGoal } from "../../plan/plan.ts";
import type { ImageUse } from "../../plan/prose.ts";
import { readWritten } from "../../plan/written.ts";
import { given, optionalDay } from "../../plan/written-values.ts";
import { type BodyWords, bodyDiagnostics } from "../analyses.ts";
import type { Result } from "../results.ts";
import { asOfDiagnostics, followUpDiagnostics } from "./complete.ts";
import type { FollowUp, GoalProgress, PartProgress, Progress } from "./followup.ts";
import { type Moment, outlookOf } from "./forecast.ts";
import { type ResolvedGoals, resolveGoals } from "./resolve.ts";
import { knownRounds, LONGEST_ROUND, type Round, roundOf, roundPattern } from "./rounds.ts";
import { followUpSchema, type WrittenFollowUp } from "./schema.ts";

/** A follow-up that has been read, and the pictures that its texts show. */
export interface LoadedFollowUp {
  readonly progress: Progress;
  readonly images: ReadonlyMap<string, Uint8Array>;
  /** The file, byte by byte, and its name. */
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** The name of a round's file. */
export function followUpFile(round: string): string {
  return `opfoelgning-${round}.md`;
}

/** The round of a follow-up file; undefined for a file that is none. */
export function roundOfFile(name: string): string | undefined {
  return /^opfoelgning-(.+)\.md$/.exec(name)?.[1];
}

/** What a status document is made from. */
export function statusSources(
  plan: PlanFiles,
  followUp: Pick<LoadedFollowUp, "bytes" | "fileName" | "images">,
): SourceBytes[] {
  const own = [{ name: followUp.fileName, bytes: followUp.bytes }, ...pictureSources(followUp.images)];
  return eachOnce([...planSources(plan), ...own]);
}

/** Reads a plan's follow-up file and holds it against the plan; undefined where there is no such file. */
export async function loadFollowUp(path: string, plan: Plan): Promise<Checked<LoadedFollowUp> | undefined> {
  const bytes = await readBytes(path);
  if (!bytes) return undefined;
  const source = decodeSource(path, bytes);
  if (!source.value) return checked<LoadedFollowUp>(undefined, source.diagnostics);
  const fileName = basename(path);
  const { value, diagnostics, images } = parseFollowUp(source.value, plan, roundOfFile(fileName) ?? "");
  const { files, problems } = await readImages(dirname(path), images);
  return checked(
    value && { progress: value, images: files, bytes, fileName },
    inReadingOrder([...diagnostics, ...problems]),
  );
}

/** A follow-up as far as its own file tells, and the pictures that its texts ask for. */
export interface ParsedFollowUp extends Checked<Progress> {
  readonly images: readonly ImageUse[];
}

const standIns = { mål: {}, status: "forventes opfyldt", opgjort: "", dato: "" };

const words: BodyWords = {
  file: "opfølgningsfil",
  document: "statusdokumentet",
  block: "En tekst",
  theBlock: "teksten",
  blocks: "tekster",
};

/** Reads the text of a follow-up file and holds it against the plan. Does not look at other files. */
export function parseFollowUp(source: Source, plan: Plan, key: string): ParsedFollowUp {
  const parts = readFrontMatter(source);
  const written = parts.value && readWritten(followUpSchema, standIns, parts.value);
  const text = parts.body && parseBody(passageOf(parts.body), plan, ["mål"]);
  const diagnostics: Diagnostic[] = [
    ...parts.diagnostics,
    ...(written?.diagnostics ?? []),
    ...(text ? bodyDiagnostics(text.body, text.diagnostics, words) : []),
  ];
  const faults = written?.faults ?? [];
  const about = parts.value && written?.data && readRound(written.data, plan, { key, front: parts.value, faults });
  diagnostics.push(...(about?.diagnostics ?? []));
  const resolved = parts.value && written?.data && resolveGoals(written.data.mål, plan, parts.value, faults);
  diagnostics.push(...(resolved?.diagnostics ?? []));
  const images = [...(resolved?.images ?? []), ...(text?.body.images ?? [])];
  // Without a list of goals every goal would be missing.
  const told = !faults.some((path) => path.length === 1 && path[0] === "mål");
  if (!parts.value || !about || !resolved || !text || !told || !written?.data)
    return { ...checked<Progress>(undefined, inReadingOrder(diagnostics)), images };
  const followUp: FollowUp = {
    example: written.data.eksempel === "ja" || written.data.eksempel === "true",
    round: key,
    title: about.title,
    asOf: about.asOf,
    ...given("deadline", deadlineIn(plan, about.round, about.asOf)),
    goals: resolved.goals,
    told: resolved.told,
    body: text.body,
    span: parts.value.keySpan(["mål"]),
  };
  const progress = { plan, followUp, goals: progressOf(plan, followUp) };
  diagnostics.push(...followUpDiagnostics(progress, resolved.meant));
  return { ...checked(progress, inReadingOrder(diagnostics)), images };
}

interface About {
  readonly title: string;
  readonly asOf: LocalDate;
  readonly round: Round;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the file's name and its own words tell of the round. */
function readRound(
  written: WrittenFollowUp,
  plan: Plan,
  { key, front, faults }: { key: string; front: FrontMatter; faults: readonly (readonly PropertyKey[])[] },
): About {
  const round = roundOf(key, plan.period);
  const title = written.titel?.trim() || round.title;
  const given = optionalDay(written.opgjort || undefined);
  const asOf = given ?? round.lastDay;
  const top = front.source.span(0, 3);
  const diagnostics: Diagnostic[] = [];
  if (!roundPattern.test(key) || key.length > LONGEST_ROUND)
    diagnostics.push(
      error(
        "rundens-navn",
        top,
        `Filen kan ikke hedde ${followUpFile(key)}.`,
        "Efter opfoelgning- skrives små bogstaver fra a til z, tal og bindestreger: opfoelgning-2-kvartal.md.",
      ),
    );
  else if (!title) diagnostics.push(untitled(round, plan.period.to.year, top));
  if (!asOf && title && !faults.some((path) => path[0] === "opgjort"))
    diagnostics.push(
      error(
        "opgjort-mangler",
        top,
        `Rundens navn »${key}« siger ikke, hvilken dag tallene er opgjort.`,
        "Skriv opgjort: og dagen øverst i oplysningerne.",
      ),
    );
  if (given) diagnostics.push(...asOfDiagnostics(plan, given, front.spanOf(["opgjort"])));
  return { title: title ?? key, asOf: asOf ?? plan.period.to, round, diagnostics };
}

function untitled({ key, lacksYear }: Round, year: number, top: Diagnostic["span"]): Diagnostic {
  if (lacksYear)
    return error(
      "rundens-titel",
      top,
      `Planen gælder for flere år, og »${key}« siger ikke hvilket af dem.`,
      `Omdøb filen, for eksempel ${followUpFile(`${key.replace(/-\d{4}$/, "")}-${year}`)}, eller skriv titel: og opgjort:.`,
    );
  const meant = didYouMean(key, knownRounds);
  return error(
    "rundens-titel",
    top,
    `Runden »${key}« er ikke kendt, og filen har ingen titel.`,
    [meant, "Omdøb filen, eller skriv titel: og opgjort: øverst i oplysningerne."].filter(Boolean).join(" "),
  );
}

/** In a plan for several years, a deadline further than this from the numbers' day is another year's. */
const HALF_A_YEAR = 183;

/** When the plan wants a round. A plan for several years has one of the same name in each: then it is the nearest one. */
function deadlineIn({ followUps, period }: Plan, { names }: Round, asOf: LocalDate): LocalDate | undefined {
  const known = names.map((name) => name.toLowerCase());
  const away = (deadline: LocalDate) => Math.abs(daysFromTo(asOf, deadline));
  const [nearest] = followUps
    .flatMap(({ name, deadline }) => (deadline && known.includes(name.toLowerCase()) ? [deadline] : []))
    .sort((a, b) => away(a) - away(b));
  const anotherYears = nearest && period.from.year < period.to.year && away(nearest) > HALF_A_YEAR;
  return anotherYears ? undefined : nearest;
}

/** What the numbers so far would make of every goal that is told of. */
function progressOf(plan: Plan, followUp: FollowUp): GoalProgress[] {
  const statusOf = (of: Parameters<Moment["claimsMet"]>[0]) => followUp.told.get(of)?.stated?.status;
  const moment: Moment = {
    asOf: followUp.asOf,
    end: plan.period.to,
    claimsMet: (of) => statusOf(of) === "met",
    isWithdrawn: (of) => statusOf(of) === "withdrawn",
  };
  return goalsOf(plan.groups).flatMap((goal) => {
    const result = followUp.goals.get(goal);
    return result ? [partProgress(goal, result, followUp.told, moment)] : [];
  });
}

function partProgress<Of extends Goal | SubGoal>(
  of: Of,
  result: Result,
  told: ResolvedGoals["told"],
  moment: Moment,
): PartProgress & { readonly of: Of } {
  const parts = of.subGoals.flatMap((part) => {
    const reported = result.parts.get(part);
    return reported ? [partProgress<SubGoal>(part, reported, told, moment)] : [];
  });
  const said = told.get(of) ?? { numberPending: false };
  const outlook = moment.isWithdrawn(of) ? { sentences: [], clause: "" } : outlookOf(of, result, parts, moment);
  return { of, result, told: said, outlook, parts };
}
