import { type Paint, paintFor } from "../report/paint.ts";

/** Where a command speaks: results on one stream, remarks on the other, and a line that is redrawn on a terminal. */
export interface Console {
  readonly paint: Paint;
  /** Results: what scripts may want to read. */
  out(text: string): void;
  /** Remarks for people: diagnostics, notices. */
  remark(text: string): void;
  /** What is going on just now; on a terminal only, and gone when the next text comes. */
  progress(text: string): void;
}

/** The console of this process. */
export function processConsole(): Console {
  const terminal = process.stderr.isTTY === true;
  let drawn = false;
  const clear = () => {
    if (drawn) process.stderr.write("\r\u001B[2K");
    drawn = false;
  };
  return {
    paint: paintFor(process.stderr, process.env),
    out(text) {
      clear();
      process.stdout.write(`${text}\n`);
    },
    remark(text) {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress(text) {
      if (!terminal) return;
      clear();
      process.stderr.write(text);
      drawn = true;
    },
  };
}
