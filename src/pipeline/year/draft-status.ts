import { dirname } from "node:path";
import { Failure } from "../../core/failure.ts";
import { filesUnder } from "../../core/files.ts";
import { didYouMean } from "../../core/suggest.ts";
import type { Progress } from "../../results/followup/followup.ts";
import { followUpFile, loadFollowUp, roundOfFile, statusSources } from "../../results/followup/load.ts";
import { renderStatus } from "../../template/render.ts";
import type { FormShelf } from "../../template/shelf.ts";
import { type Draft, fileBeside, type Prepared } from "../draft.ts";
import type { Say } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";

/** A status document as the browser will print it, and what it tells of. */
export interface StatusDraft extends Draft {
  readonly progress: Progress;
}

/** The rounds that a plan has follow-up files of, by name. */
export async function roundsOf(plan: PlanFile): Promise<string[]> {
  return (await filesUnder(dirname(plan.path))).flatMap((name) => roundOfFile(name) ?? []);
}

/**
 * The status documents of some rounds, of all where none is named. What has errors is left out; a faulty follow-up is no
 * reason to hold another back.
 */
export async function draftStatuses(
  { file, loaded }: Pick<Prepared, "file" | "loaded">,
  forms: FormShelf,
  say: Say,
  wanted?: readonly string[],
): Promise<StatusDraft[]> {
  const drafts: StatusDraft[] = [];
  for (const round of wanted ?? (await roundsOf(file))) {
    const read = await loadFollowUp(fileBeside(file, followUpFile(round)), loaded.plan);
    const followUp = read && say(read);
    const document = followUp && say(await renderStatus(loaded, followUp, forms));
    if (!followUp || !document) continue;
    const { progress } = followUp;
    const provenance = {
      plan: loaded.plan,
      subject: `${progress.followUp.title} for ${loaded.plan.institution.name}`,
      sources: statusSources(loaded, followUp),
      day: progress.followUp.asOf,
    };
    drafts.push({ name: `status-${round}`, provenance, progress, document });
  }
  return drafts;
}

/**
 * The rounds that were asked for, all there are where none was.
 *
 * @throws Failure `opfølgning-mangler`
 */
export async function findRounds(plan: PlanFile, wanted: readonly string[]): Promise<string[]> {
  const rounds = await roundsOf(plan);
  const make = "Den laves med »resultatplan new opfoelgning <plan> <runde>«.";
  if (wanted.length === 0) {
    if (rounds.length > 0) return rounds;
    throw new Failure("plan", "opfølgning-mangler", `${dirname(plan.path)} har ingen opfølgningsfil.`, { hint: make });
  }
  for (const round of wanted) {
    if (rounds.includes(round)) continue;
    throw new Failure("plan", "opfølgning-mangler", `Filen ${fileBeside(plan, followUpFile(round))} findes ikke.`, {
      hint: didYouMean(round, rounds) ?? make,
    });
  }
  return [...new Set(wanted)];
}
