import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Diagnostic } from "../src/core/diagnostic.ts";
import { checkPlan } from "../src/pipeline/check.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { applyPatch, type Case, type CaseFile, expandNotation, readCases, withExpectations } from "./support/cases.ts";

/**
 * The cases of `test/cases/*.md`: a plan or its results, a change to them, and what `resultatplan check` then says. The README there
 * tells how they are written. `UPDATE=1 npx vitest run test/cases.test.ts` rewrites what is expected; read the
 * difference before you keep it.
 */
const folder = resolve(import.meta.dirname, "cases");
const update = process.env.UPDATE === "1";
const forms = new FormShelf(resolve(import.meta.dirname, "../templates"));
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && name !== "README.md")
  .map((name) => readCases(name, readFileSync(join(folder, name), "utf8")));

const plans = mkdtempSync(join(tmpdir(), "cases-"));
afterAll(() => rmSync(plans, { recursive: true }));
// Beside each plan: a picture with words, one without, one of exactly 10 MB, and one that is a byte larger.
for (const [name, size] of [
  ["figur.png", 100],
  ["stor.png", 10_000_000],
  ["for-stor.png", 10_000_001],
] as const) {
  writeFileSync(join(plans, name), "");
  truncateSync(join(plans, name), size);
}
writeFileSync(join(plans, "tekst.svg"), '<svg xmlns="http://www.w3.org/2000/svg"><text>2027</text></svg>');
writeFileSync(join(plans, "kurver.svg"), '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>');

for (const file of files) {
  describe(file.name, () => {
    const found = new Map<number, string>();
    afterAll(() => {
      if (update) writeFileSync(join(folder, file.name), withExpectations(file, found));
    });
    for (const one of file.cases) {
      test(one.name, async () => {
        const said = await saidAbout(one);
        found.set(one.expectedAt, said);
        if (!update) expect(said).toBe(one.expected);
      });
    }
  });
}

/** What needs more files than a case has, an earlier plan, a lock or the sheet of the head's pay, or other names, is shown in tests of its own. */
const shownElsewhere = [
  "unit/results/history.test.ts",
  "unit/results/pay.test.ts",
  "unit/results/followup.test.ts",
  "unit/sheet/import.test.ts",
  "unit/lock/locked-plan.test.ts",
  "unit/lock/lock-file.test.ts",
]
  .map((path) => readFileSync(resolve(import.meta.dirname, path), "utf8"))
  .join("\n");

test("every code that the sources can give occurs in a case", () => {
  const given = codesInSources();
  const shown = new Set(files.flatMap(codesExpected));
  const elsewhere = (code: string) => new RegExp(`(?<![\\p{L}-])${code}(?![\\p{L}-])`, "u").test(shownElsewhere);
  expect(given.length).toBeGreaterThan(70);
  // `flere` stands after 200 others: test/unit/core/diagnostic.test.ts.
  expect(given.filter((code) => code !== "flere" && !shown.has(code) && !elsewhere(code))).toEqual([]);
});

test("every code that has a section also has a plan beside it that does not get it", () => {
  const alone = files.flatMap((file) =>
    [...new Set(file.cases.map((one) => one.section))].filter((section) => {
      const cases = file.cases.filter((one) => one.section === section);
      const code = section.split(" ")[0] ?? "";
      return !cases.some((one) => !one.expected.includes(` ${code} `));
    }),
  );
  expect(alone).toEqual([]);
});

async function saidAbout({ changed, text, plan, patch }: Case): Promise<string> {
  const path = join(plans, "plan.md");
  for (const beside of ["resultater.md", "opfoelgning-2-kvartal.md"]) rmSync(join(plans, beside), { force: true });
  if (plan !== undefined) writeFileSync(path, plan);
  writeFileSync(join(plans, changed), expandNotation(patch === undefined ? text : applyPatch(text, patch)));
  const { diagnostics, failure } = await checkPlan({ id: "eksempel", path }, forms);
  if (failure) throw failure;
  const strange = diagnostics.find((one) => basename(one.span.source.path) !== changed);
  if (strange) throw new Error(`${strange.span.source.path}: ${line(strange)}`);
  return diagnostics.length === 0 ? "intet" : diagnostics.map(line).join("\n");
}

const words = { error: "fejl", warning: "advarsel", note: "bemærk" } as const;

/** »fejl 7:12-16 ukendt-nøgle Oplysningen »frag« findes ikke. | Mente du »fra«?« */
function line({ severity, code, message, hint, span }: Diagnostic): string {
  const from = span.source.place(span.start);
  const to = span.source.place(span.end);
  const end = to.line === from.line ? String(to.column) : `${to.line}:${to.column}`;
  return `${words[severity]} ${from.line}:${from.column}-${end} ${code} ${message}${hint === undefined ? "" : ` | ${hint}`}`;
}

function codesExpected(file: CaseFile): string[] {
  return file.cases.flatMap((one) => [...one.expected.matchAll(/^\S+ \S+ (\S+)/gm)].map((match) => match[1] ?? ""));
}

/** The codes that diagnostics are made with anywhere before the print, and those of rules. */
function codesInSources(): string[] {
  const source = resolve(import.meta.dirname, "../src");
  const paths = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((path) =>
    /^(?:core|plan|results|sheet|lock|template)[\\/].*\.ts$/.test(path),
  );
  const codes = paths.flatMap((path) => {
    const text = readFileSync(join(source, path), "utf8");
    const made = /(?:(?<![.\w])(?:error|warning|note|nothing)|this\.#say)\(\s*"([\p{L}\d-]+)"/gu;
    const ruled = /^ {2}code: "([\p{L}\d-]+)",$/gmu;
    const chosen = /"(ukendt-værdi|forkert-værdi)"/g;
    return [made, ruled, chosen].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ""));
  });
  return [...new Set(codes)].sort();
}
