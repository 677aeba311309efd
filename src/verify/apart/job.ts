import type { FileFacts } from "../inspect/inspect.ts";
import type { FileReport } from "../report.ts";

/** What the thread is asked; certificates go by their DER. */
export type Job =
  | { readonly kind: "verify"; readonly bytes: Uint8Array; readonly anchors: readonly Uint8Array[]; readonly now: Date }
  | { readonly kind: "inspect"; readonly bytes: Uint8Array };

/** The facts of a file, or why it cannot be read, in Danish. */
export type Inspection = FileFacts | { readonly unreadable: string };

/** What the thread answers: what was asked for, that the file is too heavy, or the stack of a bug. */
export type Answer = { readonly result: FileReport | Inspection } | { readonly heavy: true } | { readonly bug: string };
