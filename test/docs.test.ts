import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { expect, test } from "vitest";
import { exitCodes } from "../src/core/failure.ts";

const root = resolve(import.meta.dirname, "..");
const readme = readFileSync(resolve(root, "README.md"), "utf8");

test("the README's exit codes are the code's", () => {
  const section = readme.split("## Exit codes")[1] ?? "";
  const rows = [...section.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map((row) => [Number(row[1]), row[2]]);
  expect(rows).toEqual(Object.values(exitCodes).map((code) => [code.number, code.meaning]));
});

test.each([
  ["README.md", "Commands"],
  ["docs/vejledning.md", "Kommandoerne"],
])("%s names every command, and none that is not there", (file, heading) => {
  const areas = ["documents", "signing", "pdf", "year", "tools"].map((area) =>
    readFileSync(resolve(root, `src/cli/commands/${area}.ts`), "utf8"),
  );
  const commands = [...areas.join("").matchAll(/\.command\("([a-z-]+)/g)].map((match) => match[1]);
  const text = readFileSync(resolve(root, file), "utf8");
  const section = text.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  // »new« has a row for each kind of file.
  const named = new Set([...section.matchAll(/^\| `([a-z-]+)/gm)].map((match) => match[1]));
  expect([...named].toSorted()).toEqual(commands.toSorted());
});

const guides = [
  "README.md",
  "docs/drift.md",
  "docs/opfoelgning.md",
  "docs/plansprog.md",
  "docs/resultater.md",
  "docs/skabeloner.md",
  "docs/vejledning.md",
  "docs/raad.md",
];

test.each(guides)("links of %s lead somewhere, to a heading that is there", (file) => {
  // Code samples in the guides show pictures of plans that are not there.
  const text = readFileSync(resolve(root, file), "utf8").replace(/^```[\s\S]*?^```$|`[^`\n]*`/gm, "");
  const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  const broken = links.filter(([, target = "", heading]) => {
    const path = target === "" ? resolve(root, file) : resolve(root, dirname(file), target);
    return !existsSync(path) || (heading !== undefined && !anchorsOf(path).includes(heading));
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

/** The headings of a page as GitHub names them. */
function anchorsOf(path: string): string[] {
  const text = readFileSync(path, "utf8").replace(/^```[\s\S]*?^```$/gm, "");
  return [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
