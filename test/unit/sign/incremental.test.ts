import { PDFDocument, PDFName, PDFString } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import { assertUntouched, IncrementalUpdate } from "../../../src/sign/pdf/incremental.ts";
import { PdfFile } from "../../../src/sign/pdf/pdf-file.ts";

async function sample(useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([200, 100]);
  document.context.trailerInfo.ID = document.context.obj([PDFString.of("first"), PDFString.of("first")]);
  return document.save({ useObjectStreams });
}

describe.each([
  ["a cross-reference stream", true, "/Type /XRef"],
  ["a cross-reference table", false, "xref\n"],
])("a file with %s", (_, streams, mark) => {
  test("gets another of the same kind; earlier bytes and the first identifier stay", async () => {
    const before = await sample(streams);
    const file = new PdfFile(before);
    const update = new IncrementalUpdate(file);
    const added = update.add(file.context.obj({ Says: PDFString.of("hej") }));
    file.catalog.set(PDFName.of("Test"), added);
    update.set(file.root, file.catalog);
    const after = update.write();

    expect(Buffer.compare(after.subarray(0, before.length), before)).toBe(0);
    const tail = Buffer.from(after.subarray(before.length)).toString("latin1");
    expect(tail).toContain(mark);
    expect(tail).toContain(`/Prev ${file.crossReference.start}`);
    expect(tail).toMatch(/\/ID \[ \(first\) <[0-9a-f]{32}> \]/);
    const again = new PdfFile(after);
    expect(again.crossReference.kind).toBe(file.crossReference.kind);
    expect(again.text(again.catalog.lookup(PDFName.of("Test")) as never, "Says")).toBe("hej");
    expect(again.pages).toEqual(file.pages);
    const library = await PDFDocument.load(after);
    expect(library.catalog.has(PDFName.of("Test"))).toBe(true);
  });

  test("can be added to again and again", async () => {
    let bytes = await sample(streams);
    for (const round of [1, 2, 3]) {
      const file = new PdfFile(bytes);
      const update = new IncrementalUpdate(file);
      file.catalog.set(PDFName.of("Round"), file.context.obj(round));
      update.set(file.root, file.catalog);
      bytes = update.write();
    }
    expect(String(new PdfFile(bytes).catalog.get(PDFName.of("Round")))).toBe("3");
  });
});

test("a change of earlier bytes is a bug that is caught", () => {
  expect(() => assertUntouched(Uint8Array.of(1, 2), Uint8Array.of(1, 3, 4))).toThrow("earlier bytes");
  expect(() => assertUntouched(Uint8Array.of(1, 2), Uint8Array.of(1))).toThrow("earlier bytes");
});

test("an encrypted file is refused", async () => {
  const document = await PDFDocument.create();
  document.addPage();
  document.encrypt({ ownerPassword: "ejer", userPassword: "", permissions: {} });
  const bytes = await document.save();
  const open = () => new PdfFile(bytes);
  expect(open).toThrow(Failure);
  expect(open).toThrow("krypteret");
});

test("nothing but Failures for damaged files", async () => {
  for (const streams of [true, false]) {
    const whole = await sample(streams);
    for (let at = 0; at < whole.length; at++) {
      const copy = Uint8Array.from(whole);
      copy[at] = (copy[at] ?? 0) ^ 0x11;
      try {
        new PdfFile(copy);
      } catch (cause) {
        expect(cause, `byte ${at}`).toBeInstanceOf(Failure);
      }
    }
  }
});
