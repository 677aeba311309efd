import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../src/core/identity.ts";
import { type BuildTools, buildPlan } from "../src/pipeline/build.ts";
import type { PlanOutcome } from "../src/pipeline/outcome.ts";
import { findPlans, type Workspace, workspaceAt } from "../src/pipeline/workspace.ts";
import { PdfFile } from "../src/sign/pdf/pdf-file.ts";
import { signatureFields } from "../src/sign/pdf/signature-field.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { inspectFile } from "../src/verify/inspect/inspect.ts";
import { nextYearOf } from "./support/next-year.ts";
import { pdfText } from "./support/pdf-text.ts";
import { RSA, signer } from "./support/pki/authority.ts";
import { TestServers } from "./support/pki/servers.ts";
import { signWith } from "./support/pki/signing.ts";
import { pdfOf } from "./support/plans.ts";
import { SEALER, sealedPlan } from "./support/sealed.ts";
import { shopOfMachine } from "./support/shops.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

/** A plan on its way: built, signed digitally, locked by its PDF, changed, reported on; and the comparison as documents. */

const id = "benchmarkingenheden-2022";
const root = resolve(import.meta.dirname, "..");
const verapdf = await findVeraPdf();
if ("missing" in verapdf) console.warn(`veraPDF does not judge: ${verapdf.missing}`);

let servers: TestServers;
let folder: string;
let workspace: Workspace;
let signed: Uint8Array;

const at = (...path: string[]) => join(folder, ...path);
const pdf = () => at("output", id, "plan.pdf");

beforeAll(async () => {
  servers = await TestServers.start();
  folder = await mkdtemp(join(tmpdir(), "resultatplan-laas-"));
  workspace = { ...workspaceAt(root), plans: at("plans"), output: at("output") };
  await cp(join(root, "plans", id), at("plans", id), { recursive: true });
  await mkdir(at("output", id), { recursive: true });
  const level = { level: "B-B", tsa: undefined } as const;
  const once = await signWith(servers, await pdfOf(id), "Sophus Garfiel", "anna", level);
  signed = await signWith(servers, once, "Peter Østergaard", "bo", level);
  await writeFile(pdf(), signed);
}, 120_000);
afterAll(async () => {
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly code: number;
  readonly out: string;
  readonly remarks: string;
}

function run(...args: string[]): Promise<Run> {
  const program = join(root, "dist/main.js");
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], { cwd: folder, timeout: 50_000 }, (cause, out, remarks) => {
      done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, out, remarks });
    });
  });
}

async function build(): Promise<PlanOutcome> {
  const shop = shopOfMachine();
  try {
    const tools: BuildTools = { workspace, forms: new FormShelf(workspace.templates), shop };
    const [plan] = await findPlans(workspace, [id]);
    if (!plan) throw new Error("no plan");
    return await buildPlan(plan, tools);
  } finally {
    await shop.close();
  }
}

async function edit(name: string, from: string, to: string): Promise<void> {
  const text = await readFile(at("plans", id, name), "utf8");
  if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`);
  await writeFile(at("plans", id, name), text.replace(from, to));
}

/** The text of a PDF in one line, in the order of the pages' content. */
async function wordsOf(bytes: Uint8Array): Promise<string> {
  return (await pdfText(new Uint8Array(bytes))).everything.replace(/\s+/g, " ");
}

async function broken(path: string): Promise<string[]> {
  if ("missing" in verapdf) return [];
  const verdicts = await judgeFiles(verapdf.classPath, [path], ["ua1", "3a"]);
  expect(verdicts.map(({ flavour, checks }) => [flavour, checks > 500])).toEqual([
    ["ua1", true],
    ["3a", true],
  ]);
  return verdicts.flatMap((verdict) => verdict.broken);
}

describe("lock", () => {
  test("refuses what is no signed copy of the plan as it is now, and writes nothing", async () => {
    const tampered = Buffer.from(signed);
    tampered[2000] = (tampered[2000] ?? 0) ^ 1;
    await writeFile(at("rettet.pdf"), tampered);
    await writeFile(at("hale.pdf"), Buffer.concat([signed, Buffer.from("% 3 0 obj <<>> endobj startxref 9 ")]));
    await writeFile(at("usigneret.pdf"), await pdfOf(id));
    const level = { level: "B-B", tsa: undefined } as const;
    const other = await signWith(servers, await pdfOf("benchmarkingenheden-2018"), "Sophus Garfiel", "anna", level);
    await writeFile(at("anden.pdf"), other);
    await writeFile(at("tekst.pdf"), "ikke en PDF");
    const codes = [];
    for (const name of ["rettet", "hale", "usigneret", "anden", "tekst", "findes-ikke"]) {
      const { code, remarks } = await run("lock", id, `${name}.pdf`);
      codes.push([name, code, /\[([^\]]+)\]/.exec(remarks)?.[1]]);
    }
    expect(codes).toEqual([
      ["rettet", 21, "underskrift-holder-ikke"],
      ["hale", 21, "underskrift-holder-ikke"],
      ["usigneret", 8, "ingen-underskrift"],
      ["anden", 3, "anden-plan"],
      ["tekst", 7, "pdf-ulæselig"],
      ["findes-ikke", 2, "fil-mangler"],
    ]);
    await expect(readFile(at("plans", id, "underskrevet.json"))).rejects.toThrow();
  });

  test("with --trust asks for signatures that pass", async () => {
    await mkdir(at("andre"));
    await writeFile(at("andre/rod.pem"), await readFile(join(root, "test/verify/files/trust/rod.pem")));
    const { code, remarks } = await run("lock", id, pdf(), "--trust", at("andre"));
    expect([code, remarks]).toEqual([20, expect.stringContaining("[underskrift-uafklaret]")]);
  });

  test("records who signed the plan, and says who did not", async () => {
    const { code, out, remarks } = await run("lock", id, pdf());
    expect(code).toBe(0);
    expect(out).toContain("»Resultatplan 2022« er låst (dokument-id 5be0-8d14-c29d)");
    expect(out).toContain("underskrevet af Sophus Garfiel (digital) og Peter Østergaard (digital)");
    expect(out).toContain("mangler: Rune Jørgen Sørensen");
    expect(remarks).toContain("Certifikatet i feltet for Sophus Garfiel lyder på »Anna Æbelø«.");
    const lock = JSON.parse(await readFile(at("plans", id, "underskrevet.json"), "utf8"));
    expect(lock.underskrifter[0]).toMatchObject({
      navn: "Sophus Garfiel",
      måde: "digital",
      certifikat: "Anna Æbelø",
      tidspunkt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      fil: "plan.pdf",
      sha256: sha256(signed),
    });
  });

  test("sign says how to lock", async () => {
    await writeFile(at("tredje.pdf"), signed);
    await writeFile(at("n.p12"), await servers.authority.read("clara.p12"));
    const { PASSPHRASE } = await import("./support/pki/authority.ts");
    await writeFile(at("kode"), PASSPHRASE);
    const args = ["--signer", "Rune Jørgen Sørensen", "--p12", "n.p12", "--passphrase-file", "kode", "--other-name"];
    const { code, out } = await run("sign", "tredje.pdf", ...args);
    expect(code).toBe(0);
    expect(out).toContain(`Lås planen, som den er underskrevet: npx resultatplan lock ${id} tredje.pdf`);
  });
});

describe("a locked plan", () => {
  test("is built with its signed PDF as it is; plan.json says that it is signed", async () => {
    const { written, failure } = await build();
    expect(failure).toBeUndefined();
    expect(written.map(({ kept }) => kept)).toEqual([true, undefined, undefined]);
    expect(Buffer.compare(await readFile(pdf()), signed)).toBe(0);
    const data = JSON.parse(await readFile(at("output", id, "plan.json"), "utf8"));
    expect([data.tilstand, data.underskrevet.mangler, data.dokumenter[0].sha256]).toEqual([
      "delvist underskrevet",
      ["Rune Jørgen Sørensen"],
      sha256(signed),
    ]);
  }, 120_000);

  test("is named in its report, which has the lock in it and keeps its promises", async () => {
    const path = at("output", id, "maalrapportering.pdf");
    const bytes = await readFile(path);
    expect(await wordsOf(bytes)).toContain(
      "Der rapporteres på »Resultatplan 2022« af 9. december 2021, som den er underskrevet (dokument-id 5be0-8d14-c29d). Rune Jørgen Sørensen har endnu ikke underskrevet.",
    );
    const facts = inspectFile(bytes);
    expect("source" in facts && facts.source).toMatchObject({
      files: ["plan.md", "resultater.md", "underskrevet.json"],
      fits: true,
    });
    expect(await broken(path)).toEqual([]);
  }, 120_000);

  test("changed by one comma is told of by check, build and report, with goal and word; nothing is written", async () => {
    await edit("plan.md", "som afvigelsen mellem", "som afvigelsen, mellem");
    const before = await readFile(at("output", id, "maalrapportering.pdf"));
    for (const command of ["check", "build", "report"]) {
      const { code, remarks } = await run(command, id);
      expect([command, code]).toEqual([command, 3]);
      expect(remarks).toMatch(
        /plan\.md:33:32: fejl: Mål 2\.1 Bedre budgettering, mål: »afvigelsen« er blevet til »afvigelsen,«, siden planen blev underskrevet\./,
      );
    }
    expect(Buffer.compare(await readFile(at("output", id, "maalrapportering.pdf")), before)).toBe(0);
  }, 120_000);

  test("is compared with what was signed when nothing else is named", async () => {
    const { code, out } = await run("diff", id);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        `før: plans/${id}/plan.md, som den er underskrevet`,
        `nu:  plans/${id}/plan.md`,
        "",
        "[-slettet-] {+indsat+}",
        "",
        "Mål 2.1 Bedre budgettering",
        "  mål: Målet opgøres som [-afvigelsen-] {+afvigelsen,+} mellem budgetteret og realiseret resultat.",
        "",
        "1 mål er ændret.",
        "",
      ].join("\n"),
    );
  });

  test("altered by agreement is reported on, with the words; the signed PDF still stands", async () => {
    const change = "{ dato: 2022-05-20, mål: 2.1, ændrer: [mål], tekst: Et komma er rettet efter aftale. }";
    await edit("resultater.md", "\nmål:\n", `\nændringer:\n  - ${change}\n\nmål:\n`);
    const { written, failure } = await build();
    expect([failure, written.length]).toEqual([undefined, 3]);
    expect(Buffer.compare(await readFile(pdf()), signed)).toBe(0);
    const path = at("output", id, "maalrapportering.pdf");
    const text = await wordsOf(await readFile(path));
    expect(text).toContain("20. maj 2022: Et komma er rettet efter aftale.");
    expect(text).toContain(
      "målets ordlyd: Målet opgøres som [slettet: afvigelsen] [indsat: afvigelsen,] mellem budgetteret",
    );
    expect(await broken(path)).toEqual([]);
    // Signed in ink, no signed PDF lies there, and an altered plan does not take the signed one's place.
    await rm(pdf());
    const again = await build();
    expect(again.written.map((one) => one.path.split("/").at(-1))).toEqual([
      "maalrapportering.pdf",
      "plan-og-maalrapportering.pdf",
    ]);
  }, 180_000);

  test("is opened by lock --remove, once", async () => {
    expect((await run("lock", id, "--remove")).code).toBe(0);
    const { code, remarks } = await run("lock", id, "--remove");
    expect([code, remarks]).toEqual([2, expect.stringContaining("[ikke-låst]")]);
    expect((await run("check", id)).remarks).toContain("[ændring-uden-lås]");
  });
});

test("a document that shows an earlier plan's results has its files in it, and they can be held against the folder", async () => {
  const next = nextYearOf(await readFile(join(root, "plans", id, "plan.md"), "utf8"), "foer");
  await cp(join(root, "plans", id), at("plans/foer"), { recursive: true });
  await mkdir(at("plans/efter"));
  await writeFile(at("plans/efter/plan.md"), next);
  expect(await run("build", "efter")).toMatchObject({ code: 0 });
  const path = at("output/efter/plan.pdf");
  const facts = inspectFile(await readFile(path));
  expect("source" in facts && facts.source).toMatchObject({
    files: ["foer.plan.md", "foer.resultater.md", "plan.md"],
    fits: true,
  });
  const folder = at("plans/efter");
  expect((await run("inspect", path, "--kilde", folder)).code).toBe(0);
  await writeFile(at("plans/foer/resultater.md"), "rettet");
  const { code, out } = await run("inspect", path, "--kilde", folder);
  expect([code, out]).toEqual([6, expect.stringContaining("✗ foer.resultater.md: filen er ændret")]);
}, 60_000);

test("diff tells of a picture that is another", async () => {
  const text = await readFile(join(root, "plans", id, "plan.md"), "utf8");
  for (const side of [7, 8]) {
    const folder = at(`plans/firkant-${side}`);
    await mkdir(folder);
    await writeFile(join(folder, "plan.md"), text.replace("\n## Påtegning", "\n![x](figur.svg)\n\n## Påtegning"));
    await writeFile(join(folder, "figur.svg"), `<svg xmlns="http://www.w3.org/2000/svg" width="${side}"/>`);
  }
  const { out } = await run("diff", "firkant-7", "firkant-8");
  expect(out).toContain("Billedet »figur.svg« er et andet.");
  const data = JSON.parse((await run("diff", "firkant-7", "firkant-8", "--json")).out);
  expect(data).toMatchObject({ same: false, pictures: ["figur.svg"] });
}, 60_000);

test("a document has its pictures in it, by their kind, and they can be held against the folder", async () => {
  const folder = at("plans/billeder");
  const square = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="8" height="8"/></svg>';
  await mkdir(join(folder, "figurer"), { recursive: true });
  await writeFile(join(folder, "figurer/søjle 1.svg"), square);
  const shown = "![En firkant](<figurer/søjle 1.svg>)\n\n![Den samme](<./figurer/søjle 1.svg>)";
  const text = await readFile(join(root, "plans", id, "plan.md"), "utf8");
  await writeFile(join(folder, "plan.md"), text.replace("\n## Påtegning", `\n${shown}\n\n## Påtegning`));
  expect(await run("build", "billeder")).toMatchObject({ code: 0 });
  const path = at("output/billeder/plan.pdf");
  const bytes = await readFile(path);
  const facts = inspectFile(bytes);
  const name = "billede.figurer%2Fsøjle 1.svg";
  expect("source" in facts && facts.source).toMatchObject({ files: [name, "plan.md"], fits: true });
  expect(bytes.includes("/Subtype /image#2Fsvg+xml")).toBe(true);
  expect(await broken(path)).toEqual([]);
  expect(JSON.parse(await readFile(at("output/billeder/plan.json"), "utf8")).kilder).toContainEqual({
    fil: name,
    sha256: sha256(square),
  });
  expect((await run("inspect", path, "--kilde", folder)).code).toBe(0);
  await writeFile(join(folder, "figurer/søjle 1.svg"), square.replace("8", "7"));
  const { code, out } = await run("inspect", path, "--kilde", folder);
  expect([code, out]).toEqual([6, expect.stringContaining(`✗ ${name}: filen er ændret`)]);
}, 60_000);

describe("diff writes for those who negotiate", () => {
  const [one, two] = ["benchmarkingenheden-2024", "nationalt-center-for-etik-2024"];

  beforeAll(async () => {
    for (const plan of [one, two]) await cp(join(root, "plans", plan), at("plans", plan), { recursive: true });
    const { code, remarks } = await run("diff", one, two, "--html", "a.html", "--pdf", "a.pdf");
    if (code !== 0) throw new Error(remarks);
  }, 60_000);

  test("a page that is whole by itself, and says in words what was removed and added", async () => {
    const page = await readFile(at("a.html"), "utf8");
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="da">/);
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(/);
    const marks = [...page.matchAll(/<(ins|del)>(.*?)<\/\1>/gs)];
    expect(marks.length).toBeGreaterThan(30);
    for (const [, tag, inner = ""] of marks)
      expect(inner).toMatch(
        tag === "ins" ? /^<span[^>]*>\[indsat:&nbsp;<\/span>/ : /^<span[^>]*>\[slettet:&nbsp;<\/span>/,
      );
    expect(page).not.toContain(folder);
  });

  test("a PDF that is accessible and archival, and the same for the same plans", async () => {
    expect(await broken(at("a.pdf"))).toEqual([]);
    const first = await readFile(at("a.pdf"));
    const text = await wordsOf(first);
    expect(text).toContain("institution › kort navn [slettet: BE] [indsat: NCE]");
    const facts = inspectFile(first);
    expect("source" in facts && facts.source).toMatchObject({ files: ["foer.md", "plan.md"], fits: true });
    await run("diff", one, two, "--pdf", "b.pdf");
    expect(Buffer.compare(await readFile(at("b.pdf")), first)).toBe(0);
  }, 120_000);

  test("as JSON, each change with its place", async () => {
    const { code, out } = await run("diff", one, two, "--json");
    const data = JSON.parse(out);
    expect([code, data.exitCode, data.same, data.parts[0].name]).toEqual([0, 0, false, "Planens oplysninger"]);
    expect(data.parts[0].fields[1]).toMatchObject({
      kind: "changed",
      label: "institution › kort",
      changes: [{ before: "BE", after: "NCE", line: 6, column: 9 }],
    });
  });

  test("of plans with errors the errors, and the texts in the files; no document", async () => {
    await cp(at("plans", one), at("plans/fejl"), { recursive: true });
    const path = at("plans/fejl/plan.md");
    await writeFile(path, (await readFile(path, "utf8")).replace("titel: ", "titl: "));
    const { code, out, remarks } = await run("diff", one, "fejl", "--html", "c.html");
    expect(code).toBe(3);
    expect(remarks).toContain("[ukendt-nøgle]");
    expect(remarks).toContain("[plan-har-fejl]");
    expect(out).toContain("[-titel:-] {+titl:+}");
    await expect(readFile(at("c.html"))).rejects.toThrow();
    await writeFile(path, Uint8Array.of(0x2d, 0xff));
    const unreadable = await run("diff", one, "fejl");
    expect([unreadable.code, unreadable.remarks]).toEqual([3, expect.stringContaining("[ikke-utf-8]")]);
  });

  test("of the same plan, that nothing differs; of what is no plan, what could be meant", async () => {
    expect((await run("diff", one, one)).out).toContain("Filerne er ens.");
    const { code, remarks } = await run("diff", one, "--", "--output=x");
    expect([code, remarks]).toEqual([2, expect.stringMatching(/\[ukendt-version\]|\[git-intet-arkiv\]/)]);
  });
});

describe("a plan with a seal", () => {
  const sealed = "nationalt-center-for-etik-2024";
  const path = () => at("segl/output", sealed, "plan.pdf");
  const locked = async () => JSON.parse(await readFile(at("segl/plans", sealed, "underskrevet.json"), "utf8"));
  const level = { level: "B-B", tsa: undefined } as const;

  beforeAll(async () => {
    await mkdir(at("segl"));
    await servers.authority.issue("segl", { name: SEALER, key: RSA(2048), extensions: signer });
    let bytes = await sealedPlan(sealed, at("segl"));
    for (const name of signatureFields(new PdfFile(bytes))
      .slice(0, 2)
      .map((field) => field.signatory))
      bytes = await signWith(servers, bytes, name, "anna", level);
    await writeFile(path(), bytes);
  }, 120_000);

  test("lacks it until it is set; then it is locked again, and the seal recorded with the signatures", async () => {
    const before = await run("lock", sealed, path(), "--root", at("segl"));
    expect([before.code, before.out]).toEqual([0, expect.stringContaining(`mangler: ${SEALER}\n`)]);
    expect(await locked()).toMatchObject({ mangler: [SEALER], underskrifter: [{ måde: "digital" }, {}] });
    await writeFile(path(), await signWith(servers, await readFile(path()), SEALER, "segl", level));
    const after = await run("lock", sealed, path(), "--root", at("segl"));
    expect([after.code, after.out]).toEqual([0, expect.stringContaining(`og ${SEALER} (segl)\n`)]);
    expect(after.out).not.toContain("mangler");
    expect(after.remarks).not.toContain(`feltet for ${SEALER}`);
    const seal = { navn: SEALER, måde: "segl", certifikat: SEALER };
    expect(await locked()).toMatchObject({ mangler: [], underskrifter: [{}, {}, seal] });
    expect(await run("check", sealed, "--root", at("segl"))).toMatchObject({ code: 0 });
  });
});
