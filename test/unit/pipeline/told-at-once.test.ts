import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { checkPlan } from "../../../src/pipeline/check.ts";
import { FormShelf } from "../../../src/template/shelf.ts";

const root = resolve(import.meta.dirname, "../../..");
const forms = new FormShelf(join(root, "templates"));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** What is said of the plan of 2022 after changes to its files, as »file: code«. */
async function said(changes: Readonly<Record<string, readonly [from: string, to: string]>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "told-at-once-"));
  folders.push(folder);
  const id = "benchmarkingenheden-2022";
  cpSync(join(root, "plans", id), join(folder, id), { recursive: true });
  for (const [name, [from, to]] of Object.entries(changes)) {
    const path = join(folder, id, name);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${name} has no »${from}«`);
    writeFileSync(path, text.replace(from, to));
  }
  const { diagnostics } = await checkPlan({ id, path: join(folder, id, "plan.md") }, forms);
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, span }) => `${span.source.path.split("/").at(-1)}: ${code}`);
}

describe("what is wrong with results and follow-ups", () => {
  const results = ["vurdering: ikke opfyldt", "vurdering: måske"] as const;
  const followUp = ["status: i risiko", "status: måske"] as const;

  test("is told together with what is wrong with the plan", async () => {
    const found = await said({
      "plan.md": ["ministerium: Indenrigs- og Boligministeriet\n", ""],
      "resultater.md": results,
      "opfoelgning-2-kvartal.md": followUp,
    });
    expect(found).toEqual([
      "opfoelgning-2-kvartal.md: ukendt-værdi",
      "plan.md: mangler",
      "resultater.md: ukendt-værdi",
    ]);
  });

  test("is not guessed at where it is unsure what was agreed", async () => {
    const found = await said({
      "plan.md": ['kriterium: { afvigelse_højst: "1,0" }', 'kriterium: { afvigelse_højst: "mange" }'],
      "resultater.md": results,
      "opfoelgning-2-kvartal.md": followUp,
    });
    expect(new Set(found.map((one) => one.split(":")[0]))).toEqual(new Set(["plan.md"]));
  });
});
