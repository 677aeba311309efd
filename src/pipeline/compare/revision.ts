import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";
import { Failure } from "../../core/failure.ts";

/** A file as it was at a version in git. */
export interface RevisionFile {
  readonly bytes: Uint8Array;
  /** The commit that the version is, in hexadecimal. */
  readonly commit: string;
}

/** Longer than any plan, and than git is let write. */
const MAX_BYTES = 4_000_000;

/** A version that git takes long to find is not waited for, in milliseconds. */
const PATIENCE = 20_000;

/**
 * A file as of a revision: a branch, a tag, a commit, `HEAD~2`, `main@{2026-01-31}`. git is started without a shell, and what
 * was typed is never read as an option or as a path.
 *
 * @throws Failure `git-mangler`, `git-intet-arkiv`, `ukendt-version`, `git-fil-mangler`
 */
export async function fileAtRevision(path: string, revision: string): Promise<RevisionFile> {
  const folder = dirname(path);
  if (!/^[\p{L}\p{N}@][\p{L}\p{N}./_~^@{}:+-]{0,199}$/u.test(revision) || revision.includes(":"))
    throw unknown(revision);
  await git(folder, ["rev-parse", "--git-dir"], noRepository(folder));
  const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const commit = (await git(folder, asked, unknown(revision))).toString("ascii").trim();
  if (!/^[0-9a-f]{40,64}$/.test(commit)) throw unknown(revision);
  const missing = new Failure(
    "usage",
    "git-fil-mangler",
    `${path} fandtes ikke i ${revision} (${commit.slice(0, 10)}).`,
    {
      hint: "Filen er måske ikke gemt i git, eller den hed noget andet.",
    },
  );
  const bytes = await git(folder, ["cat-file", "blob", `${commit}:./${basename(path)}`], missing);
  return { bytes, commit };
}

/** What git writes; the failure where it does not succeed. */
function git(folder: string, words: readonly string[], failure: Failure): Promise<Buffer> {
  // Nothing that a repository is set up with may run, ask or reach out.
  const quiet = ["--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
  const env = {
    ...process.env,
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
  };
  const options = { cwd: folder, env, encoding: "buffer", maxBuffer: MAX_BYTES, timeout: PATIENCE } as const;
  return new Promise((resolve, reject) => {
    execFile("git", [...quiet, ...words], { ...options, windowsHide: true }, (cause, out, said) => {
      if (!cause) resolve(out);
      else reject(reasonOf(cause, said.toString("utf8"), folder) ?? failure);
    });
  });
}

function reasonOf(cause: Error, said: string, folder: string): Failure | undefined {
  if ("code" in cause && cause.code === "ENOENT")
    return new Failure("environment", "git-mangler", "Programmet git er ikke på maskinen.", {
      hint: "Installer git, eller sammenlign med en kopi af planens mappe.",
      cause,
    });
  if (said.includes("dubious ownership"))
    return new Failure(
      "environment",
      "git-ejer",
      `git vil ikke læse ${folder}, fordi mappen tilhører en anden bruger.`,
      {
        hint: "Spørg den, der har ansvaret for mappen.",
        cause,
      },
    );
  const killed = "killed" in cause && cause.killed === true;
  if (killed || ("code" in cause && cause.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER"))
    return new Failure(
      "environment",
      "git-for-tung",
      "git blev ikke færdig: filen er for stor, eller det tog for lang tid.",
      {
        cause,
      },
    );
  return undefined;
}

function noRepository(folder: string): Failure {
  return new Failure("usage", "git-intet-arkiv", `${folder} er ikke gemt i git.`, {
    hint: "Sammenlign i stedet med en anden plan eller en kopi af planens mappe.",
  });
}

function unknown(revision: string): Failure {
  return new Failure(
    "usage",
    "ukendt-version",
    `»${revision.slice(0, 60)}« er hverken en plan eller en version i git.`,
    {
      hint: "En version i git er for eksempel HEAD~1, et mærke (tag), en gren eller begyndelsen af et id.",
    },
  );
}
