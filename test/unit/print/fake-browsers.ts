import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import { launchBrowser } from "../../../src/print/browser.ts";
import { type Surroundings, thisMachine } from "../../../src/print/find-browser.ts";

/** True where the bundled browser can run. */
export const bundledRuns = process.platform === "linux" && process.arch === "x64";

/** Holds everything of one test file; it stands in the command line of every process that is started. */
export let base: string;
/** Holds the profiles of one test. */
export let temporary: string;
/** What the user was told in one test. */
export let notices: string[];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "rp-test-"));
});

beforeEach(async () => {
  notices = [];
  // Profiles are made in the temporary folder: one of our own shows whether they are removed.
  temporary = await mkdtemp(join(base, "tmp-"));
  vi.stubEnv("TMPDIR", temporary);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  const profiles = await readdir(temporary);
  const left = processesOf(base);
  for (const id of left) process.kill(Number(id), "SIGKILL");
  expect({ profiles, left }).toEqual({ profiles: [], left: [] });
});

afterAll(async () => await rm(base, { recursive: true, force: true }));

/** This machine with these programs as its only browsers, besides the bundled one. */
export function machine(programs: Record<string, string> = {}, uid?: number): Surroundings {
  return {
    ...thisMachine(),
    ...(uid === undefined ? {} : { uid }),
    env: { PATH: "/browsers", XDG_CACHE_HOME: join(base, "cache") },
    isExecutable: (path) => Object.values(programs).includes(path),
  };
}

/** A machine where the bundled browser can't be run, so that only the given one counts. */
export function machineWithout(uid?: number): Surroundings {
  return { ...machine({}, uid), arch: "arm64", isExecutable: (path) => path.startsWith(base) };
}

/** Launches a browser on such a machine. */
export function launch(outside: Surroundings, more: { override?: string; signal?: AbortSignal } = {}) {
  return launchBrowser(
    {
      override: more.override,
      signal: more.signal ?? new AbortController().signal,
      onNotice: (text) => notices.push(text),
    },
    outside,
  );
}

/** Makes a program that node runs. It finds what it was called with in `process.argv`. */
export async function program(name: string, code: string): Promise<string> {
  const path = join(base, name);
  await writeFile(path, `#!${process.execPath}\n${code}`, { mode: 0o755 });
  return path;
}

/** A program that answers DevTools' first questions as a browser of that version. */
export function speaking(product: string): string {
  return `
    const { createReadStream, writeSync } = require("node:fs");
    createReadStream("", { fd: 3, encoding: "utf8" }).on("data", (text) => {
      for (const one of text.split("\\0").filter(Boolean)) {
        const { id, method } = JSON.parse(one);
        const result = { "Target.getBrowserContexts": { browserContextIds: [] }, "Browser.getVersion": { product: "${product}" } };
        writeSync(4, JSON.stringify({ id, result: result[method] ?? {} }) + "\\0");
        if (method === "Browser.close") process.exit();
      }
    }).on("end", () => process.exit());`;
}

/** The ids of processes that were called with a text, from `/proc`; none where there is no such folder. */
export function processesOf(text: string): string[] {
  if (!existsSync("/proc/self/cmdline")) return [];
  return readdirSync("/proc").filter((id) => {
    try {
      return (
        /^\d+$/.test(id) && id !== String(process.pid) && readFileSync(`/proc/${id}/cmdline`, "utf8").includes(text)
      );
    } catch {
      return false;
    }
  });
}

/** The failure that work ends in. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(thrown).toBeInstanceOf(Failure);
  return thrown as Failure;
}
