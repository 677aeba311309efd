import { realpathSync, statSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { Failure } from "../core/failure.ts";
import { findBundledPackage } from "./bundled-browser.ts";
import { findBrowsers, OVERRIDE_VARIABLE, type Surroundings, thisMachine } from "./find-browser.ts";
import { isAddress } from "./remote/address.ts";

/**
 * What tells the browsers of this machine from those of another day, without starting one: each that would be tried, with
 * its file's size and time, the bundled one by its package's version. Undefined where no browser can be named.
 */
export function browsersIdentity(
  override: string | undefined,
  outside: Surroundings = thisMachine(),
): string | undefined {
  try {
    const found = findBrowsers(override, outside).map(({ kind, executablePath }) =>
      executablePath === undefined ? [kind, findBundledPackage().version] : [kind, fileIdentity(executablePath)],
    );
    return JSON.stringify(found);
  } catch (cause) {
    if (cause instanceof Failure) return undefined;
    throw cause;
  }
}

/** Whether the browser that prints is one that runs elsewhere: what it is, only it can tell. */
export function isRemote(override: string | undefined, outside: Surroundings = thisMachine()): boolean {
  return isAddress(override || outside.env[OVERRIDE_VARIABLE] || "");
}

/** A program file by its real path, size and time; undefined where there is none. */
export function fileIdentity(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    const { size, mtimeMs } = statSync(real);
    return `${real} ${size} ${mtimeMs}`;
  } catch {
    return undefined;
  }
}

/** Shells: a process that runs one is a script's, and the browser is a process that the script started. */
const shell = /^(?:ba|da|k|z|a)?sh$|^busybox/;

/** How many scripts may start one another before the browser. */
const LONGEST_CHAIN = 4;

/**
 * The program that a browser's process runs. Linux packages start it by a script, which stays the same when the browser is
 * renewed. Undefined where that cannot be told.
 */
export async function programOfProcess(pid: number | undefined, executablePath: string): Promise<string | undefined> {
  if (process.platform !== "linux" || pid === undefined) return executablePath;
  let number = String(pid);
  for (let script = 0; script < LONGEST_CHAIN; script++) {
    const program = await readlink(`/proc/${number}/exe`).catch(() => undefined);
    if (program === undefined || !shell.test(basename(program))) return program;
    const children = await readFile(`/proc/${number}/task/${number}/children`, "utf8").catch(() => "");
    const [first, second] = children.trim().split(" ");
    if (!first || second !== undefined) return undefined;
    number = first;
  }
  return undefined;
}
