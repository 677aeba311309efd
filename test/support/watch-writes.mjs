/**
 * Loaded before the program (`node --import`): keeps a copy of all that it writes to files, also to such as it removes again,
 * in the folder WATCHED_WRITES; and kills the process, as a power cut would, at step KILLED_AT of its work on files: before it
 * when there is a whole number, in the middle of writing when ».5« follows. Says in `steps` which steps there were.
 */

/**
 * Loaded before the program (`node --import`): keeps a copy of all that it writes to files, also to such as it removes again,
 * in the folder WATCHED_WRITES; and kills the process, as a power cut would, at step KILLED_AT of its work on files: before it
 * when there is a whole number, in the middle of writing when ».5« follows. Says in `steps` which steps there were.
 */
import fs, { appendFileSync, mkdirSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";

const folder = process.env.WATCHED_WRITES ?? "";
const killedAt = Number(process.env.KILLED_AT ?? Number.POSITIVE_INFINITY);
mkdirSync(folder, { recursive: true });
let step = 0;
let own = false;

/** Our own notes are no steps. */
function append(file, data) {
  own = true;
  try {
    appendFileSync(join(folder, file), data);
  } finally {
    own = false;
  }
}

/** Counts a step, and ends the process when it is the one. */
function at(name) {
  step += 1;
  append("steps", `${step} ${name}\n`);
  if (killedAt === step) process.kill(process.pid, "SIGKILL");
}

function keep(data) {
  append("written", typeof data === "string" ? data : Buffer.from(data));
}

async function half(write, data) {
  if (killedAt !== step + 0.5) return;
  await write(Buffer.from(data).subarray(0, Math.floor(data.length / 2)));
  process.kill(process.pid, "SIGKILL");
}

const { open } = promises;
promises.open = async (path, flags, ...rest) => {
  if (flags === undefined || flags === "r") return open(path, flags, ...rest);
  at(`open ${flags}`);
  const file = await open(path, flags, ...rest);
  const { writeFile, sync, close, write } = file;
  file.writeFile = async (data, ...more) => {
    at("write");
    keep(data);
    await half((part) => writeFile.call(file, part), data);
    return writeFile.call(file, data, ...more);
  };
  file.write = (data, ...more) => {
    at("write");
    keep(data);
    return write.call(file, data, ...more);
  };
  file.sync = () => {
    at("sync");
    return sync.call(file);
  };
  file.close = () => {
    at("close");
    return close.call(file);
  };
  return file;
};
for (const name of ["rename", "rm", "mkdir", "mkdtemp", "writeFile", "appendFile", "copyFile"]) {
  const original = promises[name];
  promises[name] = (...args) => {
    at(name);
    if (name === "writeFile" || name === "appendFile") keep(args[1]);
    return original(...args);
  };
}
for (const name of ["writeFileSync", "appendFileSync", "writeSync", "writeFile", "write", "createWriteStream"]) {
  const original = fs[name];
  fs[name] = (...args) => {
    // The standard streams are not files.
    if (!own && (typeof args[0] !== "number" || args[0] > 2)) {
      at(name);
      if (name !== "createWriteStream") keep(args[1]);
    }
    return original(...args);
  };
}
syncBuiltinESMExports();
