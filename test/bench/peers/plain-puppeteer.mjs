// What Puppeteer's manual shows, for one page or for several, one after the other: the floor that cold runs are held against.
// node plain-puppeteer.mjs <browser> <folder> <page.html …>
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [executablePath, folder, ...pages] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
for (const file of pages) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  const path = join(folder, `${basename(file, ".html")}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  await page.close();
}
await browser.close();
