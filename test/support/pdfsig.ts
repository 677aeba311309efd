import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Why pdfsig cannot be asked here; undefined when it can. */
export const pdfsigMissing = spawnSync("pdfsig", ["-v"]).error ? "pdfsig (poppler-utils) is not installed" : undefined;

/** The version of pdfsig, »22.12.0«. */
export function pdfsigVersion(): string {
  return /version ([\d.]+)/.exec(spawnSync("pdfsig", ["-v"], { encoding: "utf8" }).stderr)?.[1] ?? "?";
}

/** What pdfsig says of a file's signatures, in a few words. Certificates are not asked for: it trusts by a store of its own. */
export function pdfsigSays(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "resultatplan-pdfsig-"));
  try {
    const path = join(folder, "file.pdf");
    writeFileSync(path, pdf);
    const { stdout, status, signal } = spawnSync("pdfsig", ["-nocert", path], {
      encoding: "utf8",
      timeout: 20_000,
      cwd: folder,
    });
    if (signal) return "crash";
    const answers = [...stdout.matchAll(/Signature Validation: (.*?)\.?$/gm)].map((match) => match[1] ?? "");
    if (answers.length === 0) return status === 0 ? "no signature" : "no signature, or unreadable";
    return [...new Set(answers.map((answer) => (answer === "Signature is Valid" ? "valid" : answer)))].join("; ");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
