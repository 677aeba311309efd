// From saving a plan to its new PDF on disk, with `build --watch`, beside a warm print of the same document (what the browser
// alone needs on a page that is used again). Medians. `npm run bench:watch [saves]`
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { browserOfMachine } from "./browser.mjs";
import { repository, writePlans } from "./many-plans.mjs";
import { writePrepared } from "./prepared.mjs";
import { median } from "./tree.mjs";

const saves = Number(process.argv[2] ?? 9);
const root = await mkdtemp(join(tmpdir(), "resultatplan-bench-"));
const executablePath = browserOfMachine();
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
let child;
let browser;
try {
  await writePlans(root, 4);
  const pages = await writePrepared(root);
  await cp(join(root, "site"), join(root, "templates"), { recursive: true, filter: (path) => !path.endsWith(".html") });
  browser = await puppeteer.launch({ executablePath, args, pipe: true });
  child = spawn(
    process.execPath,
    [join(repository, "dist/main.js"), "build", "--watch", "--json-lines", "--root", root, "--browser", executablePath],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let idle = () => {};
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (JSON.parse(line).event === "idle") idle();
  });
  await new Promise((done) => {
    idle = done;
  });
  console.log("| plan | warm print, ms | from save to PDF, ms | ratio |\n| --- | --- | --- | --- |");
  for (const [index, page] of pages.entries()) {
    const prints = [];
    const rounds = [];
    for (let save = 0; save < saves; save++) {
      prints.push(await warmPrint(page));
      rounds.push(await roundOf(`plan-000${index + 1}`, save));
    }
    const ratio = median(rounds.map((time, save) => time / prints[save]));
    console.log(
      `| plan-000${index + 1} | ${median(prints).toFixed(0)} | ${median(rounds).toFixed(0)} | ${ratio.toFixed(2)} |`,
    );
  }
} finally {
  child?.kill("SIGINT");
  await browser?.close();
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
}

async function warmPrint(page) {
  const tab = (await browser.pages())[0] ?? (await browser.newPage());
  const html = await readFile(page, "utf8");
  const address = `file://${join(page, "..", "plan.hbs")}`;
  if (tab.url() !== address) {
    await tab.goto(address);
    await tab.setContent(html, { waitUntil: "load" });
  }
  const start = performance.now();
  await tab.setContent(html, { waitUntil: "load" });
  await tab.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  return performance.now() - start;
}

/** Saves the plan with another title, and waits for the file to change. */
async function roundOf(plan, save) {
  const path = join(root, "plans", plan, "plan.md");
  const output = join(root, "output", plan, "plan.pdf");
  const text = (await readFile(path, "utf8")).replace(/^(titel: .*?)(?: \d+ gange)?$/m, `$1 ${save} gange`);
  const before = (await stat(output)).ino;
  const start = performance.now();
  await writeFile(path, text);
  while ((await stat(output)).ino === before) await pause(1);
  const time = performance.now() - start;
  // The round ends a moment later.
  await pause(100);
  return time;
}
