import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Plan } from "../plan.ts";

/** Something that must hold between the parts of a plan, or that is worth a second look. */
export interface Rule {
  /** The code of its diagnostics. */
  readonly code: string;
  /** The keys it builds on: where one of them is faulty, the rule has nothing sound to say and is passed over. */
  readonly needs: readonly string[];
  check(plan: Plan): Diagnostic[];
}
