import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import type { HtmlDocument } from "../../../src/core/states.ts";
import { PrintShop } from "../../../src/print/print-shop.ts";
import { pdfText, withPdf } from "../../support/pdf-text.ts";
import { coloursOf } from "../../support/print-colours.ts";

const shop = new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {} });
const folder = mkdtempSync(join(tmpdir(), "resultatplan-settle-"));
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

function page(body: string): HtmlDocument {
  const style =
    "@page{size:A4;margin:20mm} body{width:170mm;margin:0} td{padding:0;overflow-wrap:break-word} table{table-layout:fixed}";
  return {
    base: "https://skabelon.invalid/settle/",
    html: `<!DOCTYPE html><html lang="da"><head><title>Prøve</title><style>${style}</style></head><body><h1>Prøve</h1>${body}</body></html>`,
    assets: new Map(),
    fontFamilies: [],
    title: "Prøve",
  };
}

/** A column of the width given, and what is in it. */
function narrow(text: string, millimetres: number): string {
  return `<table style="width:${millimetres}mm"><thead><tr><th scope="col">K</th></tr></thead><tbody><tr><td data-orddeling>${text}</td></tr></tbody></table>`;
}

/** The texts of the first page, as they were printed one by one. */
function piecesOf(bytes: Uint8Array): Promise<string[]> {
  return withPdf(bytes, async (document) => {
    const { items } = await (await document.getPage(1)).getTextContent();
    return items.flatMap((item) => ("str" in item && item.str.trim() !== "" ? [item.str.trim()] : []));
  });
}

describe("in narrow columns", () => {
  test("long words are parted between their parts, with a plain hyphen and a new line", async () => {
    const bytes = await shop.print(page(narrow("Sundhedsministeriets koncern", 24)));
    expect(await piecesOf(bytes)).toEqual(["Prøve", "K", "Sundheds", "-", "ministeriets", "koncern"]);
  });

  test("a word is parted where another paragraph follows at once", async () => {
    const bytes = await shop.print(page(narrow("<p>Sundhedsministeriet.</p><p>Og mere.</p>", 24)));
    expect(await piecesOf(bytes)).toEqual(["Prøve", "K", "Sundheds", "-", "ministeriet.", "Og mere."]);
  });

  test.each([
    "https://fyrstyrelsen.dk/reguleringsforhold",
    "postmester@fyrstyrelsen.dk",
    "www.fyrtaarnsvedligeholdelse.dk",
  ])("the address %s gets no hyphen that is not its own", async (address) => {
    const bytes = await shop.print(page(narrow(address, 24)));
    expect((await pdfText(bytes)).everything).not.toContain("-");
  });
});

test("a body that keeps its spaces by itself is settled like any other", async () => {
  const document = page("<p>Indenrigs-  og</p>");
  const bytes = await shop.print({
    ...document,
    html: document.html.replace("<body>", '<body style="white-space: pre-wrap">'),
  });
  expect(await piecesOf(bytes)).toEqual(["Prøve", "Indenrigs- og"]);
});

describe("a picture that only the styles name", () => {
  const square = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#0000ff"/></svg>',
  );
  const box = (address: string) =>
    page(`<style>.felt{width:40px;height:40px;background:url(${address})}</style><p class="felt">Felt</p>`);

  test("is in the print", async () => {
    const assets = new Map([
      ["https://skabelon.invalid/settle/felt.svg", { contentType: "image/svg+xml", bytes: square }],
    ]);
    const bytes = await shop.print({ ...box("felt.svg"), assets });
    expect(coloursOf(bytes)).toContain("0 0 1");
  });

  test("and that is missing stops the print", async () => {
    const cause = await shop.print(box("mangler.png")).catch((reason: unknown) => reason);
    if (!(cause instanceof Failure)) throw new Error(`expected a Failure, got ${String(cause)}`);
    expect([cause.code, cause.message]).toEqual(["udskrift", expect.stringContaining("mangler.png")]);
  });
});

test("what is wider than the sheet is named, instead of shrinking the whole document", async () => {
  const cells = Array.from({ length: 12 }, () => "<td>Finansieringskilderne</td>").join("");
  const cause = await shop
    .print(page(`<table><tbody><tr>${cells}</tr></tbody></table>`))
    .catch((reason: unknown) => reason);
  if (!(cause instanceof Failure)) throw new Error(`expected a Failure, got ${String(cause)}`);
  expect([cause.exit, cause.code]).toEqual(["print", "for-bred"]);
  expect(cause.message).toContain("Finansieringskilderne");
});

test("a word that sticks out of a block no wider than the sheet is named", async () => {
  const address = `https://eksempelstyrelsen.dk/?id=${"%2Foekonomi".repeat(12)}`;
  const cause = await shop.print(page(`<p>Se bilaget på ${address} i sagen.</p>`)).catch((reason: unknown) => reason);
  if (!(cause instanceof Failure)) throw new Error(`expected a Failure, got ${String(cause)}`);
  // The browser itself parts an address after a question mark.
  expect([cause.code, cause.message]).toEqual(["for-bred", expect.stringContaining("»https://eksempelstyrelsen.dk/?")]);
});

test("spaces at the end of a line are not too wide", async () => {
  const words = "<b>Ord der fylder linjen </b> ".repeat(40);
  expect(await piecesOf(await shop.print(page(`<p>${words}</p>`)))).not.toEqual([]);
});

const poppler = spawnSync("pdfinfo", ["-v"]).error === undefined;
if (!poppler) console.info("pdfinfo (poppler) is not installed: the spaces of the structure text are not checked");

test.skipIf(!poppler)("a space stays in the structure text where the line ends", async () => {
  const path = join(folder, "p.pdf");
  writeFileSync(path, await shop.print(page(`<p style="width:30mm">Indenrigs- og   Sundhedsministeriets\n plan</p>`)));
  const structure = execFileSync("pdfinfo", ["-struct-text", path], { encoding: "utf8" });
  expect(structure).toContain('"Indenrigs- og Sundhedsministeriets plan"');
});
