import { type Paint, paintFor } from "../report/paint.ts";

/** Where a command speaks: results on one stream, remarks on the other, and a line that is redrawn on a terminal. */
export interface Console {
  readonly paint: Paint;
  /** Whether somebody watches: only then is there progress to show. */
  readonly terminal: boolean;
  /** Results: what scripts may want to read. */
  out(text: string): void;
  /** Remarks for people: diagnostics, notices. */
  remark(text: string): void;
  /** What is going on just now; on a terminal only, and gone when the next text comes. */
  progress(text: string): void;
  /** Empties the screen of a terminal. */
  clear(): void;
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
    terminal,
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
      // A line that breaks could not be taken away again.
      process.stderr.write(text.slice(0, (process.stderr.columns ?? 80) - 1));
      drawn = text !== "";
    },
    clear() {
      clear();
      if (terminal) process.stderr.write("\u001B[2J\u001B[3J\u001B[H");
    },
  };
}
