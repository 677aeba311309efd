import type { Page } from "puppeteer";
import { Failure } from "../core/failure.ts";
import type { Asset, HtmlDocument } from "../core/states.ts";
import { decide, EMPTY_PAGE } from "./guard.ts";
import type { PrintShop } from "./print-shop.ts";

/** A picture from outside, opened in a page of the browser, as it is to be seen. */
export interface OpenPicture {
  /** Its size in points, after its longest side was brought down to what was asked for. */
  readonly width: number;
  readonly height: number;
  /** In shades of grey, a byte for each point, line by line; colours are as bright as the brightest of their three. */
  readonly grey: Uint8Array;
  /**
   * The picture as JPEG in sRGB, turned, on white, and without what the file told besides (place, time, camera).
   *
   * @param turn degrees clockwise
   * @param longest the longest side in points; smaller pictures keep their size
   */
  upright(turn: number, longest: number): Promise<Uint8Array>;
}

/** How long the browser may take for a step, in milliseconds. */
const PATIENCE = 30_000;

/** Where the picture is for the page; nothing else is there. */
const BASE = "https://billede.invalid/";
const ADDRESS = `${BASE}billede`;

/**
 * Opens a picture in a fresh page of the browser, whose processes are shut in, and works with it. A camera's note of which way is
 * up is followed. The page is empty: it has no scripts but these, and reaches nothing but the picture.
 *
 * @param name what messages call the file
 * @param longest the longest side that it is looked at with, in points
 * @throws Failure `scanning-ulæselig` for what the browser can't read as a picture or its page breaks down on, `browser-nede`
 */
export async function withPicture<T>(
  shop: PrintShop,
  { asset, name, longest }: { readonly asset: Asset; readonly name: string; readonly longest: number },
  work: (picture: OpenPicture) => Promise<T>,
): Promise<T> {
  const { browser, context } = await shop.start();
  const page = await context.newPage();
  const crash = new Promise<never>((_resolve, reject) => page.once("error", reject));
  crash.catch(() => {});
  /** What is asked of a page that is stuck or has crashed is never answered. */
  const asked: Ask = async (answer) => {
    answer.catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error("the page takes too long")), PATIENCE);
    });
    try {
      return await Promise.race([answer, late, crash]);
    } catch (cause) {
      throw browser.connected ? unreadable(name, cause) : browserGone(name, cause);
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    return await work(await openIn(page, asset, longest, asked));
  } finally {
    await page.close().catch(() => {});
  }
}

/** Waits for an answer of the page as long as there is hope. */
type Ask = <T>(answer: Promise<T>) => Promise<T>;

async function openIn(page: Page, asset: Asset, longest: number, asked: Ask): Promise<OpenPicture> {
  page.setDefaultTimeout(PATIENCE);
  const document: HtmlDocument = {
    base: BASE,
    html: EMPTY_PAGE,
    assets: new Map([[ADDRESS, asset]]),
    fontFamilies: [],
    title: "",
  };
  await asked(page.setRequestInterception(true));
  page.on("request", (request) => {
    const decision = decide(request.url(), request.method(), document);
    const answered =
      "serve" in decision
        ? request.respond({ status: 200, contentType: decision.serve.contentType, body: decision.serve.bytes })
        : request.abort("accessdenied");
    // The page went away while it was answered; whoever waits for it is told.
    answered.catch(() => {});
  });
  await asked(page.goto(BASE, { waitUntil: "load" }));
  const canvas = await asked(page.evaluateHandle(draw, ADDRESS, longest));
  const { width, height, grey } = await asked(page.evaluate(shadesOf, canvas));
  return {
    width,
    height,
    grey: Buffer.from(grey, "base64"),
    upright: async (turn, side) => Buffer.from(await asked(page.evaluate(turned, canvas, turn, side)), "base64"),
  };
}

function unreadable(name: string, cause: unknown): Failure {
  return new Failure("foreign", "scanning-ulæselig", `${name} kan ikke læses som et billede.`, {
    hint: "Filen er beskadiget eller noget andet, end den giver sig ud for. Scan siden igen som PDF, JPEG eller PNG.",
    cause,
  });
}

function browserGone(name: string, cause: unknown): Failure {
  return new Failure("print", "browser-nede", `Browseren brød sammen, mens ${name} blev læst.`, {
    hint: "Prøv igen, eller scan siden igen med 200 eller 300 punkter pr. tomme (dpi).",
    cause,
  });
}

/** Runs in the browser: the picture on white, as its camera held it, no larger than asked for. */
async function draw(address: string, longest: number): Promise<OffscreenCanvas> {
  const picture = await createImageBitmap(await (await fetch(address)).blob());
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("no canvas");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/**
 * Runs in the browser. The points' brightness, in base64: that of their brightest colour, so that a blue pen or a red stamp across
 * what is printed in black pales beside it.
 */
async function shadesOf(canvas: OffscreenCanvas): Promise<{ width: number; height: number; grey: string }> {
  const { width, height } = canvas;
  const data = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  const grey = new Uint8Array(width * height);
  for (let from = 0, to = 0; to < grey.length; from += 4, to++) {
    grey[to] = Math.max(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0);
  }
  const reader = new FileReader();
  const read = new Promise<string>((resolve) => {
    reader.onload = () => resolve(String(reader.result));
  });
  reader.readAsDataURL(new Blob([grey]));
  const text = await read;
  return { width, height, grey: text.slice(text.indexOf(",") + 1) };
}

/** Runs in the browser. The canvas grows with the turn, so that no corner is cut off. */
async function turned(canvas: OffscreenCanvas, turn: number, longest: number): Promise<string> {
  const angle = (turn * Math.PI) / 180;
  const [sine, cosine] = [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))];
  const width = canvas.width * cosine + canvas.height * sine;
  const height = canvas.width * sine + canvas.height * cosine;
  const scale = Math.min(1, longest / Math.max(width, height));
  const result = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const pen = result.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, result.width, result.height);
  pen.translate(result.width / 2, result.height / 2);
  pen.rotate(angle);
  pen.scale(scale, scale);
  pen.drawImage(canvas, -canvas.width / 2, -canvas.height / 2);
  const reader = new FileReader();
  const read = new Promise<string>((resolve) => {
    reader.onload = () => resolve(String(reader.result));
  });
  reader.readAsDataURL(await result.convertToBlob({ type: "image/jpeg", quality: 0.82 }));
  const text = await read;
  return text.slice(text.indexOf(",") + 1);
}
