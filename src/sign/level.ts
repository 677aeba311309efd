/** The levels of PAdES baseline signatures (ETSI EN 319 142-1, 6), each with all of those before it. */
export const levels = ["B-B", "B-T", "B-LT", "B-LTA"] as const;

/** The level of a signature. */
export type Level = (typeof levels)[number];

/** Whether a level has what another one has. */
export function reaches(level: Level, other: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(other);
}
