import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { prepareZXingModule, type ReaderOptions, readBarcodes } from "zxing-wasm/reader";

/** A picture in shades of grey, a byte for each point, line by line. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** A square code that was found. */
export interface FoundCode {
  readonly text: string;
  /** How far the sheet has to be turned to stand right, in degrees clockwise, between -180 and 180. */
  readonly turn: number;
}

/** One way after the other until something is found: what helps with a fold hurts a clean print, and is slower. */
const ways: readonly ReaderOptions[] = [
  { binarizer: "LocalAverage" },
  { binarizer: "FixedThreshold" },
  { binarizer: "GlobalHistogram" },
  { binarizer: "LocalAverage", tryDenoise: true },
  { binarizer: "LocalAverage", downscaleFactor: 2, downscaleThreshold: 300 },
];

/** The QR codes in a picture, however it lies. */
export async function findCodes({ width, height, grey }: GreyPicture): Promise<FoundCode[]> {
  await load();
  const data = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; from < grey.length; from++) {
    const shade = grey[from] ?? 0;
    data[to++] = shade;
    data[to++] = shade;
    data[to++] = shade;
    data[to++] = 255;
  }
  const picture = { width, height, data, colorSpace: "srgb" } as const;
  for (const way of ways) {
    const found = await readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 8, ...way });
    const codes = found.filter(({ isValid }) => isValid);
    if (codes.length > 0) return codes.map(({ text, position }) => ({ text, turn: turnOf(position) }));
  }
  return [];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The corners are named as in the code itself. All four sides together say the angle best. */
function turnOf(corners: {
  readonly topLeft: Point;
  readonly topRight: Point;
  readonly bottomRight: Point;
  readonly bottomLeft: Point;
}): number {
  const { topLeft, topRight, bottomRight, bottomLeft } = corners;
  const x =
    topRight.x - topLeft.x + bottomRight.x - bottomLeft.x + bottomLeft.y - topLeft.y + bottomRight.y - topRight.y;
  const y =
    topRight.y - topLeft.y + bottomRight.y - bottomLeft.y - bottomLeft.x + topLeft.x - bottomRight.x + topRight.x;
  return (-Math.atan2(y, x) * 180) / Math.PI;
}

let loading: Promise<unknown> | undefined;

/** The library would fetch its program from the network; it lies beside it in the package. */
function load(): Promise<unknown> {
  loading ??= readFile(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm")).then((bytes) =>
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(bytes).buffer }, fireImmediately: true }),
  );
  return loading;
}
