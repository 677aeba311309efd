// A batch: many distinct plans in one command, beside a loop that prints prepared pages and does nothing else.
import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { compare } from "./support/compare.mjs";
import { documents } from "./support/documents.mjs";
import { peers } from "./support/peers.mjs";
import { footprint, timed } from "./support/processes.mjs";
import { root } from "./support/stages.mjs";

const floor = "ren udskrivning";

/** Measures a batch of `count` plans; peers take part in small ones. */
export async function measureBatch(count, { browser, rounds, withPeers }) {
  const made = await documents(count);
  try {
    const out = join(made.folder, "out");
    await mkdir(out);
    const own = [process.execPath, join(root, "dist/main.js"), "build", "--root", made.folder, "--browser", browser];
    const loop = [process.execPath, join(root, "test/bench/peers/bare-loop.mjs"), browser, out];
    const atOnce = 2 * availableParallelism();
    const commands = {
      [floor]: [[...loop, String(atOnce), ...made.html]],
      "resultatplan build": [[...own, "--force"]],
    };
    const setting = { ...made, browser, out };
    for (const [name, peer] of withPeers ? Object.entries(peers()) : []) {
      if (!peer.batch) continue;
      if (peer.prepare) await timed(peer.prepare(setting));
      commands[name] = [peer.command(setting)];
    }
    const subjects = Object.fromEntries(Object.entries(commands).map(([name, one]) => [name, () => timed(...one)]));
    const rows = await compare(subjects, floor, rounds);
    for (const row of rows) {
      Object.assign(row, await footprint(...commands[row.name]));
      row.perSecond = (count / row.ms) * 1000;
    }
    return { floor, rows };
  } finally {
    await made.close();
  }
}
