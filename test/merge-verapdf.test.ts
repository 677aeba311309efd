import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mergePdfs } from "../src/pdf/merge/merge.ts";
import type { Position } from "../src/pdf/merge/part.ts";
import { pdfOf } from "./support/plans.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

const verapdf = await findVeraPdf();
if ("missing" in verapdf) console.warn(`veraPDF does not judge merged files: ${verapdf.missing}`);

const fixture = async (name: string) =>
  new Uint8Array(await readFile(join(import.meta.dirname, "fixtures/merge", `${name}.pdf`)));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-merge-verapdf-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const judged: Readonly<Record<string, string>> = { "PDF/UA-1": "ua1", "PDF/A-3a": "3a", "PDF/A-3b": "3b" };

/** Which parts, where the second goes, and what the whole may claim. */
const cases: readonly [name: string, host: () => Promise<Uint8Array>, at: Position | undefined, claims: string[]][] = [
  ["a plan and a report in a row", () => pdfOf("benchmarkingenheden-2022"), undefined, ["PDF/UA-1", "PDF/A-3a"]],
  [
    "into WeasyPrint's PDF/UA",
    () => fixture("weasyprint-ua1"),
    { kind: "instead", from: 4, to: 4, depth: 2 },
    ["PDF/UA-1"],
  ],
  ["into WeasyPrint's PDF/A", () => fixture("weasyprint-a3a"), { kind: "after", page: 3 }, ["PDF/A-3a"]],
  ["into LibreOffice's PDF/UA", () => fixture("libreoffice-ua1"), { kind: "instead", from: 4, to: 4 }, ["PDF/UA-1"]],
  [
    "into LibreOffice's PDF/A and PDF/UA",
    () => fixture("libreoffice-a3"),
    { kind: "after", page: 3 },
    ["PDF/UA-1", "PDF/A-3b"],
  ],
];

describe.skipIf("missing" in verapdf)("what a whole claims, veraPDF finds", () => {
  test.each(cases)("%s", { timeout: 240_000 }, async (name, open, at, claims) => {
    const added = { name: "added.pdf", bytes: await pdfOf("benchmarkingenheden-2024", "maalrapportering") };
    const host = await open();
    const { pdf, report } = await mergePdfs([{ name: "host.pdf", bytes: host }, at ? { ...added, at } : added]);
    expect(report.claims).toEqual(claims);
    const path = join(folder, `${name.replace(/\W+/g, "-")}.pdf`);
    const alone = path.replace(/pdf$/, "host.pdf");
    await Promise.all([writeFile(path, pdf), writeFile(alone, host)]);
    const flavours = claims.map((claim) => judged[claim] ?? claim);
    const verdicts = await judgeFiles("classPath" in verapdf ? verapdf.classPath : "", [path, alone], flavours);
    const rules = (file: string) =>
      verdicts.filter((one) => one.file === file).flatMap(({ broken }) => broken.map((rule) => rule.split(" | ")[0]));
    // A part may claim what is not so; the whole must not be worse.
    const old = new Set(rules(alone));
    expect(rules(path).filter((rule) => !old.has(rule))).toEqual([]);
  });
});
