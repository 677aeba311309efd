// The floor of a batch: prepared pages, printed by a few tabs that are used again and again, and nothing else done with them.
// `node bare-loop.mjs browser tabs page.html …`
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import puppeteer from "puppeteer-core";

const [executablePath, tabs, ...pages] = process.argv.slice(2);
const args = ["--allow-file-access-from-files", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
const browser = await puppeteer.launch({ executablePath, args, pipe: true });
const waiting = [...pages];
await Promise.all(
  Array.from({ length: Number(tabs) }, async () => {
    const tab = await browser.newPage();
    let at = "";
    for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) {
      if (dirname(page) !== at) await tab.goto(`file://${dirname(page)}/plan.hbs`);
      at = dirname(page);
      await tab.setContent(await readFile(page, "utf8"), { waitUntil: "load" });
      await tab.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
    }
  }),
);
await browser.close();
