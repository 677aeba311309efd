import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

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
