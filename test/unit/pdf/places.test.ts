import { afterAll, beforeAll, expect, test } from "vitest";
import { asPrinted, type PrintedPdf } from "../../../src/core/states.ts";
import { placesIn, plainContext } from "../../../src/pdf/finish/read-print.ts";
import { inspectPdf } from "../../../src/pdf/inspect.ts";
import { PrintShop } from "../../../src/print/print-shop.ts";

const shop = new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {} });
let print: PrintedPdf;

beforeAll(async () => {
  // So many pages that the page tree has branches.
  const parts = Array.from({ length: 40 }, (_, index) => {
    return { link: `<a href="#del-${index}">${index}</a> `, part: `<h2 id="del-${index}">Del ${index}</h2>` };
  });
  const html = `<!DOCTYPE html><html lang="da"><head><title>Steder</title><style>@page{size:A4} h2{break-before:page}</style></head>
    <body>${parts.map(({ link }) => link).join("")}<a href="#slut">æ</a>${parts.map(({ part }) => part).join("")}<p id="slut">Slut</p></body></html>`;
  const base = "https://skabelon.invalid/steder/";
  print = await shop.print({ base, html, assets: new Map(), fontFamilies: [], title: "Steder" });
});
afterAll(() => shop.close());

/** The same print, with a text in place of another of the same length. */
function altered(before: string, after: string): PrintedPdf {
  const text = Buffer.from(print).toString("latin1");
  expect([text.includes(before), after.length]).toEqual([true, before.length]);
  return asPrinted(new Uint8Array(Buffer.from(text.replace(before, after), "latin1")));
}

test("the places of a print are those that the library finds", async () => {
  expect(plainContext(print)).toBeDefined();
  const places = await placesIn(print);
  expect(places.size).toBe(41);
  expect([places.get("del-0"), places.get("del-39"), places.get("slut")]).toEqual([2, 41, 41]);
  const { destinations } = await inspectPdf(print);
  expect([...places].sort()).toEqual([...destinations].sort());
});

test.each([
  ["no table where the last lines say that it is", "startxref", "startxxxx"],
  ["a trailer of another kind", "/Root", "/Rxxt"],
  ["a page tree of another kind", "/Kids [", "/Kixs ["],
])("%s: told as the library tells it, or an error", async (_name, before, after) => {
  const other = altered(before, after);
  const expected = await inspectPdf(other).then(
    ({ destinations }) => [...destinations].sort(),
    () => "an error",
  );
  const told = await placesIn(other).then(
    (places) => [...places].sort(),
    () => "an error",
  );
  expect(told).toEqual(expected);
});
