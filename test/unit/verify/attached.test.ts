import { PDFDocument } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/core/identity.ts";
import { judged, signedFile } from "../../support/signed-files.ts";
import { packedUpdate } from "../../support/tamper.ts";

/** A file without a signature of its own that others are attached to. */
async function carrier(files: Readonly<Record<string, Uint8Array>>, base?: Uint8Array): Promise<Uint8Array> {
  const document = base ? await PDFDocument.load(base) : await PDFDocument.create();
  if (!base) document.addPage();
  for (const [name, bytes] of Object.entries(files))
    await document.attach(bytes, name, { mimeType: "application/pdf", description: name });
  return new Uint8Array(await document.save());
}

const good = signedFile("lt-rsa");
const other = signedFile("lt-p256");
const bad = Uint8Array.from(good);
bad[300] = (bad[300] ?? 0) ^ 1;

describe("a file whose attachments are signed", () => {
  test("passes when each of them does, and says that its own pages prove nothing", async () => {
    const report = judged(await carrier({ "a.pdf": good, "b.pdf": other }));
    expect(report.verdict.indication).toBe("TOTAL-PASSED");
    expect(report.signatures).toEqual([]);
    expect(report.findings.map(({ code }) => code)).toEqual(["underskrifter-i-bilag"]);
    expect(report.attachments.map(({ name, sha256: hash }) => [name, hash])).toEqual([
      ["a.pdf", sha256(good)],
      ["b.pdf", sha256(other)],
    ]);
  });

  test("has the gravest of their verdicts, and names the file", async () => {
    const report = judged(await carrier({ "a.pdf": good, "b.pdf": bad }));
    expect(report.verdict).toEqual(judged(bad).verdict);
    expect(report.verdict.indication).toBe("TOTAL-FAILED");
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: "bilag-består-ikke", message: expect.stringContaining("b.pdf") }),
    );
  });

  test("is undecided where one of them is", async () => {
    const report = judged(await carrier({ "a.pdf": good, "b.pdf": signedFile("b-rsa") }));
    expect(report.verdict.indication).toBe("INDETERMINATE");
  });

  test("fails when a signed file is too damaged to be read", async () => {
    const report = judged(await carrier({ "a.pdf": good, "b.pdf": other.subarray(0, -3000) }));
    expect(report.verdict.indication).toBe("TOTAL-FAILED");
  });
});

test("attachments that are not signed say nothing", async () => {
  const report = judged(await carrier({ "a.pdf": signedFile("usigneret") }));
  expect(report.attachments).toEqual([]);
  expect(report.verdict).toEqual({ indication: "INDETERMINATE", sub: "SIGNED_DATA_NOT_FOUND" });
});

test("what is attached to an attachment is not looked into", async () => {
  const inner = await carrier({ "a.pdf": good });
  const report = judged(
    await carrier({ "pakke.pdf": packedUpdate(Buffer.from(inner), { 390: "<< /ByteRange 1 >>" }, (at) => at) }),
  );
  expect(report.attachments.map((one) => one.report.attachments)).toEqual([[]]);
  expect(report.verdict.indication).toBe("INDETERMINATE");
});
