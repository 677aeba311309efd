import { join } from "node:path";
import { type Checked, checked, hasErrors, inReadingOrder } from "../../core/diagnostic.ts";
import { Failure } from "../../core/failure.ts";
import { fileSize, writeNew } from "../../core/files.ts";
import { decodeSource } from "../../core/reading.ts";
import { parsePlan } from "../../plan/load.ts";
import { type NewPlan, writeNewPlan } from "../../plan/new-plan.ts";
import { renderPlan } from "../../template/render.ts";
import type { CompiledForm, FormShelf } from "../../template/shelf.ts";
import type { PlanFile, Workspace } from "../workspace.ts";

/** The text that plans in a form begin as. @throws Failure where neither the form nor what the forms have in common has one. */
export function starterOf({ form }: CompiledForm): string {
  if (form.starter) return form.starter.text;
  throw new Failure("template", "skabelon-uden-begyndelse", `Skabelonen »${form.name}« har ingen ny-plan.md.`, {
    hint: "Læg en plan med huller, skrevet som (UDFYLD …), i skabelonens mappe eller i templates/_faelles/.",
  });
}

/**
 * Writes a new plan, which builds at once: a draft with gaps. Nothing is written where the plan would have errors (a name
 * with a letter that the form's font doesn't have), and never over a plan that is there.
 *
 * @throws Failure `plan-findes` where there is such a plan.
 */
export async function beginPlan(
  id: string,
  asked: Omit<NewPlan, "positions">,
  workspace: Workspace,
  forms: FormShelf,
): Promise<Checked<PlanFile>> {
  const file = { id, path: join(workspace.plans, id, "plan.md") };
  if ((await fileSize(file.path)) !== undefined) throw planExists(file);
  const form = await forms.get(asked.form);
  const text = writeNewPlan(starterOf(form), { ...asked, positions: form.form.needs.positions });
  const bytes = new TextEncoder().encode(text);
  const diagnostics = await problemsOf(file, bytes, forms);
  if (!hasErrors(diagnostics) && !(await writeNew(file.path, bytes))) throw planExists(file);
  return checked<PlanFile>(file, diagnostics);
}

async function problemsOf(file: PlanFile, bytes: Uint8Array, forms: FormShelf) {
  const source = decodeSource(file.path, bytes);
  if (!source.value) return source.diagnostics;
  const { value, diagnostics } = parsePlan(file.id, source.value);
  const rendered = value && (await renderPlan({ plan: value, images: new Map(), bytes, earlier: [] }, forms));
  return inReadingOrder([...diagnostics, ...(rendered?.diagnostics ?? [])]);
}

/** The failure of a plan that would be written over another. */
export function planExists({ id, path }: PlanFile): Failure {
  return new Failure("usage", "plan-findes", `Der er allerede en plan »${id}«: ${path}.`, {
    hint: "Den er ikke rørt. Giv den nye et andet navn med --id.",
  });
}
