// Many plans: `build` beside a bare loop that prints the same documents from prepared HTML, and a second `build` that finds
// nothing changed. Time, throughput, and the peak of the memory of the whole process tree. `npm run bench:batch [plans …]`
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserOfMachine } from "./browser.mjs";
import { repository, writePlans } from "./many-plans.mjs";
import { writePrepared } from "./prepared.mjs";
import { measured, median } from "./tree.mjs";

const ROUNDS = 3;
const TABS = 4;
const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [50, 500];
const browser = browserOfMachine();
console.log(
  "| plans | what | s | documents/s | ratio to the bare loop | CPU, ms/document | of which our node | peak, MB |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
for (const count of counts) {
  const root = await mkdtemp(join(tmpdir(), "resultatplan-bench-"));
  try {
    await writePlans(root, count);
    const pages = await writePrepared(root);
    const build = [join(repository, "dist/main.js"), "build", "--root", root, "--browser", browser];
    const subjects = {
      "bare loop": [join(import.meta.dirname, "bare-loop.mjs"), browser, String(TABS), ...pages],
      "build --force": [...build, "--force"],
      "build, nothing changed": build,
      "node -e 0": ["-e", "0"],
    };
    const results = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, args] of Object.entries(subjects)) {
        const one = await measured(process.execPath, args, { everyMs: 200 });
        if (one.status !== 0) throw new Error(`${name} ended with ${one.status}: ${one.out}`);
        results[name].push(one);
      }
    for (const [name, own] of Object.entries(results)) {
      const of = (key) => median(own.map((one) => one[key]));
      const ratio = median(own.map((one, round) => one.milliseconds / results["bare loop"][round].milliseconds));
      const speed = (count / of("milliseconds")) * 1000;
      console.log(
        `| ${count} | ${name} | ${(of("milliseconds") / 1000).toFixed(2)} | ${speed.toFixed(1)} | ${ratio.toFixed(2)} | ${(of("cpu") / count).toFixed(0)} | ${(of("own") / count).toFixed(0)} | ${of("peak").toFixed(0)} |`,
      );
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
