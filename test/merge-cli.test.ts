import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pdfFacts } from "./support/pdf-facts.ts";

const root = resolve(import.meta.dirname, "..");
const fixtures = join(import.meta.dirname, "fixtures/merge");
const id = "benchmarkingenheden-2022";

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "resultatplan-merge-cli-"));
  for (const folder of [`plans/${id}`, "templates"]) {
    await cp(join(root, folder), join(workspace, folder), { recursive: true });
  }
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

function run(...args: string[]): Promise<{ code: number; out: string; remarks: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [join(root, "dist/main.js"), ...args], { timeout: 50_000 }, (cause, out, remarks) => {
      done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, out, remarks });
    });
  });
}

test("the målrapportering in the place of an årsrapport's section", async () => {
  const report = join(fixtures, "libreoffice-ua1.pdf");
  const { code, out } = await run(
    "report",
    id,
    "--root",
    workspace,
    "--into",
    report,
    "--at",
    "2.4 målrapportering",
    "--instead",
  );
  expect(code).toBe(0);
  expect(out).toContain("sat ind ved bogmærket »2.4 Målrapportering«, side 4");
  expect(out).toContain("PDF/UA-1");
  const facts = await pdfFacts(
    new Uint8Array(await readFile(join(workspace, `output/${id}/libreoffice-ua1.samlet.pdf`))),
  );
  expect(facts).toMatchObject({ tagged: true, title: "Årsrapport 2024" });
  expect(facts.outline.slice(0, 4)).toEqual([
    "1. Påtegning",
    "2. Beretning",
    "2.1 Præsentation af virksomheden",
    "2.3 Kerneopgaver og ressourcer",
  ]);
  expect(facts.outline.slice(-2)).toEqual(["2.5 Forventninger til det kommende år", "3. Regnskab"]);
  expect(facts.outline).not.toContain("2.4.1 Skematisk oversigt");
});

test("files in a row, with what is lost said on the other stream", async () => {
  const files = ["libreoffice-ua1.pdf", "weasyprint-untagged.pdf"].map((name) => join(fixtures, name));
  const output = join(workspace, "samlet.pdf");
  const { code, out, remarks } = await run("merge", ...files, "-o", output);
  expect([code, out.split("\n").slice(1)]).toEqual([
    0,
    ["  libreoffice-ua1.pdf: side 1-6", "  weasyprint-untagged.pdf: side 7-12", ""],
  ]);
  expect(remarks).toContain("weasyprint-untagged.pdf er ikke opmærket (tagged)");
  expect((await pdfFacts(new Uint8Array(await readFile(output)))).pageSizes).toHaveLength(12);
});

test("a broken file is refused, and nothing is written", async () => {
  const broken = join(workspace, "brudt.pdf");
  await writeFile(broken, (await readFile(join(fixtures, "libreoffice-ua1.pdf"))).subarray(0, 20_000));
  const output = join(workspace, "intet.pdf");
  const { code, out, remarks } = await run("merge", broken, broken, "-o", output);
  expect([code, out]).toEqual([7, ""]);
  expect(remarks).toContain("[pdf-beskadiget]");
  await expect(readFile(output)).rejects.toThrow("ENOENT");
});
