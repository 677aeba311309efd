import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { PDFDocument, PDFName, PDFStream, PDFString, StandardFonts } from "pdf-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../src/core/identity.ts";
import { nemloginObjections, objectionText } from "../src/pdf/nemlogin/objections.ts";
import { type CollectOutcome, collectPackage } from "../src/pipeline/package/collect.ts";
import { buildSigningPackage } from "../src/pipeline/package/make.ts";
import { findPlans, type PlanFile, type Workspace, workspaceAt } from "../src/pipeline/workspace.ts";
import type { PrintShop } from "../src/print/print-shop.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { HARD_LIMITS, Verifier } from "../src/verify/apart/verifier.ts";
import { readAnchors } from "../src/verify/trust/anchors.ts";
import { verifyPdf } from "../src/verify/verify.ts";
import { swelling } from "./support/hostile.ts";
import { pdfText } from "./support/pdf-text.ts";
import { PASSPHRASE } from "./support/pki/authority.ts";
import { findPyHanko, hasProgram, qpdfOn } from "./support/pki/judges.ts";
import { signedCopy, stateSetting } from "./support/pki/nemlogin.ts";
import { TestServers } from "./support/pki/servers.ts";
import { shopOfMachine } from "./support/shops.ts";
import { packedUpdate } from "./support/tamper.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

const repository = resolve(import.meta.dirname, "..");
const id = "benchmarkingenheden-2022";
const forms = new FormShelf(join(repository, "templates"));
const people = ["sophus", "peter", "rune"] as const;
const files = ["plan.1-sophus-garfiel.pdf", "plan.2-peter-oestergaard.pdf", "plan.3-rune-joergen-soerensen.pdf"];

let root: string;
let shop: PrintShop;
let servers: TestServers;
let workspace: Workspace;
let plan: PlanFile;
/** The copies, and what each signatory made of theirs. */
const copies: Uint8Array[] = [];
const signed: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "resultatplan-package-"));
  shop = shopOfMachine();
  [servers, workspace] = await Promise.all([TestServers.start(stateSetting), workspaceIn("this")]);
  plan = await planIn(workspace);
  await make(workspace, plan);
  for (const [index, file] of files.entries()) {
    copies.push(await copyIn(workspace, file));
    signed.push(
      await save(`${people[index]}.pdf`, await signedCopy(servers, copies[index] ?? nothing, people[index] ?? "")),
    );
  }
}, 120_000);
afterAll(async () => {
  await Promise.all([shop.close(), servers.stop(), shared.close()]);
  await rm(root, { recursive: true, force: true });
});

const nothing = new Uint8Array();
const shared = new Verifier();

/** The repository's plans in a folder of their own, the plan of 2022 changed on the way. */
async function workspaceIn(name: string, change = (text: string) => text): Promise<Workspace> {
  const place = join(root, name);
  await cp(join(repository, "plans"), join(place, "plans"), { recursive: true });
  const path = join(place, "plans", id, "plan.md");
  const text = await readFile(path, "utf8");
  await writeFile(path, change(text));
  return workspaceAt(place);
}

async function planIn(place: Workspace, name = id): Promise<PlanFile> {
  const [found] = await findPlans(place, [name]);
  if (!found) throw new Error(`${name} is not there`);
  return found;
}

async function make(place: Workspace, one: PlanFile): Promise<void> {
  const outcome = await buildSigningPackage(one, { workspace: place, forms, shop });
  if (outcome.failure) throw outcome.failure;
}

async function copyIn(place: Workspace, file: string, name = id): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(place.output, name, "underskriftspakke", file)));
}

async function save(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(root, "returned", name);
  await mkdir(join(root, "returned"), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

const anchors = async () => readAnchors(await servers.authority.read("root.pem"));

async function collect(
  paths: readonly string[],
  { trust = true, verifier = shared }: { trust?: boolean; verifier?: Verifier } = {},
): Promise<CollectOutcome> {
  const rest = { now: new Date(), verifier, signal: new AbortController().signal };
  return collectPackage(plan, paths, { workspace, forms, shop, anchors: trust ? await anchors() : [], ...rest });
}

/** All that is said, as code and gravity, and the words. */
function said({ outcome, collected }: CollectOutcome): string[] {
  if (outcome.failure) throw outcome.failure;
  const all = [...(collected?.files.flatMap((one) => one.findings) ?? []), ...(collected?.findings ?? [])];
  return all.map(({ code, gravity, message }) => `${gravity} ${code}: ${message}`);
}

/** The same file saved anew by another program, with what is done to it. */
async function saved(bytes: Uint8Array, change: (document: PDFDocument) => Promise<void> = async () => {}) {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  await change(document);
  return new Uint8Array(await document.save({ useObjectStreams: false }));
}

/** The page that a broker puts last. */
async function brokersPage(document: PDFDocument): Promise<void> {
  const font = await document.embedFont(StandardFonts.Helvetica);
  document
    .addPage([595, 842])
    .drawText("Underskrifterne i dette dokument er juridisk bindende", { x: 60, y: 700, font });
}

describe("the package that is sent out", () => {
  test("has a copy for each signatory that the service accepts, a guide and a record", async () => {
    const folder = join(workspace.output, id, "underskriftspakke");
    expect((await readdir(folder)).sort()).toEqual(["kopier.json", ...files, "vejledning.pdf"]);
    for (const copy of copies) expect((await nemloginObjections(copy)).map(objectionText)).toEqual([]);
    const record = JSON.parse(await readFile(join(folder, "kopier.json"), "utf8"));
    expect(record.kopier.map((one: { sha256: string }) => one.sha256)).toEqual(copies.map((copy) => sha256(copy)));
    expect(record.referencetekst.length).toBeLessThanOrEqual(50);
    const { everything } = await pdfText(new Uint8Array(await readFile(join(folder, "vejledning.pdf"))));
    const words = everything.replace(/\s+/g, "");
    for (const [index, file] of files.entries()) {
      expect(words).toContain(file);
      expect(words).toContain(sha256(copies[index] ?? nothing));
    }
    expect(words).toContain(`Referenceteksttilunderskriften:»${record.referencetekst.replace(/\s+/g, "")}«`);
  });

  test("has the same pages in each copy, and the same bytes when it is made again", async () => {
    const [first = nothing, second = nothing] = copies;
    expect(sha256(first)).not.toBe(sha256(second));
    expect((await pdfText(first)).everything).toBe((await pdfText(second)).everything);
    const again = await workspaceIn("again");
    await make(again, await planIn(again));
    for (const [index, file] of files.entries()) expect(await copyIn(again, file)).toEqual(copies[index]);
  });

  test("is not made of a draft", async () => {
    const place = await workspaceIn("draft", (text) => text.replace("---\n", "---\ntilstand: udkast\n"));
    const outcome = await buildSigningPackage(await planIn(place), { workspace: place, forms, shop });
    expect(outcome.failure?.code).toBe("udkast");
  });

  test("is not written over by one of another version of the plan", async () => {
    const place = await workspaceIn("fewer");
    await make(place, await planIn(place));
    const folder = join(place.output, id, "underskriftspakke");
    const all = async () => {
      const names = (await readdir(folder)).sort();
      return await Promise.all(names.map(async (name) => `${name} ${sha256(await readFile(join(folder, name)))}`));
    };
    const before = await all();
    const path = join(place.plans, id, "plan.md");
    await writeFile(path, (await readFile(path, "utf8")).replace("navn: Sophus Garfiel", "navn: Sofie Garfiel"));
    const { failure } = await buildSigningPackage(await planIn(place), { workspace: place, forms, shop });
    expect([failure?.code, failure?.hint]).toEqual(["anden-pakke", expect.stringContaining("flyt mappen")]);
    expect(await all()).toEqual(before);
    await rm(folder, { recursive: true });
    await make(place, await planIn(place));
    expect(await readdir(folder)).toContain("plan.1-sofie-garfiel.pdf");
  });
});

describe("all three have signed", () => {
  let result: CollectOutcome;
  let path: string;
  beforeAll(async () => {
    result = await collect(signed);
    path = join(workspace.output, id, "plan.underskrevet-pakke.pdf");
  }, 60_000);

  test("passes; that a middle name is missing in a certificate is a remark", () => {
    const seen =
      "remark synlig-underskrift: Underskriften kan ses på side 7. Se efter, at den ikke dækker noget af planen.";
    expect(said(result)).toEqual([
      seen,
      seen,
      expect.stringMatching(
        /^remark navn-skrevet-anderledes: Planen har navnet Rune Jørgen Sørensen, .* Rune Sørensen\. /,
      ),
      seen,
    ]);
    expect(result.collected).toMatchObject({ verdict: "passed", missing: [] });
    expect(result.collected?.files.map(({ untouched }) => untouched)).toEqual([true, true, true]);
  });

  test("says of each what a lock needs to know", () => {
    expect(result.collected?.signatures.map(({ signatory, file }) => [signatory.name, file])).toEqual([
      ["Sophus Garfiel", "plan.1-sophus-garfiel.underskrevet.pdf"],
      ["Peter Østergaard", "plan.2-peter-oestergaard.underskrevet.pdf"],
      ["Rune Jørgen Sørensen", "plan.3-rune-joergen-soerensen.underskrevet.pdf"],
    ]);
    expect(result.collected?.signatures[0]).toMatchObject({
      way: "nemlog-in",
      timeProven: true,
      chainProven: true,
      certificate: {
        subject: "Sophus Garfiel",
        issuer: "Den Danske Stat kvalificeret prøve-CA",
        kind: "kvalificeret medarbejdercertifikat",
        serial: expect.stringMatching(/^[0-9a-f]+$/),
      },
    });
  });

  test("the package has the signed files in it, untouched, and the index as JSON", async () => {
    const bytes = new Uint8Array(await readFile(path));
    const document = await PDFDocument.load(bytes);
    const attached = new Map(document.getAttachments().map(({ name, data }) => [name, data]));
    for (const [index, file] of files.entries()) {
      const original = new Uint8Array(await readFile(signed[index] ?? ""));
      expect(sha256(attached.get(file.replace(".pdf", ".underskrevet.pdf")) ?? nothing)).toBe(sha256(original));
    }
    const inside = JSON.parse(Buffer.from(attached.get("pakke.json") ?? nothing).toString("utf8"));
    const { samlet, ...beside } = JSON.parse(await readFile(join(workspace.output, id, "pakke.json"), "utf8"));
    expect(inside).toEqual(beside);
    expect(samlet).toEqual({ fil: "plan.underskrevet-pakke.pdf", bytes: bytes.length, sha256: sha256(bytes) });
    expect(inside).toMatchObject({ dom: "holder", mangler: [] });
  });

  test("the package passes verify: the attached files do, and it is said that its own pages prove nothing", async () => {
    const bytes = new Uint8Array(await readFile(path));
    const report = verifyPdf(bytes, { anchors: await anchors(), now: new Date() });
    expect(report.verdict.indication).toBe("TOTAL-PASSED");
    expect(report.findings.map(({ code }) => code)).toEqual(["underskrifter-i-bilag"]);
    expect(report.attachments.map((one) => [one.name, one.report.verdict.indication])).toEqual(
      files.map((file) => [file.replace(".pdf", ".underskrevet.pdf"), "TOTAL-PASSED"]),
    );
    const without = verifyPdf(bytes, { anchors: [], now: new Date() });
    expect(without.verdict).toEqual({ indication: "INDETERMINATE", sub: "NO_CERTIFICATE_CHAIN_FOUND" });
  });

  test("the package is PDF/UA-1 and PDF/A-3a, and so are guide and copies what they are to be", {
    timeout: 120_000,
  }, async (context) => {
    const verapdf = await findVeraPdf();
    if ("missing" in verapdf) return context.skip(verapdf.missing);
    const guide = join(workspace.output, id, "underskriftspakke", "vejledning.pdf");
    const verdicts = await judgeFiles(verapdf.classPath, [path, guide], ["ua1", "3a"]);
    expect(verdicts.flatMap(({ broken }) => broken)).toEqual([]);
    expect(verdicts.map(({ failed, checks }) => [failed, checks > 1000])).toEqual(Array(4).fill([0, true]));
    const copy = join(workspace.output, id, "underskriftspakke", files[0] ?? "");
    const [ua, archive] = await judgeFiles(verapdf.classPath, [copy], ["ua1", "2a"]);
    expect([ua?.failed, archive?.failed]).toEqual([0, 0]);
  });

  test("qpdf finds nothing in the package", async (context) => {
    if (!(await hasProgram("qpdf"))) return context.skip("qpdf is not installed");
    expect(await qpdfOn(path)).toBe("");
  });

  test("the index page says who, when, by what and in which file, then the plan follows", async () => {
    const { everything, pages } = await pdfText(new Uint8Array(await readFile(path)));
    const own = await pdfText(copies[0] ?? nothing);
    expect(pages).toBeGreaterThan(own.pages);
    expect(everything.endsWith(own.everything)).toBe(true);
    const words = everything.replace(/\s+/g, "");
    for (const one of result.collected?.signatures ?? []) {
      expect(words).toContain(one.signatory.name.replace(/\s+/g, ""));
      expect(words).toContain(one.sha256);
      expect(words).toContain(one.file);
    }
  });
});

describe("what is wrong is named", () => {
  /** Collects a file for the first signatory beside those of the two others. */
  const withFirst = async (name: string, bytes: Uint8Array) => collect([await save(name, bytes), ...signed.slice(1)]);
  const sign = (bytes: Uint8Array, who = "sophus") => signedCopy(servers, bytes, who);
  const index = () => readFile(join(workspace.output, id, "pakke.json"), "utf8").catch(() => "none");
  const refusedAs = async (name: string, bytes: Uint8Array, expected: RegExp) => {
    const before = await index();
    const result = await withFirst(name, bytes);
    expect(said(result)).toContainEqual(expect.stringMatching(expected));
    expect(result.collected).toMatchObject({ verdict: "refused", signatures: [], json: undefined });
    expect(await index()).toBe(before);
  };

  test("one changed word, in a plan that was made anew", async () => {
    const place = await workspaceIn("changed", (text) => text.replace("Bedre budgettering", "Bedre budgetlægning"));
    await make(place, await planIn(place));
    const bytes = await sign(await copyIn(place, files[0] ?? ""));
    await refusedAs("ord.pdf", bytes, /^refused ord-ændret: Side \d: »budgettering« er blevet »budgetlægning«\.$/);
    await refusedAs("ord.pdf", bytes, /^refused anden-udgave: .*dokument-id [0-9a-f-]{14}; kopierne/);
  });

  test("one changed word in a file that says that it is the plan", async () => {
    const place = await workspaceIn("forged", (text) => text.replace("Bedre budgettering", "Bedre budgetlægning"));
    await make(place, await planIn(place));
    const [real = nothing] = copies;
    const forged = await saved(await copyIn(place, files[0] ?? ""), async (document) => {
      const original = await PDFDocument.load(real, { updateMetadata: false });
      const key = PDFName.of("Metadata");
      const metadata = original.context.lookup(original.catalog.get(key), PDFStream).clone(document.context);
      document.catalog.set(key, document.context.register(metadata));
    });
    await refusedAs(
      "falsk.pdf",
      await sign(forged),
      /^refused ord-ændret: Side \d: »budgettering« er blevet »budgetlægning«\.$/,
    );
  });

  test("another plan", async () => {
    const other = await planIn(workspace, "benchmarkingenheden-2024");
    await make(workspace, other);
    const [file = ""] = (await readdir(join(workspace.output, other.id, "underskriftspakke"))).filter((name) =>
      name.startsWith("plan.1"),
    );
    await refusedAs("anden.pdf", await sign(await copyIn(workspace, file, other.id)), /^refused anden-plan: .*2024/);
  });

  test("a missing signatory, and the package says so on its first page", async () => {
    const result = await collect(signed.slice(0, 2));
    expect(said(result).filter((line) => !line.startsWith("remark"))).toEqual([
      "open mangler: Der mangler underskrift fra Rune Jørgen Sørensen.",
    ]);
    expect(result.collected?.verdict).toBe("open");
    const { everything } = await pdfText(
      new Uint8Array(await readFile(join(workspace.output, id, "plan.underskrevet-pakke.pdf"))),
    );
    expect(everything.replace(/\s+/g, " ")).toContain("Der mangler underskrift fra Rune Jørgen Sørensen.");
  });

  test("a signatory who signed twice", async () => {
    const again = await save("igen.pdf", await sign(copies[0] ?? nothing));
    const result = await collect([...signed, again]);
    expect(said(result)).toContainEqual(
      expect.stringMatching(
        /^refused to-gange: Sophus Garfiel har skrevet under mere end én gang: .*sophus\.pdf og .*igen\.pdf/,
      ),
    );
    expect(result.collected?.json).toBeUndefined();
  });

  test("the same file given twice, which counts once", async () => {
    const result = await collect([...signed, await save("kopi.pdf", await readFile(signed[0] ?? ""))]);
    expect(said(result)).toContainEqual(expect.stringMatching(/^remark samme-fil: /));
    expect(result.collected?.verdict).toBe("passed");
  });

  test("a broken signature", async () => {
    const bytes = new Uint8Array(await readFile(signed[0] ?? ""));
    bytes[2000] = (bytes[2000] ?? 0) ^ 1;
    await refusedAs("brudt.pdf", bytes, /^refused indhold-ændret: De underskrevne byte er ændret/);
  });

  test("bytes behind the end of the file", async () => {
    const bytes = await readFile(signed[0] ?? "");
    await refusedAs("hale.pdf", Buffer.concat([bytes, Buffer.from("% startxref 9 ")]), /^refused hale: /);
  });

  test("a copy that came back unsigned", async () => {
    await refusedAs(
      "usigneret.pdf",
      copies[0] ?? nothing,
      /^refused ikke-underskrevet: .*sendt til Sophus Garfiel, uden underskrift\.$/,
    );
  });

  test("an encrypted file", async () => {
    const document = await PDFDocument.load(copies[0] ?? nothing, { updateMetadata: false });
    document.encrypt({ userPassword: "hemmelig" });
    await refusedAs("laast.pdf", new Uint8Array(await document.save()), /^refused krypteret: /);
  });

  test("a file that swells while it is read, which is given up", async () => {
    const strict = new Verifier({ ...HARD_LIMITS, memory: 60 * 1024 * 1024 });
    try {
      const result = await collect([await save("tung.pdf", swelling(250)), ...signed.slice(1)], { verifier: strict });
      expect(said(result)).toContainEqual(
        "refused ikke-læselig: Filen kan ikke læses som PDF: Filen er for tung at undersøge.",
      );
      // The others are read all the same, in a new thread.
      expect(result.collected?.files.slice(1).map(({ verdict }) => verdict)).toEqual(["passed", "passed"]);
    } finally {
      await strict.close();
    }
  });

  test("what is no PDF", async () => {
    await refusedAs("brev.pdf", Buffer.from("Kære sekretariat"), /^refused ikke-læselig: .*ikke en PDF/);
  });

  test("somebody else's signature, and that of the one whose copy is another", async () => {
    await refusedAs(
      "fremmed.pdf",
      await sign(copies[0] ?? nothing, "stranger"),
      /^refused andet-navn: .*Sophus Garfiel.*Karla Fremmed/,
    );
    await refusedAs(
      "byttet.pdf",
      await sign(copies[0] ?? nothing, "peter"),
      /^refused byttet-kopi: .*Peter Østergaard.*plan\.2/,
    );
  });

  test("words that came after the signature", async () => {
    const bytes = await readFile(signed[0] ?? "");
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    await brokersPage(document);
    await refusedAs("efter.pdf", new Uint8Array(await document.save({ useObjectStreams: false })), /^refused /);
  });
});

describe("what cannot be told for certain is said, and does not fail", () => {
  const withFirst = async (name: string, bytes: Uint8Array) => collect([await save(name, bytes), ...signed.slice(1)]);

  test("what verify remarks on a file that passes", async () => {
    const bytes = packedUpdate(await readFile(signed[0] ?? ""), { 990: "<< /ByteRange [0 1 2 3] >>" }, (at) => at);
    const result = await withFirst("loes.pdf", bytes);
    expect(said(result)).toContainEqual(expect.stringMatching(/^remark løs-underskrift: /));
    expect(result.collected?.verdict).toBe("passed");
  });

  test("a field over the text that nobody has signed in, in a copy that was signed", async () => {
    const document = await PDFDocument.load(copies[0] ?? nothing, { updateMetadata: false });
    const { context } = document;
    const appearance = context.stream("1 1 1 rg 0 0 400 100 re f", {
      Type: "XObject",
      Subtype: "Form",
      BBox: [0, 0, 400, 100],
    });
    const widget = context.register(
      context.obj({
        Type: "Annot",
        Subtype: "Widget",
        FT: "Sig",
        T: PDFString.of("Dirk"),
        Rect: [60, 600, 460, 700],
        AP: { N: context.register(appearance) },
      }),
    );
    document.getPage(0).node.addAnnot(widget);
    const bytes = await signedCopy(servers, new Uint8Array(await document.save({ useObjectStreams: false })), "sophus");
    const result = await withFirst("felt.pdf", bytes);
    expect(result.collected?.verdict).toBe("open");
    expect(result.collected?.files[0]?.untouched).toBe(false);
  });

  test("whom to trust, when nobody is named", async () => {
    const result = await collect(signed, { trust: false });
    expect(result.collected?.verdict).toBe("open");
    const codes = said(result).map((line) => line.split(":")[0]);
    expect(codes.filter((code) => code === "open ingen-kæde").length).toBe(3);
    expect(codes.filter((code) => code === "remark udsteder-ikke-bevist").length).toBe(3);
    const [first] = result.collected?.signatures ?? [];
    expect(first).toMatchObject({ timeProven: false, chainProven: false, verdict: "open" });
    // The time that the signer's own clock had is there all the same.
    expect(Math.abs(Date.now() - (first?.time?.getTime() ?? 0))).toBeLessThan(600_000);
  });

  test("a broker's own page, behind the plan, in a file that was saved anew", async () => {
    const bytes = await signedCopy(servers, await saved(copies[0] ?? nothing, brokersPage), "sophus");
    const result = await withFirst("formidlet.pdf", bytes);
    expect(said(result)).toContainEqual(
      expect.stringMatching(
        /^remark side-tilføjet: Side 8 hører ikke til planen.* »Underskrifterne i dette dokument er juridisk bindende«\.$/,
      ),
    );
    expect(said(result)).toContainEqual(expect.stringMatching(/^remark gemt-igen: .*Alle 7 sider/));
    expect(result.collected?.verdict).toBe("passed");
  });

  test("a page between the plan's own", async () => {
    const between = await saved(copies[0] ?? nothing, async (document) => {
      const font = await document.embedFont(StandardFonts.Helvetica);
      document.insertPage(3, [595, 842]).drawText("Mål 2 udgår", { x: 60, y: 700, font });
    });
    const result = await withFirst("imellem.pdf", await signedCopy(servers, between, "sophus"));
    expect(said(result)).toContainEqual(expect.stringMatching(/^open side-imellem: Side 4 .* »Mål 2 udgår«\.$/));
    expect(result.collected?.verdict).toBe("open");
  });

  test("a broker's seal instead of a person's signature", async () => {
    const result = await withFirst(
      "segl.pdf",
      await signedCopy(servers, await saved(copies[0] ?? nothing, brokersPage), "broker"),
    );
    expect(said(result)).toContainEqual(expect.stringMatching(/^open segl: .*»Formidleren ApS«/));
    expect(result.collected).toMatchObject({ verdict: "open", missing: [] });
    expect(result.collected?.signatures[0]).toMatchObject({ way: "other", signatory: { name: "Sophus Garfiel" } });
  });

  test("a number that the broker wrote in the margin of each page", async () => {
    const stamped = await saved(copies[0] ?? nothing, async (document) => {
      const font = await document.embedFont(StandardFonts.Helvetica);
      for (const page of document.getPages()) page.drawText("Dokumentnøgle ABC-123", { x: 20, y: 20, size: 6, font });
    });
    const result = await withFirst("stemplet.pdf", await signedCopy(servers, stamped, "sophus"));
    expect(said(result)).toContainEqual(
      expect.stringMatching(/^open tekst-tilføjet: Siderne 1-7: .*»Dokumentnøgle ABC-123«/),
    );
    expect(result.collected?.verdict).toBe("open");
  });

  test("that a certificate is not revoked, when the file does not prove it; pyHanko signs in one revision", async (context) => {
    const found = await findPyHanko();
    if ("missing" in found) return context.skip(found.missing);
    const [source, target] = [await save("py-ind.pdf", copies[0] ?? nothing), join(root, "returned", "py-ud.pdf")];
    const script = join(import.meta.dirname, "support/pki/pyhanko_sign.py");
    const site = resolve(dirname(found.python), "..", "site");
    const words = [script, source, target, servers.authority.path("sophus.p12"), PASSPHRASE];
    await promisify(execFile)(found.python, words, { env: { ...process.env, PYTHONPATH: site } });
    const { collected } = await collect([target, ...signed.slice(1)]);
    expect(collected?.files[0]).toMatchObject({ verdict: "open", untouched: true });
    expect(collected?.files[0]?.findings.map(({ gravity }) => gravity)).not.toContain("refused");
  });

  test("a certificate that is not qualified, and a protected name", async () => {
    const oces = await withFirst("oces.pdf", await signedCopy(servers, copies[0] ?? nothing, "oces"));
    expect(said(oces)).toContainEqual(expect.stringMatching(/^open ikke-kvalificeret: /));
    const hidden = await withFirst("skjult.pdf", await signedCopy(servers, copies[0] ?? nothing, "hidden"));
    expect(said(hidden)).toContainEqual(expect.stringMatching(/^open navn-skjult: .*Sophus Garfiel/));
    expect([oces.collected?.verdict, hidden.collected?.verdict]).toEqual(["open", "open"]);
  });
});

describe("what stands in the way of collecting is a failure of its own", () => {
  const codeOf = async (place: Workspace, paths: readonly string[]) => {
    const rest = { now: new Date(), verifier: shared, signal: new AbortController().signal, anchors: [] };
    const { outcome } = await collectPackage(await planIn(place), paths, { workspace: place, forms, shop, ...rest });
    return outcome.failure?.code;
  };

  test("no package, a plan that was changed since, a copy that was overwritten, a file that is not there", async () => {
    const place = await workspaceIn("ways");
    expect(await codeOf(place, signed)).toBe("ingen-pakke");
    await make(place, await planIn(place));
    expect(await codeOf(place, [join(root, "ingen.pdf")])).toBe("fil-mangler");
    const copy = join(place.output, id, "underskriftspakke", files[0] ?? "");
    await cp(signed[0] ?? "", copy);
    expect(await codeOf(place, signed)).toBe("kopi-ændret");
    // And a signed file is not written over.
    const again = await buildSigningPackage(await planIn(place), { workspace: place, forms, shop });
    expect(again.failure?.code).toBe("underskrevet");
    await rm(copy);
    await make(place, await planIn(place));
    const sealed = join(place.output, id, "plan.underskrevet-pakke.pdf");
    await cp(signed[0] ?? "", sealed);
    expect(await codeOf(place, signed)).toBe("underskrevet");
    await rm(sealed);
    const path = join(place.plans, id, "plan.md");
    await writeFile(path, `${await readFile(path, "utf8")} `);
    expect(await codeOf(place, signed)).toBe("planen-ændret");
    await writeFile(
      join(place.output, id, "underskriftspakke", "kopier.json"),
      '{"version":1,"kopier":[{"fil":"../../x.pdf"}]}',
    );
    expect(await codeOf(place, signed)).toBe("pakke-ulæselig");
  });
});
