/** The names of the rules of advice, in the order in which docs/raad.md tells of them. */
export const adviceNames = [
  "mange-mål",
  "opfyldelse",
  "tidspunkt",
  "uklar-frist",
  "ubestemt-mængde",
  "udvej",
  "flere-krav",
  "datakilde",
  "procesmål",
  "målfiksering",
  "uden-strategi",
  "opfølgning-aftalt",
  "opfølgning-handling",
] as const;

/** The name of a rule, by which a plan switches it off. */
export type AdviceName = (typeof adviceNames)[number];
