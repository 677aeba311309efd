import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { isoDate } from "../../../src/core/date.ts";
import type { HtmlDocument } from "../../../src/core/states.ts";
import { finishFacts, type Provenance } from "../../../src/pipeline/finish-facts.ts";
import { loadPlan } from "../../../src/plan/load.ts";
import type { Plan } from "../../../src/plan/plan.ts";

const document = { title: "Titlen", base: "", html: "", assets: new Map(), fontFamilies: [] } satisfies HtmlDocument;

async function provenance(): Promise<Provenance> {
  const { value } = await loadPlan(resolve(import.meta.dirname, "../../../plans/benchmarkingenheden-2022/plan.md"));
  if (!value) throw new Error("the seed plan has errors");
  const { plan, bytes } = value;
  return { plan, subject: "Aftale", sources: [{ name: "plan.md", bytes }] };
}

async function dayOf(env: NodeJS.ProcessEnv, change: (plan: Plan) => Plan = (plan) => plan): Promise<string> {
  const own = await provenance();
  return isoDate(finishFacts({ ...own, plan: change(own.plan) }, document, env).date);
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

test("the files that it was written in go along, byte by byte, and name the document", async () => {
  const own = await provenance();
  const { sources, id } = finishFacts(own, document, {});
  expect(sources.map(({ name, bytes }) => ({ name, bytes }))).toEqual(own.sources);
  const hash = createHash("sha256").update(own.sources[0]?.bytes ?? "");
  expect(id).toBe(`sha256:${hash.digest("hex")}`);
  const more = { ...own, sources: [...own.sources, { name: "resultater.md", bytes: new Uint8Array() }] };
  expect(finishFacts(more, document, {}).id).not.toBe(id);
});
