#!/usr/bin/env node
// Starts the program. Half of a short run would go into compiling it: what V8 has compiled is kept beside the program after
// the first build, and used as long as program and node are the same. bundle.mjs fills in the program's hash.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const fingerprint = "FINGERPRINT";
const program = fileURLToPath(new URL("./program.cjs", import.meta.url));
const kept = fileURLToPath(
  new URL(`./program-${fingerprint.slice(0, 16)}-${process.version}-${process.arch}.v8`, import.meta.url),
);

function readKept() {
  try {
    return readFileSync(kept);
  } catch {
    return undefined;
  }
}

const source = readFileSync(program, "latin1");
const script = new Script(
  `(function (exports, require, module, __ownAddress, __ownFingerprint) {${source}\n})`,
  { filename: program, cachedData: readKept() },
);
if (script.cachedDataRejected !== false) process.on("exit", keep);
script.runInThisContext()({}, createRequire(import.meta.url), { exports: {} }, import.meta.url, fingerprint);

/** A build runs most of the program; what it compiled serves the other commands, too. */
function keep(exitCode) {
  if (exitCode !== 0 || process.argv[2] !== "build") return;
  try {
    const part = `${kept}.${process.pid}`;
    writeFileSync(part, script.createCachedData(), { flag: "wx" });
    renameSync(part, kept);
  } catch {
    // A program that may not be written beside is compiled at each start.
  }
}
