import { describe, expect, test } from "vitest";
import { Failure } from "../src/core/failure.ts";
import { mergePdfs } from "../src/pdf/merge/merge.ts";
import { PdfFile } from "../src/sign/pdf/pdf-file.ts";
import { handBuilt } from "./support/hand-built.ts";
import {
  missingReaders,
  popplerPages,
  popplerStructure,
  qpdfAccount,
  qpdfComplaints,
} from "./support/outside-readers.ts";

const missing = await missingReaders();
if (missing.length > 0) console.warn(`The hand-built file is not read by others: no ${missing.join(", ")}`);

/** Cross-references and objects as Acrobat and QPDF pack them, in all the ways that a row may be predicted. */
const predicted = handBuilt({ word: "alfa", predicted: true });
/** A table that says of half the objects that they are free, and a stream that says where they are (ISO 32000-1, 7.5.8.4). */
const hybrid = handBuilt({ word: "alfa", hybrid: true });
const plain = handBuilt({ word: "alfa" });

describe.each([
  ["predicted", predicted],
  ["hybrid", hybrid],
])("a file whose cross-references are %s", (_kind, file) => {
  test.skipIf(missing.length > 0)("is read by others", async () => {
    expect(await qpdfComplaints(file)).toBe("");
    expect(await popplerPages(file)).toEqual(await popplerPages(plain));
    // Poppler takes what the table says is free for gone, tags and all.
    const bookmarks = async (bytes: Uint8Array) => (await qpdfAccount(bytes)).outlines.map(({ title }) => title);
    expect(await bookmarks(file)).toEqual(await bookmarks(plain));
  });

  test.skipIf(missing.length > 0)("is merged as any other", async () => {
    const host = { name: "vaert.pdf", bytes: handBuilt({ word: "vaert" }) };
    const merged = (bytes: Uint8Array) =>
      mergePdfs([host, { name: "alfa.pdf", bytes, at: { kind: "after", page: 2 } }]);
    const [one, other] = [await merged(file), await merged(plain)];
    expect(one.report).toEqual(other.report);
    expect(await popplerStructure(one.pdf)).toEqual(await popplerStructure(other.pdf));
  });

  test("is read for signing as any other", () => {
    const objects = (bytes: Uint8Array) =>
      new PdfFile(bytes).context
        .enumerateIndirectObjects()
        .filter(([, object]) => !object.toString().includes("/ObjStm"))
        .map(([ref, object]) => `${ref} ${object}`)
        .filter((one) => !one.includes("/XRef"));
    expect(objects(file)).toEqual(objects(plain));
  });
});

test("one that is predicted in no known way is refused", async () => {
  const other = Buffer.from(predicted).toString("latin1").replaceAll("/Predictor 15", "/Predictor 02");
  const bytes = Buffer.from(other, "latin1");
  await expect(mergePdfs([{ name: "alfa.pdf", bytes }])).rejects.toThrow(Failure);
  expect(() => new PdfFile(bytes)).toThrow(Failure);
});
