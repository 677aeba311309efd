// Installs the programs that the benchmark compares with, in the versions that its tables are about, into a folder of their own.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PEERS } from "./support/peers.mjs";

const npm = { "md-to-pdf": "5.2.5", "@vivliostyle/cli": "11.0.0" };
const pypi = ["weasyprint==70.0", "typst==0.15.2", "pypandoc_binary==1.17"];

mkdirSync(PEERS, { recursive: true });
writeFileSync(join(PEERS, "package.json"), `${JSON.stringify({ private: true, dependencies: npm }, null, 2)}\n`);
run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"]);
run("python3", ["-m", "venv", "python"]);
run("python/bin/pip", ["install", "--quiet", ...pypi]);

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: PEERS,
    stdio: "inherit",
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: "1" },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
}
