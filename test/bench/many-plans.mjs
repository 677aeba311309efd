// As many plans as wanted, made from the seed plans without their results: one document each.
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

export const repository = resolve(import.meta.dirname, "../..");

/** Writes `count` plans, each with a title of its own, and the forms, into a folder. */
export async function writePlans(folder, count) {
  await cp(join(repository, "templates"), join(folder, "templates"), { recursive: true });
  const seeds = (await readdir(join(repository, "plans"))).filter((name) => !name.startsWith("."));
  for (let number = 0; number < count; number++) {
    const text = await readFile(join(repository, "plans", seeds[number % seeds.length], "plan.md"), "utf8");
    const plan = join(folder, "plans", `plan-${String(number + 1).padStart(4, "0")}`);
    await mkdir(plan, { recursive: true });
    await writeFile(
      join(plan, "plan.md"),
      text.replace(/^titel: (.*)$/m, (_all, title) => `titel: ${title} nr. ${number + 1}`),
    );
  }
}
