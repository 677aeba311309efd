// What `resultatplan merge` takes for 200 + 200 tagged pages, beside its floor: qpdf, which joins pages and loses tags,
// bookmarks and labels. Interleaved runs, medians; peak memory as the system counts it. `node test/bench/merge.mjs`
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import puppeteer from "puppeteer-core";

const RUNS = 5;
const PAGES = 200;
const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "resultatplan-bench-merge-"));

/** A tagged document with as many pages, by the browser that RESULTATPLAN_BROWSER names, else by Chromium. */
async function print(browser, word) {
  const page = await browser.newPage();
  const sections = Array.from(
    { length: PAGES },
    (_, number) =>
      `<section style="break-before:page"><h1 id="${word}${number}">${word} ${number}</h1>${`<p>${word} tæller æbler, øer og ål på side ${number}, og det gør den hvert år. <a href="#${word}${(number + 7) % PAGES}">Se mere.</a></p>`.repeat(12)}<table><tr><th>Mål</th><th>Tal</th></tr>${`<tr><td>Æbler</td><td>${number}</td></tr>`.repeat(12)}</table></section>`,
  );
  await page.setContent(`<html lang="da"><title>${word}</title><body>${sections.join("")}</body></html>`);
  const path = join(folder, `${word}.pdf`);
  writeFileSync(path, await page.pdf({ format: "A4", tagged: true, outline: true }));
  await page.close();
  return path;
}

function measure(command, args) {
  const start = performance.now();
  // GNU time tells the peak of the process: %M in kilobytes.
  const { status, stderr } = spawnSync("time", ["-f", "%M", command, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return { ms: performance.now() - start, megabytes: Number(stderr.trim().split("\n").at(-1)) / 1024 };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

try {
  const executablePath =
    process.env.RESULTATPLAN_BROWSER ?? spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
  const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
  const files = [await print(browser, "alfa"), await print(browser, "beta")];
  await browser.close();
  const subjects = {
    "node -e 0": [process.execPath, ["-e", "0"]],
    "qpdf --empty --pages": ["qpdf", ["--empty", "--pages", ...files, "--", join(folder, "qpdf.pdf")]],
    "resultatplan merge": [
      process.execPath,
      [join(root, "dist/main.js"), "merge", ...files, "-o", join(folder, "own.pdf")],
    ],
  };
  const runs = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let run = 0; run <= RUNS; run++) {
    for (const [name, [command, args]] of Object.entries(subjects)) {
      const taken = measure(command, args);
      // The first round fills the caches.
      if (run > 0) runs[name].push(taken);
    }
  }
  console.log("| 200 + 200 pages | ms | ratio to qpdf | peak, MB |\n| --- | --- | --- | --- |");
  for (const [name, own] of Object.entries(runs)) {
    const ratio = median(own.map(({ ms }, run) => ms / runs["qpdf --empty --pages"][run].ms));
    const peak = median(own.map(({ megabytes }) => megabytes));
    console.log(
      `| ${name} | ${median(own.map(({ ms }) => ms)).toFixed(0)} | ${ratio.toFixed(2)} | ${peak.toFixed(0)} |`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
