// One command, one PDF: `build` of a plan without results, with all that it checks and finishes, beside a plain Puppeteer
// script that prints the same HTML in the same browser. Interleaved runs, medians, ratios run by run. `npm run bench:cold [runs]`
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserOfMachine } from "./browser.mjs";
import { repository, writePlans } from "./many-plans.mjs";
import { writePrepared } from "./prepared.mjs";
import { measured, median } from "./tree.mjs";

const runs = Number(process.argv[2] ?? 9);
const root = await mkdtemp(join(tmpdir(), "resultatplan-bench-"));
try {
  await writePlans(root, 4);
  const browser = browserOfMachine();
  console.log(
    "| plan | floor, ms | build, ms | ratio | CPU floor, ms | CPU build, ms |\n| --- | --- | --- | --- | --- | --- |",
  );
  for (const [index, page] of (await writePrepared(root)).entries()) {
    const plan = `plan-000${index + 1}`;
    const build = [join(repository, "dist/main.js"), "build", plan, "--force", "--root", root, "--browser", browser];
    const floor = [join(import.meta.dirname, "plain.mjs"), browser, page, join(root, "plain.pdf")];
    const [floors, builds] = [[], []];
    for (let run = 0; run <= runs; run++) {
      const one = await measured(process.execPath, floor, { memory: false, everyMs: 20 });
      const other = await measured(process.execPath, build, { memory: false, everyMs: 20 });
      if (one.status !== 0 || other.status !== 0)
        throw new Error(`${plan}: ${one.status}, ${other.status} ${other.out}`);
      // The first round fills the caches.
      if (run > 0) floors.push(one);
      if (run > 0) builds.push(other);
    }
    const of = (list, key) => median(list.map((one) => one[key])).toFixed(0);
    const ratio = median(builds.map((one, run) => one.milliseconds / floors[run].milliseconds)).toFixed(2);
    console.log(
      `| ${plan} | ${of(floors, "milliseconds")} | ${of(builds, "milliseconds")} | ${ratio} | ${of(floors, "cpu")} | ${of(builds, "cpu")} |`,
    );
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
