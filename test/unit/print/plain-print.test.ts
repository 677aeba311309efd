import { PDFDocument } from "pdf-lib";
import { afterAll, expect, test } from "vitest";
import type { HtmlDocument } from "../../../src/core/states.ts";
import { plainContext } from "../../../src/pdf/finish/read-print.ts";
import { PrintShop } from "../../../src/print/print-shop.ts";

const shop = new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {} });
afterAll(() => shop.close());

const document: HtmlDocument = {
  base: "https://skabelon.invalid/plain/",
  html: `<!DOCTYPE html><html lang="da"><head><title>Prøve (æ) \\ “ø”</title></head><body>
    <h1 id="top">Prøve</h1><p>Løbende tekst med <a href="#top">henvisning</a> og <a href="https://example.dk/">adresse</a>.</p>
    <table><tr><th scope="col">A</th></tr><tr><td>1</td></tr></table><ul><li>Punkt</li></ul>
    <svg role="img" aria-label="Kreds" width="20" height="20"><circle cx="9" cy="9" r="7" opacity=".5"/></svg></body></html>`,
  assets: new Map(),
  fontFamilies: [],
  title: "Prøve",
};

test("a print of this machine's browser is read plainly, and as the library reads it", async () => {
  const print = await shop.print(document);
  const plain = plainContext(print);
  const { context } = await PDFDocument.load(print, { updateMetadata: false });
  const told = (from: typeof context | undefined) =>
    from?.enumerateIndirectObjects().map(([ref, object]) => `${ref} ${object.constructor.name} ${object}`);
  expect(told(plain)).toEqual(told(context));
  expect(`${plain?.trailerInfo.Root} ${plain?.trailerInfo.Info}`).toBe(
    `${context.trailerInfo.Root} ${context.trailerInfo.Info}`,
  );
});
