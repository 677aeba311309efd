import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pdfsigMissing, pdfsigSays } from "./support/pdfsig.ts";
import { dssOn, findDss, findPyHanko, pyHankoSite } from "./support/pki/judges.ts";
import { judged, judgedAt, signedFile, signedFolder, signedNames } from "./support/signed-files.ts";
import { tamperings } from "./support/tamperings.ts";
import { rowOf, tableText, tableWithout } from "./support/who-finds-what.ts";

/** What EU DSS, pyHanko and pdfsig say of the signed files in test/verify/files, and of all that is done to them. */

const pyhanko = await findPyHanko();
if ("missing" in pyhanko) console.warn(`pyHanko does not judge: ${pyhanko.missing}`);
const dss = await findDss();
if ("missing" in dss) console.warn(`EU DSS does not judge: ${dss.missing}`);
if (pdfsigMissing) console.warn(`pdfsig does not judge: ${pdfsigMissing}`);

/** Where we and EU DSS disagree on whether a signature passes; docs/efterproevning.md says why. */
const explained = ["lt-ed25519", "fremmed-tidsstempel", "tidsstempel-rettet"];

const root = resolve(signedFolder, "trust/rod.pem");
let folder: string;
/** All tamperings when the table is written; else one in four, for each takes time. */
const asked = tamperings.filter((_, at) => process.env.WRITE_TABLE || at % 4 === 0);
/** A file for each of them, in their order. */
let tampered: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "resultatplan-tampered-"));
  tampered = asked.map(({ make }, index) => {
    const path = join(folder, `t${index}.pdf`);
    writeFileSync(path, make());
    return path;
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The answers of EU DSS to files, in their order: for each the indications of its signatures. */
async function dssSays(files: readonly string[]): Promise<string[][]> {
  const answers = await dssOn("classPath" in dss ? dss.classPath : "", root, files, judgedAt);
  const wordsOf = (file: string) =>
    answers
      .filter((one) => one.file === file)
      .map(({ indication, sub }) => [indication, sub].filter(Boolean).join(" "));
  return files.map(wordsOf);
}

describe.skipIf("missing" in dss)("EU DSS", () => {
  let said: Map<string, string[]>;
  let ofTampered: string[][];
  beforeAll(async () => {
    const names = signedNames();
    const answers = await dssSays([...names.map((name) => resolve(signedFolder, `${name}.pdf`)), ...tampered]);
    said = new Map(names.map((name, index) => [name, answers[index] ?? []]));
    ofTampered = answers.slice(names.length);
  }, 240_000);

  test("passes what we pass, but for what docs/efterproevning.md explains", () => {
    const passes = signedNames().map((name) => {
      const signatures = judged(signedFile(name)).signatures.filter(({ kind }) => kind === "signature");
      const ours = signatures.map(({ verdict }) => verdict.indication === "TOTAL-PASSED");
      const theirs = (said.get(name) ?? []).map((words) => words === "TOTAL_PASSED");
      return { name, same: JSON.stringify(ours) === JSON.stringify(theirs) };
    });
    expect(
      passes
        .filter(({ same }) => !same)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...explained].sort());
    const guide = readFileSync(resolve(import.meta.dirname, "../docs/efterproevning.md"), "utf8");
    for (const name of explained) expect(guide).toContain(`\`${name}\``);
  });

  test("says of what was tampered with what the table says", () => {
    expect(tableWithout("EU DSS", byName(ofTampered.map(short)))).toEqual([]);
  });

  test.skipIf(!process.env.WRITE_TABLE)("writes the table", () => {
    const ours = asked.map(rowOf);
    const byPyHanko = pyHankoSays();
    const rows = ours.map((row, at) => ({
      ...row,
      "EU DSS": short(ofTampered[at] ?? []),
      pyHanko: byPyHanko[at] ?? "",
      pdfsig: pdfsigSays(readFileSync(tampered[at] ?? "")),
    }));
    writeFileSync(resolve(signedFolder, "../who-finds-what.md"), tableText(rows));
  });
});

function byName(said: readonly string[]): Map<string, string> {
  return new Map(asked.map(({ name }, at) => [name, said[at] ?? ""]));
}

/** »passed«, or what it says instead. */
function short(words: readonly string[]): string {
  if (words.length === 0) return "no signature";
  return [...new Set(words)].map((one) => (one === "TOTAL_PASSED" ? "passed" : one.replace("TOTAL_", ""))).join("; ");
}

/** pyHanko's answers to what was tampered with, in their order. */
function pyHankoSays(): string[] {
  const python = "python" in pyhanko ? pyhanko.python : "";
  const run = spawnSync(python, [resolve(signedFolder, "../judge.py"), root, ...tampered], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: pyHankoSite(python) },
    maxBuffer: 16 * 1024 * 1024,
  });
  const answers: Record<string, Record<string, string>> = JSON.parse(run.stdout);
  return tampered.map((_, at) => {
    const words = Object.values(answers[`t${at}`] ?? {}).map((one) =>
      /^PASSED(?!.*CHANGED)/.test(one) ? "passed" : one.replace(/ (OK|plainly)(?= CHANGED)/, "").replace(/:.*/, ""),
    );
    return words.length === 0 ? "no signature" : [...new Set(words)].join("; ");
  });
}

test.skipIf("missing" in pyhanko)("pyHanko says what the table says", { timeout: 240_000 }, () => {
  expect(tableWithout("pyHanko", byName(pyHankoSays()))).toEqual([]);
});

test.skipIf(pdfsigMissing !== undefined)("pdfsig lets at least five pass that were changed after the signature", () => {
  const changed = tamperings.filter(({ verdict }) => verdict === "TOTAL-FAILED").slice(20, 40);
  const passed = changed.filter(({ make }) => pdfsigSays(make()) === "valid");
  expect(passed.length).toBeGreaterThanOrEqual(5);
});
