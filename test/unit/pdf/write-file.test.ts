import { inflateSync } from "node:zlib";
import fc from "fast-check";
import {
  PDFContext,
  PDFDocument,
  PDFHexString,
  PDFInvalidObject,
  PDFName,
  PDFNull,
  PDFRawStream,
  PDFString,
} from "pdf-lib";
import { expect, test } from "vitest";
import { textOfName } from "../../../src/pdf/names.ts";
import { requireReadable } from "../../../src/pdf/read-back.ts";
import { textString } from "../../../src/pdf/text-string.ts";
import { writePacked } from "../../../src/pdf/write-file.ts";

test("what is written is read back, streams and all, from several object streams", async () => {
  const context = PDFContext.create();
  context.trailerInfo.Root = context.register(context.obj({ Type: "Catalog" }));
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index & 0xff);
  context.register(PDFRawStream.of(context.obj({ Kind: "Bytes" }), bytes));
  const values = [
    PDFString.of("\u00e6\u00f8\u00e5 \\(so\\)"),
    PDFHexString.of("00ff"),
    PDFName.of("A B"),
    PDFNull,
    context.obj([1, -2.5, true, { In: ["side"] }]),
  ];
  for (let index = 0; index < 450; index++) context.register(context.obj([index, values[index % values.length]]));
  const written = writePacked(context);
  requireReadable(written);
  const read = (await PDFDocument.load(written, { updateMetadata: false })).context;
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    expect(read.lookup(ref)?.toString()).toBe(object.toString());
  }
});

test("what could not be read is written as it was", () => {
  const context = PDFContext.create();
  context.trailerInfo.Root = context.register(context.obj({ Type: "Catalog" }));
  const data = Buffer.from("<< /Broken \xe6 ", "latin1");
  context.register(PDFInvalidObject.of(data));
  const plain = PDFContext.create();
  plain.trailerInfo.Root = plain.register(plain.obj({ Type: "Catalog" }));
  plain.register(PDFName.of("x"));
  const [invalid, other] = [writePacked(context), writePacked(plain)];
  expect(Buffer.from(invalid).equals(Buffer.from(other))).toBe(false);
  expect(unpacked(invalid)).toContain(data.toString("latin1"));
});

/** What is in the first object stream of a file. */
function unpacked(file: Uint8Array): string {
  const text = Buffer.from(file).toString("latin1");
  const [head, length] = /\/Type \/ObjStm [^>]*\/Length (\d+) >>\nstream\n/.exec(text) ?? [];
  if (head === undefined) throw new Error("no object stream");
  const start = text.indexOf(head) + head.length;
  return inflateSync(file.subarray(start, start + Number(length))).toString("latin1");
}

test("a text is written as the library writes it", () => {
  const texts = fc.string({ unit: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\ud83d", "\ude00")) });
  fc.assert(
    fc.property(texts, (text) => {
      expect(textString(text).toString()).toBe(PDFHexString.fromText(text).toString());
    }),
    { seed: 20261121, numRuns: 300 },
  );
});

test("a name is read as the library reads it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const name = PDFName.of(text);
      expect(textOfName(name)).toBe(name.decodeText());
    }),
    { seed: 20261121, numRuns: 300 },
  );
});
