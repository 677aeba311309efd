/** One thing that there is to say of a returned file, or of all of them together. */
export interface ReturnFinding {
  /** Stable Danish name, `andet-navn`. */
  readonly code: string;
  /** In words, Danish. */
  readonly message: string;
  /** `refused` keeps the file out, `open` lets it in as undecided, `remark` is for the reader to know. */
  readonly gravity: "refused" | "open" | "remark";
}

/** What the findings come to. */
export type ReturnVerdict = "passed" | "open" | "refused";

/** Makes a finding that keeps the file out. */
export function refused(code: string, message: string): ReturnFinding {
  return { code, message, gravity: "refused" };
}

/** Makes a finding that leaves the file undecided. */
export function undecided(code: string, message: string): ReturnFinding {
  return { code, message, gravity: "open" };
}

/** Makes a remark. */
export function noted(code: string, message: string): ReturnFinding {
  return { code, message, gravity: "remark" };
}

/** The gravest of the findings. */
export function verdictOver(findings: readonly ReturnFinding[]): ReturnVerdict {
  if (findings.some((one) => one.gravity === "refused")) return "refused";
  return findings.some((one) => one.gravity === "open") ? "open" : "passed";
}
