import { join } from "node:path";
import { writeAtomically } from "../../core/files.ts";
import { loadPlanWithHistory } from "../../results/history.ts";
import { csv } from "../../sheet/csv.ts";
import { sheetRows } from "../../sheet/rows.ts";
import { tableOf } from "../../sheet/table.ts";
import { writeXlsx } from "../../sheet/write-xlsx.ts";
import { renderPlan } from "../../template/render.ts";
import { type BuildTools, produce } from "../build.ts";
import { outcomeOf, type PlanOutcome } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";
import { draftStatuses, findRounds, type StatusDraft } from "./draft-status.ts";

/** Builds the status documents of some rounds, all where none is named: each as PDF, CSV and XLSX. */
export function buildStatus(file: PlanFile, rounds: readonly string[], tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(file, async (say, wrote) => {
    const wanted = await findRounds(file, rounds);
    const loaded = say(await loadPlanWithHistory(file.path));
    // The form is known, and has what it needs, once the plan itself can be rendered.
    if (!loaded || !say(await renderPlan(loaded, tools.forms))) return;
    for (const draft of await draftStatuses({ file, loaded }, tools.forms, say, wanted)) {
      const document = await produce(file, draft, tools);
      wrote({ ...document, files: await writeSheets(file, draft, tools) });
    }
  });
}

async function writeSheets(file: PlanFile, { name, progress }: StatusDraft, tools: BuildTools): Promise<string[]> {
  const { plan, followUp } = progress;
  const { round, title, asOf, example } = followUp;
  const rows = sheetRows(plan, progress);
  const folder = join(tools.workspace.output, file.id);
  const files = [
    { path: join(folder, `${name}.csv`), bytes: csv(tableOf(rows, { plan, round })) },
    {
      path: join(folder, `${name}.xlsx`),
      bytes: await writeXlsx(rows, { plan, round, title, asOf: { kind: "day", date: asOf }, example }),
    },
  ];
  for (const { path, bytes } of files) await writeAtomically(path, bytes);
  return files.map(({ path }) => path);
}
