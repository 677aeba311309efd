#!/usr/bin/env node
// Starts the program, which is in a few parts: what every command needs to begin, what only some of them go on with, and the
// library of charts. Half of a short run would go into compiling them: what V8 has compiled of a part is kept beside it after
// the first build, and used as long as program and node are the same. bundle.mjs fills in the program's hash and its modules.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

// V8 is to optimise only what stays busy seven times as long as it usually waits for, which it is told in other words by version:
// what it would do beside this thread takes the browser's cores, and a run is mostly over before it has paid. What it compiled is
// not to be forgotten again either: it would be missing from what is kept.
const byCalls = ["--invocation-count-for-maglev=3000", "--invocation-count-for-turbofan=22000"];
const patience = { 11: ["--interrupt-budget=500000"], 12: byCalls, 13: byCalls };
const [v8Major = ""] = process.versions.v8.split(".");
for (const flag of ["--no-flush-bytecode", ...(patience[v8Major] ?? [])]) setFlagsFromString(flag);

const fingerprint = "FINGERPRINT";
/** The part that each of the program's modules is in, by the name that the others ask for it. */
const partOf = PART_OF;
const requireAround = createRequire(import.meta.url);
const parts = new Map();
const modules = new Map();

/** What a module exports: one of the program's own, which is run when it is first asked for, or one from around it. */
function load(name) {
  const part = partOf[name];
  if (part === undefined) return requireAround(name);
  const known = modules.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(name, module);
  modulesOf(part)[name](module.exports, load, module);
  return module.exports;
}

/** The modules of a part, each a function that runs it. */
function modulesOf(part) {
  const known = parts.get(part) ?? read(part)(import.meta.url, fingerprint);
  parts.set(part, known);
  return known;
}

function read(part) {
  const path = fileURLToPath(new URL(`./${part}.cjs`, import.meta.url));
  const kept = `${path.slice(0, -".cjs".length)}-${fingerprint.slice(0, 16)}-${process.version}-${process.arch}.v8`;
  // The bundler writes pure ASCII.
  const source = readFileSync(path, "latin1");
  const script = new Script(`(function (__ownAddress, __ownFingerprint) {${source}\n})`, {
    filename: path,
    cachedData: readKept(kept),
  });
  if (script.cachedDataRejected !== false) process.on("exit", (code) => keep(script, kept, code));
  return script.runInThisContext();
}

function readKept(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** A build runs most of the program; what it compiled serves the other commands, too. */
function keep(script, path, exitCode) {
  if (exitCode !== 0 || process.argv[2] !== "build") return;
  try {
    const part = `${path}.${process.pid}`;
    writeFileSync(part, script.createCachedData(), { flag: "wx" });
    renameSync(part, path);
  } catch {
    // A program that may not be written beside is compiled at each start.
  }
}

load("./program.js");
