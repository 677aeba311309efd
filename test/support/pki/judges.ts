import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { findJars, type Jars } from "../../verapdf/verapdf.ts";

const run = promisify(execFile);
const script = resolve(import.meta.dirname, "../../judges/pyhanko_judge.py");

/** The version of pyHanko that judges. */
const PYHANKO = "0.38.0";

/** What pyHanko says of one signature. */
export interface PyHankoVerdict {
  readonly field: string;
  readonly bottom_line: boolean;
  readonly coverage: string;
  readonly modification: string;
  readonly docmdp_ok: boolean;
  readonly timestamp: boolean;
  readonly attributes: readonly string[];
  readonly lta: string;
  readonly later: string;
}

/** The folder of a Python that has pyHanko, made where it is not there yet; or why there is none. */
export async function findPyHanko(): Promise<{ readonly python: string } | { readonly missing: string }> {
  const folder = join(homedir(), ".cache", "resultatplan-test", `pyhanko-${PYHANKO}`);
  const python = join(folder, "bin", "python");
  if (existsSync(python)) return { python };
  await mkdir(dirname(folder), { recursive: true });
  const packages = await mkdtemp(`${folder}.part-`);
  try {
    // A virtual environment knows its own path, so it is made where it stays, and marked whole by its python.
    await run("python3", ["-m", "venv", "--without-pip", packages]);
    await run("python3", ["-m", "pip", "install", "-q", "--target", join(packages, "site"), `pyhanko==${PYHANKO}`], {
      timeout: 300_000,
    });
    await rename(packages, folder);
    return { python };
  } catch (cause) {
    return { missing: `pyHanko could not be fetched: ${String(cause).split("\n", 1)[0]}` };
  } finally {
    await rm(packages, { recursive: true, force: true });
  }
}

/** The folder of pyHanko's packages, for PYTHONPATH. */
export function pyHankoSite(python: string): string {
  return resolve(dirname(python), "..", "site");
}

/** Has pyHanko judge files against a root certificate. */
export async function pyHankoOn(
  python: string,
  root: string,
  files: readonly string[],
): Promise<Readonly<Record<string, readonly PyHankoVerdict[]>>> {
  const { stdout } = await run(python, [script, root, ...files], {
    env: { ...process.env, PYTHONPATH: pyHankoSite(python) },
    maxBuffer: 16 * 1024 * 1024,
    timeout: 120_000,
  });
  return JSON.parse(stdout);
}

/** What EU DSS says of one signature. */
export interface DssVerdict {
  readonly file: string;
  /** Format and level, "PAdES-BASELINE-LTA". */
  readonly format: string;
  /** ETSI EN 319 102-1, 5.1.3: "TOTAL_PASSED"; or the name of what it threw. */
  readonly indication: string;
  /** "TRY_LATER"; undefined where there is none. */
  readonly sub: string | undefined;
  readonly errors: string;
  /** The name of the signature's field. */
  readonly field: string;
}

const dss = resolve(import.meta.dirname, "../../judges/dss");

/** Fetches EU DSS where it is not there yet. */
export function findDss(): Promise<Jars> {
  return findJars("DSS", join(dss, "pom.xml"));
}

/** Has EU DSS judge files against a root certificate, at a time or now; it fetches nothing. */
export async function dssOn(
  classPath: string,
  root: string,
  files: readonly string[],
  at: Date | undefined = undefined,
): Promise<DssVerdict[]> {
  const args = ["-cp", classPath, join(dss, "Judge.java"), root, at?.toISOString() ?? "now", ...files];
  const { stdout } = await run("java", args, { maxBuffer: 16 * 1024 * 1024, timeout: 120_000 });
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      const [file = "", format = "", indication = "", sub, errors = "", , field = ""] = line.split("\t");
      return { file, format, indication, sub: sub === "null" ? undefined : sub, errors, field };
    });
}

/** Whether a program is on this machine. */
export function hasProgram(name: string, flag = "--version"): Promise<boolean> {
  return run(name, [flag]).then(
    () => true,
    (cause: { code?: unknown }) => cause.code !== "ENOENT",
  );
}

/** What pdfsig (poppler) says of each signature's validity, in order; time stamps of the document it cannot judge. */
export async function pdfsigOn(file: string): Promise<string[]> {
  const { stdout } = await run("pdfsig", ["-nocert", file]).catch((cause: { stdout?: string }) => ({
    stdout: cause.stdout ?? "",
  }));
  return [...stdout.matchAll(/Signature Type: (.+)\n[^#]*?Signature Validation: (.+)/g)]
    .filter((match) => match[1] === "ETSI.CAdES.detached")
    .map((match) => match[2] ?? "");
}

/** What qpdf has against a file; nothing is good. */
export async function qpdfOn(file: string): Promise<string> {
  const { stdout, stderr } = await run("qpdf", ["--check", file]).catch((cause) => cause);
  return /No syntax or stream encoding errors found/.test(stdout) ? stderr : `${stdout}${stderr}`;
}

/** The tagged text of a file, as poppler reads it. */
export async function structureOf(file: string): Promise<string> {
  const { stdout } = await run("pdfinfo", ["-struct-text", file], { maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
