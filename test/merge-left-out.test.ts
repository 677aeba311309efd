import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, type PDFRef } from "pdf-lib";
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
