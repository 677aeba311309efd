import type { Change } from "../changes/change.ts";
import { type Finding, failed, open, remark } from "../verdict.ts";
import type { Permissions } from "./permissions.ts";

/** Whether a change was allowed: by the standard, by the signer, by nobody; or the signer said nothing. */
export type Allowance = "allowed" | "unstated" | "forbidden";

/** Holds a change against what the signer allowed (DocMDP and FieldMDP). */
export function allowance(change: Change, { level, certifies, locks }: Permissions): Allowance {
  if (change.kind === "other") return "forbidden";
  if (change.kind === "archive") return "allowed";
  if (level === 1) return "forbidden";
  if (change.field !== undefined && locks(change.field)) return "forbidden";
  if (change.kind === "signing") return "allowed";
  // A new field on a certified document may cover what was certified (the »sneaky signature« attack).
  if (change.kind === "new visible field" && certifies) return "forbidden";
  if (change.kind === "comment" && level !== 3) return "forbidden";
  if (change.covers || change.kind === "structure") return "unstated";
  if (change.kind === "new visible field" || change.kind === "comment") return "allowed";
  return level === undefined ? "unstated" : "allowed";
}

/** What follows from a change for the verdict. */
export function changeFinding(change: Change, permissions: Permissions): Finding {
  const answer = allowance(change, permissions);
  if (answer === "allowed") return remark(change.code, change.message);
  if (answer === "unstated")
    return open(
      change.code,
      "SIG_CONSTRAINTS_FAILURE",
      `${change.message} ${change.covers ? "Det kan dække noget af det, der er skrevet under på; se efter." : "Underskriveren har ikke sagt, om det er tilladt."}`,
    );
  const rule = change.kind !== "other" && permissions.level !== undefined ? " Underskriveren har forbudt det." : "";
  return failed(change.code, "FORMAT_FAILURE", `${change.message}${rule}`);
}
