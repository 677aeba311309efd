import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

test("the bundled program holds every template compiled, so that none of its own is compiled when a plan is built", async () => {
  const program = await readFile(join(root, "dist/rest.cjs"), "latin1");
  const files = await readdir(join(root, "templates"), { recursive: true });
  const templates = files.filter((path) => path.endsWith(".hbs"));
  expect(templates.length).toBeGreaterThan(10);
  for (const path of templates) {
    const text = await readFile(join(root, "templates", path));
    expect(program.includes(createHash("sha256").update(text).digest("hex")), path).toBe(true);
  }
});

test("what V8 compiled of the program is kept by a build, and the next one takes it", async () => {
  const place = await mkdtemp(join(tmpdir(), "resultatplan-kept-"));
  onTestFinished(() => rm(place, { recursive: true, force: true }));
  await cp(join(root, "templates"), join(place, "templates"), { recursive: true });
  const plan = "plans/benchmarkingenheden-2018/plan.md";
  await cp(join(root, plan), join(place, plan));
  const build = async () => {
    const program = [join(root, "dist/main.js"), "build", "--force", "--root", place];
    const { stderr } = await promisify(execFile)(process.execPath, program);
    // V8 says so of a flag that it does not know.
    expect(stderr).not.toMatch(/\bflag\b/);
  };
  /** When each part was last kept: again only if it was not taken. */
  const kept = async () => {
    const files = await readdir(join(root, "dist"));
    const parts = files.filter((name) => /^(?:start|rest)-.*\.v8$/.test(name) && name.includes(process.version));
    return await Promise.all(parts.map(async (name) => `${name} ${(await stat(join(root, "dist", name))).mtimeMs}`));
  };
  await build();
  expect(await kept()).toHaveLength(2);
  // Another test's build may have begun before there was anything to take.
  const taken = async () => {
    const before = await kept();
    await build();
    return (await kept()).join() === before.join();
  };
  await expect.poll(taken, { timeout: 30_000 }).toBe(true);
});
