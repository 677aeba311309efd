import { execFile } from "node:child_process";
import { cp, link, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pdfFacts } from "./support/pdf-facts.ts";
import { pdfText } from "./support/pdf-text.ts";
import { signedFile } from "./support/signed-files.ts";

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

/** Paths of files in a folder of the workspace, which is made. */
async function beside(folder: string, ...names: string[]): Promise<string[]> {
  await mkdir(join(workspace, folder), { recursive: true });
  return names.map((name) => join(workspace, folder, name));
}

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
  // The pages are the årsrapport's: they are not counted again, and yet tell what document they were.
  const { furniture } = await pdfText(
    new Uint8Array(await readFile(join(workspace, `output/${id}/maalrapportering.pdf`))),
  );
  expect(furniture.length).toBeGreaterThan(1);
  for (const page of furniture) {
    expect(page.join(" ")).toContain("Dokument-id");
    expect(page.join(" ")).not.toMatch(/Side|\baf\b/);
  }
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

describe("what would be lost is not written over", () => {
  const made = join(fixtures, "libreoffice-ua1.pdf");

  test.each([
    ["merge", (path: string) => ["merge", made, "-o", path]],
    ["diff --html", (path: string) => ["diff", id, id, "--root", workspace, "--html", path]],
    ["diff --pdf", (path: string) => ["diff", id, id, "--root", workspace, "--html", `${path}.html`, "--pdf", path]],
    ["sign --prepare", (path: string) => ["sign", made, "--signer", "Anna", "--prepare", path]],
  ])("a signed PDF, by %s", async (command, asked) => {
    const [path = ""] = await beside(command, "underskrevet.pdf");
    await writeFile(path, signedFile("b-rsa"));
    const { code, out, remarks } = await run(...asked(path));
    expect([code, remarks]).toEqual([6, expect.stringContaining("er underskrevet og bliver ikke overskrevet.")]);
    expect([out.includes("✓"), remarks]).toEqual([false, expect.stringContaining("[underskrevet]")]);
    expect(Buffer.compare(await readFile(path), signedFile("b-rsa"))).toBe(0);
    await expect(readFile(`${path}.html`)).rejects.toThrow("ENOENT");
  });

  test("a whole that has been signed since, before anything is built", async () => {
    const [signed = "", report = ""] = await beside(`output/${id}`, "aarsrapport.samlet.pdf", "maalrapportering.pdf");
    await rm(report, { force: true });
    await cp(made, join(workspace, "aarsrapport.pdf"));
    await writeFile(signed, signedFile("b-rsa"));
    const into = ["--into", join(workspace, "aarsrapport.pdf"), "--at", "2.4 Målrapportering", "--instead"];
    const { code, remarks } = await run("report", id, "--root", workspace, ...into);
    expect([code, remarks]).toEqual([6, expect.stringContaining("[underskrevet]")]);
    await expect(readFile(report)).rejects.toThrow("ENOENT");
  });

  test.each([
    ["itself", async (_input: string, _output: string) => {}],
    ["a symbolic link to it", (input: string, output: string) => symlink(input, output)],
    ["a hard link to it", (input: string, output: string) => link(input, output)],
  ])("an input of merge, by %s", async (what, connect) => {
    const [input = "", linked = ""] = await beside(what, "del.pdf", "ny.pdf");
    await cp(made, input);
    await connect(input, linked);
    const output = what === "itself" ? input : linked;
    const { code, remarks } = await run("merge", made, `${input}:1-2`, "-o", output);
    expect([code, remarks]).toEqual([2, expect.stringContaining("[samme-fil]")]);
    expect(Buffer.compare(await readFile(input), await readFile(made))).toBe(0);
  });

  test.each([
    ["a file that goes along", (path: string) => ["merge", made, "--attach", path, "-o", path], made],
    ["the PDF that is to be signed", (path: string) => ["sign", path, "--signer", "Anna", "--prepare", path], made],
    [
      "the plan that is compared",
      (path: string) => ["diff", path, id, "--root", workspace, "--html", path],
      join(root, `plans/${id}/plan.md`),
    ],
  ])("%s", async (what, asked, original) => {
    const [path = ""] = await beside(what, basename(original));
    await cp(original, path);
    const { code, remarks } = await run(...asked(path));
    expect([code, remarks]).toEqual([2, expect.stringContaining("er selv en af de filer, der læses")]);
    expect(Buffer.compare(await readFile(path), await readFile(original))).toBe(0);
  });

  test("one of the files that are written, by another", async () => {
    const [path = ""] = await beside("begge", "forskelle.html");
    const { code, remarks } = await run("diff", id, id, "--root", workspace, "--html", path, "--pdf", path);
    expect([code, remarks]).toEqual([2, expect.stringContaining("er nævnt to gange")]);
    await expect(readFile(path)).rejects.toThrow("ENOENT");
  });

  test("the report that the section would go into, by the section", async () => {
    const [path = ""] = await beside(`output/${id}`, "maalrapportering.pdf");
    await cp(made, path);
    const into = ["--into", path, "--at", "2.4 Målrapportering", "--instead"];
    const { code, remarks } = await run("report", id, "--root", workspace, ...into);
    expect([code, remarks]).toEqual([2, expect.stringContaining("[samme-fil]")]);
    expect(Buffer.compare(await readFile(path), await readFile(made))).toBe(0);
  });

  test("what nobody signed and nothing is read from is written over", async () => {
    const [path = ""] = await beside("gammel", "samlet.pdf");
    await writeFile(path, "gammel");
    expect((await run("merge", made, "-o", path)).code).toBe(0);
    expect((await readFile(path)).subarray(0, 5).toString()).toBe("%PDF-");
  });
});
