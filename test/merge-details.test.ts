import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFString } from "pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import { mergePdfs } from "../src/pdf/merge/merge.ts";
import { handBuilt } from "./support/hand-built.ts";
import {
  missingReaders,
  popplerStructure,
  type QpdfAccount,
  qpdfAccount,
  qpdfComplaints,
} from "./support/outside-readers.ts";

const missing = await missingReaders();
if (missing.length > 0) console.warn(`Merged files are not looked into: no ${missing.join(", ")}`);

const untagged = new Uint8Array(await readFile(join(import.meta.dirname, "fixtures/merge/weasyprint-untagged.pdf")));
const alfa = { name: "alfa.pdf", bytes: handBuilt({ word: "alfa" }) };
const beta = {
  name: "beta.pdf",
  bytes: handBuilt({ word: "beta", packed: false, afsnit: "Div", language: "en-GB" }),
  at: { kind: "after", page: 2 },
} as const;

type Entries = Readonly<Record<string, unknown>>;

/** The dictionaries of a file that a test asks for. */
function dictionaries(account: QpdfAccount, wanted: (entries: Entries) => boolean): Entries[] {
  return Object.values(account.objects)
    .map(({ value }) => value)
    .filter((value): value is Entries => typeof value === "object" && value !== null && !Array.isArray(value))
    .filter(wanted);
}

/** What qpdf says an object is. */
function at(account: QpdfAccount, ref: unknown): Entries {
  const value = typeof ref === "string" && / R$/.test(ref) ? account.objects[`obj:${ref}`]?.value : ref;
  return (value ?? {}) as Entries;
}

describe.skipIf(missing.length > 0)("two documents with the same names in them", () => {
  let pdf: Uint8Array;
  let account: QpdfAccount;
  let catalog: Entries;
  beforeAll(async () => {
    ({ pdf } = await mergePdfs([alfa, beta]));
    account = await qpdfAccount(pdf);
    [catalog = {}] = dictionaries(account, (one) => one["/Type"] === "/Catalog");
  });
  const pageOf = (ref: unknown) => account.pages.findIndex(({ object }) => object === ref) + 1;

  test("every link goes where it went", () => {
    const places = at(account, at(account, at(account, catalog["/Names"])["/Dests"]))["/Names"] as unknown[];
    const target = (name: unknown) => {
      const value = at(account, places[places.indexOf(name) + 1]);
      return pageOf((Array.isArray(value) ? value : (value as Entries & { "/D": unknown[] })["/D"])[0]);
    };
    const links = dictionaries(account, (one) => one["/Subtype"] === "/Link");
    expect(links.map((link) => [pageOf(link["/P"]), target(at(account, link["/A"])["/D"])])).toEqual([
      [1, 8],
      [3, 6],
    ]);
    expect(
      Object.entries(at(account, catalog["/Dests"])).map(([name, place]) => [name, pageOf((place as unknown[])[0])]),
    ).toEqual([
      ["/forside", 1],
      ["/forside-2", 3],
    ]);
  });

  test("every page has its label", () => {
    expect(account.pagelabels).toEqual([
      { index: 0, label: { "/S": "/r", "/St": 1 } },
      { index: 2, label: { "/S": "/r", "/St": 1 } },
      { index: 4, label: { "/P": "u:A-", "/S": "/D", "/St": 5 } },
      { index: 6, label: { "/P": "u:A-", "/S": "/D", "/St": 5 } },
    ]);
  });

  test("attachments, notes, layers and page boxes are all there", () => {
    expect(Object.keys(account.attachments)).toEqual(["noter.txt", "noter.txt-2"]);
    const notes = dictionaries(account, (one) => one["/Subtype"] === "/Text");
    expect(notes.map((note) => note["/Contents"]).sort()).toEqual([
      "u:alfa note",
      "u:alfa note to",
      "u:beta note",
      "u:beta note to",
    ]);
    const layers = at(account, catalog["/OCProperties"])["/OCGs"] as unknown[];
    expect(layers.map((layer) => at(account, layer)["/Name"])).toEqual(["u:alfa lag", "u:beta lag"]);
    const pages = account.pages.map(({ object }) => at(account, object));
    expect(pages.map((page) => page["/Rotate"] ?? 0)).toEqual([0, 0, 0, 0, 90, 90, 90, 90]);
    expect(new Set(pages.map((page) => String(page["/MediaBox"])))).toEqual(new Set(["0,0,595,842"]));
  });

  test("types, classes and headers mean what they meant", async () => {
    const [root = {}] = dictionaries(account, (one) => one["/Type"] === "/StructTreeRoot");
    expect(root["/RoleMap"]).toMatchObject({ "/Afsnit": "/Sect", "/Afsnit-2": "/Div", "/Artikel": "/Historie" });
    expect(Object.keys(at(account, root["/ClassMap"]))).toEqual(["/Venstre", "/Venstre-2"]);
    const lines = await popplerStructure(pdf);
    expect(lines.filter((line) => /celle1/.test(line))).toEqual([
      "TH <celle1>:",
      "/Headers [(celle1)]",
      "TH <celle1-2>:",
      "/Headers [(celle1-2)]",
    ]);
    const parts = dictionaries(account, (one) => one["/S"] === "/Part");
    expect(parts.map((one) => one["/Lang"])).toEqual(["u:en-GB"]);
  });

  test("every number in the parent tree is one page's or one annotation's", () => {
    const numbered = dictionaries(account, () => true).flatMap(
      (one) => one["/StructParents"] ?? one["/StructParent"] ?? [],
    );
    expect(numbered.length).toBe(12);
    expect(new Set(numbered).size).toBe(numbered.length);
  });
});

test("the same parts give the same bytes", async () => {
  const [one, other] = await Promise.all([mergePdfs([alfa, beta]), mergePdfs([alfa, beta])]);
  expect(Buffer.from(one.pdf).equals(Buffer.from(other.pdf))).toBe(true);
});

test.skipIf(missing.length > 0)("what two parts have in common is there once", async () => {
  const whole = await mergePdfs([
    { name: "a.pdf", bytes: untagged },
    { name: "b.pdf", bytes: untagged },
  ]);
  const account = await qpdfAccount(whole.pdf);
  const single = await qpdfAccount(untagged);
  const fonts = (one: QpdfAccount) => dictionaries(one, (entries) => entries["/Type"] === "/FontDescriptor").length;
  expect(fonts(account)).toBe(fonts(single));
});

describe.skipIf(missing.length > 0)("an untagged part", () => {
  test("goes in as it is, with the loss said", async () => {
    const { report } = await mergePdfs([alfa, { name: "scan.pdf", bytes: untagged }]);
    expect(report.parts.map(({ tagged }) => tagged)).toEqual([true, false]);
    expect(report.remarks.map(({ message }) => message)).toEqual([
      "scan.pdf er ikke opmærket (tagged): en skærmlæser læser intet op på dens sider. Med --alt kan hver side få en tekst.",
    ]);
  });

  test("goes in as figures with the texts that are given", async () => {
    const alternatives = Array.from({ length: 6 }, (_, index) => `Side ${index + 1} af rapporten`);
    const part = { name: "scan.pdf", bytes: untagged, untagged: { kind: "figures", alternatives } } as const;
    const { pdf, report } = await mergePdfs([alfa, part]);
    expect(await qpdfComplaints(pdf)).toBe("");
    expect(report.claims).toEqual([]);
    const account = await qpdfAccount(pdf);
    const figures = dictionaries(account, (one) => one["/S"] === "/Figure");
    expect(figures.map((one) => one["/Alt"])).toEqual(alternatives.map((text) => `u:${text}`));
  });
});

test("what a catalog holds and a merge leaves behind is named", async () => {
  const file = await PDFDocument.load(untagged);
  for (const key of ["PieceInfo", "Legal", "Requirements"]) file.catalog.set(PDFName.of(key), file.context.obj({}));
  const { report } = await mergePdfs([{ name: "sær.pdf", bytes: await file.save() }, alfa]);
  expect(report.remarks.find(({ code }) => code === "ikke-med")?.message).toBe(
    "Fra sær.pdf er ikke taget med: andre programmers egne oplysninger, erklæringen om, hvad indholdet forpligter til, krav til læseprogrammet.",
  );
});

test("a stream of no bytes is empty, whatever it says it is packed with", async () => {
  const file = await PDFDocument.create();
  const page = file.addPage([400, 300]);
  const empty = PDFRawStream.of(file.context.obj({ Filter: "FlateDecode", Length: 0 }), new Uint8Array());
  page.node.set(PDFName.of("Contents"), file.context.register(empty));
  const blank = { name: "tom.pdf", bytes: await file.save() };
  const alternatives = ["En tom side"];
  const { report } = await mergePdfs([alfa, blank, { ...blank, untagged: { kind: "figures", alternatives } }]);
  expect(report.pages).toBe(6);
});

test("a page that is counted is the page itself in the whole", async () => {
  const file = await PDFDocument.create();
  const { context } = file;
  const [page] = [1, 2].map(() => file.addPage([400, 300]));
  if (!page) throw new Error("no page");
  const link = (more: object) => context.obj({ Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], ...more } as never);
  const counted = (number: number) => [number, "Fit"];
  for (const more of [
    { Dest: counted(1) },
    { A: { S: "GoTo", D: counted(1), Next: { S: "GoTo", D: counted(0) } } },
    { Dest: "sted" },
    { Dest: counted(7) },
  ]) {
    page.node.addAnnot(context.register(link(more)));
  }
  file.catalog.set(PDFName.of("Dests"), context.obj({ sted: { D: counted(1) } }));
  file.catalog.set(PDFName.of("OpenAction"), context.obj(counted(1)));
  const tail = { name: "tal.pdf", bytes: await file.save() };
  const { pdf, report } = await mergePdfs([alfa, tail]);
  expect(report.remarks.map(({ message }) => message)).toContain(
    "1 henvisning i tal.pdf førte til sider, der ikke er med, og fører nu ingen steder hen.",
  );
  const whole = await PDFDocument.load(pdf);
  const refs = whole.getPages().map(({ ref }) => ref.toString());
  const links =
    whole
      .getPage(4)
      .node.Annots()
      ?.asArray()
      .map((one) => whole.context.lookup(one, PDFDict)) ?? [];
  const leads = (one: unknown) => refs.indexOf(/\d+ 0 R/.exec(String(one))?.[0] ?? "") + 1;
  const [dest, action, named, lost] = links;
  const gone = action?.lookup(PDFName.of("A"), PDFDict);
  expect([
    leads(dest?.lookup(PDFName.of("Dest"))),
    leads(gone?.lookup(PDFName.of("D"))),
    leads(gone?.lookup(PDFName.of("Next"), PDFDict).lookup(PDFName.of("D"))),
    leads(whole.catalog.lookup(PDFName.of("Dests"), PDFDict).lookup(PDFName.of("sted"))),
  ]).toEqual([6, 6, 5, 6]);
  expect([named?.has(PDFName.of("Dest")), lost?.has(PDFName.of("Dest"))]).toEqual([true, false]);
  const opened = await PDFDocument.load((await mergePdfs([tail, alfa])).pdf);
  const [first] = opened.catalog.lookup(PDFName.of("OpenAction"), PDFArray).asArray();
  expect(first).toBe(opened.getPage(1).ref);
});

test("fields keep what they took from their own form", async () => {
  const written = async (name: string, more: object) => {
    const file = await PDFDocument.create();
    const page = file.addPage([400, 300]);
    const { context } = file;
    const own = { Type: "Annot", Subtype: "Widget", FT: "Tx", T: PDFString.of(name), Rect: [0, 0, 9, 9] };
    const field = context.register(context.obj(own));
    page.node.addAnnot(field);
    file.catalog.set(PDFName.of("AcroForm"), context.obj({ Fields: [field], ...more } as never));
    return { name: `${name}.pdf`, bytes: await file.save() };
  };
  const one = await written("a", { DA: PDFString.of("/Helv 10 Tf"), Q: 1 });
  const two = await written("b", { DA: PDFString.of("/Cour 24 Tf"), Q: 2 });
  const three = await written("c", {});
  const whole = await PDFDocument.load((await mergePdfs([one, two, three])).pdf);
  const form = whole.catalog.lookup(PDFName.of("AcroForm"), PDFDict);
  const said = (dictionary: PDFDict) => ["DA", "Q"].map((key) => dictionary.lookup(PDFName.of(key))?.toString());
  expect(said(form)).toEqual(["(/Helv 10 Tf)", "1"]);
  const fields = form.lookup(PDFName.of("Fields"), PDFArray).asArray();
  expect(fields.map((field) => said(whole.context.lookup(field, PDFDict)))).toEqual([
    [undefined, undefined],
    ["(/Cour 24 Tf)", "2"],
    [undefined, "0"],
  ]);
});
