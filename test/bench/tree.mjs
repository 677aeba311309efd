// What a process and everything that it starts cost: time, processor time and the peak of its memory, from /proc (Linux).
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const TICK_MS = 10;

/** Every process of now: number, parent, processor time in ms (with that of its ended children), memory in MB that is its own share. */
function processes() {
  const all = [];
  for (const id of readdirSync("/proc")) {
    if (!/^\d+$/.test(id)) continue;
    try {
      const stat = readFileSync(`/proc/${id}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const cpu = (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) * TICK_MS;
      all.push({ id, parent: fields[1], cpu });
    } catch {
      // It has ended meanwhile.
    }
  }
  return all;
}

function memoryOf(id) {
  try {
    const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function treeOf(root) {
  const all = processes();
  const tree = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { id, parent } of all)
      if (tree.has(parent) && !tree.has(id)) {
        tree.add(id);
        grown = true;
      }
  }
  return all.filter(({ id }) => tree.has(id));
}

/**
 * Runs a command and watches its tree. `cpu` is in ms: what was seen last of each process, so the last moments of a process
 * that is killed are missing.
 */
export async function measured(command, args, { env = process.env, everyMs = 50, memory = true } = {}) {
  const start = performance.now();
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.resume();
  const seen = new Map();
  let peak = 0;
  const timer = setInterval(() => {
    const tree = treeOf(String(child.pid));
    for (const { id, cpu } of tree) seen.set(id, cpu);
    if (memory)
      peak = Math.max(
        peak,
        tree.reduce((sum, { id }) => sum + memoryOf(id), 0),
      );
  }, everyMs);
  const status = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(timer);
  const cpu = [...seen.values()].reduce((sum, one) => sum + one, 0);
  return { milliseconds: performance.now() - start, cpu, own: seen.get(String(child.pid)) ?? 0, peak, status, out };
}

/** The middle of some numbers. */
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
