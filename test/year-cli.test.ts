import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const id = "benchmarkingenheden-2022";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly remarks: string;
}

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "resultatplan-aar-"));
  await cp(join(root, "plans", id), join(workspace, "plans", id), { recursive: true });
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

function run(...args: string[]): Promise<Run> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(root, "dist/main.js"), ...args],
      { cwd: workspace, timeout: 60_000 },
      (cause, out, remarks) => {
        done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, out, remarks });
      },
    );
  });
}

const inPlan = (name: string) => join(workspace, "plans", id, name);

/** A workbook with words of its sheet in place of others. */
async function refilled(path: string, change: (sheet: string) => string): Promise<void> {
  const parts = unzipSync(new Uint8Array(await readFile(path)));
  const sheet = "xl/worksheets/sheet1.xml";
  await writeFile(path, zipSync({ ...parts, [sheet]: strToU8(change(strFromU8(parts[sheet] ?? new Uint8Array()))) }));
}

const text = (cell: string, words: string) => (sheet: string) =>
  sheet.replace(
    new RegExp(`<c r="${cell}"([^>]*?) t="s"[^>]*>.*?</c>|<c r="${cell}"([^>]*?)/?>(?:</c>)?`),
    () => `<c r="${cell}" t="inlineStr"><is><t>${words}</t></is></c>`,
  );

describe("from an empty workbook to a status, as a secretariat goes", () => {
  test("the workbook is made, and not over another", async () => {
    const made = await run("new", "opfoelgning", id, "3-kvartal", "--ark", "status.xlsx");
    expect(made).toMatchObject({ code: 0, remarks: "" });
    expect(made.out).toContain(`resultatplan import ${id} 3-kvartal status.xlsx`);
    const again = await run("new", "opfoelgning", id, "3-kvartal", "--ark", "status.xlsx");
    expect(again).toMatchObject({ code: 2, out: "" });
    expect(again.remarks).toContain("findes allerede og bliver ikke overskrevet. [findes-allerede]");
  });

  test("empty, it is not taken in; what is missing is told at its cells, and nothing is written", async () => {
    const { code, remarks, out } = await run("import", id, "3-kvartal", "status.xlsx");
    expect([code, out]).toEqual([3, "Der er ikke skrevet noget.\n"]);
    for (const place of ["Status!E2", "Status!E3", "Status!E4", "Status!F5", "Status!F6", "Status!E7", "Status!F7"])
      expect(remarks).toContain(`status.xlsx:${place}: fejl: `);
    expect(await readdir(join(workspace, "plans", id))).not.toContain("opfoelgning-3-kvartal.md");
  });

  test("filled in, it becomes the follow-up file, which is not written over", async () => {
    const path = join(workspace, "status.xlsx");
    for (const [cell, words] of [
      ["E2", "Forventes opfyldt"],
      ["E3", "opfyldt"],
      ["K3", "Redegørelsen er sendt."],
      ["E4", "forventes opfyldt"],
      ["F5", "0,9"],
      ["F6", "foreligger ikke"],
      ["E7", "forventes opfyldt"],
      ["F7", "3,0 dage"],
      ["F8", "8,5"],
      ["F9", "3,0"],
    ] as const)
      await refilled(path, text(cell, words));
    const { code, remarks, out } = await run("import", id, "3-kvartal", "status.xlsx");
    expect([code, remarks]).toEqual([0, ""]);
    expect(out).toContain("opfoelgning-3-kvartal.md er lavet.");
    expect(await readFile(inPlan("opfoelgning-3-kvartal.md"), "utf8")).toContain("indtil_nu: 3,0 dage");
    const again = await run("import", id, "3-kvartal", "status.xlsx");
    expect(again.code).toBe(2);
    expect(again.remarks).toContain("[findes-allerede]");
  });

  test("and the status is built of it, alone", async () => {
    const { code, out } = await run("status", id, "3-kvartal");
    expect(code).toBe(0);
    expect(out).toContain("status-3-kvartal.pdf");
    const made = await readdir(join(workspace, "output", id));
    expect(made.toSorted()).toEqual(["status-3-kvartal.csv", "status-3-kvartal.pdf", "status-3-kvartal.xlsx"]);
  });
});

test("a follow-up with errors leaves the last status in place", async () => {
  const path = inPlan("opfoelgning-4-kvartal.md");
  expect((await run("status", id, "4-kvartal")).code).toBe(0);
  const pdf = join(workspace, "output", id, "status-4-kvartal.pdf");
  const before = await readFile(pdf);
  await writeFile(path, (await readFile(path, "utf8")).replace("status: forventes ikke opfyldt", "status: måske"));
  const { code, remarks } = await run("status", id, "4-kvartal");
  expect(code).toBe(3);
  expect(remarks).toContain("»status« kan ikke være »måske«.");
  expect((await readFile(pdf)).equals(before)).toBe(true);
});

test("a results file is made with every goal in it, and not over another", async () => {
  expect((await run("new", "resultater", id)).remarks).toContain("[findes-allerede]");
  await rm(inPlan("resultater.md"));
  expect(await run("new", "resultater", id)).toMatchObject({ code: 0, remarks: "" });
  expect((await run("check", id, "--json")).out).toContain("er tom");
});

describe("what is asked for wrongly is told", () => {
  test.each<[string[], number, string]>([
    [["new"], 2, "Her mangler, hvad der skal laves."],
    [["new", "opfølgning"], 2, "Mente du »opfoelgning«?"],
    [["new", "opfoelgning", id], 2, "Se »resultatplan new opfoelgning --help«."],
    [["new", "opfoelgning", id, "../ud"], 2, "En runde kan ikke hedde »../ud«."],
    [["new", "opfoelgning", id, "2-Kvartal"], 2, "Mente du »2-kvartal«?"],
    [["new", "opfoelgning", id, "uo2", "--ark", "status.xls"], 2, "skal ende på .xlsx"],
    [["status", id, "2-kvartl"], 3, "Mente du »2-kvartal«?"],
    [["import", id, "uo1", "mangler.xlsx"], 2, "Filen mangler.xlsx findes ikke."],
    [["import", id, "uo1", `plans/${id}/plan.md`], 7, "er ikke et regneark."],
    [["import", id, "2-kvartal", "status.xlsx"], 2, "[findes-allerede]"],
  ])("%j", async (args, exit, message) => {
    const { code, remarks } = await run(...args);
    expect([code, remarks]).toEqual([exit, expect.stringContaining(message)]);
  });
});
