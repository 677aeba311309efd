import { expect, test } from "vitest";
import { Failure } from "../src/core/failure.ts";
import { mergePdfs } from "../src/pdf/merge/merge.ts";
import { PdfFile } from "../src/sign/pdf/pdf-file.ts";
import { handBuilt } from "./support/hand-built.ts";
import { missingReaders, popplerPages, qpdfComplaints } from "./support/outside-readers.ts";

const missing = await missingReaders();
if (missing.length > 0) console.warn(`The hand-built file is not read by others: no ${missing.join(", ")}`);

/** Cross-references and objects as Acrobat and QPDF pack them, in all the ways that a row may be predicted. */
const predicted = handBuilt({ word: "alfa", predicted: true });
const plain = handBuilt({ word: "alfa" });

test.skipIf(missing.length > 0)("others read a file whose cross-references are predicted", async () => {
  expect(await qpdfComplaints(predicted)).toBe("");
  expect(await popplerPages(predicted)).toEqual(await popplerPages(plain));
});

test("it is merged as one that is not", async () => {
  const host = { name: "vaert.pdf", bytes: handBuilt({ word: "vaert" }) };
  const merged = async (bytes: Uint8Array) =>
    (await mergePdfs([host, { name: "alfa.pdf", bytes, at: { kind: "after", page: 2 } }])).report;
  expect(await merged(predicted)).toEqual(await merged(plain));
});

test("it is read for signing as one that is not", () => {
  const objects = (bytes: Uint8Array) =>
    new PdfFile(bytes).context
      .enumerateIndirectObjects()
      .filter(([, object]) => !object.toString().includes("/ObjStm"))
      .map(([ref, object]) => `${ref} ${object}`)
      .filter((one) => !one.includes("/XRef"));
  expect(objects(predicted)).toEqual(objects(plain));
});

test("one that is predicted in no known way is refused", async () => {
  const other = Buffer.from(predicted).toString("latin1").replaceAll("/Predictor 15", "/Predictor 02");
  const bytes = Buffer.from(other, "latin1");
  await expect(mergePdfs([{ name: "alfa.pdf", bytes }])).rejects.toThrow(Failure);
  expect(() => new PdfFile(bytes)).toThrow(Failure);
});
