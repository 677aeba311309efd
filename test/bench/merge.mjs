// Two documents of 200 tagged pages put together, beside qpdf, which joins pages and loses tags, bookmarks and labels.
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { compare } from "./support/compare.mjs";
import { footprint, timed } from "./support/processes.mjs";
import { root } from "./support/stages.mjs";

const PAGES = 200;

/** A tagged document with as many pages. */
async function print(browser, folder, word) {
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

/** Measures the join of two printed documents of 200 pages. */
export async function measureMerge({ browser: executablePath, rounds }) {
  const folder = await mkdtemp(join(tmpdir(), "resultatplan-bench-merge-"));
  const floor = "qpdf --empty --pages";
  try {
    const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
    const files = [await print(browser, folder, "alfa"), await print(browser, folder, "beta")];
    await browser.close();
    const commands = {
      [floor]: ["qpdf", "--empty", "--pages", ...files, "--", join(folder, "qpdf.pdf")],
      "resultatplan merge": [
        process.execPath,
        join(root, "dist/main.js"),
        "merge",
        ...files,
        "-o",
        join(folder, "own.pdf"),
      ],
    };
    const subjects = Object.fromEntries(
      Object.entries(commands).map(([name, command]) => [name, () => timed(command)]),
    );
    const rows = await compare(subjects, floor, rounds);
    for (const row of rows) Object.assign(row, await footprint(commands[row.name]));
    return { floor, rows };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
