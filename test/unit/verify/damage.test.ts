import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifyPdf } from "../../../src/verify/verify.ts";
import { codesOf, judged, signedFile } from "../../support/signed-files.ts";

/** The same damage at every run; a failure prints the case. */
const seeded = (runs: number) => ({ seed: 20261121, numRuns: runs });

/** A place up to the last one. Not fast-check's own choice, which is the first and the last few most of the time. */
const placeUpTo = (last: number) => fc.noBias(fc.nat(last));

function rangeOf(pdf: Buffer): number[] {
  return [...(/\/ByteRange \[([^\]]*)\]/.exec(pdf.toString("latin1"))?.[1] ?? "").matchAll(/\d+/g)].map(Number);
}

describe("no damage to what is signed passes", () => {
  test.each(["lt-rsa", "lt-p256", "lta-rsa", "adobe-rsa", "pakket"])(
    "a byte flipped in the signed range of %s",
    (name) => {
      const pdf = signedFile(name);
      const [, first = 0, second = 0, length = 0] = rangeOf(pdf);
      const places = placeUpTo(first + length - 1).map((at) => (at < first ? at : at - first + second));
      fc.assert(
        fc.property(places, fc.integer({ min: 1, max: 255 }), (at, mask) => {
          const copy = Buffer.from(pdf);
          copy[at] = (copy[at] ?? 0) ^ mask;
          return judged(copy).verdict.indication !== "TOTAL-PASSED";
        }),
        seeded(400),
      );
    },
  );

  test.each(["lt-rsa", "lta-rsa", "lt-tre"])("%s cut off anywhere in the revision of its first signature", (name) => {
    const pdf = signedFile(name);
    const [, , second = 0, length = 0] = rangeOf(pdf);
    fc.assert(
      // The end of line after the end of file marker may be missing.
      fc.property(
        placeUpTo(second + length - 3),
        (end) => judged(pdf.subarray(0, end)).verdict.indication !== "TOTAL-PASSED",
      ),
      seeded(200),
    );
  });

  test("a byte inserted or removed anywhere", () => {
    const pdf = signedFile("lt-rsa");
    const [, first = 0] = rangeOf(pdf);
    fc.assert(
      fc.property(placeUpTo(first - 1), fc.boolean(), (at, insert) => {
        const parts = insert
          ? [pdf.subarray(0, at), Buffer.from("\n"), pdf.subarray(at)]
          : [pdf.subarray(0, at), pdf.subarray(at + 1)];
        return judged(Buffer.concat(parts)).verdict.indication !== "TOTAL-PASSED";
      }),
      seeded(200),
    );
  });
});

describe("whatever the file, there is an answer in time", () => {
  /** Milliseconds for one small file; the machine may be busy. */
  const limit = 5000;

  function answers(bytes: Uint8Array): void {
    const start = performance.now();
    const { verdict } = judged(bytes);
    expect(["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"]).toContain(verdict.indication);
    expect(performance.now() - start).toBeLessThan(limit);
  }

  /** A file of objects with a right table. */
  function file(objects: readonly (string | Buffer)[], trailer = "/Root 1 0 R"): Buffer {
    let body = Buffer.from("%PDF-1.7\n");
    const places: number[] = [];
    for (const [index, object] of objects.entries()) {
      places.push(body.length);
      body = Buffer.concat([body, Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n")]);
    }
    const entries = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
    const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} ${trailer} >>\n`;
    return Buffer.concat([body, Buffer.from(`${table}startxref\n${body.length}\n%%EOF\n`)]);
  }

  const catalog = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] >> >>";
  const packed = (bytes: Buffer, dict: string) => {
    const data = deflateSync(bytes);
    return Buffer.concat([
      Buffer.from(`<< ${dict} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`),
      data,
      Buffer.from("\nendstream"),
    ]);
  };

  test.each<[string, () => Buffer]>([
    ["nothing", () => Buffer.alloc(0)],
    ["zeros", () => Buffer.alloc(1_000_000)],
    ["arrays in arrays", () => file([catalog, "[".repeat(200_000)])],
    ["dictionaries in dictionaries", () => file([`<< /A ${"<< /A ".repeat(100_000)}`])],
    ["a field that is its own child", () => file([catalog, "<< >>", "<< /T (a) /Kids [3 0 R] >>"])],
    [
      "fields in a ring",
      () => file([catalog, "<< >>", "<< /T (a) /Kids [4 0 R 4 0 R] >>", "<< /T (b) /Kids [3 0 R 3 0 R] >>"]),
    ],
    ["references in a ring", () => file(["2 0 R", "3 0 R", "1 0 R"])],
    ["a length that is its own stream", () => file([catalog, "<< /Length 2 0 R >>\nstream\nx\nendstream"])],
    ["tables in a ring", () => Buffer.from("%PDF-1.7\nxref\n0 0\ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF\n")],
    [
      "a table of a thousand million",
      () => Buffer.from("%PDF-1.7\nxref\n0 999999999\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n"),
    ],
    ["numbers beyond all measure", () => file([`<< /Type /Catalog /Pages ${"9".repeat(300)} >>`])],
    ["ten thousand ends", () => Buffer.from(`%PDF-1.7\n${"startxref\n9\n%%EOF\n".repeat(10_000)}`)],
    [
      "a stream of tables that unfolds to 400 MB",
      () => {
        const stream = packed(Buffer.alloc(400_000_000), "/Type /XRef /Size 10 /W [1 2 1] /Root 1 0 R");
        return Buffer.concat([
          Buffer.from("%PDF-1.7\n1 0 obj\n"),
          stream,
          Buffer.from("\nendobj\nstartxref\n9\n%%EOF\n"),
        ]);
      },
    ],
    ["a million open brackets in a text", () => file([catalog, `(${"(".repeat(1_000_000)}`])],
    ["a name of a million letters", () => file([catalog, `/${"a".repeat(1_000_000)}`])],
  ])("%s", (_name, make) => answers(make()));

  test("what is too much is told as such, not as damage", () => {
    const limits = { fileBytes: 1000, unfoldedBytes: 1000, objects: 10, depth: 10, sections: 10, milliseconds: 1000 };
    const report = verifyPdf(signedFile("lt-rsa"), { anchors: [], now: new Date(), limits });
    expect(codesOf(report)).toEqual(["for-tung"]);
    expect(report.verdict.indication).toBe("INDETERMINATE");
  });
});
