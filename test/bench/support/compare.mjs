// Subjects side by side: interleaved rounds, medians, and ratios formed round by round.

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures each subject in every round, after one round that fills the caches.
 *
 * @param subjects by name, what returns its milliseconds
 * @param floor the name of the one that the ratios are to
 * @returns rows `{ name, ms, ratio }` in the order given
 */
export async function compare(subjects, floor, rounds) {
  const times = new Map(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, measure] of Object.entries(subjects)) {
      const ms = await measure();
      if (round > 0 || rounds === 0) times.get(name).push(ms);
    }
  }
  const base = times.get(floor);
  return [...times].map(([name, own]) => ({
    name,
    ms: median(own),
    ratio: median(own.map((ms, round) => ms / base[round])),
  }));
}

/** Rows as a Markdown table. @param columns `[heading, row => text]` */
export function table(columns, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(([heading]) => heading)),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(columns.map(([, text]) => text(row)))),
  ].join("\n");
}

/** The columns of a section's table, in Danish. */
export function columnsOf(floor, rows) {
  return [
    ["", ({ name }) => name],
    ["ms", ({ ms }) => ms.toFixed(0)],
    [`i forhold til ${floor}`, ({ ratio }) => ratio.toFixed(2).replace(".", ",")],
    ...(rows[0].perSecond ? [["planer i sekundet", ({ perSecond }) => perSecond.toFixed(1).replace(".", ",")]] : []),
    ...(rows[0].cores ? [["kerner i brug", ({ cores }) => cores.toFixed(1).replace(".", ",")]] : []),
    ...(rows[0].megabytes ? [["MB, når det er højest", ({ megabytes }) => megabytes.toFixed(0)]] : []),
  ];
}
