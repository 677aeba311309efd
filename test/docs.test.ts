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

test("the README names every command, and none that is not there", () => {
  const program = readFileSync(resolve(root, "src/cli/program.ts"), "utf8");
  const commands = [...program.matchAll(/\.command\("([a-z-]+)/g)].map((match) => match[1]);
  const section = readme.split("## Commands")[1]?.split("\n## ")[0] ?? "";
  const named = [...section.matchAll(/^\| `([a-z-]+)/gm)].map((match) => match[1]);
  expect(named).toEqual(commands);
});

test.each(["README.md", "docs/plansprog.md", "docs/skabeloner.md", "docs/vejledning.md"])(
  "links of %s lead somewhere",
  (file) => {
    const text = readFileSync(resolve(root, file), "utf8");
    const targets = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1] ?? "");
    // Code samples in the guides show pictures of plans that are not there.
    const prose = targets.filter((target) => !/^figur|\.\.\.|…/.test(target));
    expect(prose.filter((target) => !existsSync(resolve(root, dirname(file), target)))).toEqual([]);
  },
);
