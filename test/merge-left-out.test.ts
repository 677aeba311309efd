import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, type PDFRef, PDFString } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { streamBytes } from "../src/pdf/finish/streams.ts";
import { mergePdfs } from "../src/pdf/merge/merge.ts";
import type { Part } from "../src/pdf/merge/part.ts";

/** A text as `PDFHexString.fromText` writes it, without the mark at its front. */
const hex = (text: string) => Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase();

/** A document with as many pages, and what else is written into it. */
async function written(pages: number, more: (file: PDFDocument) => void = () => undefined): Promise<Uint8Array> {
  const file = await PDFDocument.create();
  for (let page = 0; page < pages; page++) file.addPage([400, 300]);
  more(file);
  return file.save({ updateFieldAppearances: false });
}

/** All that a file says anywhere, in any object, whether something leads to it or not. */
async function everything(pdf: Uint8Array): Promise<string> {
  const file = await PDFDocument.load(pdf);
  return file.context
    .enumerateIndirectObjects()
    .map(([, one]) =>
      one instanceof PDFRawStream ? `${one.dict}${Buffer.from(streamBytes(one)).toString("latin1")}` : String(one),
    )
    .join("\n");
}

async function merged(...parts: readonly Part[]) {
  const { pdf, report } = await mergePdfs(parts);
  const remarks = report.remarks.filter(({ code }) => code !== "uden-opmærkning");
  return { pdf, remarks: remarks.map(({ message }) => message), all: await everything(pdf) };
}

const cover = { name: "forside.pdf", bytes: await written(1) };
const first = { from: 1, to: 1 };

describe("what else would come along from pages that are not taken", () => {
  const stream = (file: PDFDocument, entries: object, text: string) =>
    file.context.register(file.context.stream(text, entries as never));

  test("the pictures of a dictionary that all pages share", async () => {
    const bytes = await written(2, (file) => {
      const { context } = file;
      const form = (text: string) =>
        stream(file, { Type: "XObject", Subtype: "Form", BBox: [0, 0, 9, 9] }, `q (${text}) Tj Q`);
      const outer = stream(file, { Type: "XObject", Subtype: "Form", BBox: [0, 0, 9, 9] }, "/Inner Do");
      const XObject = { A: outer, Inner: form("INDE"), B: form("UDE"), C: form("HELT UDE") };
      const Properties = {
        M: { ActualText: PDFHexString.fromText("SKJULT ORD") },
        N: { ActualText: PDFHexString.fromText("VIST ORD") },
      };
      const shared = context.register(context.obj({ XObject, Properties } as never));
      for (const [page, text] of ["/Span /N BDC /A Do EMC", "/Span /M BDC /B Do /C Do EMC"].entries()) {
        file.getPage(page).node.set(PDFName.of("Resources"), shared);
        file.getPage(page).node.set(PDFName.of("Contents"), stream(file, {}, text));
      }
    });
    const { all } = await merged(cover, { name: "to.pdf", bytes, pages: first });
    expect(["(INDE)", "(UDE)", "(HELT UDE)"].filter((one) => all.includes(one))).toEqual(["(INDE)"]);
    expect(["SKJULT ORD", "VIST ORD"].filter((one) => all.includes(hex(one)))).toEqual(["VIST ORD"]);
    const whole = await merged(cover, { name: "to.pdf", bytes });
    expect(whole.all).toContain("(HELT UDE)");
  });

  test("the pictures of a dictionary that forms, patterns and appearances share with all pages", async () => {
    const bytes = await written(2, (file) => {
      const { context } = file;
      const shared = context.nextRef();
      const drawn = (text: string, entries: object) =>
        stream(file, { BBox: [0, 0, 9, 9], Resources: shared, ...entries }, text);
      const form = (text: string) => drawn(text, { Type: "XObject", Subtype: "Form" });
      const tiling = { Type: "Pattern", PatternType: 1, PaintType: 1, TilingType: 1, XStep: 9, YStep: 9 };
      const Pattern = { P: drawn("/D Do", tiling) };
      const XObject = {
        A: form("/B Do"),
        B: form("/A Do (RING) Tj"),
        D: form("(FLISE) Tj"),
        E: form("(STEMPEL) Tj"),
        X: form("(UDE) Tj"),
      };
      context.assign(shared, context.obj({ XObject, Pattern } as never));
      for (const [page, text] of ["/A Do /Pattern cs /P scn 0 0 9 9 re f", "/X Do"].entries()) {
        file.getPage(page).node.set(PDFName.of("Resources"), shared);
        file.getPage(page).node.set(PDFName.of("Contents"), stream(file, {}, text));
      }
      const stamp = { Type: "Annot", Subtype: "Stamp", Rect: [0, 0, 9, 9], AP: { N: { On: form("/E Do") } } };
      file.getPage(0).node.addAnnot(context.register(context.obj(stamp as never)));
    });
    const { all } = await merged(cover, { name: "to.pdf", bytes, pages: first });
    const texts = ["(RING)", "(FLISE)", "(STEMPEL)", "(UDE)"];
    expect(texts.filter((one) => all.includes(one))).toEqual(texts.slice(0, 3));
    const whole = await merged(cover, { name: "to.pdf", bytes });
    expect(whole.all).toContain("(UDE)");
  });

  test("the source of the whole, and the attachments of those pages", async () => {
    const bytes = await written(2, (file) => {
      const { context } = file;
      const attached = (name: string, more: object = {}) => {
        const EF = { F: stream(file, { Type: "EmbeddedFile" }, `INDHOLD ${name}`) };
        const text = PDFString.of(name);
        return context.register(context.obj({ Type: "Filespec", F: text, UF: text, EF, ...more } as never));
      };
      const kilde = attached("kilde.md", { AFRelationship: "Source" });
      const files = { bilag: attached("bilag.txt"), en: attached("en.txt"), kilde, to: attached("to.txt") };
      const Names = Object.entries(files).flatMap(([name, file]) => [PDFString.of(name), file]);
      file.catalog.set(PDFName.of("Names"), context.obj({ EmbeddedFiles: { Names } } as never));
      file.catalog.set(PDFName.of("AF"), context.obj([kilde, files.bilag]));
      file.getPage(0).node.set(PDFName.of("AF"), context.obj([files.en]));
      file.getPage(1).node.set(PDFName.of("AF"), context.obj([files.to, files.bilag]));
    });
    const names = ["bilag.txt", "en.txt", "kilde.md", "to.txt"];
    const part = { name: "plan.pdf", bytes };
    const { all, remarks } = await merged(cover, { ...part, pages: first });
    expect(names.filter((name) => all.includes(`INDHOLD ${name}`))).toEqual(["bilag.txt", "en.txt"]);
    expect(remarks).toEqual([
      "Fra plan.pdf er »kilde.md«, »to.txt«, der ligger i filen, ikke taget med: de rummer det, der står på sider, som ikke er med.",
    ]);
    const whole = await merged(cover, part);
    expect(names.filter((name) => whole.all.includes(`INDHOLD ${name}`))).toEqual(names);
  });

  test("the bookmark over bookmarks that all go", async () => {
    const bytes = await written(2, (file) => {
      const { context } = file;
      const [root, top, below, other] = [0, 1, 2, 3].map(() => context.nextRef());
      if (!root || !top || !below || !other) throw new Error("no references");
      const put = (ref: PDFRef, entries: object) => context.assign(ref, context.obj(entries as never));
      const title = (text: string) => PDFHexString.fromText(text);
      put(root, { Type: "Outlines", First: top, Last: other, Count: 2 });
      put(top, { Title: title("FORTROLIGT"), Parent: root, Next: other, First: below, Last: below, Count: -1 });
      put(below, { Title: title("INDERST"), Parent: top, Dest: [file.getPage(1).ref, "Fit"] });
      put(other, { Title: title("ÅBENT"), Parent: root, Prev: top, Dest: [file.getPage(0).ref, "Fit"] });
      file.catalog.set(PDFName.of("Outlines"), root);
    });
    const { all } = await merged(cover, { name: "mærket.pdf", bytes, pages: first });
    expect(["FORTROLIGT", "INDERST", "ÅBENT"].filter((one) => all.includes(hex(one)))).toEqual(["ÅBENT"]);
  });
});

describe("the form of a part some of whose pages are taken", () => {
  const widget = (file: PDFDocument, page: number, entries: Record<string, unknown>): PDFRef => {
    const { context } = file;
    const own = { Type: "Annot", Subtype: "Widget", Rect: [10, 10, 90, 30], P: file.getPage(page).ref };
    const ref = context.register(context.obj({ ...own, ...entries } as never));
    file.getPage(page).node.addAnnot(ref);
    return ref;
  };
  const form = (file: PDFDocument, entries: Record<string, unknown>) =>
    file.catalog.set(PDFName.of("AcroForm"), file.context.obj(entries as never));
  const string = (text: string) => PDFHexString.fromText(text);

  test("leaves the fields of the other pages behind, with what is written in them", async () => {
    const bytes = await written(3, (file) => {
      const fields = [0, 1, 2].map((page) =>
        widget(file, page, { FT: "Tx", T: string(`f${page}`), V: string(`V${page}`) }),
      );
      form(file, { Fields: fields, CO: [...fields].reverse() });
    });
    const { all, remarks, pdf } = await merged(cover, { name: "skema.pdf", bytes, pages: first });
    expect(["V0", "V1", "V2"].filter((value) => all.includes(hex(value)))).toEqual(["V0"]);
    const joined = (await PDFDocument.load(pdf)).catalog.lookup(PDFName.of("AcroForm"), PDFDict);
    expect([joined.lookup(PDFName.of("Fields")), joined.lookup(PDFName.of("CO"))].map(String)).toEqual([
      expect.stringMatching(/^\[ \d+ 0 R \]$/),
      expect.stringMatching(/^\[ \d+ 0 R \]$/),
    ]);
    expect(remarks).toEqual([
      "2 formularfelter i skema.pdf står ikke på de sider, der er taget, og er derfor ikke med.",
    ]);
  });

  test("a group keeps those of its fields that can be seen, and an empty one goes", async () => {
    const bytes = await written(2, (file) => {
      const { context } = file;
      const group = (name: string, kids: (parent: PDFRef) => PDFRef[]) => {
        const parent = context.nextRef();
        const entries = { T: string(name), Kids: kids(parent) };
        context.assign(parent, context.obj(entries as never));
        return parent;
      };
      const field = (page: number, value: string) => (Parent: PDFRef) =>
        widget(file, page, { Parent, FT: "Tx", T: string("felt"), V: string(value) });
      const both = group("begge", (parent) => [field(0, "SYNLIG")(parent), field(1, "SKJULT")(parent)]);
      const none = group("ingen", (parent) => [
        group("indre", (inner) => [field(1, "GEMT")(inner)]),
        field(1, "VÆK")(parent),
      ]);
      const shared = group("delt", (Parent) => [0, 1].map((page) => widget(file, page, { Parent })));
      context.lookup(shared, PDFDict).set(PDFName.of("V"), string("FÆLLES"));
      form(file, { Fields: [both, none, shared] });
    });
    const { all, remarks } = await merged(cover, { name: "skema.pdf", bytes, pages: first });
    const found = ["begge", "ingen", "indre", "delt", "SYNLIG", "SKJULT", "GEMT", "VÆK", "FÆLLES"];
    expect(found.filter((one) => all.includes(hex(one)))).toEqual(["begge", "delt", "SYNLIG", "FÆLLES"]);
    expect(remarks[0]).toMatch(/^3 formularfelter i skema\.pdf/);
  });

  test("a field that only a widget still names goes by its pages too", async () => {
    const bytes = await written(2, (file) => {
      const parent = file.context.nextRef();
      const kids = [0, 1].map((page) =>
        widget(file, page, { Parent: parent, FT: "Tx", T: string(`k${page}`), V: string(`W${page}`) }),
      );
      file.context.assign(parent, file.context.obj({ T: string("p"), Kids: kids } as never));
    });
    const { all } = await merged(cover, { name: "skema.pdf", bytes, pages: first });
    expect(["W0", "W1"].filter((value) => all.includes(hex(value)))).toEqual(["W0"]);
  });

  test("two parts of one form clash only where both take the field along", async () => {
    const bytes = await written(2, (file) => {
      form(file, { Fields: [0, 1].map((page) => widget(file, page, { FT: "Tx", T: string(`f${page}`) })) });
    });
    const part = { name: "skema.pdf", bytes };
    const both = await merged({ ...part, pages: first }, cover, { ...part, pages: { from: 2, to: 2 } });
    expect(both.remarks.length).toBe(2);
    await expect(mergePdfs([part, { ...part, name: "igen.pdf" }])).rejects.toThrow("formularfeltet »f0«");
  });
});
