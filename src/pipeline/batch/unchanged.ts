import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { sha256 } from "../../core/identity.ts";
import { answers, type QuestionKind, type Trace } from "../../core/trace.ts";

/**
 * Asks the file system again what a build asked, and tells whether every answer is the same. Each question is asked once per
 * run: the plans of a batch share their forms.
 */
export class FileQuestions {
  readonly #asked = new Map<string, string | undefined>();

  /** The answer of today, as a trace would note it; undefined when there is none. */
  answer(question: string): string | undefined {
    if (!this.#asked.has(question)) this.#asked.set(question, ask(question));
    return this.#asked.get(question);
  }
}

/** True when a file has the hash that it was written with. */
export function isAsWritten(path: string, hash: string): boolean {
  return tried(() => sha256(readFileSync(path))) === hash;
}

/** What a build asked of anything but its own products. */
export function inputsOf({ asked, written }: Trace): [question: string, answer: string][] {
  return [...asked].filter(([question]) => !written.has(question.split("\0")[1] ?? ""));
}

function ask(question: string): string | undefined {
  const [kind, path = "", part = ""] = question.split("\0");
  return askers[kind as QuestionKind]?.(path, part);
}

const askers: Readonly<Record<QuestionKind, (path: string, part: string) => string | undefined>> = {
  bytes: (path) => answers.bytes(tried(() => readFileSync(path))),
  size: (path) => {
    const facts = tried(() => statSync(path));
    return answers.size(facts?.isFile() ? facts.size : undefined);
  },
  inside: (folder, part) => {
    const root = tried(() => realpathSync(folder));
    const file = tried(() => realpathSync(join(folder, part)));
    return answers.inside(root !== undefined && file?.startsWith(root + sep) ? file : undefined);
  },
  folders: (folder) =>
    answers.list(
      entriesOf(folder)
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name),
    ),
  files: (folder) => answers.list(filesUnder(folder, "")),
};

function filesUnder(folder: string, prefix: string): string[] {
  return entriesOf(join(folder, prefix)).flatMap((entry) => {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(folder, path);
    return entry.isFile() ? [path] : [];
  });
}

function entriesOf(folder: string) {
  const entries = tried(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What cannot be read is as good as not there: a build that met it is not kept. */
function tried<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
