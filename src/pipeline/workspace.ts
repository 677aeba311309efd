import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../core/failure.ts";
import { fileSize, subfolders } from "../core/files.ts";
import { didYouMean } from "../core/suggest.ts";

/** The folders that the commands work in. */
export interface Workspace {
  readonly plans: string;
  readonly templates: string;
  readonly output: string;
}

/** A plan that was named or found. */
export interface PlanFile {
  readonly id: string;
  readonly path: string;
}

/** The folders under a root. Where the root has no templates of its own, those that come with the program are used. */
export function workspaceAt(root: string): Workspace {
  const own = join(root, "templates");
  return {
    plans: join(root, "plans"),
    templates: existsSync(own) ? own : join(programFolder(), "templates"),
    output: join(root, "output"),
  };
}

/** The plans that were named, by id or by path of folder or file; all of them when none is named. */
export async function findPlans(workspace: Workspace, names: readonly string[]): Promise<PlanFile[]> {
  const known = await knownPlans(workspace);
  const ids = known.map(({ id }) => id);
  if (names.length === 0) {
    if (known.length > 0) return known;
    throw new Failure("usage", "ingen-planer", `Der er ingen planer i ${workspace.plans}.`, {
      hint: "En plan er en mappe med en fil plan.md, for eksempel plans/min-institution-2027/plan.md; »resultatplan new plan« laver en.",
    });
  }
  const found = await Promise.all(names.map((name) => findPlan(workspace, name, ids)));
  return [...new Map(found.map((plan) => [plan.path, plan])).values()];
}

/** All plans under `plans/`; none where there is no such folder. */
export async function knownPlans({ plans }: Workspace): Promise<PlanFile[]> {
  return (await plansIn(plans)).map((id) => ({ id, path: join(plans, id, "plan.md") }));
}

async function findPlan(workspace: Workspace, name: string, ids: readonly string[]): Promise<PlanFile> {
  if (ids.includes(name)) return { id: name, path: join(workspace.plans, name, "plan.md") };
  const path = resolve(name);
  for (const candidate of [path, join(path, "plan.md")]) {
    if ((await fileSize(candidate)) !== undefined && candidate.endsWith("plan.md")) return planAt(candidate);
  }
  throw new Failure("usage", "ukendt-plan", `Planen »${name}« findes ikke.`, { hint: didYouMean(name, ids) });
}

function planAt(path: string): PlanFile {
  return { id: dirname(path).split(/[\\/]/).at(-1) ?? "plan", path };
}

async function plansIn(folder: string): Promise<string[]> {
  const names = (await subfolders(folder)).filter((name) => !name.startsWith("_") && !name.startsWith("."));
  const sizes = await Promise.all(names.map((name) => fileSize(join(folder, name, "plan.md"))));
  return names.filter((_name, index) => sizes[index] !== undefined);
}

/** Where the program itself lies: the folder of its package.json, whether it runs from src or from dist. */
function programFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
