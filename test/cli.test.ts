import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pdfText } from "./support/pdf-text.ts";
import { seedPlanIds } from "./support/plans.ts";

const root = resolve(import.meta.dirname, "..");
const program = join(root, "dist/main.js");

interface Run {
  readonly code: number;
  readonly out: string;
  readonly remarks: string;
}

function run(...args: string[]): Promise<Run> {
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { cwd: root, timeout: 50_000 }, (cause, out, remarks) => {
      done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, out, remarks });
    });
  });
}

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "resultatplan-cli-"));
  // The users' own plans may stand beside the seed plans.
  for (const id of seedPlanIds) await cp(join(root, "plans", id), join(workspace, "plans", id), { recursive: true });
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

describe("what is asked for wrongly is told in Danish, with exit code 2", () => {
  const cases: readonly (readonly [args: string[], message: string, hint: string])[] = [
    [["bild"], "Kommandoen »bild« findes ikke.", "Mente du »build«?"],
    [["build", "--brovser", "x"], "Valget --brovser findes ikke.", "Mente du »--browser«?"],
    [["build", "--browser"], "Valget --browser <sti> mangler sin værdi.", "resultatplan build --help"],
    [
      ["check", "benchmarkingenheden-2023"],
      "Planen »benchmarkingenheden-2023« findes ikke.",
      "Mente du »benchmarkingenheden-20",
    ],
    [["check", "--root", "test/seeds"], "Der er ingen planer i", "plan.md"],
  ];
  test.each(cases)("%j", async (args, message, hint) => {
    const { code, out, remarks } = await run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(remarks).toContain(message);
    expect(remarks).toContain(hint);
  });
});

test("help is Danish and names every command", async () => {
  const { code, out } = await run("--help");
  expect(code).toBe(0);
  for (const word of ["Brug:", "Kommandoer:", "Valg:", "build", "check", "doctor", "schema"])
    expect(out).toContain(word);
  expect(out).not.toMatch(/Usage|Options|Commands|display help/);
});

describe("check", () => {
  test("tells of all four plans without a browser", async () => {
    const { code, out, remarks } = await run("check", "--root", workspace);
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => line.split(":")[0]),
    ).toEqual([
      "benchmarkingenheden-2018",
      "benchmarkingenheden-2022",
      "benchmarkingenheden-2024",
      "nationalt-center-for-etik-2024",
    ]);
    expect(remarks).toContain("[vægtformel]");
    expect(remarks).toContain("[opfølgning-hyppighed]");
  });

  test("says the same as data", async () => {
    const { code, out } = await run("check", "benchmarkingenheden-2018", "--json");
    const { version, exitCode, plans } = JSON.parse(out);
    expect([code, version, exitCode, plans.length]).toEqual([0, 2, 0, 1]);
    expect(plans[0].diagnostics).toContainEqual({
      severity: "warning",
      code: "vægtformel",
      message: expect.any(String),
      hint: expect.any(String),
      file: expect.stringContaining("plan.md"),
      line: expect.any(Number),
      column: expect.any(Number),
      endLine: expect.any(Number),
      endColumn: expect.any(Number),
      where: expect.stringContaining("plan.md:"),
    });
  });
});

describe("check's advice", () => {
  const goal = "benchmarkingenheden-2024/plan.md:53:13: råd: Mål institutionsspecifikke/2 siger ikke, hvornår";

  test("comes after all else, with reason and a better wording, and changes no exit code", async () => {
    const { code, out, remarks } = await run("check", "benchmarkingenheden-2024");
    expect([code, out.trim()]).toEqual([0, "benchmarkingenheden-2024: 2 bemærkninger; 4 råd"]);
    expect(remarks.indexOf("Råd om målene")).toBeGreaterThan(remarks.lastIndexOf("[sprog]"));
    expect(remarks).toContain(goal);
    expect(remarks).toContain("Bedre: Skriv »senest den 1. oktober …« i målet");
    expect(remarks.match(/Hvorfor: /g)).toHaveLength(4);
  });

  test("is data with --json, and none of the diagnostics", async () => {
    const { out } = await run("check", "nationalt-center-for-etik-2024", "--json");
    const [{ advice, diagnostics }] = JSON.parse(out).plans;
    expect([advice.agreed, advice.off, advice.given.length]).toEqual([true, [], 8]);
    expect(advice.given).toContainEqual(
      expect.objectContaining({ rule: "ubestemt-mængde", goal: "institutionsspecifikke/2", line: 72, column: 28 }),
    );
    expect(diagnostics.map((one: { severity: string }) => one.severity)).toEqual(["note", "note"]);
  });

  test("is not given with --uden-raad, and what a plan switches off is said", async () => {
    const { out, remarks } = await run("check", "benchmarkingenheden-2024", "--uden-raad");
    expect([out.trim(), remarks.includes("råd")]).toEqual(["benchmarkingenheden-2024: 2 bemærkninger", false]);
    const folder = join(workspace, "fravalg/plans/be");
    await mkdir(folder, { recursive: true });
    const plan = await readFile(join(root, "plans/benchmarkingenheden-2024/plan.md"), "utf8");
    await writeFile(
      join(folder, "plan.md"),
      plan.replace("\ngrupper:", "\nråd: { slået_fra: [tidspunkt, mange-mål] }\ngrupper:"),
    );
    const less = await run("check", "be", "--root", join(workspace, "fravalg"));
    expect(less.out.trim()).toBe("be: 2 bemærkninger; 3 råd");
    expect(less.remarks).toContain("Slået fra i planen: tidspunkt (ellers 1 råd)");
    expect(less.remarks).toContain("Slået fra i planen: mange-mål\n");
  });
});

test("with --json, a failure is data, too", async () => {
  const { code, out, remarks } = await run("check", "findes-ikke", "--json");
  expect([code, remarks]).toEqual([2, ""]);
  expect(JSON.parse(out)).toEqual({
    version: 2,
    failure: {
      code: "ukendt-plan",
      message: expect.stringContaining("findes-ikke"),
      hint: expect.any(String),
      exitCode: 2,
    },
  });
});

describe("build", () => {
  test("a plan with an error is not built, the last good PDF stands, and the others are built", async () => {
    const plan = join(workspace, "plans/benchmarkingenheden-2018/plan.md");
    const good = await readFile(plan, "utf8");
    const last = join(workspace, "output/benchmarkingenheden-2018/plan.pdf");
    await mkdir(join(last, ".."), { recursive: true });
    await writeFile(last, "den forrige");
    await writeFile(plan, good.replace("titel: Resultatplan", "titl: Resultatplan"));
    const { code, out, remarks } = await run(
      "build",
      "--root",
      workspace,
      "benchmarkingenheden-2018",
      "benchmarkingenheden-2024",
    );
    await writeFile(plan, good);
    expect(code).toBe(3);
    expect(out).toContain("✗ benchmarkingenheden-2018");
    expect(out).toMatch(/✓ benchmarkingenheden-2024 +5 sider/);
    expect(remarks).toContain("Mente du »titel«?");
    expect(await readFile(last, "utf8")).toBe("den forrige");
    expect(await readdir(join(workspace, "output/benchmarkingenheden-2024"))).toEqual([
      "maalrapportering.pdf",
      "plan-og-maalrapportering.pdf",
      "plan.json",
      "plan.pdf",
    ]);
  });

  test("results with an error hold back the report, not the plan", async () => {
    const results = join(workspace, "plans/benchmarkingenheden-2022/resultater.md");
    const good = await readFile(results, "utf8");
    await writeFile(results, good.replace("vurdering: ikke opfyldt", "vurdering: ikke opfylt"));
    const { code, out, remarks } = await run("build", "--root", workspace, "benchmarkingenheden-2022");
    await writeFile(results, good);
    expect(code).toBe(3);
    expect(remarks).toContain("Mente du »ikke opfyldt«?");
    expect(out).toMatch(/✓ benchmarkingenheden-2022 +7 sider .*plan\.pdf/);
    expect(out).toContain("✗ benchmarkingenheden-2022  ikke bygget helt: 1 fejl i resultater.md");
    expect(await readdir(join(workspace, "output/benchmarkingenheden-2022"))).toEqual(["plan.json", "plan.pdf"]);
  });

  test("without a browser that works, says which were tried, once, with exit code 10", async () => {
    const { code, remarks } = await run("build", "--root", workspace, "--browser", "/findes/ikke");
    expect(code).toBe(10);
    expect(remarks.match(/browser-mangler/g)).toHaveLength(1);
  });

  test("a file where a folder should be is a failure with a reason, with exit code 10", async () => {
    const broken = join(workspace, "spærret");
    await cp(join(workspace, "plans"), join(broken, "plans"), { recursive: true });
    await writeFile(join(broken, "output"), "en fil");
    const { code, remarks } = await run("build", "--root", broken, "benchmarkingenheden-2018");
    expect(code).toBe(10);
    expect(remarks).toContain("kan ikke skrives");
  });
});

describe("report", () => {
  test("writes the målrapportering alone", async () => {
    const { code, out } = await run("report", "--root", workspace, "nationalt-center-for-etik-2024");
    expect(code).toBe(0);
    expect(out).toContain("maalrapportering.pdf");
    expect(await readdir(join(workspace, "output/nationalt-center-for-etik-2024"))).toEqual(["maalrapportering.pdf"]);
  });

  test("a plan without results is a failure with what to do, with exit code 3", async () => {
    const bare = join(workspace, "uden-resultater");
    await cp(join(workspace, "plans"), join(bare, "plans"), { recursive: true });
    await rm(join(bare, "plans/benchmarkingenheden-2022/resultater.md"));
    const { code, remarks } = await run("report", "--root", bare, "benchmarkingenheden-2022");
    expect(code).toBe(3);
    expect(remarks).toContain("[resultater-mangler]");
  });
});

describe("signature-package", () => {
  const id = "benchmarkingenheden-2022";
  const place = () => join(workspace, "package");
  const folder = () => join(place(), "output", id, "underskriftspakke");

  test("writes one copy for each signatory, a guide and a record, and tells which files were written", async () => {
    await cp(join(workspace, "plans"), join(place(), "plans"), { recursive: true });
    const { code, out } = await run("signature-package", "--root", place(), id);
    expect(code).toBe(0);
    expect((await readdir(folder())).sort()).toEqual([
      "kopier.json",
      "plan.1-sophus-garfiel.pdf",
      "plan.2-peter-oestergaard.pdf",
      "plan.3-rune-joergen-soerensen.pdf",
      "vejledning.pdf",
    ]);
    expect(out).toContain("underskriftspakke/plan.1-sophus-garfiel.pdf");
  });

  test("--collect says of each file what is wrong, in words and as data, and ends as verify does", async () => {
    const copy = join(folder(), "plan.1-sophus-garfiel.pdf");
    const told = await run("signature-package", id, "--root", place(), "--collect", copy, join(root, "README.md"));
    expect(told.code).toBe(21);
    expect(told.out).toContain(`✗ ${copy}: afvist`);
    expect(told.out).toContain("[ikke-underskrevet]");
    expect(told.out).toContain("[ikke-læselig]");
    expect(told.out).toContain("Pakken er ikke skrevet");
    const data = await run("signature-package", id, "--root", place(), "--json", "--collect", copy);
    const { exitCode, collected } = JSON.parse(data.out);
    expect([data.code, exitCode, collected.verdict, collected.missing.length]).toEqual([21, 21, "refused", 3]);
    expect(collected.files[0].findings[0]).toMatchObject({ code: "ikke-underskrevet", gravity: "refused" });
  });

  test("--collect takes one plan, and needs the copies that were sent out", async () => {
    const two = await run(
      "signature-package",
      id,
      "nationalt-center-for-etik-2024",
      "--root",
      place(),
      "--collect",
      "x.pdf",
    );
    expect([two.code, two.remarks]).toEqual([2, expect.stringContaining("nævnes én plan")]);
    const none = await run("signature-package", "benchmarkingenheden-2018", "--root", place(), "--collect", "x.pdf");
    expect([none.code, none.remarks]).toEqual([2, expect.stringContaining("[ingen-pakke]")]);
  });

  test("check-pdf finds nothing in a copy, and names what is in the way in the plan itself", async () => {
    const copy = await run("check-pdf", join(folder(), "plan.1-sophus-garfiel.pdf"), "--nemlogin");
    expect([copy.code, copy.out]).toEqual([0, expect.stringContaining("intet er i vejen")]);
    await run("build", "--root", place(), id);
    const plan = await run("check-pdf", join(place(), "output", id, "plan.pdf"), "--json");
    expect(plan.code).toBe(6);
    const { accepted, objections } = JSON.parse(plan.out);
    expect(accepted).toBe(false);
    expect(objections).toContainEqual({
      kind: "name",
      where: expect.objectContaining({ name: expect.stringMatching(/^EmbeddedFiles?$/) }),
    });
  });

  test("check-pdf says of what is no PDF that it is none", async () => {
    const { code, remarks } = await run("check-pdf", join(root, "README.md"));
    expect([code, remarks]).toEqual([7, expect.stringContaining("kan ikke læses som PDF")]);
  });
});

describe("inspect", () => {
  const id = "benchmarkingenheden-2018";
  const place = () => join(workspace, "inspect");

  test("tells what a document was made from, and whether a folder still holds it", async () => {
    await cp(join(workspace, "plans"), join(place(), "plans"), { recursive: true });
    await run("build", "--root", place(), id);
    const report = join(place(), "output", id, "maalrapportering.pdf");
    const folder = join(place(), "plans", id);
    const same = await run("inspect", report, "--kilde", folder);
    expect([same.code, same.out]).toEqual([
      0,
      expect.stringContaining("kilden (plan.md, resultater.md) ligger i filen og er den, som metadata nævner"),
    ]);
    expect(same.out).toContain("✓ plan.md: filen er den, som dokumentet er dannet af");
    await writeFile(join(folder, "plan.md"), `${await readFile(join(folder, "plan.md"), "utf8")}\n`);
    await rm(join(folder, "resultater.md"));
    const changed = await run("inspect", report, "--kilde", folder);
    expect(changed.code).toBe(6);
    expect(changed.out).toContain("✗ plan.md: filen er ændret, siden dokumentet blev dannet");
    expect(changed.out).toContain("✗ resultater.md: filen findes ikke i mappen");
  });
});

test("a document that is signed is not written over", async () => {
  const signed = join(workspace, "underskrevet/output/benchmarkingenheden-2018/plan.pdf");
  await cp(join(workspace, "plans"), join(workspace, "underskrevet/plans"), { recursive: true });
  await mkdir(join(signed, ".."), { recursive: true });
  await writeFile(signed, "%PDF-1.7 … /ByteRange [0 1 2 3] …");
  const { code, remarks } = await run("build", "--root", join(workspace, "underskrevet"), "benchmarkingenheden-2018");
  expect([code, remarks]).toEqual([6, expect.stringContaining("[underskrevet]")]);
  expect(await readFile(signed, "utf8")).toContain("/ByteRange");
});

describe("pay", () => {
  const secret = "Formanden lægger vægt på enhedens faglige opbygning";

  test("writes a sheet of its own, and no other document holds any of it", async () => {
    const place = join(workspace, "resultatløn");
    await cp(join(workspace, "plans"), join(place, "plans"), { recursive: true });
    const id = "benchmarkingenheden-2018";
    for (const command of ["pay", "build"]) expect((await run(command, "--root", place, id)).code).toBe(0);
    const texts = new Map<string, string>();
    for (const name of (await readdir(join(place, "output", id))).filter((one) => one.endsWith(".pdf")))
      texts.set(
        name,
        (await pdfText(new Uint8Array(await readFile(join(place, "output", id, name))))).everything.replace(
          /\s+/g,
          " ",
        ),
      );
    expect([...texts.keys()]).toEqual([
      "maalrapportering.pdf",
      "plan-og-maalrapportering.pdf",
      "plan.pdf",
      "resultatloen.pdf",
    ]);
    // 3/4 of 80 and 1/4 of 200/3 per cent: 230/3 per cent of 100.000 kr.
    expect(texts.get("resultatloen.pdf")).toContain(
      "76,7 pct. af 100.000 kr., svarende til 76.667 kr. Anm.: Procenterne er afrundet; beløbet er beregnet af det uafrundede tal.",
    );
    const holding = [...texts].filter(([, text]) => text.includes(secret) || text.includes("76.667"));
    expect(holding.map(([name]) => name)).toEqual(["resultatloen.pdf"]);
  });
});

describe("Ctrl+C leaves no process and no half file", () => {
  test.each([30, 150, 300, 400, 500, 600, 700, 800])("after %i ms", async (delay) => {
    const place = join(workspace, `afbrudt-${delay}`);
    await cp(join(workspace, "plans"), join(place, "plans"), { recursive: true });
    const profiles = join(place, "tmp");
    await mkdir(profiles);
    const child = spawn(process.execPath, [program, "build", "--root", place], {
      cwd: root,
      env: { ...process.env, TMPDIR: profiles },
      stdio: "ignore",
    });
    const ended = new Promise<number | null>((done) => child.on("exit", done));
    await new Promise((done) => setTimeout(done, delay));
    child.kill("SIGINT");
    // Two seconds are granted to the browser; a program that still waits for something else hangs for half a minute.
    const hung = new Promise<string>((done) => setTimeout(done, 15_000, "hung"));
    const code = await Promise.race([ended, hung]);
    // A fast machine may be done before the signal comes, a slow one may not yet listen for it.
    expect([0, 130, null]).toContain(code);
    const left = await readdir(join(place, "output"), { recursive: true }).catch(() => []);
    const whole = /^[^/\\]+(?:[/\\](?:plan\.json|(?:plan|maalrapportering|plan-og-maalrapportering)\.pdf))?$/;
    expect(left.filter((name) => !whole.test(name))).toEqual([]);
    for (const name of left.filter((one) => one.endsWith(".pdf"))) {
      const bytes = await readFile(join(place, "output", name));
      expect(bytes.subarray(-6).toString()).toContain("%%EOF");
    }
    if (process.platform === "linux") expect(await processesNaming(place)).toEqual([]);
    if (code !== null) expect(await readdir(profiles)).toEqual([]);
  });
});

/** The processes whose command line names a folder; a browser's names its profile. */
async function processesNaming(folder: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")));
  return lines.filter((line) => line.includes(folder));
}

describe("verify ends with the gravest verdict, and says it in words and as JSON", () => {
  const files = (...names: string[]) => names.map((name) => join(root, "test/verify/files", `${name}.pdf`));
  const trust = ["--trust", join(root, "test/verify/files/trust")];

  test.each<[string, string[], number, string]>([
    ["lt-rsa", [...files("lt-rsa"), ...trust], 0, "TOTAL-PASSED"],
    ["nobody trusted", files("lt-rsa"), 20, "NO_CERTIFICATE_CHAIN_FOUND"],
    ["no signature", [...files("usigneret"), ...trust], 20, "Filen har ingen digital underskrift."],
    ["one good, one open, one broken", [...files("lt-rsa", "b-rsa", "byttet-ess"), ...trust], 21, "certifikat-byttet"],
    ["no PDF", [join(root, "README.md")], 21, "Filen er ikke en PDF."],
  ])("%s", async (_name, args, code, words) => {
    const text = await run("verify", ...args);
    expect(text.code).toBe(code);
    expect(text.out).toContain(words);
    const json = await run("verify", "--json", ...args);
    expect([json.code, JSON.parse(json.out).exitCode]).toEqual([code, code]);
  });

  test.each([
    [["verify", "findes-ikke.pdf"], "findes-ikke.pdf er der ikke."],
    [["verify", "README.md", "--trust", "docs"], "docs har ingen certifikater"],
    [["inspect", "findes-ikke.pdf"], "findes-ikke.pdf er der ikke."],
  ])("%j is asked for wrongly", async (args, words) => {
    const { code, remarks } = await run(...args);
    expect(code).toBe(2);
    expect(remarks).toContain(words);
  });

  test("inspect tells what a file holds", async () => {
    const { code, out } = await run("inspect", ...files("lt-rsa"));
    expect(code).toBe(0);
    expect(out).toContain("Anna (underskrevet), Bo (mangler), Clara (mangler)");
  });
});
