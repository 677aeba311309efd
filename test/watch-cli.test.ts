import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";

const repository = resolve(import.meta.dirname, "..");
const PATIENCE = 120_000;
const [one, two] = ["benchmarkingenheden-2018", "nationalt-center-for-etik-2024"];

interface Event {
  readonly event: string;
  readonly id?: string;
  readonly outputs?: readonly { readonly unchanged: boolean; readonly path: string }[];
  readonly diagnostics?: readonly { readonly severity: string }[];
}

let root: string;
let child: ChildProcess;
let ended: Promise<number | null>;
const events: Event[] = [];
let heard = () => {};

const plan = (id: string, file = "plan.md") => join(root, "plans", id, file);

/** The plans that were told of up to the next moment of rest, by their ids; a plan that is told of twice stands there twice. */
async function untilIdle(): Promise<Event[]> {
  for (;;) {
    const idle = events.findIndex(({ event }) => event === "idle");
    if (idle !== -1) return events.splice(0, idle + 1).filter(({ event }) => event === "plan");
    await new Promise<void>((resolve) => {
      heard = resolve;
    });
  }
}

/** All that was built until a plan's documents hold what was asked for; changes may come in one round or in two. */
async function roundsUntil(done: (told: readonly Event[]) => boolean): Promise<Event[]> {
  const told: Event[] = [];
  while (!done(told)) told.push(...(await untilIdle()));
  return told;
}

const ids = (told: readonly Event[]) => told.map(({ id }) => id);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "resultatplan-watch-"));
  await cp(join(repository, "templates"), join(root, "templates"), { recursive: true });
  for (const id of [one, two]) {
    await mkdir(join(root, "plans", id), { recursive: true });
    await cp(join(repository, "plans", id, "plan.md"), plan(id));
  }
  await mkdir(join(root, "tmp"));
  child = spawn(
    process.execPath,
    [join(repository, "dist/main.js"), "build", "--watch", "--json-lines", "--root", root],
    {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, TMPDIR: join(root, "tmp") },
    },
  );
  ended = new Promise((resolve) => child.once("exit", resolve));
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    events.push(JSON.parse(line));
    heard();
  });
}, PATIENCE);

afterAll(async () => {
  child.kill("SIGKILL");
  await rm(root, { recursive: true, force: true });
});

test("everything is built at first", { timeout: PATIENCE }, async () => {
  expect(ids(await untilIdle())).toEqual([one, two]);
});

test("then the plan that was saved, and no other", { timeout: PATIENCE }, async () => {
  await appendFile(plan(one), "\n");
  expect(ids(await untilIdle())).toEqual([one]);
});

test("also when the editor writes a new file and renames it", { timeout: PATIENCE }, async () => {
  const text = await readFile(plan(two), "utf8");
  await writeFile(plan(two, "plan.md.new"), text.replace(/^titel: .*$/m, "titel: Mål- og resultatplan 2024 igen"));
  await rename(plan(two, "plan.md.new"), plan(two));
  const told = await roundsUntil((some) => ids(some).includes(two));
  expect(ids(told)).toEqual([two]);
  expect(await readFile(join(root, "output", two, "plan.json"), "utf8")).toContain("Mål- og resultatplan 2024 igen");
});

test("a mistake is told, and its mending builds the plan again", { timeout: PATIENCE }, async () => {
  const text = await readFile(plan(one), "utf8");
  await writeFile(plan(one), text.replace(/^titel:/m, "titl:"));
  const [told] = await roundsUntil((some) => some.length > 0);
  expect(told?.diagnostics?.some(({ severity }) => severity === "error")).toBe(true);
  expect(told?.outputs).toEqual([]);
  await writeFile(plan(one), text);
  const [mended] = await roundsUntil((some) => some.length > 0);
  expect(mended?.outputs).toHaveLength(1);
});

test("several files at once: each plan is built with all of them, and once is enough", {
  timeout: PATIENCE,
}, async () => {
  await Promise.all([appendFile(plan(one), "\n"), appendFile(plan(two), "\n")]);
  const told = await roundsUntil((some) => ids(some).includes(one) && ids(some).includes(two));
  expect(ids(told).sort()).toEqual([one, two]);
});

test("a form that is changed concerns its plans", { timeout: PATIENCE }, async () => {
  await appendFile(join(root, "templates/resultatplan-2018/stil.css"), "\nh1 { color: #123456; }\n");
  expect(ids(await roundsUntil((some) => some.length > 0))).toEqual([one]);
});

test("a plan that comes is built, one that goes is forgotten", { timeout: PATIENCE }, async () => {
  await cp(join(root, "plans", one), join(root, "plans", "ny"), { recursive: true });
  expect(ids(await roundsUntil((some) => some.length > 0))).toEqual(["ny"]);
  await rm(join(root, "plans", "ny"), { recursive: true });
  await appendFile(plan(two), "\n");
  expect(new Set(ids(await roundsUntil((some) => some.length > 0)))).toEqual(new Set([two]));
});

test.skipIf(process.platform === "win32")("Ctrl+C ends it, and leaves nothing", { timeout: PATIENCE }, async () => {
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(await readdir(join(root, "tmp"))).toEqual([]);
});
