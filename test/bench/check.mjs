// How long `resultatplan check` takes for the plans of the repository, beside its floor: node that starts and does nothing.
// Interleaved runs, medians, ratios run by run. `npm run bench`
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const RUNS = 15;
const root = resolve(import.meta.dirname, "../..");

const subjects = {
  "node -e 0": ["-e", "0"],
  check: [resolve(root, "dist/main.js"), "check", "--root", root],
};

function milliseconds(args) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
  return performance.now() - start;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
for (let run = 0; run <= RUNS; run++) {
  for (const [name, args] of Object.entries(subjects)) {
    const time = milliseconds(args);
    // The first round fills the caches.
    if (run > 0) times[name].push(time);
  }
}
const floor = times["node -e 0"];
console.log("| | ms | ratio to the floor | beyond node's start, ms |\n| --- | --- | --- | --- |");
for (const [name, own] of Object.entries(times)) {
  const ratio = median(own.map((time, run) => time / floor[run]));
  const beyond = median(own.map((time, run) => time - floor[run]));
  console.log(`| ${name} | ${median(own).toFixed(0)} | ${ratio.toFixed(2)} | ${beyond.toFixed(0)} |`);
}
