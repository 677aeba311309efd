import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Which of the independent readers are not on this machine; tests that need one are skipped, with this as the reason. */
export async function missingReaders(): Promise<string[]> {
  const missing: string[] = [];
  for (const [command, flag] of [
    ["pdfinfo", "-v"],
    ["qpdf", "--version"],
  ] as const) {
    await run(command, [flag]).catch(() => missing.push(command));
  }
  return missing;
}

async function withFile<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "resultatplan-reader-"));
  try {
    const path = join(folder, "file.pdf");
    await writeFile(path, bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The text that poppler reads along the structure tree, line by line without indentation. */
export function popplerStructure(bytes: Uint8Array): Promise<string[]> {
  return withFile(bytes, async (path) => {
    const { stdout } = await run("pdfinfo", ["-struct-text", path], { maxBuffer: 1 << 28 });
    return stdout
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  });
}

/** The text that poppler reads on each page, whatever the tags say. */
export function popplerPages(bytes: Uint8Array): Promise<string[]> {
  return withFile(bytes, async (path) => {
    const { stdout } = await run("pdftotext", ["-raw", path, "-"], { maxBuffer: 1 << 28 });
    return stdout.split("\f").slice(0, -1);
  });
}

/** What qpdf has to complain about: nothing for a sound file. */
export function qpdfComplaints(bytes: Uint8Array): Promise<string> {
  return withFile(bytes, async (path) => {
    try {
      const { stderr } = await run("qpdf", ["--check", path]);
      return stderr;
    } catch (cause) {
      return String((cause as { stderr?: string }).stderr || cause);
    }
  });
}

/** A bookmark as qpdf tells it. */
export interface QpdfBookmark {
  readonly title: string;
  readonly open: boolean;
  /** Counted from 1. */
  readonly destpageposfrom1: number | null;
  readonly kids: readonly QpdfBookmark[];
}

/** What qpdf says of pages, bookmarks, labels and attachments. */
export interface QpdfAccount {
  readonly outlines: readonly QpdfBookmark[];
  readonly pagelabels: readonly { readonly index: number; readonly label: Readonly<Record<string, unknown>> }[];
  readonly attachments: Readonly<Record<string, unknown>>;
  /** Every object by its name, `obj:5 0 R`. */
  readonly objects: Readonly<
    Record<string, { readonly value?: unknown; readonly stream?: { readonly dict: unknown } }>
  >;
  readonly pages: readonly { readonly object: string }[];
}

/** Reads a file with qpdf alone. */
export function qpdfAccount(bytes: Uint8Array): Promise<QpdfAccount> {
  return withFile(bytes, async (path) => {
    const { stdout } = await run("qpdf", ["--json=2", path], { maxBuffer: 1 << 28 });
    const { qpdf, ...rest } = JSON.parse(stdout);
    return { ...rest, objects: qpdf[1] };
  });
}
