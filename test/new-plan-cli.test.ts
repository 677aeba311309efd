import { execFile, spawn, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ICAL from "ical.js";
import { afterAll, beforeEach, describe, expect, test } from "vitest";

/** What a new user does: begins a plan in an empty folder, checks it, builds it, and makes next year's of it. */
const root = resolve(import.meta.dirname, "..");
const program = join(root, "dist/main.js");
const python = process.platform !== "win32" && spawnSync("python3", ["-c", "import pty"]).status === 0;

let folder: string;
const made: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ny-plan-"));
  made.push(folder);
});
afterAll(() => Promise.all(made.map((one) => rm(one, { recursive: true, force: true }))));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly remarks: string;
}

function run(...args: string[]): Promise<Run> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder, timeout: 50_000 },
      (cause, out, remarks) =>
        done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, out, remarks }),
    );
    child.stdin?.end();
  });
}

/** A session on a pseudo-terminal: each answer is given when its question has been shown. */
function session(answers: readonly (readonly [question: string, keys: string])[], ...args: string[]) {
  return new Promise<{ code: number; screen: string; left: number }>((done, fail) => {
    const child = spawn("python3", [join(root, "test/support/terminal.py")]);
    let out = "";
    child.stdout.on("data", (piece) => {
      out += piece;
    });
    child.on("error", fail);
    child.on("close", () => done(JSON.parse(out)));
    child.stdin.end(JSON.stringify({ command: [process.execPath, program, ...args], cwd: folder, answers }));
  });
}

const asked = [
  "--skabelon",
  "resultatplan-2022",
  "--institution",
  "Styrelsen for Øer",
  "--ministerium",
  "Øministeriet",
];

describe("a fresh institution in an empty folder", () => {
  const answers = [
    ["Hvilken form", "\r"],
    ["fulde navn", "Styrelsen for Øer\r"],
    ["korte navn", "Øerne\r"],
    ["Ministeriets navn", "Ministeriet: »By« & #1\r"],
    // What is suggested is rubbed out.
    ["Planens år", "\u007f\u007f\u007f\u007f2x\r"],
    ["skal være et år", "\u007f\u007f2031\r"],
    ["for institutionen", "Bo Hansen\r"],
    ["Hvilken stilling", "\r"],
    ["I hvilken by", "Ærøskøbing\r"],
    ["som departementschef", "\r"],
    ["Navnet på planens mappe", "\r"],
  ] as const;

  test.skipIf(!python)("answers the questions, and has a plan that checks and builds", async () => {
    const { code, screen, left } = await session(answers, "new", "plan");
    expect([code, left]).toEqual([0, 0]);
    expect(screen).toContain("Det skal udfyldes");
    expect(await readdir(join(folder, "plans"))).toEqual(["oeerne-2031"]);
    const plan = await readFile(join(folder, "plans/oeerne-2031/plan.md"), "utf8");
    for (const line of [
      "skabelon: maal-og-resultatplan-2024",
      "titel: Mål- og resultatplan 2031",
      "tilstand: udkast",
      "  kort: Øerne",
      'ministerium: "Ministeriet: »By« & #1"',
      "periode: { fra: 2031-01-01, til: 2031-12-31 }",
      "  - navn: Bo Hansen",
      "    sted: Ærøskøbing",
      "  - navn: (UDFYLD navn på departementschef)",
    ])
      expect(plan.split("\n")).toContain(line);
    const check = await run("check");
    expect([check.code, check.out]).toEqual([0, "oeerne-2031: 7 advarsler\n"]);
    const build = await run("build");
    expect(build.code).toBe(0);
    expect((await readdir(join(folder, "output/oeerne-2031"))).sort()).toEqual(["plan.json", "plan.pdf"]);
    // Filled in, and no more a draft, it is ready to be signed.
    const filled = plan.replaceAll(/\(UDFYLD [^)]*\)/g, "Udfyldt").replace("tilstand: udkast\n", "");
    await writeFile(join(folder, "plans/oeerne-2031/plan.md"), filled);
    expect((await run("check")).out).toMatch(/^oeerne-2031: ingen bemærkninger/);
    const next = await run("new", "plan", "--from", "oeerne-2031");
    expect(next.code).toBe(0);
    expect(next.out).toContain("har endnu ingen resultater");
    expect((await run("check", "oeerne-2032")).code).toBe(0);
  });

  test.skipIf(!python)("breaks off, and nothing is written", async () => {
    const { code, screen } = await session([...answers.slice(0, 2), ["korte navn", "\u0003"]], "new", "plan");
    expect(code).toBe(130);
    expect(screen).toContain("Afbrudt. Intet er skrevet.");
    expect(await readdir(folder)).toEqual([]);
  });

  test.skipIf(!python)("is asked for what it did not give, and for another name where one is taken", async () => {
    await mkdir(join(folder, "plans/oeer-2027"), { recursive: true });
    await writeFile(join(folder, "plans/oeer-2027/plan.md"), "min egen");
    const given = ["--skabelon", "resultatplan-2018", "--institution", "Øer", "--kort", "Øer", "--aar", "2027"];
    const { code, left } = await session(
      [
        ["Ministeriets navn", "Øministeriet\r"],
        ["som departementschef", "Anne Jensen\r"],
        ["for institutionen", "\r"],
        ["Navnet på planens mappe", "\r"],
        ["Der er allerede", "-b\r"],
      ],
      ...["new", "plan", ...given],
    );
    expect([code, left]).toEqual([0, 0]);
    expect(await readFile(join(folder, "plans/oeer-2027/plan.md"), "utf8")).toBe("min egen");
    expect((await readdir(join(folder, "plans"))).sort()).toEqual(["oeer-2027", "oeer-2027-b"]);
  });
});

describe("in a pipe", () => {
  test("everything that is missing or wrong is told at once, and nothing is written", async () => {
    const none = await run("new", "plan");
    expect([none.code, none.out]).toEqual([2, ""]);
    expect(none.remarks).toContain("Der mangler --skabelon, --institution, --ministerium, --aar.");
    expect(none.remarks).toContain("maal-og-resultatplan-2024, resultatplan-2018, resultatplan-2022");
    const wrong = await run(
      ...["new", "plan", "--skabelon", "resultatplan-2023", "--institution", "", "--ministerium", "a{{b"],
      ...["--aar", "27", "--id", "../x", "--underskriver", ";Direktør"],
    );
    expect(wrong.code).toBe(2);
    for (const said of [
      "--skabelon kan ikke være »resultatplan-2023«. Mente du »resultatplan-2022«?\n",
      "--institution må ikke være tom.",
      "--ministerium kan ikke have pladsholdere.",
      "--aar skal være et år som 2027",
      "--id må kun have bogstaver",
      "--underskriver »;Direktør« har intet navn.",
    ])
      expect(wrong.remarks).toContain(said);
    expect(await readdir(folder)).toEqual([]);
  });

  test("options are enough, and a plan that is there is not touched", async () => {
    const first = await run(
      "new",
      "plan",
      ...asked,
      "--aar",
      "2027",
      "--underskriver",
      "Bo Hansen; Formand; ; Oslo",
      "--json",
    );
    expect(first.code).toBe(0);
    const { written, errors, diagnostics } = JSON.parse(first.out);
    expect([written.id, errors]).toEqual(["styrelsen-for-oeer-2027", false]);
    expect(new Set(diagnostics.map((one: { code: string }) => one.code))).toEqual(new Set(["udfyld"]));
    const path = join(folder, written.path);
    const before = await readFile(path, "utf8");
    const again = await run("new", "plan", ...asked, "--aar", "2027");
    expect([again.code, again.remarks.includes("Der er allerede en plan")]).toEqual([2, true]);
    expect(await readFile(path, "utf8")).toBe(before);
    expect(await readdir(join(folder, "plans/styrelsen-for-oeer-2027"))).toEqual(["plan.md"]);
  });

  test("a name that the form's font cannot print is refused before anything is written", async () => {
    const { code, remarks } = await run("new", "plan", ...asked.with(3, "Styrelsen → Øer"), "--aar", "2027");
    expect(code).toBe(3);
    expect(remarks).toContain("Planen er ikke skrevet");
    expect(await readdir(folder)).toEqual([]);
  });

  test("»new« alone, and what is no part of it", async () => {
    expect((await run("new")).remarks).toContain("Her mangler, hvad der skal laves.");
    expect((await run("new", "pln")).remarks).toContain("Mente du »plan«?");
    const { code, remarks } = await run("new", "plan", "--aar");
    expect([code, remarks.includes("Se »resultatplan new plan --help«.")]).toEqual([2, true]);
    expect((await run("new", "--help")).out).not.toMatch(/display help|Usage/);
  });
});

describe("next year's plan", () => {
  test("is listed for people and as data", async () => {
    await cp(join(root, "plans/benchmarkingenheden-2022"), join(folder, "plans/be-2022"), { recursive: true });
    const { code, out } = await run("new", "plan", "--from", "be-2022");
    expect(code).toBe(0);
    expect(out).toContain("Det skal et menneske se på (43 steder):");
    expect(out).toContain("  60:13    »2022« er i den forrige plans periode. Skal der stå 2023, eller {{år}}?");
    const data = JSON.parse((await run("new", "plan", "--from", "plans/be-2022", "--id", "be-2023b", "--json")).out);
    expect(data.written.id).toBe("be-2023b");
    expect(data.remarks).toHaveLength(51);
    expect(data.remarks[0]).toMatchObject({ line: 2, column: 1, code: "ny-skabelon", severity: "warning" });
    expect(data.diagnostics.filter((one: { severity: string }) => one.severity === "error")).toEqual([]);
  });

  test("takes no answers besides, and no plan that is not there", async () => {
    await cp(join(root, "plans/benchmarkingenheden-2022"), join(folder, "plans/be-2022"), { recursive: true });
    const both = await run("new", "plan", "--from", "be-2022", "--aar", "2024");
    expect([both.code, both.remarks.includes("--aar kan ikke gives med")]).toEqual([2, true]);
    expect((await run("new", "plan", "--from", "be-2021")).remarks).toContain("Mente du »be-2022«?");
    expect((await run("new", "plan", "--from", "be-2022", "--id", "a/b")).code).toBe(2);
    expect(await readdir(join(folder, "plans"))).toEqual(["be-2022"]);
  });
});

describe("deadlines", () => {
  test("are listed, and written as a calendar that another's parser reads", async () => {
    await run("new", "plan", ...asked, "--aar", "2023");
    const { code, out, remarks } = await run("deadlines", "--ics", "frister.ics", "--hverdag", "næste");
    expect(code).toBe(0);
    expect(out).toContain(
      "2024-01-15  mandag   Opfølgning: 4. kvartal  14 dage efter 4. kvartal; flyttet fra søndag den 14. januar 2024",
    );
    expect(out).toContain("frister.ics: 2 frister");
    expect(remarks).toContain("Fridage er lørdage, søndage, helligdage, grundlovsdag");
    const calendar = new ICAL.Component(ICAL.parse(await readFile(join(folder, "frister.ics"), "utf8")));
    expect(calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one).startDate.toString())).toEqual([
      "2023-07-14",
      "2024-01-15",
    ]);
  });

  test("of a plan with errors are not written, and the last good calendar stands", async () => {
    await run("new", "plan", ...asked, "--aar", "2023");
    const path = join(folder, "plans/styrelsen-for-oeer-2023/plan.md");
    await writeFile(join(folder, "frister.ics"), "forrige");
    await writeFile(path, (await readFile(path, "utf8")).replace("14 dage efter 2.", "14 dage efter 7."));
    const { code, out, remarks } = await run("deadlines", "--ics", "frister.ics");
    expect(code).toBe(3);
    expect(out).toContain("frister.ics er ikke skrevet");
    expect(remarks).toContain("[forkert-værdi]");
    expect(await readFile(join(folder, "frister.ics"), "utf8")).toBe("forrige");
  });

  test("are asked for wrongly", async () => {
    await run("new", "plan", ...asked, "--aar", "2023");
    const rule = await run("deadlines", "--hverdag", "naeste");
    expect([rule.code, rule.remarks.includes("Mente du »næste«?")]).toEqual([2, true]);
    const file = await run("deadlines", "--ics", "plan.md");
    expect([file.code, file.remarks.includes("slutter på .ics")]).toEqual([2, true]);
  });
});
