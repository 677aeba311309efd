import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { deflateSync } from "node:zlib";

const program = resolve(import.meta.dirname, "../../dist/main.js");

/**
 * What tells time that grows with the text (1-3 s at the limit of 1 MB, more on a busy machine) from time that grows with
 * its square, which is minutes.
 */
export const MOST_MILLISECONDS = 20_000;

/** As many of a piece as fill this many characters. */
export function fill(piece: string, length: number): string {
  return piece.repeat(Math.floor(length / piece.length));
}

/** A PDF with a table that unfolds to some megabytes, less than the reader's own limit: one call unpacks it all. */
export function swelling(megabytes: number): Buffer {
  const data = deflateSync(Buffer.alloc(megabytes * 1024 * 1024));
  const dict = `/Type /XRef /Size 10 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /Length ${data.length}`;
  const start = Buffer.from(`%PDF-1.7\n1 0 obj\n<< ${dict} >>\nstream\n`);
  return Buffer.concat([start, data, Buffer.from("\nendstream\nendobj\nstartxref\n9\n%%EOF\n")]);
}

/** How a run of the program went. */
export interface Check {
  readonly exit: number | undefined;
  readonly signal: string | undefined;
  readonly out: string;
  readonly remarks: string;
  readonly milliseconds: number;
}

/** Runs `resultatplan check --json` on a plan, with half a gigabyte of memory and as much time as a test has. */
export function check(root: string, id: string): Promise<Check> {
  const start = performance.now();
  const args = ["--max-old-space-size=512", program, "check", "--json", "--root", root, id];
  return new Promise((done) => {
    execFile(process.execPath, args, { timeout: 30_000, maxBuffer: 1e8 }, (cause, out, remarks) => {
      done({
        exit: cause === null ? 0 : typeof cause.code === "number" ? cause.code : undefined,
        signal: cause?.signal ?? undefined,
        out,
        remarks,
        milliseconds: performance.now() - start,
      });
    });
  });
}
