// Runs programs and tells what they cost: time by the wall clock, memory over the whole tree of processes.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Runs a program to its end. @returns milliseconds; throws where it fails, with the end of what it said */
export function timed([command, ...args], { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said = `${said}${text}`.slice(-2000);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(performance.now() - start);
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}: ${said}`));
    });
  });
}

/**
 * Runs a program once more and looks at its tree of processes every 50 ms (Linux only).
 *
 * @returns `megabytes` at the peak, and `cores`: how many processors were busy with it, all its time taken together
 */
export async function footprint([command, ...args], { cwd, env } = {}) {
  const start = performance.now();
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let most = 0;
  const ticks = new Map();
  const watch = setInterval(() => {
    const tree = treeOf(child.pid);
    most = Math.max(most, proportional(tree));
    for (const id of tree) ticks.set(id, ticksOf(id) ?? ticks.get(id) ?? 0);
  }, 50);
  const code = await ended;
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  const seconds = [...ticks.values()].reduce((sum, own) => sum + own, 0) / TICKS_PER_SECOND;
  return { megabytes: most / 1024, cores: (seconds / (performance.now() - start)) * 1000 };
}

/** How Linux counts a process's time for others to read, on all machines of today. */
const TICKS_PER_SECOND = 100;

/** The time that a process has spent, its own and the system's for it; undefined when it has ended. */
function ticksOf(id) {
  const stat = read(`/proc/${id}/stat`);
  // The name is in brackets and may hold anything; the 14th and 15th field of all are wanted.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return stat === "" ? undefined : Number(fields[11]) + Number(fields[12]);
}

/** A process and all that it started, by number. */
export function treeOf(root) {
  const children = new Map();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = read(`/proc/${entry}/stat`);
    // The name is in brackets and may hold anything.
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found = [];
  const visit = (id) => {
    found.push(id);
    for (const child of children.get(id) ?? []) visit(child);
  };
  visit(root);
  return found;
}

/** The memory of processes in kilobytes, what they share counted once (PSS). */
function proportional(ids) {
  return ids.reduce((sum, id) => {
    const [, kilobytes = "0"] = /^Pss:\s+(\d+)/m.exec(read(`/proc/${id}/smaps_rollup`)) ?? [];
    return sum + Number(kilobytes);
  }, 0);
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
