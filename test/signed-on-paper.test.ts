import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument, PDFName } from "pdf-lib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Console } from "../src/cli/console.ts";
import { inspect } from "../src/cli/inspect.ts";
import { type SignaturePageCommand, signaturePage } from "../src/cli/signature-page.ts";
import { verify } from "../src/cli/verify.ts";
import { documentId, sha256 } from "../src/core/identity.ts";
import { attachedFiles } from "../src/pdf/attached-files.ts";
import { buildPlan } from "../src/pipeline/build.ts";
import type { AttachOutcome } from "../src/pipeline/paper/paper.ts";
import { findPlans } from "../src/pipeline/workspace.ts";
import type { PrintShop } from "../src/print/print-shop.ts";
import { paperLines } from "../src/report/signature-page.ts";
import { inspectFile } from "../src/verify/inspect/inspect.ts";
import { PaperDesk, signal } from "./support/paper.ts";
import { shopOfMachine } from "./support/shops.ts";
import { structureText } from "./support/structure-text.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

const id = "benchmarkingenheden-2022";
const signatories = ["Sophus Garfiel", "Peter Østergaard", "Rune Jørgen Sørensen"];

// Each page is rendered, searched and turned at 300 dots to the inch.
vi.setConfig({ testTimeout: 180_000 });

let shop: PrintShop;
let desk: PaperDesk;
let hash: string;
/** The page for all, and the page of each, as pictures. */
let forAll: string;
let forEach: readonly string[];
let signed: string;

beforeAll(async () => {
  shop = shopOfMachine();
  desk = await PaperDesk.open(shop, [id, "benchmarkingenheden-2018"]);
  hash = sha256(await readFile(desk.planPath(id)));
  [forAll = ""] = await desk.scan(await desk.print(id), "alle");
  forEach = await desk.scan(await desk.print(id, true), "hver");
  signed = desk.outputPath(id, "plan.underskrevet.pdf");
});
afterAll(async () => {
  await shop.close();
  await rm(desk.folder, { recursive: true, force: true });
});
beforeEach(() => rm(signed, { force: true }));

/** Who has signed and who is missing, or what went wrong. */
function told({ outcome, paper }: AttachOutcome): string {
  if (!paper) return `${outcome.failure?.code}: ${outcome.failure?.message} ${outcome.failure?.hint ?? ""}`.trim();
  const names = paper.signatures.map(({ signatory }) => signatory.name).join(", ");
  const missing = paper.missing.map(({ name }) => name).join(", ");
  return [names, ...(missing ? [`mangler ${missing}`] : []), ...paper.remarks].join("; ");
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(path));
}

describe("a page that all have signed", () => {
  test("is put behind the plan's signatures, as a figure that is told in words", async () => {
    const plan = await agreed();
    const { paper } = await desk.attach(id, [forAll]);
    expect(paper?.document.path).toBe(signed);
    const bytes = await bytesOf(signed);
    expect(paper?.document.sha256).toBe(sha256(bytes));
    const [before, after] = [await structureText(plan), await structureText(bytes)];
    // All of the plan, in its order, and then the scan.
    expect(after.words.slice(0, before.words.length)).toEqual(before.words);
    const added = after.dump.slice(after.dump.lastIndexOf("--- side"));
    expect(added.split("\n").map((line) => line.trim())).toEqual([
      "--- side 8 ---",
      "Document",
      "Part",
      "H2 »Underskrifter på papir«",
      "P »Scannet underskriftsside til Resultatplan 2022, underskrevet af Sophus Garfiel, Peter Østergaard og Rune Jørgen Sørensen.«",
      "Figure [Scannet underskriftsside, underskrevet på papir af Sophus Garfiel, Departementschef, Indenrigs- og Boligministeriet; " +
        "Peter Østergaard, Kontorchef, Indenrigs- og Boligministeriets Benchmarkingenhed; " +
        "Rune Jørgen Sørensen, Bestyrelsesformand, Indenrigs- og Boligministeriets Benchmarkingenhed. " +
        `Underskriften gælder Resultatplan 2022 for Indenrigs- og Boligministeriets Benchmarkingenhed, dokument-id ${documentId(hash)}.]`,
      "",
    ]);
  });

  test("brings the unsigned plan, the picture and a record along; the fields are closed", async () => {
    const plan = await agreed();
    const result = await desk.attach(id, [forAll]);
    expect(told(result)).toBe(signatories.join(", "));
    expect(result.paper).toMatchObject({
      sourceHash: hash,
      documentId: documentId(hash),
      unsigned: { sha256: sha256(plan), digitalSignatures: 0 },
    });
    expect(result.paper?.signatures[2]).toEqual({
      signatory: expect.objectContaining({ name: "Rune Jørgen Sørensen" }),
      number: 3,
      scans: [{ file: "alle-1.png", sha256: sha256(await readFile(forAll)), page: 1, pages: 1, recognised: "code" }],
    });
    const bytes = await bytesOf(signed);
    const files = await attachedFiles(bytes);
    expect(Buffer.compare(files.get("plan.pdf") ?? new Uint8Array(), plan)).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(files.get("underskrifter.json")))).toMatchObject({
      version: 1,
      plan: id,
      kilder_sha256: hash,
      plan_pdf_sha256: sha256(plan),
      sider: [
        { billede: "underskriftsside-1.jpg", genkendt: "QR-kode", underskrivere: [{ nr: 1 }, { nr: 2 }, { nr: 3 }] },
      ],
    });
    const facts = inspectFile(bytes);
    if ("unreadable" in facts) throw new Error(facts.unreadable);
    expect(facts.attachments.map(({ name, relationship }) => `${name} ${relationship}`)).toEqual([
      "plan.md Source",
      "plan.pdf Source",
      "underskrifter.json Data",
      "underskriftsside-1.jpg Source",
    ]);
    expect([facts.source?.fits, facts.metadata.claims]).toEqual([true, ["PDF/A-3A", "PDF/UA-1"]]);
    expect(facts.fields.map(({ closed }) => closed)).toEqual([true, true, true]);
  });

  test("gives the same bytes each time", async () => {
    await desk.attach(id, [forAll]);
    const first = await bytesOf(signed);
    await rm(signed);
    await desk.attach(id, [forAll]);
    expect(Buffer.compare(first, await bytesOf(signed))).toBe(0);
  });
});

describe("a page of one signatory", () => {
  test("counts for that one; the others are missing until theirs come, and what came stays", async () => {
    expect(told(await desk.attach(id, [forEach[2] ?? ""]))).toBe(
      "Rune Jørgen Sørensen; mangler Sophus Garfiel, Peter Østergaard",
    );
    const facts = inspectFile(await bytesOf(signed));
    if ("unreadable" in facts) throw new Error(facts.unreadable);
    expect(facts.fields.map(({ closed }) => closed)).toEqual([false, false, true]);
    const one = await structureText(await bytesOf(signed));
    expect(one.dump).toContain(
      "»Her mangler endnu underskrift af Sophus Garfiel, Departementschef, Indenrigs- og Boligministeriet og " +
        "Peter Østergaard, Kontorchef, Indenrigs- og Boligministeriets Benchmarkingenhed.«",
    );
    expect(told(await desk.attach(id, [forEach[0] ?? ""]))).toBe(
      "Sophus Garfiel, Rune Jørgen Sørensen; mangler Peter Østergaard",
    );
    expect(told(await desk.attach(id, [forEach[1] ?? "", forEach[0] ?? ""]))).toBe(
      `${signatories.join(", ")}; hver-1.png er erstattet af den nye scanning af samme side.`,
    );
    const { dump } = await structureText(await bytesOf(signed));
    expect(dump).not.toContain("mangler");
    const figures = [...dump.matchAll(/Figure \[.*på papir af ([^,]+),/g)].map((match) => match[1]);
    expect(figures).toEqual(signatories);
  });

  test("is not lost when what comes later is refused", async () => {
    await desk.attach(id, [forEach[0] ?? ""]);
    const before = await bytesOf(signed);
    const text = join(desk.folder, "brev.jpg");
    await writeFile(text, "Kære Peter\n");
    expect(told(await desk.attach(id, [forEach[1] ?? "", text]))).toMatch(/^scanning-ulæselig/);
    expect(Buffer.compare(before, await bytesOf(signed))).toBe(0);
  });
});

describe("a plan that somebody has signed digitally before", () => {
  const plan = () => desk.outputPath(id, "plan.pdf");
  afterEach(() => rm(plan()));

  test("goes along whole; whoever signed in it is not missing, and nobody can sign there again", async () => {
    await agreed();
    await signInField(plan(), 1);
    const sent = await bytesOf(plan());
    const { paper } = await desk.attach(id, [forEach[0] ?? ""]);
    if (!paper) throw new Error("not attached");
    expect(told({ outcome: {} as AttachOutcome["outcome"], paper })).toBe(
      "Sophus Garfiel; mangler Rune Jørgen Sørensen",
    );
    expect(paperLines(paper, (_style, text) => text).slice(2, 5)).toEqual([
      "  Peter Østergaard: digitalt, i plan.pdf",
      "  mangler Rune Jørgen Sørensen, Bestyrelsesformand",
      "  plan.pdf bærer én digital underskrift. Den ligger uændret som bilag; efterprøv den med »resultatplan verify«.",
    ]);
    await expectSigned(sent, [true, true, false]);
    const { dump } = await structureText(await bytesOf(signed));
    expect(dump).toContain("»Her mangler endnu underskrift af Rune Jørgen Sørensen, Bestyrelsesformand");
    expect(dump).toContain("»Den vedhæftede plan.pdf er underskrevet digitalt af Peter Østergaard, Kontorchef,");

    // The digital signature is in the finished plan alone from now on, and stays whole there.
    await rm(plan());
    expect(told(await desk.attach(id, [forEach[2] ?? ""]))).toBe("Sophus Garfiel, Rune Jørgen Sørensen");
    await expectSigned(sent, [true, true, true]);
    await agreed();
  });

  async function expectSigned(sent: Uint8Array, closed: readonly boolean[]): Promise<void> {
    const bytes = await bytesOf(signed);
    const attached = (await attachedFiles(bytes)).get("plan.pdf");
    expect(Buffer.compare(attached ?? new Uint8Array(), sent)).toBe(0);
    const facts = inspectFile(bytes);
    if ("unreadable" in facts) throw new Error(facts.unreadable);
    expect(facts.fields.map((field) => [field.signed, field.closed])).toEqual(closed.map((one) => [false, one]));
  }
});

/** Puts something that passes for a signature into a field, counted from 0. */
async function signInField(path: string, at: number): Promise<void> {
  const document = await PDFDocument.load(await readFile(path), { updateMetadata: false });
  const field = document.getForm().acroForm.getAllFields()[at]?.[0];
  field?.dict.set(PDFName.of("V"), document.context.obj({ Type: "Sig" }));
  await writeFile(path, await document.save());
}

describe("several pages in one PDF", () => {
  test("are taken apart; the back of a sheet is passed over", async () => {
    const pdf = await pdfOf([forEach[0] ?? "", "", forEach[1] ?? "", forEach[2] ?? ""]);
    expect(told(await desk.attach(id, [pdf]))).toBe(
      `${signatories.join(", ")}; samlet.pdf, side 2 er tom og er sprunget over.`,
    );
  });
});

describe("a page is refused", () => {
  test("when it belongs to another plan, which is named", async () => {
    const [other = ""] = await desk.scan(await desk.print("benchmarkingenheden-2018"), "anden");
    expect(told(await desk.attach(id, [other]))).toMatch(
      /^anden-plan: anden-1\.png hører til en anden plan: »Resultatplan Benchmarkingenheden - 2018« \(benchmarkingenheden-2018\)/,
    );
  });

  test("when the plan was changed by one comma after it was printed", async () => {
    const text = await readFile(desk.planPath(id), "utf8");
    await desk.attach(id, [forEach[0] ?? ""]);
    await writeFile(desk.planPath(id), text.replace("Endvidere opgøres", "Endvidere, opgøres"));
    try {
      const now = documentId(sha256(await readFile(desk.planPath(id))));
      expect(told(await desk.attach(id, [forEach[1] ?? ""]))).toMatch(
        new RegExp(`^underskrevet-anden-udgave: .*dokument-id ${documentId(hash)}, planen har nu ${now}`),
      );
      await rm(signed);
      expect(told(await desk.attach(id, [forEach[1] ?? ""]))).toMatch(
        new RegExp(`^anden-udgave: .*siden har dokument-id ${documentId(hash)}, planen har nu ${now}`),
      );
    } finally {
      await writeFile(desk.planPath(id), text);
    }
  });

  test("when a picture was changed after it was printed", async () => {
    const text = await readFile(desk.planPath(id), "utf8");
    const picture = join(desk.planPath(id), "../figur.svg");
    const square = (side: number) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="${side}" height="${side}"/></svg>`;
    await writeFile(desk.planPath(id), text.replace("\n## Påtegning", "\n![En firkant](figur.svg)\n\n## Påtegning"));
    await writeFile(picture, square(80));
    try {
      const [page = ""] = await desk.scan(await desk.print(id), "firkant");
      await writeFile(picture, square(40));
      expect(told(await desk.attach(id, [page]))).toMatch(/^anden-udgave: .*et af planens billeder/);
      await writeFile(picture, square(80));
      expect(told(await desk.attach(id, [page]))).toBe(signatories.join(", "));
      const facts = inspectFile(await bytesOf(signed));
      expect("source" in facts && facts.source).toMatchObject({ files: ["billede.figur.svg", "plan.md"], fits: true });
    } finally {
      await writeFile(desk.planPath(id), text);
      await rm(picture);
    }
  });

  test("when the plan is a draft", async () => {
    const text = await readFile(desk.planPath(id), "utf8");
    await writeFile(desk.planPath(id), text.replace("\ntitel:", "\ntilstand: udkast\ntitel:"));
    try {
      expect(told(await desk.attach(id, [forAll]))).toMatch(/^udkast: /);
    } finally {
      await writeFile(desk.planPath(id), text);
    }
  });
});

test("veraPDF finds nothing that breaks PDF/UA-1 or PDF/A-3a in the signed plan", {
  timeout: 120_000,
}, async (context) => {
  const verapdf = await findVeraPdf();
  if ("missing" in verapdf) {
    console.warn(`veraPDF does not judge: ${verapdf.missing}`);
    return context.skip(verapdf.missing);
  }
  await desk.attach(id, [...forEach]);
  const verdicts = await judgeFiles(verapdf.classPath, [signed], ["ua1", "3a"]);
  expect(verdicts.flatMap(({ broken }) => broken)).toEqual([]);
  expect(verdicts.map(({ failed }) => failed)).toEqual([0, 0]);
});

describe("the command", () => {
  const said: string[] = [];
  const console: Console = {
    paint: (_colour, text) => text,
    out: (text) => said.push(text),
    remark: () => {},
    progress: () => {},
    terminal: false,
    clear: () => {},
  };
  const run = (options: Partial<SignaturePageCommand>) =>
    signaturePage({ plans: [id], root: desk.folder, json: false, ...options }, console, signal);

  test.each<[string, Partial<SignaturePageCommand>, string]>([
    ["--each with --attach", { each: true, attach: ["a.pdf"] }, "--each hører ikke sammen med --attach."],
    ["--confirm alone", { confirm: "1234-5678-9abc" }, "--confirm og --signer hører sammen med --attach."],
    [
      "two plans",
      { plans: [id, "benchmarkingenheden-2018"], attach: ["a.pdf"] },
      "Med --attach skal der være én plan.",
    ],
  ])("refuses %s", async (_name, options, message) => {
    await expect(run(options)).rejects.toMatchObject({ exit: "usage", message });
  });

  test("inspect and verify tell of the finished plan who has signed on paper and who is missing, and prove nothing", async () => {
    await desk.attach(id, [forEach[0] ?? "", forEach[2] ?? ""]);
    for (const [told, exit] of [
      [() => inspect({ file: signed, json: false }, console), "done"],
      [() => verify({ files: [signed], trust: undefined, json: false }, console), "unsure"],
    ] as const) {
      said.length = 0;
      expect(await told()).toBe(exit);
      expect(said.join("\n")).toMatch(
        /underskrevet: +på papir, siger filen selv: Sophus Garfiel, Rune Jørgen Sørensen \(ikke digitalt\)\n +mangler: +Peter Østergaard$/m,
      );
    }
    expect(said.join("\n")).toContain("Filen har ingen digital underskrift.");
    said.length = 0;
    await inspect({ file: signed, json: true }, console);
    expect(JSON.parse(said.join(""))).toMatchObject({
      plan: {
        paperProblem: null,
        signatories: [{ onPaper: true, signed: false }, { onPaper: false }, { onPaper: true }],
      },
    });
  });

  test("says who has signed and who is missing, in words and as JSON, and locks the plan", async () => {
    const lock = desk.planPath(id).replace("plan.md", "underskrevet.json");
    said.length = 0;
    expect(await run({ attach: [forEach[0] ?? ""] })).toBe("done");
    expect(said.map((line) => line.trim()).slice(1)).toEqual([
      `Underskrifter på papir, dokument-id ${documentId(hash)}:`,
      "✓ Sophus Garfiel: hver-1.png",
      "mangler Peter Østergaard, Kontorchef",
      "mangler Rune Jørgen Sørensen, Bestyrelsesformand",
      "Efterse siderne: programmet ser, hvilken side det er, men ikke, om der er skrevet under på den.",
      `✓ planen er låst som underskrevet (mangler Peter Østergaard og Rune Jørgen Sørensen): ${lock}`,
    ]);
    expect(JSON.parse(await readFile(lock, "utf8"))).toMatchObject({
      underskrifter: [{ navn: "Sophus Garfiel", måde: "papir", fil: "plan.underskrevet.pdf" }],
    });
    await rm(lock);
    said.length = 0;
    expect(await run({ attach: [join(desk.folder, "nej.pdf")], json: true })).toBe("usage");
    expect(JSON.parse(said.join(""))).toMatchObject({ exitCode: 2, paper: null });
  });

  test("says that a seal is missing, as inspect does", async () => {
    const other = "benchmarkingenheden-2018";
    await desk.change(other, "\nunderskrivere:", "\nsegl:\n  - organisation: Prøvens Styrelse\nunderskrivere:");
    const scans = await desk.scan(await desk.print(other), "forseglet");
    said.length = 0;
    expect(await run({ plans: [other], attach: scans })).toBe("done");
    expect(said.map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        "mangler Prøvens Styrelse (segl)",
        expect.stringContaining("(mangler Prøvens Styrelse): "),
      ]),
    );
    said.length = 0;
    await inspect({ file: desk.outputPath(other, "plan.underskrevet.pdf"), json: false }, console);
    expect(said.join("\n")).toMatch(/mangler: +Prøvens Styrelse \(segl\)$/m);
    await rm(desk.planPath(other).replace("plan.md", "underskrevet.json"));
    said.length = 0;
    expect(await run({ plans: [other], attach: scans, json: true })).toBe("done");
    expect(JSON.parse(said.join(""))).toMatchObject({ paper: { missing: ["Prøvens Styrelse"] } });
  });
});

/** The plan as it is built and sent around. */
async function agreed(): Promise<Uint8Array> {
  const [plan] = await findPlans(desk.tools.workspace, [id]);
  if (plan) await buildPlan(plan, desk.tools);
  return await bytesOf(desk.outputPath(id, "plan.pdf"));
}

/** Pictures as the pages of a PDF, as a scanner makes it; an empty name is an empty page. */
async function pdfOf(pictures: readonly string[]): Promise<string> {
  const document = await PDFDocument.create();
  for (const picture of pictures) {
    const page = document.addPage([595, 842]);
    if (picture === "") continue;
    page.drawImage(await document.embedPng(await readFile(picture)), { x: 0, y: 0, width: 595, height: 842 });
  }
  const path = join(desk.folder, "samlet.pdf");
  await writeFile(path, await document.save());
  return path;
}
