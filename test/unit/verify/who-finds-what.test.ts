import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { pdfsigMissing, pdfsigSays, pdfsigVersion } from "../../support/pdfsig.ts";
import { judged } from "../../support/signed-files.ts";
import { tamperings } from "../../support/tamperings.ts";

const path = resolve(import.meta.dirname, "../../verify/who-finds-what.md");

interface Row {
  readonly name: string;
  readonly attack: string;
  readonly ours: string;
}

function ours(): Row[] {
  return tamperings.map(({ name, attack = "", make, code }) => {
    const { indication, sub } = judged(make()).verdict;
    return { name, attack, ours: `${indication} ${sub}, \`${code}\`` };
  });
}

/** Writes the table anew when `WRITE_TABLE` is set: with what pdfsig says on this machine. */
function write(rows: readonly Row[]): void {
  const lines = rows.map(
    (row, at) =>
      `| ${row.name} | ${row.attack} | ${row.ours} | ${pdfsigSays(tamperings[at]?.make() ?? new Uint8Array())} |`,
  );
  const valid = lines.filter((line) => line.endsWith("| valid |")).length;
  const head = `# Who finds what

Every kind of tampering in \`test/support/tamperings.ts\`, what \`resultatplan verify\` says, and what \`pdfsig -nocert\` (poppler
${pdfsigVersion()}) says of the same bytes. pdfsig calls ${valid} of the ${rows.length} valid; it was not asked about certificates, so in the last
group that is as it should be. Written by \`WRITE_TABLE=1 npx vitest run --project unit who-finds-what\`.

| tampering | attack | resultatplan | pdfsig |
| --- | --- | --- | --- |
`;
  writeFileSync(path, `${head}${lines.join("\n")}\n`);
}

test("the table of who finds what says what we find", () => {
  const rows = ours();
  if (process.env.WRITE_TABLE && !pdfsigMissing) write(rows);
  const told = readFileSync(path, "utf8");
  expect(rows.filter((row) => !told.includes(`| ${row.name} | ${row.attack} | ${row.ours} |`))).toEqual([]);
});

const again = ["a page's text replaced", "an attachment replaced", "the title changed"];

test.skipIf(pdfsigMissing)("pdfsig lets pass what was changed after the signature", () => {
  const passed = tamperings.filter(({ name }) => again.includes(name)).map(({ make }) => pdfsigSays(make()));
  expect(passed).toEqual(["valid", "valid", "valid"]);
});
if (pdfsigMissing) console.warn(`Skipped: ${pdfsigMissing}.`);
