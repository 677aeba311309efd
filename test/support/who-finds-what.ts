import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pdfsigVersion } from "./pdfsig.ts";
import { judged } from "./signed-files.ts";
import type { Tampering } from "./tamperings.ts";

/** The table test/verify/who-finds-what.md: for each tampering what we say, and what others do. */

const path = resolve(import.meta.dirname, "../verify/who-finds-what.md");

/** Others that are asked, in the table's order. */
export const others = ["EU DSS", "pyHanko", "pdfsig"] as const;

/** What we say of a tampering. */
export interface Row {
  readonly name: string;
  readonly attack: string;
  readonly ours: string;
}

/** Judges a tampering. */
export function rowOf({ name, attack = "", make, code }: Tampering): Row {
  const { indication, sub } = judged(make()).verdict;
  return { name, attack, ours: `${indication} ${sub}, \`${code}\`` };
}

/** The cells of the table as it is committed, by row. */
function cells(): string[][] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The rows that are not in the committed table. */
export function missingRows(rows: readonly Row[]): Row[] {
  const told = cells().map(([name, attack, ours]) => `${name}|${attack}|${ours}`);
  return rows.filter((row) => !told.includes(`${row.name}|${row.attack}|${row.ours}`));
}

/** Of the tamperings, by name, those of which the table says something else than one of the others does now. */
export function tableWithout(other: (typeof others)[number], said: ReadonlyMap<string, string>): string[] {
  const told = new Map(cells().map((row) => [row[0], row[3 + others.indexOf(other)]]));
  return [...said].flatMap(([name, words]) =>
    told.get(name) === words ? [] : [`${name}: ${words}, not ${told.get(name)}`],
  );
}

/** The whole table. */
export function tableText(rows: readonly (Row & Readonly<Record<(typeof others)[number], string>>)[]): string {
  const lines = rows.map((row) => {
    const attack = row.attack === "" ? "" : ` ${row.attack}`;
    return `| ${row.name} |${attack} | ${row.ours} | ${others.map((other) => row[other]).join(" | ")} |`;
  });
  const passed = (other: (typeof others)[number], word: string) => rows.filter((row) => row[other] === word).length;
  return `# Who finds what

Every kind of tampering in \`test/support/tamperings.ts\`, ${rows.length} in all: what \`resultatplan verify\` says, and what others say of
the same bytes: EU DSS 6 with its own policy and nothing fetched, pyHanko 0.38 (\`judge.py\`), and \`pdfsig -nocert\` (poppler
${pdfsigVersion()}). Let pass: EU DSS ${passed("EU DSS", "passed")}, pyHanko ${passed("pyHanko", "passed")}, pdfsig ${passed("pdfsig", "valid")}, resultatplan none. pdfsig was not asked about
certificates, so in the last group that is as it should be. What CI says now is held against this table; it is written by
\`WRITE_TABLE=1 npx vitest run test/verify-judges.test.ts\`.

| tampering | attack | resultatplan | ${others.join(" | ")} |
| --- | --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
}
