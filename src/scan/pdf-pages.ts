import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { Failure } from "../core/failure.ts";
import { MOST_PAGES, READ_SIDE } from "./limits.ts";
import { encodePng } from "./png.ts";

/**
 * The pages of a scanned PDF as pictures, PNG, their longest side `READ_SIDE` points.
 *
 * PDFium runs as WebAssembly: it knows what scanners write (JBIG2, JPEG 2000, fax), has no way out of its own memory, and no script
 * of the file's runs in it.
 *
 * @param name what messages call the file
 * @throws Failure `scanning-krypteret`, `scanning-ulæselig`, `scanning-for-mange-sider`
 */
export async function pdfPages(bytes: Uint8Array, name: string): Promise<Uint8Array[]> {
  const program = await readFile(createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm"));
  const library = await PDFiumLibrary.init({ wasmBinary: new Uint8Array(program).buffer });
  const document = await library.loadDocument(bytes).catch((cause: unknown) => {
    throw refusal(cause, name);
  });
  const count = document.getPageCount();
  if (count === 0) throw new Failure("foreign", "scanning-ulæselig", `${name} har ingen sider.`);
  if (count > MOST_PAGES) {
    throw new Failure(
      "foreign",
      "scanning-for-mange-sider",
      `${name} har ${count} sider; der læses højst ${MOST_PAGES}.`,
      {
        hint: "Scan kun de underskrevne sider. Planen selv skal ikke med.",
      },
    );
  }
  const pages: Uint8Array[] = [];
  for (let index = 0; index < count; index++) {
    const page = document.getPage(index);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const scale = READ_SIDE / Math.max(originalWidth, originalHeight, 1);
    const { width, height, data } = await page.render({ scale, render: "bitmap" });
    if (width < 1 || height < 1)
      throw new Failure("foreign", "scanning-ulæselig", `Side ${index + 1} i ${name} er tom.`);
    pages.push(encodePng(width, height, data));
  }
  return pages;
}

function refusal(cause: unknown, name: string): Failure {
  const message = cause instanceof Error ? cause.message : "";
  if (/password|security/i.test(message)) {
    return new Failure("foreign", "scanning-krypteret", `${name} er beskyttet med adgangskode.`, {
      hint: "Scan siden igen uden adgangskode, eller gem den som billede.",
      cause,
    });
  }
  return new Failure("foreign", "scanning-ulæselig", `${name} er beskadiget og kan ikke læses som PDF.`, {
    hint: "Scan siden igen, eller gem den som JPEG eller PNG.",
    cause,
  });
}
