import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { LIMITS, mergeApart } from "../../../../src/pdf/merge/apart.ts";
import { handBuilt } from "../../../support/hand-built.ts";

const { signal } = new AbortController();
const sound = { name: "a.pdf", bytes: handBuilt({ word: "alfa" }) };

/** A page whose content is a few kilobytes of file and many megabytes of nothing. */
function swelling(megabytes: number): Uint8Array {
  const content = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, " "));
  const head = Buffer.from(
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
      "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n" +
      `4 0 obj\n<< /Filter /FlateDecode /Length ${content.length} >>\nstream\n`,
  );
  const body = Buffer.concat([head, content, Buffer.from("\nendstream\nendobj\n")]);
  const offsets = [1, 2, 3, 4].map((number) => body.indexOf(`${number} 0 obj`));
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const tail = `xref\n0 5\n0000000000 65535 f \n${table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([body, Buffer.from(tail)]));
}

describe("a merge in a thread of its own", () => {
  test("gives what a merge gives", async () => {
    const { report, pdf } = await mergeApart([sound, { ...sound, name: "b.pdf" }], signal);
    expect([report.pages, Buffer.from(pdf.subarray(0, 5)).toString()]).toEqual([8, "%PDF-"]);
  });

  test("refuses what a merge refuses", async () => {
    const broken = { name: "b.pdf", bytes: sound.bytes.subarray(0, 500) };
    await expect(mergeApart([sound, broken], signal)).rejects.toMatchObject({
      code: "pdf-beskadiget",
      exit: "foreign",
    });
  });

  test("ends when its time is up", async () => {
    const limits = { ...LIMITS, milliseconds: 1 };
    await expect(mergeApart([{ name: "b.pdf", bytes: swelling(200) }], signal, { limits })).rejects.toMatchObject({
      code: "pdf-for-tung",
      message: "Det tog for lang tid at læse PDF-filerne; arbejdet er standset.",
    });
  });

  test("refuses a stream that swells beyond all use", async () => {
    await expect(mergeApart([{ name: "b.pdf", bytes: swelling(300) }], signal)).rejects.toMatchObject({
      code: "pdf-beskadiget",
    });
  });

  test("ends when it takes more memory than it may", async () => {
    const limits = { ...LIMITS, memory: 40 * 1024 * 1024 };
    const heavy = Array.from({ length: 6 }, (_, index) => ({ name: `${index}.pdf`, bytes: swelling(200) }));
    await expect(mergeApart(heavy, signal, { limits })).rejects.toMatchObject({ code: "pdf-for-tung" });
  });
});
