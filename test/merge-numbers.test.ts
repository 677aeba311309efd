import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PDFDocument } from "pdf-lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { captionIn } from "../src/pdf/merge/place/captions.ts";
import { pdfText } from "./support/pdf-text.ts";
import { structureText } from "./support/structure-text.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

const root = resolve(import.meta.dirname, "..");
const fixtures = join(import.meta.dirname, "fixtures/merge");
const id = "benchmarkingenheden-2022";
const report = join(fixtures, "weasyprint-contents-ua1.pdf");

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "resultatplan-merge-numbers-"));
  for (const folder of [`plans/${id}`, "templates"]) {
    await cp(join(root, folder), join(workspace, folder), { recursive: true });
  }
  await giveFirstTable(undefined);
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

async function giveFirstTable(number: number | undefined): Promise<void> {
  const original = await readFile(join(root, `plans/${id}/resultater.md`), "utf8");
  const given = number === undefined ? "" : `, første_tabel: ${number}`;
  const text = original.replace(", første_tabel: 5", given);
  expect(text).not.toBe(original);
  await writeFile(join(workspace, `plans/${id}/resultater.md`), text);
}

function run(...args: string[]): Promise<{ code: number; remarks: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [join(root, "dist/main.js"), ...args], { timeout: 50_000 }, (cause, _out, remarks) => {
      done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, remarks });
    });
  });
}

async function spliced(...side: string[]): Promise<{ captions: string[]; remarks: string }> {
  const { code, remarks } = await run("report", id, "--root", workspace, "--into", report, ...side);
  expect([code, remarks]).toEqual([0, remarks]);
  const bytes = new Uint8Array(await readFile(join(workspace, `output/${id}/weasyprint-contents-ua1.samlet.pdf`)));
  const { dump } = await structureText(bytes);
  return { captions: [...dump.matchAll(/\b(?:Tabel|Figur) \d+(?=[.:])/g)].map(([text]) => text), remarks };
}

test("numbers go on from those before the place, and the contents' wrong pages are named", async () => {
  const { captions, remarks } = await spliced("--at", "2.4 Målrapportering", "--instead");
  const tables = captions.filter((caption) => caption.startsWith("Tabel"));
  // The report's own list of tables comes first; after its last table before the place come ours, then its next.
  expect(tables).toEqual(["Tabel 3", "Tabel 1", "Tabel 2", "Tabel 3", "Tabel 4", "Tabel 5", "Tabel 6", "Tabel 4"]);
  expect(captions.filter((caption) => caption.startsWith("Figur"))[1]).toBe("Figur 2");
  expect(remarks).toContain(
    "Målrapporteringen har Tabel 3-6, men rapporten fortsætter med tabel 4 på det, der var side 6.",
  );
  expect(remarks).toContain("Målrapporteringen har Figur 2-4, men rapporten fortsætter med figur 2");
  expect(remarks).toContain(
    "Rapportens indholdsfortegnelse passer ikke længere: »2.5 Forventninger til det kommende år« (side 6) er nu side",
  );
  expect(remarks).toContain("»3. Regnskab« (side 7) er nu side");
  expect(remarks).not.toContain("»2.3 Kerneopgaver");
  // What stood on the page that made way is gone, but for the section's own heading, which the new one has, too.
  expect(remarks).toContain("nævner noget, der er taget ud: »Tabel 3. Gamle mål« (side 5). [indhold-taget-ud]");
  expect(remarks).not.toContain("»2.4 Målrapportering«");
});

test("what the pages that come instead have under the same title has moved, and with pages before it left out, too", async () => {
  const instead = ["--at", "2.4 Målrapportering", "--instead", "-o", join(workspace, "samlet.pdf")];
  const { code, remarks } = await run("merge", report, `${report}:4-5`, ...instead);
  expect([code, remarks]).toEqual([0, expect.not.stringContaining("[indhold-taget-ud]")]);
  expect(remarks).toContain(
    "passer ikke længere: »2.4 Målrapportering« (side 5) er nu side 6; »2.5 Forventninger til det kommende år« (side 6) er nu side 7; »3. Regnskab« (side 7) er nu side 8; »Tabel 3. Gamle mål« (side 5) er nu side 6.",
  );
  // Without the page that it stands on, nobody reads the table of contents.
  const less = await run("merge", `${report}:2-7`, `${report}:4-5`, ...instead);
  expect([less.code, less.remarks]).toEqual([0, expect.not.stringMatching(/indhold-taget-ud|sidetal-passer-ikke/)]);
  // And nothing that comes instead leaves all as it was.
  const alone = await run("merge", report, ...instead);
  expect([alone.code, alone.remarks]).toEqual([0, ""]);
});

test("a number that the results file gives goes before, and a gap is said", async () => {
  await giveFirstTable(9);
  const { captions, remarks } = await spliced("--at", "2.4 Målrapportering", "--instead");
  await giveFirstTable(undefined);
  expect(captions).toContain("Tabel 9");
  expect(remarks).toContain("Målrapporteringen har Tabel 9-12, men foran stedet er det sidste nummer 2, og rapporten");
});

test("a place that is not there is said before anything is built", async () => {
  const { code, remarks } = await run("report", id, "--root", workspace, "--into", report, "--at", "2.4 Målrapport");
  expect(code).toBe(2);
  expect(remarks).toContain("Mente du »2.4 Målrapportering«?");
  expect(remarks).not.toContain("bygget");
});

test("merge takes pages, a place, and texts for pages without tags", async () => {
  const output = join(workspace, "samlet.pdf");
  const host = join(fixtures, "libreoffice-ua1.pdf");
  const scan = join(fixtures, "weasyprint-untagged.pdf");
  const texts = ["--alt", "weasyprint-untagged.pdf=Andet blad", "weasyprint-untagged.pdf=Tredje blad"];
  const { code, remarks } = await run(
    "merge",
    host,
    `${scan}:2-3`,
    ...texts,
    "--at",
    "side 2",
    "--before",
    "-o",
    output,
  );
  expect([code, remarks]).toEqual([0, expect.not.stringContaining("ikke opmærket")]);
  const bytes = new Uint8Array(await readFile(output));
  expect((await pdfText(bytes)).pages).toBe(8);
  const { dump } = await structureText(bytes);
  expect(dump.indexOf("Andet blad")).toBeGreaterThan(dump.indexOf("1. Påtegning"));
  expect(dump.indexOf("Tredje blad")).toBeLessThan(dump.indexOf("2. Beretning"));
});

test.each([
  ["a text for no file", ["--alt", "andet.pdf=Et blad"], "--alt »andet.pdf=Et blad« nævner ingen af filerne."],
  ["too few texts", ["--alt", "weasyprint-untagged.pdf=Et blad"], "der er givet 1 alternative tekster"],
  ["a side without a place", ["--before"], "Det er ikke klart, hvor filerne skal sættes ind"],
  ["two sides", ["--at", "side 1", "--before", "--after"], "Det er ikke klart, hvor filerne skal sættes ind"],
])("merge refuses %s", async (_what, options, message) => {
  const files = ["libreoffice-ua1.pdf", "weasyprint-untagged.pdf"].map((name) => join(fixtures, name));
  const { code, remarks } = await run("merge", ...files, ...options, "-o", join(workspace, "intet.pdf"));
  expect([code, remarks]).toEqual([2, expect.stringContaining(message)]);
  await expect(readFile(join(workspace, "intet.pdf"))).rejects.toThrow("ENOENT");
});

test.each([
  ["Tabel 4. Ressourcer", { kind: "table", number: 4, page: 7 }],
  ["Tabel 4: Ressourcer", { kind: "table", number: 4, page: 7 }],
  ["Tabel 4 Ressourcer", { kind: "table", number: 4, page: 7 }],
  ["Tabel4Ressourcer", { kind: "table", number: 4, page: 7 }],
  ["FIGUR 12", { kind: "figure", number: 12, page: 7 }],
  ["Tabel 4 viser ressourcerne.", undefined],
  ["Tabel 2.4 Ressourcer", undefined],
  ["Se tabel 4.", undefined],
  ["Tabeller", undefined],
])("a caption: %s", (line, caption) => {
  expect(captionIn(line, 7)).toEqual(caption);
});

test("merge takes a file along untouched, and the claim becomes that of PDF/A's third part", async () => {
  const output = join(workspace, "med-bilag.pdf");
  const [host, letter] = ["libreoffice-a3.pdf", "README.md"].map((name) => join(fixtures, name));
  const { code } = await run("merge", host ?? "", "--attach", letter ?? "", "-o", output);
  expect(code).toBe(0);
  const document = await PDFDocument.load(await readFile(output));
  const [attached] = document.getAttachments();
  expect([attached?.name, attached?.mimeType]).toEqual(["README.md", "text/markdown"]);
  expect(Buffer.compare(Buffer.from(attached?.data ?? []), await readFile(letter ?? ""))).toBe(0);
  const verapdf = await findVeraPdf();
  if ("missing" in verapdf) return console.warn(verapdf.missing);
  const verdicts = await judgeFiles(verapdf.classPath, [host ?? "", output], ["3b"]);
  // LibreOffice's own file breaks a rule of its metadata; no other may come.
  const [before, after] = verdicts.map(({ broken }) => broken.map((one) => one.split(" | ")[0]));
  expect(after).toEqual(before);
});
