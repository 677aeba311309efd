// What is built again: plans in which nothing has changed, and a plan that is saved while `build --watch` runs.
import { spawn } from "node:child_process";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { compare, median } from "./support/compare.mjs";
import { documents } from "./support/documents.mjs";
import { timed } from "./support/processes.mjs";
import { root } from "./support/stages.mjs";

const program = [process.execPath, join(root, "dist/main.js")];

/** Measures a build of `count` plans that are all unchanged, beside node that starts and does nothing. */
export async function measureRebuild(count, { browser, rounds }) {
  const made = await documents(count, { printed: false });
  try {
    const build = [...program, "build", "--root", made.folder, "--browser", browser];
    await timed(build);
    const floor = "node -e 0";
    const subjects = {
      [floor]: () => timed([process.execPath, "-e", "0"]),
      "resultatplan check": () => timed([...program, "check", "--uden-raad", "--root", made.folder]),
      "resultatplan build": () => timed(build),
    };
    return { floor, rows: await compare(subjects, floor, rounds) };
  } finally {
    await made.close();
  }
}

/** Measures the time from a plan's saving to its new PDF, beside a print of the page on a warm browser and nothing else. */
export async function measureWatch({ browser: executablePath, rounds }) {
  const made = await documents(4);
  const browser = await puppeteer.launch({ executablePath, args: [...loose, "--no-sandbox"], pipe: true });
  const watch = [...program, "build", "--watch", "--json-lines", "--root", made.folder, "--browser", executablePath];
  const child = spawn(watch[0], watch.slice(1), { stdio: ["ignore", "pipe", "ignore"] });
  try {
    await new Promise((idle) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (JSON.parse(line).event === "idle") idle();
      });
    });
    const tab = await browser.newPage();
    const rows = [];
    for (const [index, id] of made.ids.entries()) {
      const prints = [];
      const times = [];
      for (let round = 0; round <= rounds; round++) {
        prints.push(await warmPrint(tab, made.html[index]));
        times.push(await fromSaveToPdf(made.folder, id, round));
      }
      const ratio = median(times.map((time, round) => time / prints[round]));
      rows.push({ name: `${id}: varm udskrift`, ms: median(prints), ratio: 1 });
      rows.push({ name: `${id}: fra gem til PDF`, ms: median(times), ratio });
    }
    return { floor: "varm udskrift", rows };
  } finally {
    child.kill("SIGINT");
    await new Promise((gone) => child.once("close", gone));
    await browser.close();
    await made.close();
  }
}

/** Lets a page of a file read the fonts beside it. */
const loose = ["--allow-file-access-from-files"];

async function warmPrint(tab, page) {
  const html = await readFile(page, "utf8");
  await tab.goto(pathToFileURL(page).href);
  const start = performance.now();
  await tab.setContent(html);
  await tab.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  return performance.now() - start;
}

/** Saves a plan with another title, and waits until its file is another. */
async function fromSaveToPdf(folder, id, round) {
  const path = join(folder, "plans", id, "plan.md");
  const output = join(folder, "output", id, "plan.pdf");
  const text = (await readFile(path, "utf8")).replace(/^(titel: .*?)(?: \d+ gange)?$/m, `$1 ${round} gange`);
  const before = (await stat(output)).ino;
  const start = performance.now();
  await writeFile(path, text);
  while ((await stat(output)).ino === before) await pause(1);
  const time = performance.now() - start;
  // The program has a moment of rest before the next.
  await pause(100);
  return time;
}
