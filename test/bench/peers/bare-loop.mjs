// The floor of a batch: pages that are used again, as many as told, each fed prepared HTML; nothing is read, checked or finished.
// node bare-loop.mjs <browser> <folder> <pages at once> <page.html …>
import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [executablePath, folder, atOnce, ...files] = process.argv.slice(2);
const args = ["--no-sandbox", "--allow-file-access-from-files"];
const browser = await puppeteer.launch({ executablePath, args, pipe: true });
const queue = files.values();
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    const page = await browser.newPage();
    // On a page of a file, so that the fonts beside it may be read.
    await page.goto(pathToFileURL(files[0]).href);
    for (const file of queue) {
      const base = `<head>\n<base href="${pathToFileURL(dirname(file)).href}/">`;
      await page.setContent((await readFile(file, "utf8")).replace("<head>", base));
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
      await writeFile(join(folder, `${basename(file, ".html")}.pdf`), pdf);
    }
  }),
);
await browser.close();
