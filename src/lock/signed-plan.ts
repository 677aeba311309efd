import type { SourceBytes } from "../core/identity.ts";
import type { Alterations } from "./hold.ts";
import type { Lock } from "./lock.ts";

/** A locked plan: what was signed, and what has been agreed to alter since. */
export interface SignedPlan {
  readonly lock: Lock;
  /** The lock's own file; it goes along in what reports on the plan. */
  readonly file: SourceBytes;
  readonly alterations: Alterations;
}

/** Whether the plan still is what was signed. */
export function isAsSigned({ alterations }: SignedPlan): boolean {
  return [...alterations.values()].every((topics) => topics.length === 0);
}
