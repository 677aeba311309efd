// Cold: one command, one plan, one PDF, from nothing.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { compare } from "./support/compare.mjs";
import { documents } from "./support/documents.mjs";
import { peers } from "./support/peers.mjs";
import { footprint, timed } from "./support/processes.mjs";
import { root } from "./support/stages.mjs";

const floor = "Puppeteer-script";
const OWN = "resultatplan build";
const FIRST = "resultatplan build, den første";

/** Measures one build beside the script that Puppeteer's manual shows, and beside the peers. */
export async function measureCold({ browser, rounds }) {
  const made = await documents(1);
  try {
    const out = join(made.folder, "out");
    await mkdir(out);
    const own = [process.execPath, join(root, "dist/main.js"), "build", "--root", made.folder, "--browser", browser];
    const commands = {
      [floor]: [[process.execPath, join(root, "test/bench/peers/plain-puppeteer.mjs"), browser, out, ...made.html]],
      [OWN]: [[...own, "--force"]],
      "node -e 0": [[process.execPath, "-e", "0"]],
    };
    const setting = { ...made, browser, out };
    for (const [name, peer] of Object.entries(peers())) {
      if (peer.prepare) await timed(peer.prepare(setting));
      const env = { PUPPETEER_EXECUTABLE_PATH: browser };
      commands[name] = [peer.command(setting), { cwd: peer.cwd?.(setting), env }];
    }
    const subjects = Object.fromEntries(Object.entries(commands).map(([name, one]) => [name, () => timed(...one)]));
    // A build that knows nothing of the last one prints a table of contents twice.
    subjects[FIRST] = async () => {
      await rm(join(made.folder, "output"), { recursive: true, force: true });
      return await subjects[OWN]();
    };
    commands[FIRST] = commands[OWN];
    const rows = await compare(subjects, floor, rounds);
    for (const row of rows) Object.assign(row, await footprint(...commands[row.name]));
    return { floor, rows };
  } finally {
    await made.close();
  }
}
