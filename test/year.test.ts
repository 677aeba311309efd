import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pdfText } from "./support/pdf-text.ts";
import { EC, PASSPHRASE, type Subject, signer, TestAuthority } from "./support/pki/authority.ts";

/**
 * A year of a fresh institution, in one session on a command line, by the program as it is shipped: nothing is edited but to fill
 * in what it has written. Each step goes on from the one before.
 */
const root = resolve(import.meta.dirname, "..");
const id = "styrelsen-for-vandloeb-2027";
const next = "styrelsen-for-vandloeb-2028";

let folder: string;
let signed: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-et-aar-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly remarks: string;
}

function run(...args: string[]): Promise<Run> {
  return new Promise((done) => {
    const options = { cwd: folder, timeout: 60_000 };
    const child = execFile(process.execPath, [join(root, "dist/main.js"), ...args], options, (cause, out, remarks) =>
      done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, out, remarks }),
    );
    child.stdin?.end();
  });
}

const inPlan = (name: string, plan = id) => join(folder, "plans", plan, name);
const inOutput = (name: string, plan = id) => join(folder, "output", plan, name);

/** Fills in a file: each gap must be there, and the first of its kind is filled. */
async function fillIn(path: string, ...gaps: readonly (readonly [gap: string, content: string])[]): Promise<void> {
  let text = await readFile(path, "utf8");
  for (const [gap, content] of gaps) {
    expect(text).toContain(gap);
    text = text.replace(gap, () => content);
  }
  await writeFile(path, text);
}

/** The words of a PDF in the output, without spaces, which a line may end in. */
async function wordsOf(name: string, plan = id): Promise<string> {
  const { everything } = await pdfText(new Uint8Array(await readFile(inOutput(name, plan))));
  return everything.replace(/\s+/g, "");
}

const words = (text: string) => expect.stringContaining(text.replace(/\s+/g, ""));

test("January: the plan is begun, filled in, checked and built", async () => {
  const options = ["--institution", "Styrelsen for Vandløb", "--ministerium", "Miljøministeriet", "--aar", "2027"];
  const people = [
    "Anna Æbelø; Direktør; Styrelsen for Vandløb; Viborg",
    "Bo Ødegård; Departementschef; Miljøministeriet; København",
  ];
  const begun = await run("new", "plan", "--skabelon", "resultatplan-2022", ...options, "--underskriver", ...people);
  expect(begun).toMatchObject({ code: 0, out: expect.stringContaining(`npx resultatplan check ${id}`) });
  expect(await run("check", id, "--uden-raad")).toMatchObject({ code: 0, out: `${id}: 7 advarsler\n` });
  // A draft can be seen, but not signed.
  expect(await run("build", id)).toMatchObject({ code: 0 });
  for (const command of ["signature-page", "signature-package"])
    expect(await run(command, id)).toMatchObject({ code: 3, remarks: expect.stringContaining("[udkast]") });

  await fillIn(
    inPlan("plan.md"),
    ["tilstand: udkast\n", ""],
    ["\ngrupper:", "\nstrategi:\n  - { nøgle: hurtig, tekst: Borgere og virksomheder får hurtigt svar }\n\ngrupper:"],
    ["(UDFYLD målets titel)", "Kortere sagsbehandlingstid"],
    ["(UDFYLD hvad institutionen skal nå, inden hvornår, og hvordan det ses)\n", fastCases],
    ["(UDFYLD målets titel)", "Vejledning om regulativer"],
    ["(UDFYLD hvad institutionen skal nå, inden hvornår, og hvordan det ses)\n", guidance],
    ["(UDFYLD hvor tallene kommer fra)", "Styrelsens hjemmeside."],
    ["(UDFYLD hvorfor målet er vigtigt)", "Lodsejerne venter på svar, før de kan gå i gang."],
    ["(UDFYLD hvorfor målet er vigtigt)", "Kommunerne har bedt om en fælles vejledning."],
  );
  expect(await run("check", id, "--uden-raad")).toMatchObject({ code: 0, out: `${id}: ingen bemærkninger\n` });
  expect((await run("check", id)).remarks).toContain("Mål 1.1 måles alene på tid eller antal");
  expect(await run("build", id)).toMatchObject({ code: 0, out: expect.not.stringContaining("Det hele vises af") });
  expect((await readdir(inOutput("."))).toSorted()).toEqual(["plan.json", "plan.pdf"]);
  expect(await wordsOf("plan.pdf")).toEqual(words("Mål 1.1 Kortere sagsbehandlingstid"));
}, 60_000);

const fastCases = `Styrelsen skal i 2027 afgøre mindst 85 pct. af ansøgningerne inden for 60 dage.
        strategi: hurtig
        enhed: Pct.
        kriterium: { mindst: 85 }
        måltal: { 2026: mindst 80, 2027: mindst 85 }
        resultat: { 2026: "82,4", 2027: "-" }
        kilde: Styrelsens sagssystem.
        opgaver:
          - { tekst: Prøve en ny blanket i to kommuner, frist: 2027-03-01 }
`;
const guidance = `Styrelsen skal senest den 1. oktober 2027 udgive en vejledning til kommunerne.
        frist: 2027-10-01
        milepæle:
          - { nr: 1, tekst: Udkastet er sendt i høring, frist: 2027-04-01 }
          - { nr: 2, tekst: Vejledningen er udgivet, frist: 2027-10-01 }
`;

test("the figure, the deadlines and what is signed come of the plan", async () => {
  expect(await run("figure", id)).toMatchObject({ code: 0 });
  expect(await wordsOf("sammenhaeng.pdf")).toEqual(words("Prøve en ny blanket i to kommuner"));
  const due = await run("deadlines", id, "--ics", "frister.ics");
  expect(due).toMatchObject({ code: 0, out: expect.stringContaining("2027-07-14  onsdag   Opfølgning: 2. kvartal") });
  expect((await readFile(join(folder, "frister.ics"), "utf8")).match(/^BEGIN:VEVENT/gm)).toHaveLength(5);
  expect(await run("signature-page", id)).toMatchObject({ code: 0 });
  expect(await run("signature-package", id)).toMatchObject({ code: 0 });
  expect((await readdir(inOutput("underskriftspakke"))).toSorted()).toEqual([
    "kopier.json",
    "plan.1-anna-aebeloe.pdf",
    "plan.2-bo-oedegaard.pdf",
    "vejledning.pdf",
  ]);
}, 60_000);

test("it is signed and locked; from then a word more is refused", async () => {
  const person = (name: string): Subject => ({ name, key: EC("P-256"), extensions: signer });
  const subjects = { anna: person("Anna Æbelø"), bo: person("Bo Ødegård") };
  // No server is asked at the level that needs no time stamp.
  const authority = await TestAuthority.make(1, { issuer: "/C=DK/O=Prøven/CN=Prøveudsteder", subjects });
  try {
    await writeFile(join(folder, "kode"), `${PASSPHRASE}\n`);
    for (const [key, { name }] of Object.entries(subjects)) {
      const given = ["--p12", authority.path(`${key}.p12`), "--passphrase-file", "kode"];
      expect(await run("sign", inOutput("plan.pdf"), "--signer", name, ...given)).toMatchObject({ code: 0 });
    }
  } finally {
    await rm(authority.folder, { recursive: true, force: true });
  }
  signed = await readFile(inOutput("plan.pdf"));
  const locked = await run("lock", id, inOutput("plan.pdf"));
  expect(locked).toMatchObject({
    code: 0,
    out: expect.stringContaining("Anna Æbelø (digital) og Bo Ødegård (digital)"),
  });

  await fillIn(inPlan("plan.md"), ["har bedt om en", "har ofte bedt om en"]);
  const refused = await run("build", id);
  expect(refused.code).toBe(3);
  expect(refused.remarks).toMatch(/Mål 2\.1 Vejledning om regulativer, tekst: .*ofte.*\[ændret-efter-underskrift\]/);
  expect(await run("diff", id)).toMatchObject({ code: 0, out: expect.stringContaining("{+ofte+}") });
  await fillIn(inPlan("plan.md"), ["har ofte bedt om en", "har bedt om en"]);
}, 60_000);

test("July: a follow-up is begun, filled in, and becomes a status in three formats", async () => {
  expect(await run("new", "opfoelgning", id, "2-kvartal")).toMatchObject({ code: 0 });
  const empty = await run("check", id, "--uden-raad");
  expect(empty).toMatchObject({ code: 3, remarks: expect.stringContaining("Mål 1.1 har intet tal indtil nu") });
  await fillIn(
    inPlan("opfoelgning-2-kvartal.md"),
    ["status:\n", "status: i risiko\n"],
    ["indtil_nu: #", "indtil_nu: 83,1 #"],
    ["forventning:\n", "forventning: Der ventes 84 pct. for hele året.\n"],
    ["status:\n", "status: forventes opfyldt\n"],
    ["dato: # frist 2027-04-01\n        status:\n", "dato: 2027-03-28\n"],
    ["dato: # frist 2027-10-01\n        status:\n", "status: forventes opfyldt\n"],
  );
  expect(await run("check", id, "--uden-raad")).toMatchObject({ code: 0, remarks: "" });
  expect(await run("status", id, "2-kvartal")).toMatchObject({ code: 0 });
  expect(await wordsOf("status-2-kvartal.pdf")).toEqual(
    words("Af planens to mål forventes ét opfyldt, og ét er i risiko."),
  );
  expect(await readFile(inOutput("status-2-kvartal.csv"), "utf8")).toContain(
    "\r\n1.1;Mål;;Kortere sagsbehandlingstid;i risiko;83,1;",
  );
  expect(existsSync(inOutput("status-2-kvartal.xlsx"))).toBe(true);
}, 60_000);

test("January: the last status comes as a workbook", async () => {
  expect(await run("new", "opfoelgning", id, "4-kvartal", "--ark", "ark.xlsx")).toMatchObject({ code: 0 });
  const empty = await run("import", id, "4-kvartal", "ark.xlsx");
  expect(empty).toMatchObject({ code: 3, remarks: expect.stringContaining("ark.xlsx:Status!E2: fejl: ") });
  expect(existsSync(inPlan("opfoelgning-4-kvartal.md"))).toBe(false);
  await fillCells("ark.xlsx", {
    E2: "forventes ikke opfyldt",
    F2: "83,1",
    J2: "Målet nås ikke.",
    E3: "opfyldt",
    I4: "2027-03-28",
    I5: "2027-09-24",
    I3: "2027-09-24",
  });
  expect(await run("import", id, "4-kvartal", "ark.xlsx")).toMatchObject({ code: 0, remarks: "" });
  expect(await run("status", id, "4-kvartal")).toMatchObject({ code: 0 });
  expect(await wordsOf("status-4-kvartal.pdf")).toEqual(words("Status efter 4. kvartal 2027"));
}, 60_000);

/** Fills cells of a workbook with texts. */
async function fillCells(name: string, cells: Readonly<Record<string, string>>): Promise<void> {
  const path = join(folder, name);
  const parts = unzipSync(new Uint8Array(await readFile(path)));
  const at = "xl/worksheets/sheet1.xml";
  let sheet = strFromU8(parts[at] ?? new Uint8Array());
  for (const [cell, content] of Object.entries(cells)) {
    const empty = new RegExp(`<c r="${cell}"[^>]*?/>|<c r="${cell}"[^>]*?></c>`);
    expect(sheet).toMatch(empty);
    sheet = sheet.replace(empty, `<c r="${cell}" t="inlineStr"><is><t>${content}</t></is></c>`);
  }
  await writeFile(path, zipSync({ ...parts, [at]: strToU8(sheet) }));
}

test("the results are filled in, and the signed plan stands beside its målrapportering", async () => {
  expect(await run("new", "resultater", id)).toMatchObject({ code: 0 });
  expect(await run("build", id)).toMatchObject({ code: 3, remarks: expect.stringContaining("»resultat« er tom.") });
  await fillIn(
    inPlan("resultater.md"),
    ["resultat: #", "resultat: 83,1 #"],
    ["dato: #", "dato: 2027-09-24 #"],
    ["dato: #", "dato: 2027-03-28 #"],
    ["dato: #", "dato: 2027-09-24 #"],
  );
  const unexplained = await run("check", id, "--uden-raad");
  expect(unexplained).toMatchObject({
    code: 3,
    remarks: expect.stringContaining("mellem :::mål 1.1 og en linje med :::"),
  });
  const path = inPlan("resultater.md");
  await writeFile(path, `${await readFile(path, "utf8")}\n:::mål 1.1\nDer kom flere ansøgninger end ventet.\n:::\n`);
  expect(await run("build", id)).toMatchObject({ code: 0 });
  expect(await run("report", id)).toMatchObject({ code: 0 });
  const report = await wordsOf("maalrapportering.pdf");
  for (const said of [
    "1 af 2 mål er opfyldt, svarende til 50 pct.",
    "som den er underskrevet",
    "Begge milepæle er nået",
  ])
    expect(report).toEqual(words(said));
  expect(existsSync(inOutput("plan-og-maalrapportering.pdf"))).toBe(true);
  expect(await readFile(inOutput("plan.pdf"))).toEqual(signed);
}, 60_000);

test("next year's plan is made of it, builds, and is compared with it", async () => {
  const rolled = await run("new", "plan", "--from", id);
  expect(rolled).toMatchObject({
    code: 0,
    out: expect.stringContaining("Mål 1.1 er ført videre uændret. Det er ikke opfyldt"),
  });
  expect(await run("build", next)).toMatchObject({ code: 0 });
  // Last year's result has come along.
  expect(await wordsOf("plan.pdf", next)).toEqual(words("Resultat 83,1"));
  const compared = await run("diff", id, next, "--pdf", "forskel.pdf", "--html", "forskel.html");
  expect(compared).toMatchObject({ code: 0, out: expect.stringContaining("titel: Resultatplan [-2027-] {+2028+}") });
  expect((await readFile(join(folder, "forskel.pdf"))).subarray(0, 5).toString()).toBe("%PDF-");
  const misspelt = await run("diff", id, `${next}x`);
  expect(misspelt).toMatchObject({ code: 2, remarks: expect.stringContaining(`Mente du »${next}«?`) });
}, 60_000);
