import type { Outcome } from "./results.ts";

/**
 * What the facts of a goal allow its outcome to be: from `least` to `best`. Where the two differ, a person decides
 * between them; `usual` is what it is when nobody says.
 */
export interface Verdict {
  readonly least: Level;
  readonly best: Level;
  readonly usual?: Level;
  /** The facts as sentences. */
  readonly sentences: readonly string[];
  /** The facts as a clause, for a message to whoever says otherwise. */
  readonly clause: string;
}

/** An outcome of a goal that was not withdrawn. */
export type Level = Exclude<Outcome, "withdrawn">;

const ranks: readonly Level[] = ["notMet", "partlyMet", "met"];

/** Whether an outcome lies within what a verdict allows. */
export function allows(verdict: Pick<Verdict, "least" | "best">, level: Level): boolean {
  return rank(verdict.least) <= rank(level) && rank(level) <= rank(verdict.best);
}

/** The range of several verdicts that must all hold. With levels, a goal that is met in some respects can be partly met. */
export function together(verdicts: readonly Verdict[], levels: boolean): Pick<Verdict, "least" | "best" | "usual"> {
  const [first] = verdicts;
  if (first && verdicts.length === 1) return first;
  const best = lowest(verdicts.map((verdict) => verdict.best));
  const least = lowest(verdicts.map((verdict) => verdict.least));
  if (best === "met") return { least, best };
  const something = verdicts.some((verdict) => verdict.best !== "notMet");
  return levels && something ? { least, best: "partlyMet" } : { least: "notMet", best: "notMet", usual: "notMet" };
}

function lowest(levels: readonly Level[]): Level {
  return ranks[Math.min(...levels.map(rank))] ?? "notMet";
}

function rank(level: Level): number {
  return ranks.indexOf(level);
}
