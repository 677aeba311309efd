// Where the time of a cold `build` goes: what our own thread does in every 20 ms, from V8's profiler. »(idle)« is waiting for the
// browser. `node test/bench/cold-profile.mjs [plan]`
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./support/stages.mjs";

const SLICE = 20_000;
const SHOWN = 3;
const plan = process.argv[2] ?? "nationalt-center-for-etik-2024";
const folder = mkdtempSync(join(tmpdir(), "resultatplan-profile-"));
const profiling = ["--cpu-prof", "--cpu-prof-interval", "250", "--cpu-prof-dir", folder];
const build = [join(root, "dist/main.js"), "build", plan, "--force", "--root", root];

try {
  // Once without, so that the program's compiled code is kept.
  for (const flags of [[], profiling]) {
    const { status, stderr } = spawnSync(process.execPath, [...flags, ...build], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }
  const [file] = readdirSync(folder);
  print(JSON.parse(readFileSync(join(folder, file), "utf8")));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const slices = [];
  let at = 0;
  for (const [index, sample] of samples.entries()) {
    const time = timeDeltas[index];
    at += time;
    const number = Math.floor(at / SLICE);
    slices[number] ??= new Map();
    const what = labelOf(byId.get(sample), byId, parents);
    slices[number].set(what, (slices[number].get(what) ?? 0) + time);
  }
  console.log("| from, ms | what, ms |\n| --- | --- |");
  for (const [number, slice] of slices.entries()) {
    if (!slice) continue;
    const most = [...slice].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
    const words = most.map(([what, time]) => `${(time / 1000).toFixed(0)} ${what}`).join(" · ");
    console.log(`| ${(number * SLICE) / 1000} | ${words} |`);
  }
}

/** The outermost functions of ours that were running, or what node or V8 did otherwise. */
function labelOf(node, byId, parents) {
  const { functionName } = node.callFrame;
  if (/^\((?:idle|program|garbage collector)\)$/.test(functionName)) return functionName;
  const names = [];
  for (let id = node.id; id !== undefined; id = parents.get(id)) {
    const { callFrame } = byId.get(id);
    if (/[\\/]dist[\\/]/.test(callFrame.url) && callFrame.functionName) names.push(callFrame.functionName);
  }
  return names.reverse().slice(0, 5).join(" > ") || functionName || node.callFrame.url;
}
