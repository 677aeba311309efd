#!/usr/bin/env node
// Starts the program. Half of a short run would go into compiling it: what V8 has compiled is kept beside the program after
// the first build, and used as long as program and node are the same. bundle.mjs fills in the program's hash.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const fingerprint = "FINGERPRINT";
const requireAround = createRequire(import.meta.url);

/** Runs a script that lies beside this one, as CommonJS, and gives what it exports. */
function run(name) {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const kept = `${path.slice(0, -".cjs".length)}-${fingerprint.slice(0, 16)}-${process.version}-${process.arch}.v8`;
  // The bundler writes pure ASCII.
  const source = readFileSync(path, "latin1");
  const parameters = "exports, require, module, __ownAddress, __ownFingerprint";
  const script = new Script(`(function (${parameters}) {${source}\n})`, { filename: path, cachedData: readKept(kept) });
  if (script.cachedDataRejected !== false) process.on("exit", (code) => keep(script, kept, code));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireBeside, module, import.meta.url, fingerprint);
  return module.exports;
}

let charts;

function requireBeside(id) {
  if (id !== "./charts.cjs") return requireAround(id);
  charts ??= run("./charts.cjs");
  return charts;
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

run("./program.cjs");
