import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedPlanIds } from "./support/plans.ts";
import { stressForms, writeStressPlans } from "./support/stress.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "..");
const program = join(root, "dist/main.js");
const ids = [...seedPlanIds, ...stressForms];

/** Surroundings that have nothing to do with the plans. */
const places = [
  { name: "a", env: { TZ: "Pacific/Auckland", LANG: "da_DK.UTF-8", LC_ALL: "da_DK.UTF-8" } },
  { name: "et andet sted/med æøå", env: { TZ: "America/Los_Angeles", LANG: "C", LC_ALL: "C" } },
  { name: "c", env: { TZ: "UTC", LANG: "tr_TR.UTF-8" } },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-same-"));
  for (const { name, env } of places) await buildAt(join(folder, name), env);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function buildAt(place: string, env: Readonly<Record<string, string>>): Promise<void> {
  await writeStressPlans(place);
  await cp(join(root, "plans"), join(place, "plans"), { recursive: true });
  await run(process.execPath, [program, "build", "--root", place], {
    cwd: tmpdir(),
    env: { ...process.env, ...env },
    timeout: 100_000,
  });
}

/** Every file of a folder with a hash of its bytes. */
async function filesIn(place: string): Promise<string[]> {
  const names = (await readdir(place)).sort();
  return await Promise.all(
    names.map(
      async (name) =>
        `${name} ${createHash("sha256")
          .update(await readFile(join(place, name)))
          .digest("hex")}`,
    ),
  );
}

describe("the same plan gives the same bytes, in another folder, time zone and locale", () => {
  test.each(ids)("%s", async (id) => {
    const [first, ...others] = await Promise.all(places.map(({ name }) => filesIn(join(folder, name, "output", id))));
    expect(first?.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
  });
});

test("a change in the plan's file changes the file identifier", async () => {
  const identifiers = await Promise.all(
    ids.map(async (id) => {
      const pdf = await readFile(join(folder, "a", "output", id, "plan.pdf"), "latin1");
      return /\/ID\s*\[\s*<([0-9A-F]{32})>/i.exec(pdf)?.[1];
    }),
  );
  expect(new Set(identifiers).size).toBe(ids.length);
  expect(identifiers).not.toContain(undefined);
});
