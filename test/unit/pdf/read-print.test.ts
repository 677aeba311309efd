import fc from "fast-check";
import {
  PDFContext,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
  PDFWriter,
} from "pdf-lib";
import { describe, expect, test } from "vitest";
import { plainContext, readPrint } from "../../../src/pdf/finish/read-print.ts";

/** The same files at every run; a failure prints the case. */
const seeded = (numRuns: number) => ({ seed: 20261121, numRuns });

/** What the library makes an object of. */
type Literal = PDFObject | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

const { value } = fc.letrec<{ value: Literal }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.integer({ min: -99999999, max: 99999999 }).map((digits) => digits / 10000),
    fc.boolean(),
    fc.constant(null),
    fc.string().map((text) => PDFName.of(text)),
    fc.string().map((text) => PDFString.of(text.replace(/[\\()]/g, "\\$&"))),
    fc.string({ unit: "binary" }).map((text) => PDFHexString.fromText(text)),
    fc.integer({ min: 1, max: 40 }).map((number) => PDFRef.of(number)),
    fc.array(tie("value"), { maxLength: 6 }),
    fc.dictionary(fc.stringMatching(/^[A-Za-z0-9.#]{1,8}$/), tie("value"), { maxKeys: 6 }),
  ),
}));

/** Objects, and streams of bytes. */
const objects = fc.array(fc.oneof(value, fc.uint8Array({ maxLength: 200 })), { minLength: 1, maxLength: 20 });

/** A file with one table of cross-references, as browsers write it. */
async function fileOf(contents: readonly (Literal | Uint8Array)[]): Promise<Uint8Array> {
  const context = PDFContext.create();
  context.trailerInfo.Root = context.register(context.obj({ Type: "Catalog" }));
  context.trailerInfo.Info = context.register(context.obj({ Producer: PDFString.of("Skia/PDF m156") }));
  for (const one of contents) {
    const isStream = one instanceof Uint8Array;
    context.register(
      isStream
        ? PDFRawStream.of(context.obj({ Length: one.length }), one)
        : context.obj(one as Parameters<PDFContext["obj"]>[0]),
    );
  }
  return PDFWriter.forContext(context, Number.POSITIVE_INFINITY).serializeToBuffer();
}

/** All that a context holds, and as what. */
function told(context: PDFContext): unknown {
  const { Root, Info, ID } = context.trailerInfo;
  return {
    trailer: [Root, Info, ID].map(String),
    last: context.largestObjectNumber,
    objects: context
      .enumerateIndirectObjects()
      .map(([ref, object]) => `${ref} ${object.constructor.name} ${object.toString()}`),
  };
}

async function library(bytes: Uint8Array): Promise<PDFContext> {
  return (await PDFDocument.load(bytes, { updateMetadata: false })).context;
}

describe("a file with one table of cross-references", () => {
  test("is read as the library reads it", async () => {
    await fc.assert(
      fc.asyncProperty(objects, async (contents) => {
        const bytes = await fileOf(contents);
        const plain = plainContext(bytes);
        expect(plain && told(plain)).toEqual(told(await library(bytes)));
      }),
      seeded(300),
    );
  });

  test("with a damaged byte in an object is read as the library reads it, or left to the library", async () => {
    let left = 0;
    await fc.assert(
      fc.asyncProperty(
        objects,
        fc.noBias(fc.nat()),
        fc.integer({ min: 1, max: 255 }),
        async (contents, place, mask) => {
          const bytes = await fileOf(contents);
          const text = Buffer.from(bytes).toString("latin1");
          const [from, to] = [text.indexOf("1 0 obj"), text.lastIndexOf("\nxref")];
          const at = from + (place % (to - from));
          // Between objects a sign of a comment would hide the next one from the library, which looks for objects itself.
          fc.pre(!/\s/.test(text[at] ?? ""));
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          const plain = plainContext(bytes);
          if (plain) expect(told(plain)).toEqual(told(await library(bytes)));
          else left++;
        },
      ),
      seeded(1000),
    );
    expect(left).toBeGreaterThan(100);
  });

  test("cut off anywhere is left to the library", async () => {
    const bytes = await fileOf([{ Kids: [1, 2, PDFRef.of(2)] }, Uint8Array.of(1, 2, 3), PDFName.of("Name")]);
    for (let length = 0; length < bytes.length - 1; length++)
      expect(plainContext(bytes.slice(0, length))).toBeUndefined();
  });
});

describe("is left to the library:", () => {
  test("a file with its objects in streams", async () => {
    const document = await PDFDocument.create();
    document.addPage();
    const bytes = await document.save({ useObjectStreams: true });
    expect(plainContext(bytes)).toBeUndefined();
    expect((await readPrint(bytes)).pages).toHaveLength(1);
  });

  test.each([
    ["an older table", "/Prev 9"],
    ["a table in a stream besides", "/XRefStm 9"],
    ["a lock", "/Encrypt 1 0 R"],
  ])("a trailer that speaks of %s", async (_what, entry) => {
    const text = Buffer.from(await fileOf([])).toString("latin1");
    expect(plainContext(Buffer.from(text, "latin1"))).toBeDefined();
    expect(plainContext(Buffer.from(text.replace("/Root", `${entry} /Root`), "latin1"))).toBeUndefined();
  });

  test("a deleted object, a later generation, a comment, values too deep in each other", async () => {
    const text = Buffer.from(await fileOf([[PDFRef.of(1)]])).toString("latin1");
    for (const [from, to] of [
      [/00000 n(?=\s+trailer)/, "00001 f"],
      ["[ 1 0 R ]", "[ 1 1 R ]"],
      ["[ 1 0 R ]", "[ 1 0 %\n]"],
    ] as const) {
      expect(text.replace(from, to)).not.toBe(text);
      expect(plainContext(Buffer.from(text.replace(from, to), "latin1"))).toBeUndefined();
    }
    const deep = Array.from({ length: 60 }).reduce<Literal>((inner) => [inner], 1);
    expect(plainContext(await fileOf([deep]))).toBeUndefined();
  });

  test("what is no PDF, which the library refuses", async () => {
    for (const text of ["", "startxref\n0\n%%EOF", "<html></html>"]) {
      expect(plainContext(Buffer.from(text))).toBeUndefined();
      await expect(readPrint(Buffer.from(text))).rejects.toThrow();
    }
  });
});

test("an encrypted file is refused", async () => {
  const text = Buffer.from(await fileOf([{ Filter: PDFName.of("Standard") }])).toString("latin1");
  const locked = Buffer.from(text.replace("/Root", "/Encrypt 3 0 R /Root"), "latin1");
  await expect(readPrint(locked)).rejects.toThrow(/encrypted/i);
});
