import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { isoDate } from "../../../src/core/date.ts";
import type { HtmlDocument } from "../../../src/core/states.ts";
import { planFacts } from "../../../src/pipeline/finish-facts.ts";
import { type LoadedPlan, loadPlan } from "../../../src/plan/load.ts";

const document = { title: "Titlen", base: "", html: "", assets: new Map(), fontFamilies: [] } satisfies HtmlDocument;

async function loaded(): Promise<LoadedPlan> {
  const { value } = await loadPlan(resolve(import.meta.dirname, "../../../plans/benchmarkingenheden-2022/plan.md"));
  if (!value) throw new Error("the seed plan has errors");
  return value;
}

async function dayOf(
  env: NodeJS.ProcessEnv,
  change: (plan: LoadedPlan["plan"]) => LoadedPlan["plan"] = (plan) => plan,
) {
  const own = await loaded();
  return isoDate(planFacts({ ...own, plan: change(own.plan) }, document, env).date);
}

describe("the day that a plan's PDF was made on", () => {
  test("is that of the last signature", async () => {
    expect(await dayOf({})).toBe("2021-12-09");
  });

  test("is the period's first as long as nobody has signed", async () => {
    expect(await dayOf({}, (plan) => ({ ...plan, signatories: [] }))).toBe("2022-01-01");
  });

  test("is what SOURCE_DATE_EPOCH says, in UTC", async () => {
    expect(await dayOf({ SOURCE_DATE_EPOCH: "1700000000" })).toBe("2023-11-14");
    expect(await dayOf({ SOURCE_DATE_EPOCH: "i går" })).toBe("2021-12-09");
  });
});

test("the plan's own file goes along, byte by byte, and names the document", async () => {
  const own = await loaded();
  const { sources, id } = planFacts(own, document, {});
  expect(sources.map(({ name, bytes }) => [name, bytes])).toEqual([["plan.md", own.bytes]]);
  expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
});
