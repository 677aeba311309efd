import { readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { writeAtomically } from "../../core/files.ts";
import { sha256 } from "../../core/identity.ts";
import type { Trace } from "../../core/trace.ts";
import type { Numbering } from "../numbers-around.ts";
import type { PlanOutcome, WrittenPdf } from "../outcome.ts";
import type { PlanFile, Workspace } from "../workspace.ts";
import { type KeptOutcome, keepOutcome, outcomeAgain } from "./kept-outcome.ts";
import { FileQuestions, inputsOf, isAsWritten } from "./unchanged.ts";

/** Grows when the notes change their shape. */
const NOTES_VERSION = 1;

/** The folder under `output/` where a build notes what it was made from. */
export const NOTES_FOLDER = ".bygget";

/** All that decides a document besides the files that its build reads. */
export interface Circumstances {
  /** The hash of the program itself. */
  readonly program: string;
  /** Which documents are built: the command's name. */
  readonly command: string;
  /** What of a plan is asked for, where that is not always the same. */
  readonly variant?: string | undefined;
  /** Where the numbers of a målrapportering begin. */
  readonly numbering?: Numbering | undefined;
  /** How files are named. */
  readonly fileName: string | undefined;
  /** What tells the machine's browsers apart. */
  readonly browsers: string;
  /** `SOURCE_DATE_EPOCH`, which dates the documents. */
  readonly date: string | undefined;
}

/** The browser's program as it was when it printed, see `fileIdentity`. */
export type ProgramIdentity = (path: string) => string | undefined;

/** What a build notes of itself. */
interface Notes {
  readonly version: number;
  readonly circumstances: string;
  /** The browser's program and its identity; none where nothing was printed. */
  readonly browser: readonly [path: string, identity: string] | undefined;
  readonly asked: readonly (readonly [question: string, answer: string])[];
  readonly written: readonly (readonly [path: string, hash: string])[];
  readonly outcome: KeptOutcome;
}

/**
 * Knows which plans need no build: those whose last build asked what would be answered the same today, under the same
 * circumstances, and whose documents are as they were written. In doubt a plan is built.
 */
export class Reuse {
  readonly #workspace: Workspace;
  readonly #command: string;
  readonly #circumstances: string;
  readonly #identity: ProgramIdentity;
  readonly #questions = new FileQuestions();
  readonly #programs = new Map<string, string | undefined>();

  constructor(workspace: Workspace, circumstances: Circumstances, identity: ProgramIdentity) {
    this.#workspace = workspace;
    this.#command = circumstances.command;
    this.#circumstances = sha256(
      JSON.stringify([NOTES_VERSION, circumstances, process.version, process.platform, process.arch, workspace]),
    );
    this.#identity = identity;
  }

  /** What became of a plan when it was built last, when it would become the same again; undefined when it is to be built. */
  lastOutcome(plan: PlanFile): PlanOutcome | undefined {
    const notes = this.#read(plan);
    if (notes?.version !== NOTES_VERSION || notes.circumstances !== this.#circumstancesOf(plan)) return undefined;
    if (notes.browser && this.#programToday(notes.browser[0]) !== notes.browser[1]) return undefined;
    if (!notes.asked.every(([question, answer]) => this.#questions.answer(question) === answer)) return undefined;
    if (!notes.written.every(([path, hash]) => isAsWritten(path, hash))) return undefined;
    return outcomeAgain(plan, notes.outcome);
  }

  /** What a plan's last build wrote, whatever has changed since; as it was noted, which somebody may have altered. */
  lastWritten(plan: PlanFile): readonly (WrittenPdf | undefined)[] {
    return this.#read(plan)?.outcome.written ?? [];
  }

  /** Whether a plan's last build asked about one of these paths, given absolutely, or about a folder that one lies in. */
  concerns(plan: PlanFile, paths: ReadonlySet<string>): boolean {
    const notes = this.#read(plan);
    if (!notes) return true;
    return notes.asked.some(([question]) => {
      const asked = resolve(question.split("\0")[1] ?? "");
      return paths.has(asked) || [...paths].some((path) => path.startsWith(asked + sep));
    });
  }

  /**
   * Notes what a build was made from.
   *
   * @param program the browser's program; undefined when it is not known, and then what was printed is not kept
   */
  async note(plan: PlanFile, outcome: PlanOutcome, trace: Trace, program: string | undefined): Promise<void> {
    const kept = trace.steady ? keepOutcome(outcome) : undefined;
    const identity = program === undefined ? undefined : this.#programToday(program);
    const printed = outcome.written.length > 0;
    if (!kept || (printed && (program === undefined || identity === undefined))) return;
    const notes: Notes = {
      version: NOTES_VERSION,
      circumstances: this.#circumstancesOf(plan),
      browser: printed && program !== undefined && identity !== undefined ? [program, identity] : undefined,
      asked: inputsOf(trace),
      written: [...trace.written],
      outcome: kept,
    };
    await writeAtomically(this.#path(plan), new TextEncoder().encode(JSON.stringify(notes)), { durable: false });
  }

  #programToday(path: string): string | undefined {
    if (!this.#programs.has(path)) this.#programs.set(path, this.#identity(path));
    return this.#programs.get(path);
  }

  #circumstancesOf(plan: PlanFile): string {
    return sha256(`${this.#circumstances} ${plan.id} ${plan.path}`);
  }

  #path(plan: PlanFile): string {
    return join(this.#workspace.output, NOTES_FOLDER, `${plan.id}.${this.#command}.json`);
  }

  /** What cannot be read, or was written by somebody else, is as good as not there. */
  #read(plan: PlanFile): Notes | undefined {
    try {
      const notes: unknown = JSON.parse(readFileSync(this.#path(plan), "utf8"));
      return isNotes(notes) ? notes : undefined;
    } catch {
      return undefined;
    }
  }
}

function isNotes(value: unknown): value is Notes {
  const notes = value as Partial<Notes> | null;
  const pairs = (list: unknown) =>
    Array.isArray(list) && list.every((pair) => Array.isArray(pair) && pair.length === 2);
  return (
    notes !== null &&
    typeof notes === "object" &&
    pairs(notes.asked) &&
    pairs(notes.written) &&
    Array.isArray(notes.outcome?.diagnostics) &&
    Array.isArray(notes.outcome.written)
  );
}
