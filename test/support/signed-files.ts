import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { FileReport } from "../../src/verify/report.ts";
import { readAnchors } from "../../src/verify/trust/anchors.ts";
import { verifyPdf } from "../../src/verify/verify.ts";

/** Where the signed files lie that `test/verify/make.py` made. */
export const signedFolder = resolve(import.meta.dirname, "../verify/files");

/** A signed file by its name. */
export function signedFile(name: string): Buffer {
  return readFileSync(resolve(signedFolder, `${name}.pdf`));
}

/** The names of all signed files. */
export function signedNames(): string[] {
  const names = readdirSync(signedFolder).filter((name) => name.endsWith(".pdf"));
  return names.map((name) => name.replace(/\.pdf$/, "")).sort();
}

/** The test's own authority. */
export const testAnchors = readAnchors(readFileSync(resolve(signedFolder, "trust/rod.pem")));

/** The day that `judge.py` judges on, too. */
export const judgedAt = new Date("2027-01-01T00:00:00Z");

/** The verdict over a file, by the test's own authority, on that day. */
export function judged(bytes: Uint8Array): FileReport {
  return verifyPdf(bytes, { anchors: testAnchors, now: judgedAt });
}

/** All that is said of a file and its signatures, by code. */
export function codesOf(report: FileReport): string[] {
  return [...report.findings, ...report.signatures.flatMap((signature) => signature.findings)].map((one) => one.code);
}
