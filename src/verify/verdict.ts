/** The three verdicts of ETSI EN 319 102-1, 5.1.3. */
export type Indication = "TOTAL-PASSED" | "INDETERMINATE" | "TOTAL-FAILED";

/** The sub-indications of EN 319 102-1, table 5 and 6, that are in use here. */
export type SubIndication =
  | "FORMAT_FAILURE"
  | "HASH_FAILURE"
  | "SIG_CRYPTO_FAILURE"
  | "SIG_CONSTRAINTS_FAILURE"
  | "CHAIN_CONSTRAINTS_FAILURE"
  | "CERTIFICATE_CHAIN_GENERAL_FAILURE"
  | "CRYPTO_CONSTRAINTS_FAILURE"
  | "NOT_YET_VALID"
  | "EXPIRED"
  | "REVOKED"
  | "NO_SIGNING_CERTIFICATE_FOUND"
  | "NO_CERTIFICATE_CHAIN_FOUND"
  | "REVOKED_NO_POE"
  | "REVOKED_CA_NO_POE"
  | "OUT_OF_BOUNDS_NO_POE"
  | "TIMESTAMP_ORDER_FAILURE"
  | "SIGNED_DATA_NOT_FOUND"
  | "TRY_LATER"
  | "GENERIC";

/** One thing that keeps a signature from passing, or that a reader should know although it passes. */
export interface Finding {
  /** Stable Danish name, for example `indhold-ændret`. */
  readonly code: string;
  /** In words, Danish. */
  readonly message: string;
  /** What follows for the verdict; undefined for a remark. */
  readonly verdict?: { readonly indication: Exclude<Indication, "TOTAL-PASSED">; readonly sub: SubIndication };
}

/** Makes a finding that fails the signature. */
export function failed(code: string, sub: SubIndication, message: string): Finding {
  return { code, message, verdict: { indication: "TOTAL-FAILED", sub } };
}

/** Makes a finding that leaves the signature open. */
export function open(code: string, sub: SubIndication, message: string): Finding {
  return { code, message, verdict: { indication: "INDETERMINATE", sub } };
}

/** Makes a remark. */
export function remark(code: string, message: string): Finding {
  return { code, message };
}

/** The verdict over findings: the gravest one, and of equally grave ones the first. */
export interface Verdict {
  readonly indication: Indication;
  readonly sub: SubIndication | undefined;
}

/** The verdict that findings add up to; passed only when none of them says otherwise. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const gravest =
    findings.find((one) => one.verdict?.indication === "TOTAL-FAILED") ?? findings.find((one) => one.verdict);
  return gravest?.verdict ?? { indication: "TOTAL-PASSED", sub: undefined };
}

/** What happens to every file that is signed by several and kept: nothing to look into. */
const routine = new Set(["arkivdata-tilføjet", "tidsstempel-tilføjet", "underskrevet-siden"]);

/** The remarks that somebody should see who takes a file in, each once. */
export function remarksWorthTelling(findings: readonly Finding[]): Finding[] {
  const told = findings.filter(({ code, verdict }) => !verdict && !routine.has(code));
  return [...new Map(told.map((one) => [one.message, one])).values()];
}
