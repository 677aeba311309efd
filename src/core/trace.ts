import { AsyncLocalStorage } from "node:async_hooks";
import { sha256 } from "./identity.ts";

/** The questions that this program asks of a file system (see files.ts). */
export type QuestionKind = "bytes" | "size" | "inside" | "folders" | "files";

/** What some work asked of the file system and what it was told, each answer boiled down to a short text, and what it wrote. */
export class Trace {
  /** Question, as `questionKey` writes it, to answer. */
  readonly asked = new Map<string, string>();
  /** Path to the SHA-256 of the bytes. */
  readonly written = new Map<string, string>();
  /** False when a question got two different answers: a file changed meanwhile. */
  steady = true;

  /** The paths of the files that were read, and of those that were missing when they were to be. */
  get read(): string[] {
    const bytes: QuestionKind = "bytes";
    return [...this.asked.keys()].flatMap((question) => {
      const [kind, path = ""] = question.split("\0");
      return kind === bytes ? [path] : [];
    });
  }

  /** Notes a question and its answer. */
  note(question: string, answer: string): void {
    const before = this.asked.get(question);
    if (before !== undefined && before !== answer) this.steady = false;
    this.asked.set(question, answer);
  }
}

const current = new AsyncLocalStorage<Trace>();

/** Does some work, and tells what it asked of the file system and wrote to it. */
export async function traced<T>(work: () => Promise<T>): Promise<{ value: T; trace: Trace }> {
  const trace = new Trace();
  const value = await current.run(trace, work);
  return { value, trace };
}

/**
 * Begins work whose result several others share. Everyone who asks for the result has what it was made from in their own
 * trace.
 */
export function sharedWork<T>(work: () => Promise<T>): () => Promise<T> {
  const trace = new Trace();
  const running = current.run(trace, work);
  return async () => {
    const value = await running;
    const own = current.getStore();
    for (const [question, answer] of trace.asked) own?.note(question, answer);
    if (own && !trace.steady) own.steady = false;
    return value;
  };
}

/** Notes what is asked and answered; costs nothing when nobody traces. */
export function noteAnswer(kind: QuestionKind, path: string, answer: () => string, part = ""): void {
  current.getStore()?.note(questionKey(kind, path, part), answer());
}

/** Notes that a file has been written. */
export function noteWritten(path: string, bytes: Uint8Array): void {
  current.getStore()?.written.set(path, sha256(bytes));
}

/** A question as one text: what is asked, the path, and for `inside` the path within it. */
export function questionKey(kind: QuestionKind, path: string, part = ""): string {
  return [kind, path, part].join("\0");
}

/** Each kind of answer, as short text. */
export const answers = {
  bytes: (bytes: Uint8Array | undefined) => (bytes ? sha256(bytes) : "-"),
  size: (size: number | undefined) => String(size ?? "-"),
  inside: (path: string | undefined) => path ?? "-",
  list: (names: readonly string[]) => names.join("\0"),
} as const;
