import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import { fileAtRevision } from "../../../src/pipeline/compare/revision.ts";

/** A plan's file in a repository, saved twice. */
const root = mkdtempSync(join(tmpdir(), "version-"));
const folder = join(root, "plans/be-2027");
const path = join(folder, "plan.md");
const git = (...words: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: root, encoding: "utf8" }).trim();

mkdirSync(folder, { recursive: true });
git("init", "-q", "-b", "main");
writeFileSync(path, "første æøå\n");
git("add", ".");
git("commit", "-qm", "1");
git("tag", "sendt/1.0");
const first = git("rev-parse", "HEAD");
writeFileSync(path, "anden\n");
writeFileSync(join(folder, "ny.md"), "ny\n");
git("add", ".");
git("commit", "-qm", "2");
writeFileSync(path, "tredje\n");
afterAll(() => rmSync(root, { recursive: true, force: true }));

const { PATH } = process.env;
afterEach(() => {
  process.env.PATH = PATH;
});

async function code(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (cause) {
    return cause instanceof Failure ? cause.code : cause;
  }
  return undefined;
}

describe("a file as of a revision", () => {
  test.each(["HEAD~1", "HEAD^", "sendt/1.0", "main~1", "@~1", first, first.slice(0, 8)])("%s", async (revision) => {
    const { bytes, commit } = await fileAtRevision(path, revision);
    expect([new TextDecoder().decode(bytes), commit]).toEqual(["første æøå\n", first]);
  });

  test("is what was saved, not what is there now", async () => {
    expect(new TextDecoder().decode((await fileAtRevision(path, "HEAD")).bytes)).toBe("anden\n");
  });

  test.each(["findes-ikke", "HEAD~9", "0000000", "HEAD:plans/be-2027/plan.md"])("%s is none", async (revision) => {
    expect(await code(fileAtRevision(path, revision))).toBe("ukendt-version");
  });

  test.each([
    `--output=${join(root, "skrevet")}`,
    "-h",
    "--all",
    "$(touch skrevet)",
    "HEAD; touch skrevet",
    "HEAD\ntouch",
    "HEAD\u0000",
    "",
    "a".repeat(201),
  ])("%j is never an option or a command", async (revision) => {
    expect(await code(fileAtRevision(path, revision))).toBe("ukendt-version");
    expect([existsSync(join(root, "skrevet")), existsSync(join(folder, "skrevet"))]).toEqual([false, false]);
  });

  test("that was not there then is told of", async () => {
    expect(await code(fileAtRevision(join(folder, "ny.md"), "HEAD~1"))).toBe("git-fil-mangler");
    expect(await code(fileAtRevision(join(folder, "aldrig.md"), "HEAD"))).toBe("git-fil-mangler");
  });

  test("that is too large is not read", async () => {
    writeFileSync(join(folder, "stor.md"), "x".repeat(5_000_000));
    git("add", ".");
    git("commit", "-qm", "3");
    expect(await code(fileAtRevision(join(folder, "stor.md"), "HEAD"))).toBe("git-for-tung");
  });

  test("outside of git is told of, and so is a machine without git", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "uden-git-"));
    try {
      expect(await code(fileAtRevision(join(elsewhere, "plan.md"), "HEAD"))).toBe("git-intet-arkiv");
      process.env.PATH = elsewhere;
      expect(await code(fileAtRevision(path, "HEAD"))).toBe("git-mangler");
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});
