import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What veraPDF says of one file under one standard. */
export interface Verdict {
  readonly file: string;
  /** `ua1` for PDF/UA-1, `3a` and `2a` for PDF/A-3a and PDF/A-2a. */
  readonly flavour: string;
  readonly checks: number;
  readonly failed: number;
  /** The broken rules: clause and test, how often, what it says, where it was first seen. */
  readonly broken: readonly string[];
}

/** The class path of a judge's jars, or why there is none. */
export type Jars = { readonly classPath: string } | { readonly missing: string };

/** Fetches veraPDF where it is not there yet. */
export function findVeraPdf(): Promise<Jars> {
  return findJars("veraPDF", join(import.meta.dirname, "pom.xml"));
}

/** Fetches a judge, and what it needs, as a pom.xml names it, where it is not there yet. */
export async function findJars(name: string, pom: string): Promise<Jars> {
  for (const [command, flag] of [
    ["java", "-version"],
    ["mvn", "--version"],
  ] as const) {
    const found = await run(command, [flag]).then(
      () => true,
      () => false,
    );
    if (!found) return { missing: `${command} is not installed` };
  }
  const version = createHash("sha256")
    .update(await readFile(pom))
    .digest("hex")
    .slice(0, 12);
  const folder = join(homedir(), ".cache", "resultatplan-test", `${name.toLowerCase()}-${version}`);
  if (!existsSync(folder)) {
    const problem = await fetchJars(pom, folder);
    if (problem !== undefined) return { missing: `${name} could not be fetched: ${problem}` };
  }
  return { classPath: join(folder, "*") };
}

/** The folder comes into being by renaming a full one, so that it is whole or absent. */
async function fetchJars(pom: string, folder: string): Promise<string | undefined> {
  await mkdir(dirname(folder), { recursive: true });
  const part = await mkdtemp(`${folder}.part-`);
  try {
    const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies";
    await run("mvn", ["-q", "-B", "-f", pom, goal, `-DoutputDirectory=${part}`, "-DincludeScope=runtime"], {
      timeout: 300_000,
    });
    await rename(part, folder).catch((cause: unknown) => {
      // Another process was first.
      if (!existsSync(folder)) throw cause;
    });
    return undefined;
  } catch (cause) {
    return String(cause).split("\n", 1)[0];
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** Judges files by each of the standards, in one process. */
export async function judgeFiles(
  classPath: string,
  files: readonly string[],
  flavours: readonly string[],
): Promise<Verdict[]> {
  const judge = join(import.meta.dirname, "Judge.java");
  const { stdout } = await run("java", ["-cp", classPath, judge, flavours.join(","), ...files], {
    maxBuffer: 64 * 1024 * 1024,
    timeout: 300_000,
  });
  const verdicts: (Verdict & { broken: string[] })[] = [];
  for (const line of stdout.split("\n").filter((one) => one !== "")) {
    const [file = "", flavour = "", checks, failed] = line.split("\t");
    if (file === "") verdicts.at(-1)?.broken.push(line.trim().replaceAll("\t", " | "));
    else verdicts.push({ file, flavour, checks: Number(checks), failed: Number(failed), broken: [] });
  }
  return verdicts;
}
