import { type ThreadLimits, TooHeavy, WorkThread } from "../../core/work-thread.ts";
import type { CopyComparison } from "../contents/compare.ts";
import type { Inspection, Unreadable } from "../inspect/inspect.ts";
import type { FileReport } from "../report.ts";
import { TOO_HEAVY, tooHeavy } from "../verify.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { Job } from "./job.ts";

/** Above the limits that the reader keeps itself, which end with the same verdict and more gently. */
export const HARD_LIMITS: ThreadLimits = { milliseconds: 30_000, memory: 1500 * 1024 * 1024 };

/**
 * Verifies and inspects files in a thread of its own, so that a file that makes a loop of a single call, or swells, is answered
 * in time: such a file is »for tung«. The thread serves all files; after one that was too heavy there is a new one.
 */
export class Verifier {
  readonly #thread: WorkThread;

  constructor(limits: ThreadLimits = HARD_LIMITS) {
    this.#thread = new WorkThread("verify-worker", limits);
  }

  /** The verdict over a file's signatures. One file at a time. */
  async verify(bytes: Uint8Array, anchors: readonly Certificate[], now: Date): Promise<FileReport> {
    const job: Job = { kind: "verify", bytes, anchors: anchors.map((one) => one.der), now };
    return (await this.#result<FileReport>(job)) ?? tooHeavy(bytes);
  }

  /** What a file is and holds. One file at a time. */
  async inspect(bytes: Uint8Array): Promise<Inspection> {
    return (await this.#result<Inspection>({ kind: "inspect", bytes })) ?? { unreadable: TOO_HEAVY };
  }

  /** As `compareWithCopy`. One file at a time. */
  async compare(copy: Uint8Array, returned: Uint8Array, revision: number): Promise<CopyComparison | Unreadable> {
    const job: Job = { kind: "compare", copy, returned, revision };
    return (await this.#result<CopyComparison | Unreadable>(job)) ?? { unreadable: TOO_HEAVY };
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#thread.close();
  }

  /** Undefined for what is too heavy. */
  async #result<T>(job: Job): Promise<T | undefined> {
    try {
      return await this.#thread.do<T>(job);
    } catch (cause) {
      if (cause instanceof TooHeavy) return undefined;
      throw cause;
    }
  }
}
