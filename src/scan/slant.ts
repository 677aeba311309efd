import type { GreyPicture } from "./codes.ts";

/** How far lines may slant and still be found, in degrees, and how finely. */
const WIDEST = 6;
const STEP = 0.1;

/** What is looked at is no finer than this, in points: lines of text are still lines, and paper has no grain. */
const SIDE = 1000;

/** A point is ink when it is darker than this part of the paper's brightness: a pale copy on grey paper has ink too. */
const INK = 0.75;

/** More points than these tell no more, and take their time. */
const MOST_INK = 60_000;

/**
 * How far a sheet without a readable code has to be turned for its lines to lie level, in degrees clockwise; 0 where it has too
 * little on it to tell. Ink that is counted along the lines' own direction falls into few rows, and they are full.
 */
export function slantOf(picture: GreyPicture): number {
  const points = inkOf(picture);
  if (points.length < 200) return 0;
  let best = 0;
  let sharpest = sharpness(points, 0);
  for (let step = 1; step <= WIDEST / STEP; step++) {
    for (const degrees of [step * STEP, -step * STEP]) {
      const found = sharpness(points, degrees);
      if (found > sharpest * 1.0001) {
        sharpest = found;
        best = degrees;
      }
    }
  }
  return best;
}

/** True for a sheet with nothing on it, such as the back of one. */
export function isBlank(picture: GreyPicture): boolean {
  const { width, height } = picture;
  const edge = Math.round(Math.min(width, height) * 0.03);
  const limit = inkLimit(picture);
  let dark = 0;
  // The edges are left out: scanners draw shadows there.
  for (let y = edge; y < height - edge; y++) {
    for (let x = edge; x < width - edge; x++) if ((picture.grey[y * width + x] ?? 255) < limit) dark++;
  }
  return dark < width * height * 0.0003;
}

/** The ink of a picture as points, on a coarser raster; of very much ink, such as a dark photograph has, some. */
function inkOf(picture: GreyPicture): [x: number, y: number][] {
  const { width, height, grey } = picture;
  const limit = inkLimit(picture);
  const step = Math.max(1, Math.floor(Math.max(width, height) / SIDE));
  const points: [number, number][] = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      if ((grey[y * width + x] ?? 255) < limit) points.push([x / step, y / step]);
    }
  }
  const every = Math.ceil(points.length / MOST_INK);
  return every > 1 ? points.filter((_point, index) => index % every === 0) : points;
}

/** What is darker is ink. Most of a sheet is paper; its brightness is that of the point a fifth from the brightest. */
function inkLimit({ grey }: GreyPicture): number {
  const counts = new Uint32Array(256);
  for (const shade of grey) counts[shade] = (counts[shade] ?? 0) + 1;
  let above = 0;
  for (let shade = 255; shade > 0; shade--) {
    above += counts[shade] ?? 0;
    if (above >= grey.length / 5) return shade * INK;
  }
  return 0;
}

/** The sum of the squares of the rows, when the sheet is turned clockwise by so many degrees. */
function sharpness(points: readonly (readonly [x: number, y: number])[], degrees: number): number {
  const angle = (degrees * Math.PI) / 180;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const rows = new Map<number, number>();
  for (const [x, y] of points) {
    const row = Math.round(x * sine + y * cosine);
    rows.set(row, (rows.get(row) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of rows.values()) sum += count * count;
  return sum;
}
