import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPlan } from "../src/pipeline/build.ts";
import type { PlanOutcome } from "../src/pipeline/outcome.ts";
import { findPlans, workspaceAt } from "../src/pipeline/workspace.ts";
import { PrintShop } from "../src/print/print-shop.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { seedPlanIds } from "./support/plans.ts";

const root = resolve(import.meta.dirname, "..");
let output: string;
let shop: PrintShop;
let outcomes: PlanOutcome[];

beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), "resultatplan-build-"));
  shop = new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {} });
  const workspace = { ...workspaceAt(root), output };
  const plans = await findPlans(workspace, seedPlanIds);
  const tools = { workspace, forms: new FormShelf(workspace.templates), shop };
  outcomes = await Promise.all(plans.map((plan) => buildPlan(plan, tools)));
});
afterAll(async () => {
  await shop.close();
  await rm(output, { recursive: true, force: true });
});

describe("building the four plans in one run", () => {
  test("starts one browser", () => {
    expect(shop.launches).toBe(1);
  });

  test("writes the plan and its report for each, and nothing else", async () => {
    const names = ["plan.pdf", "maalrapportering.pdf", "plan-og-maalrapportering.pdf"];
    expect(outcomes.map((outcome) => [outcome.failure, outcome.written.map((document) => document.path)])).toEqual(
      seedPlanIds.map((id) => [undefined, names.map((name) => join(output, id, name))]),
    );
    for (const id of seedPlanIds) {
      expect((await readdir(join(output, id))).sort()).toEqual([...names].sort());
      for (const name of names)
        expect((await readFile(join(output, id, name))).subarray(0, 5).toString()).toBe("%PDF-");
    }
  });

  test("warns of what is suspicious in the agreed texts, and of nothing else", () => {
    const warnings = outcomes.flatMap((outcome) =>
      outcome.diagnostics.filter((one) => one.severity !== "note").map((one) => [outcome.plan.id, one.code]),
    );
    expect(warnings).toEqual([
      ["benchmarkingenheden-2018", "vægtformel"],
      ["benchmarkingenheden-2022", "opfølgning-hyppighed"],
    ]);
  });
});
