import { dirname, join } from "node:path";
import { type Checked, checked, type Diagnostic, hasErrors } from "../../core/diagnostic.ts";
import { fileSize, writeNew } from "../../core/files.ts";
import type { LoadedPlan } from "../../plan/load.ts";
import { parsePlan } from "../../plan/load.ts";
import { loadPlanWithHistory } from "../../results/history.ts";
import { loadResults } from "../../results/load.ts";
import { nextId, rollForward } from "../../results/roll-forward/roll-forward.ts";
import type { FormShelf } from "../../template/shelf.ts";
import { checkPlan } from "../check.ts";
import { fileBeside } from "../draft.ts";
import type { PlanOutcome } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";
import { planExists } from "./new-plan.ts";

/** Next year's plan as it was written. */
export interface WrittenNextPlan {
  readonly file: PlanFile;
  /** What was changed and what must be looked at, by place in the new file. */
  readonly remarks: readonly Diagnostic[];
  /** What `check` says of it, with the earlier plan's results in it. */
  readonly outcome: PlanOutcome;
}

/**
 * Writes next year's plan beside an earlier one, with the pictures that its text shows. Nothing is written where the earlier
 * plan has errors: they would be next year's too.
 *
 * @param id the new plan's id; that of the earlier one with its years moved, where it is not given
 * @throws Failure `plan-findes` where there is such a plan already.
 */
export async function writeNextPlan(
  earlier: PlanFile,
  id: string | undefined,
  forms: FormShelf,
): Promise<Checked<WrittenNextPlan>> {
  const loaded = await loadPlanWithHistory(earlier.path);
  if (!loaded.value) return checked<WrittenNextPlan>(undefined, loaded.diagnostics);
  const { plan } = loaded.value;
  const read = await loadResults(fileBeside(earlier, "resultater.md"), plan);
  const assessment = read?.value?.assessment;
  const name = id ?? nextId(plan);
  const file = { id: name, path: join(dirname(dirname(earlier.path)), name, "plan.md") };
  if ((await fileSize(file.path)) !== undefined) throw planExists(file);
  const next = rollForward(plan, assessment, file.path);
  const { diagnostics } = parsePlan(file.id, next.source);
  if (hasErrors(diagnostics)) return checked<WrittenNextPlan>(undefined, diagnostics);
  await copyImages(loaded.value, dirname(file.path));
  if (!(await writeNew(file.path, new TextEncoder().encode(next.source.text)))) throw planExists(file);
  const outcome = await checkPlan(file, forms);
  return checked({ file, remarks: next.remarks, outcome }, []);
}

/** Pictures that lie there already are left as they are. */
async function copyImages({ images }: LoadedPlan, folder: string): Promise<void> {
  for (const [name, bytes] of images) await writeNew(join(folder, decodeURIComponent(name)), bytes);
}
