import { randomBytes } from "node:crypto";
import { readFile } from "node:fs";
import { link, mkdir, open, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { promisify } from "node:util";
import { Failure } from "./failure.ts";
import { answers, noteAnswer, noteWritten } from "./trace.ts";

/** What node reads with callbacks costs half as much as what it reads with promises, and a form has dozens of files. */
const readWhole = promisify(readFile);

/** The bytes of a file, or undefined where there is none. Other trouble (access, a folder in its place) is a failure. */
export async function readBytes(path: string): Promise<Uint8Array | undefined> {
  const bytes = await readWhole(path).catch((cause) => {
    if (isMissing(cause)) return undefined;
    throw accessFailure(path, cause);
  });
  noteAnswer("bytes", path, () => answers.bytes(bytes));
  return bytes;
}

/** The length of a file in bytes, or undefined where there is no ordinary file. */
export async function fileSize(path: string): Promise<number | undefined> {
  const facts = await stat(path).catch((cause) => {
    if (isMissing(cause)) return undefined;
    throw accessFailure(path, cause);
  });
  const size = facts?.isFile() ? facts.size : undefined;
  noteAnswer("size", path, () => answers.size(size));
  return size;
}

/**
 * Whether two paths lead to one file, by symbolic or hard links too; false where one of them leads to none. It is asked before
 * something is written where a user said, and never of what a document is made from, so no trace knows of it.
 */
export async function sameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([identityOf(one), identityOf(other)]);
  if (!first || !second) return false;
  // Some drives number no files: there the path is all there is to compare.
  return first.path === second.path || (first.ino !== 0n && first.ino === second.ino && first.dev === second.dev);
}

async function identityOf(path: string): Promise<{ path: string; dev: bigint; ino: bigint } | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return { path: await realpath(path), dev, ino };
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw accessFailure(path, cause);
  }
}

/** The real path of a file inside a folder; undefined when it is missing or a link leads out of the folder. */
export async function insideFolder(folder: string, relative: string): Promise<string | undefined> {
  const found = await findInside(folder, relative);
  noteAnswer("inside", folder, () => answers.inside(found), relative);
  return found;
}

async function findInside(folder: string, relative: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, relative));
    return file.startsWith(root + sep) ? file : undefined;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw accessFailure(join(folder, relative), cause);
  }
}

/** The names of a folder's sub-folders in order; none where there is no such folder. */
export async function subfolders(folder: string): Promise<string[]> {
  const names = (await entries(folder)).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  noteAnswer("folders", folder, () => answers.list(names));
  return names;
}

/** Every file under a folder, by its path from there with forward slashes, in order. Links are not followed. */
export async function filesUnder(folder: string): Promise<string[]> {
  const found = await findUnder(folder, "");
  noteAnswer("files", folder, () => answers.list(found));
  return found;
}

async function findUnder(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await entries(join(folder, prefix))) {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await findUnder(folder, path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/**
 * Writes a file so that it is at every moment either the old one or the whole new one: into a file beside it, to disk,
 * then renamed. On any failure the old file stands and nothing else is left. What is not `durable` may be lost, or empty,
 * after a power cut; what reads it must be content with that.
 */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array,
  { durable = true }: { readonly durable?: boolean } = {},
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.ny`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    noteWritten(path, bytes);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw accessFailure(path, cause, "skrives");
  }
}

/**
 * Writes a file that is not there yet, whole or not at all. A file of that name is left as it is, also one that comes
 * while this is written: false is returned then.
 */
export async function writeNew(path: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.ny`);
  await writeAtomically(temporary, bytes);
  try {
    await link(temporary, path);
    return true;
  } catch (cause) {
    if (errorCode(cause) === "EEXIST") return false;
    // Some drives know no second name for a file.
    if ((await fileSize(path)) !== undefined) return false;
    await writeAtomically(path, bytes);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function entries(folder: string) {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw accessFailure(folder, cause);
  }
}

function isMissing(cause: unknown): boolean {
  const code = errorCode(cause);
  return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG";
}

function errorCode(cause: unknown): string | undefined {
  return cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "der er ikke adgang til den",
  EPERM: "der er ikke adgang til den",
  EBUSY: "et andet program har den åben",
  ENOSPC: "disken er fuld",
  EROFS: "drevet kan ikke skrives på",
  EISDIR: "den er en mappe",
  ENOTDIR: "en fil står, hvor der skulle være en mappe",
  EEXIST: "en fil står, hvor der skulle være en mappe",
  ENAMETOOLONG: "navnet er for langt",
  ELOOP: "genvejene fører i ring",
};

function accessFailure(path: string, cause: unknown, verb = "læses"): Failure {
  const reason = reasons[errorCode(cause) ?? ""] ?? "styresystemet afviste det";
  return new Failure("environment", "filadgang", `${path} kan ikke ${verb}: ${reason}.`, {
    cause,
    ...(errorCode(cause) === "EBUSY" && {
      hint: "Luk filen i det andet program (for eksempel PDF-læseren), og prøv igen.",
    }),
  });
}
