import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { PDFDocument } from "pdf-lib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { planMark } from "../src/core/page-code.ts";
import { readSheets, type Sheet } from "../src/pipeline/paper/scanned-sheets.ts";
import { withPicture } from "../src/print/picture-page.ts";
import type { PrintShop } from "../src/print/print-shop.ts";
import { lookApart, pdfPagesApart } from "../src/scan/apart.ts";
import { encodePng } from "../src/scan/png.ts";
import { convert, missingImageMagick, PaperDesk, signal } from "./support/paper.ts";
import { shopOfMachine } from "./support/shops.ts";

const id = "benchmarkingenheden-2022";
const missing = await missingImageMagick();
if (missing) console.warn(`Pages are not mistreated: ${missing}`);

// Some ways to search for a code are slow, and are tried when the others fail.
vi.setConfig({ testTimeout: 180_000 });

let shop: PrintShop;
let desk: PaperDesk;
let page: string;
beforeAll(async () => {
  shop = shopOfMachine();
  desk = await PaperDesk.open(shop, [id]);
  const [scan = ""] = await desk.scan(await desk.print(id), "ren");
  page = join(desk.folder, "side.png");
  // As a scanner gives it, at 200 dots to the inch.
  if (missing) await writeFile(page, await readFile(scan));
  else await convert(scan, ["-resize", "1654x2339"], page);
});
afterAll(async () => {
  await shop.close();
  await rm(desk.folder, { recursive: true, force: true });
});

async function readOne(path: string): Promise<Sheet> {
  const { sheets, problems } = await readSheets([path], shop, signal);
  expect(problems).toEqual([]);
  expect(sheets).toHaveLength(1);
  return sheets[0] as Sheet;
}

/** How far a straightened page still slants, in degrees, and whether it is taller than wide. */
async function standing(sheet: Sheet): Promise<{ slant: number; portrait: boolean }> {
  const asset = { contentType: "image/jpeg", bytes: sheet.picture };
  return await withPicture(shop, { asset, name: "billede", longest: 3508 }, async ({ width, height, grey }) => {
    const { codes, slant } = await lookApart({ width, height, grey }, "billede", signal);
    return { slant: codes[0]?.turn ?? slant, portrait: height > width };
  });
}

/** What is drawn on the sheet darkens it, as ink and shadow do: black stays black under it. */
function drawn(...strokes: readonly string[]): string[] {
  return [
    "(",
    "-size",
    "1654x2339",
    "xc:white",
    "-fill",
    "none",
    ...strokes,
    ")",
    "-compose",
    "multiply",
    "-composite",
  ];
}

/** Two folds across the sheet and one down it, and the shadow beside them. */
const folds = drawn(
  ...["-stroke", "gray80", "-strokewidth", "14", "-draw", "line 0,300 1654,325 line 1490,0 1465,2339"],
  ...[
    "-stroke",
    "gray45",
    "-strokewidth",
    "5",
    "-draw",
    "line 0,290 1654,315 line 0,780 1654,770 line 1340,0 1315,2339",
  ],
);

/** A signature, and a stamp over a corner of the code. */
const ink = drawn(
  ...["-stroke", "#1f3fb0", "-strokewidth", "6"],
  ...["-draw", "path 'M 220,880 C 300,700 420,980 520,820 S 700,900 760,800'"],
  ...["-stroke", "#c0262b", "-strokewidth", "7", "-draw", "circle 1240,430 1290,470"],
);

const grain = ["-attenuate", "0.6", "+noise", "Gaussian"];

describe.skipIf(missing)("a printed page is read, turned right and known for what it is", () => {
  test.each<[string, readonly string[]]>([
    ["askew by 2 degrees", ["-background", "white", "-rotate", "2"]],
    ["askew the other way, and small", ["-background", "white", "-rotate", "-3.5", "-resize", "45%"]],
    ["on its side", ["-rotate", "90"]],
    ["on its other side", ["-rotate", "270"]],
    ["upside down", ["-rotate", "180"]],
    ["upside down and askew", ["-background", "white", "-rotate", "178.2"]],
    [
      "grey, pale and coarse",
      ["-colorspace", "Gray", "+level", "35%,95%", ...grain, "-resize", "60%", "-quality", "25"],
    ],
    ["folded", [...folds, "-blur", "0x1", "-quality", "35"]],
    ["signed and stamped over its code", [...ink, "-quality", "60"]],
    [
      "photographed aslant",
      [
        "-virtual-pixel",
        "gray",
        "-distort",
        "Perspective",
        "0,0 90,60 1654,0 1600,10 0,2339 20,2300 1654,2339 1640,2250",
      ],
    ],
    [
      "all of it",
      [...folds, ...ink, "-background", "white", "-rotate", "181.5", ...grain, "-resize", "70%", "-quality", "30"],
    ],
  ])("%s", async (name, options) => {
    const path = await convert(page, options, join(desk.folder, `${name.replaceAll(/\W/g, "-")}.jpg`));
    const sheet = await readOne(path);
    expect(sheet.code).toMatchObject({ plan: planMark(id), signatory: undefined, signatories: 3, page: 1 });
    const { slant, portrait } = await standing(sheet);
    expect(Math.abs(slant)).toBeLessThan(name === "photographed aslant" ? 3 : 0.6);
    expect(portrait).toBe(true);
    expect(sheet.picture.length).toBeLessThan(1_500_000);
  });

  test("with its code torn off it is straightened by its lines, and the camera's note of what is up is followed", async () => {
    const torn = ["-fill", "white", "-draw", "rectangle 1150,80 1654,600"];
    const askew = await convert(
      page,
      [...torn, "-background", "white", "-rotate", "2.4"],
      join(desk.folder, "skæv.jpg"),
    );
    const sheet = await readOne(askew);
    expect(sheet.code).toBe("none");
    expect(Math.abs((await standing(sheet)).slant)).toBeLessThan(0.35);
    const lying = await convert(page, [...torn, "-rotate", "270"], join(desk.folder, "liggende.jpg"));
    await writeFile(lying, noted(await readFile(lying), 6));
    expect((await standing(await readOne(lying))).portrait).toBe(true);
  });

  test("what a telephone notes of place and camera does not come along", async () => {
    const path = await convert(page, ["-quality", "60"], join(desk.folder, "telefon.jpg"));
    await writeFile(path, noted(await readFile(path), 1));
    const { picture } = await readOne(path);
    expect(Buffer.from(await readFile(path)).includes("Exif")).toBe(true);
    expect(Buffer.from(picture).includes("Exif")).toBe(false);
  });
});

describe("what is no scan is refused in words", () => {
  test.each<[string, string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ["an empty file", "tom.jpg", () => new Uint8Array(), "scanning-ulæselig: tom.jpg er tom (0 bytes)."],
    [
      "a text",
      "brev.jpg",
      () => Buffer.from("Kære Peter"),
      "scanning-ulæselig: brev.jpg er hverken PDF, JPEG eller PNG.",
    ],
    [
      "a telephone's own kind",
      "foto.heic",
      () => Buffer.from("\0\0\0\u0018ftypheic...."),
      "scanning-ulæselig: foto.heic er et HEIC-billede, og den kan ikke bruges.",
    ],
    ["a picture without end", "bombe.png", bomb, "scanning-for-tung: bombe.png er på 60000 × 60000 punkter."],
    [
      "a picture that is cut off",
      "halv.png",
      () => encodePng(400, 400, new Uint8Array(640_000)).slice(0, 60),
      "scanning-ulæselig: halv.png kan ikke læses som et billede.",
    ],
    [
      "a PDF that is cut off",
      "halv.pdf",
      async () => (await pages(1)).slice(0, 300),
      "scanning-ulæselig: halv.pdf er beskadiget og kan ikke læses som PDF.",
    ],
    ["a PDF with a password", "låst.pdf", locked, "scanning-krypteret: låst.pdf er beskyttet med adgangskode."],
    [
      "a bundle of files",
      "alt.pdf",
      () => pages(500),
      "scanning-for-mange-sider: alt.pdf har 500 sider; der læses højst 12.",
    ],
  ])("%s", async (_name, file, make, expected) => {
    const path = join(desk.folder, file);
    await writeFile(path, await make());
    const { sheets, problems } = await readSheets([path], shop, signal);
    expect(sheets).toEqual([]);
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([expected]);
  });

  test("one that is not there", async () => {
    const { problems } = await readSheets([join(desk.folder, "nej.pdf")], shop, signal);
    expect(problems.map(({ code }) => code)).toEqual(["fil-mangler"]);
  });

  test("a PDF that takes for ever, when its time is up", async () => {
    const document = await PDFDocument.create();
    const sheet = document.addPage([595, 842]);
    const work = "0 0 595 842 re f 1 0 0 1 0.001 0 cm\n".repeat(1_000_000);
    sheet.node.addContentStream(document.context.register(document.context.flateStream(work)));
    const limits = { milliseconds: 1500, memory: 1e9 };
    const start = performance.now();
    await expect(pdfPagesApart(await document.save(), "evig.pdf", signal, limits)).rejects.toMatchObject({
      code: "scanning-for-tung",
      message: "Det tog for lang tid at læse evig.pdf; arbejdet er standset.",
    });
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test("a picture that swells inside a PDF is no page of the plan's, and takes nothing down with it", async () => {
    const document = await PDFDocument.create();
    const side = 20_000;
    const data = deflateSync(Buffer.alloc(side * side));
    const picture = document.context.stream(data, {
      Type: "XObject",
      Subtype: "Image",
      Width: side,
      Height: side,
      ColorSpace: "DeviceGray",
      BitsPerComponent: 8,
      Filter: "FlateDecode",
    });
    const sheet = document.addPage([595, 842]);
    const name = sheet.node.newXObject("Billede", document.context.register(picture));
    sheet.node.addContentStream(document.context.register(document.context.stream(`595 0 0 842 0 0 cm ${name} Do`)));
    const path = join(desk.folder, "svulmer.pdf");
    await writeFile(path, await document.save());
    const { sheets, problems } = await readSheets([path], shop, signal);
    expect([sheets.map(({ code }) => code).filter((code) => code !== "none"), problems]).toEqual([[], []]);
  });
});

function bomb(): Uint8Array {
  const bytes = Buffer.from(encodePng(1, 1, new Uint8Array(4)));
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  return bytes;
}

async function pages(count: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let page = 0; page < count; page++) document.addPage();
  return await document.save();
}

async function locked(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  document.encrypt({ userPassword: "hemmelig" });
  return await document.save();
}

/** A JPEG with a camera's note (Exif 2.32, 4.6.4): which way is up. */
function noted(jpeg: Uint8Array, orientation: number): Buffer {
  const tiff = Buffer.from("4d4d002a0000000800010112000300000001000000000000", "hex");
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, Buffer.alloc(2)]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 4);
  return Buffer.concat([head, body, jpeg.subarray(2)]);
}
