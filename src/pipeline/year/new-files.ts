import { basename } from "node:path";
import { Failure } from "../../core/failure.ts";
import { fileSize, readBytes, writeNew } from "../../core/files.ts";
import { didYouMean } from "../../core/suggest.ts";
import type { Plan } from "../../plan/plan.ts";
import { blankResults } from "../../results/blank.ts";
import { blankFollowUp } from "../../results/followup/blank.ts";
import { followUpFile } from "../../results/followup/load.ts";
import { knownRounds, LONGEST_ROUND, roundOf, roundPattern } from "../../results/followup/rounds.ts";
import { loadPlanWithHistory } from "../../results/history.ts";
import { followUpFromXlsx } from "../../sheet/import.ts";
import { sheetRows } from "../../sheet/rows.ts";
import { writeXlsx } from "../../sheet/write-xlsx.ts";
import { fileBeside } from "../draft.ts";
import { outcomeOf, type PlanOutcome, type Say } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";

/** What became of a file that was to be made: what was said of the plan, and where the file is. */
export interface NewFile extends PlanOutcome {
  readonly made: string | undefined;
}

/** Writes a round's follow-up file with every goal in it, ready to fill in. */
export function newFollowUp(file: PlanFile, round: string): Promise<NewFile> {
  const path = fileBeside(file, followUpFile(round));
  return make(file, path, round, async (plan) => new TextEncoder().encode(blankFollowUp(plan, round)));
}

/** Writes a workbook with every goal in it, ready to fill in and to be made a follow-up file of. */
export function newSheet(file: PlanFile, round: string, path: string): Promise<NewFile> {
  if (!/\.xlsx$/i.test(path))
    throw new Failure("usage", "brug", `»${basename(path)}« skal ende på .xlsx.`, {
      hint: "Skriv for eksempel --ark status.xlsx.",
    });
  return make(file, path, round, async (plan) => {
    const { title = "", lastDay } = roundOf(round, plan.period);
    const asOf = lastDay && { kind: "day" as const, date: lastDay };
    return await writeXlsx(sheetRows(plan, undefined), { plan, round, title, asOf, example: false });
  });
}

/** Writes the results file with every goal in it, ready to fill in. */
export function newResults(file: PlanFile): Promise<NewFile> {
  const path = fileBeside(file, "resultater.md");
  return make(file, path, undefined, async (plan) => new TextEncoder().encode(blankResults(plan)));
}

/** Makes a round's follow-up file of a filled-in workbook. With errors nothing is written. */
export function importFollowUp(file: PlanFile, round: string, sheet: string): Promise<NewFile> {
  const path = fileBeside(file, followUpFile(round));
  return make(file, path, round, async (plan, say) => {
    const bytes = await readBytes(sheet);
    if (!bytes) throw new Failure("usage", "ark-mangler", `Filen ${sheet} findes ikke.`);
    const text = say(await followUpFromXlsx(sheet, bytes, { plan, round }));
    return text === undefined ? undefined : new TextEncoder().encode(text);
  });
}

/** What every file that is made has in common: its plan is sound, and there is none of its name. */
async function make(
  file: PlanFile,
  path: string,
  round: string | undefined,
  content: (plan: Plan, say: Say) => Promise<Uint8Array | undefined>,
): Promise<NewFile> {
  if (round !== undefined) refuseRound(round);
  let made: string | undefined;
  const outcome = await outcomeOf(file, async (say) => {
    if ((await fileSize(path)) !== undefined) throw thereAlready(path);
    const loaded = say(await loadPlanWithHistory(file.path));
    const bytes = loaded && (await content(loaded.plan, say));
    if (!bytes) return;
    if (!(await writeNew(path, bytes))) throw thereAlready(path);
    made = path;
  });
  return { ...outcome, made };
}

function thereAlready(path: string): Failure {
  return new Failure("usage", "findes-allerede", `${path} findes allerede og bliver ikke overskrevet.`, {
    hint: "Flyt eller omdøb den først, hvis du vil begynde forfra.",
  });
}

/** The name of a round is part of a file's name. */
function refuseRound(round: string): void {
  if (roundPattern.test(round) && round.length <= LONGEST_ROUND) return;
  throw new Failure("usage", "rundens-navn", `En runde kan ikke hedde »${round.slice(0, 60)}«.`, {
    hint:
      didYouMean(round.toLowerCase(), knownRounds) ?? "Brug små bogstaver fra a til z, tal og bindestreger: 2-kvartal.",
  });
}
