import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { type BuildTools, buildPlan } from "../../src/pipeline/build.ts";
import type { PlanOutcome } from "../../src/pipeline/outcome.ts";
import { findPlans, workspaceAt } from "../../src/pipeline/workspace.ts";
import { PrintShop } from "../../src/print/print-shop.ts";
import { FormShelf } from "../../src/template/shelf.ts";
import { seedPlans } from "./plans.ts";

/**
 * Vitest's global setup: builds the seed plans once per run, in one browser, into a folder of their own, and tells the
 * test files where they are (`pdfOf` in plans.ts). The plans and forms are the repository's own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const output = await mkdtemp(join(tmpdir(), "resultatplan-test-"));
  const workspace = { ...workspaceAt(resolve(import.meta.dirname, "../..")), output };
  const shop = new PrintShop({
    override: undefined,
    signal: new AbortController().signal,
    onNotice: () => undefined,
  });
  const removeOutput = () => rm(output, { recursive: true, force: true });
  try {
    const tools = { workspace, forms: new FormShelf(workspace.templates), shop };
    project.provide("builtPlans", await buildAll(tools));
  } catch (cause) {
    await removeOutput();
    throw cause;
  } finally {
    await shop.close();
  }
  return removeOutput;
}

/** The folders of the PDFs by the plans' ids. A plan that is not built stops the run with what the pipeline said of it. */
async function buildAll(tools: BuildTools): Promise<Record<string, string>> {
  const plans = await findPlans(tools.workspace, Object.keys(seedPlans));
  const outcomes = await Promise.all(plans.map((plan) => buildPlan(plan, tools)));
  const folders: Record<string, string> = {};
  for (const outcome of outcomes) {
    if (outcome.written.length < 3) throw new Error(`${outcome.plan.id} was not built:\n${whatWasSaid(outcome)}`);
    folders[outcome.plan.id] = join(tools.workspace.output, outcome.plan.id);
  }
  return folders;
}

function whatWasSaid(outcome: PlanOutcome): string {
  const { failure } = outcome;
  const errors = outcome.diagnostics.filter((one) => one.severity === "error").map((one) => one.message);
  return [...errors, failure?.message, failure?.hint].filter(Boolean).join("\n");
}
