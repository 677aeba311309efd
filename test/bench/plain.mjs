// The floor of one document, cold: Puppeteer as its manual shows it. `node plain.mjs browser page.html out.pdf`
import puppeteer from "puppeteer-core";

const [executablePath, page, path] = process.argv.slice(2);
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await puppeteer.launch({ executablePath, args });
const tab = await browser.newPage();
await tab.goto(`file://${page}`, { waitUntil: "load" });
await tab.pdf({ path, preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
await browser.close();
