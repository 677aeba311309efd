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

/** Runs a program once more and looks at its tree of processes every 20 ms. @returns the peak in megabytes (Linux only) */
export async function peak([command, ...args], { cwd, env } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, proportional(treeOf(child.pid)));
  }, 20);
  const code = await ended;
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  return most / 1024;
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
