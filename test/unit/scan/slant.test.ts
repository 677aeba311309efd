import { expect, test } from "vitest";
import type { GreyPicture } from "../../../src/scan/codes.ts";
import { isBlank, slantOf } from "../../../src/scan/slant.ts";

/** A sheet with lines of text (as bars with gaps), turned clockwise by so many degrees. */
function sheet(degrees: number, lines: number): GreyPicture {
  const [width, height] = [800, 1130];
  const grey = new Uint8Array(width * height).fill(250);
  const angle = (degrees * Math.PI) / 180;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  for (let line = 0; line < lines; line++) {
    for (let along = -250; along < 250 - (line % 5) * 60; along++) {
      if (along % 23 < 4) continue;
      for (let deep = 0; deep < 8; deep++) {
        const [u, v] = [along, -400 + line * 26 + deep];
        const x = Math.round(width / 2 + u * cosine - v * sine);
        const y = Math.round(height / 2 + u * sine + v * cosine);
        grey[y * width + x] = 30;
      }
    }
  }
  return { width, height, grey };
}

test.each([0, 0.8, 2, -2, 4.5, -5.5])("lines that slant by %s degrees are turned back", (degrees) => {
  expect(slantOf(sheet(degrees, 30))).toBeCloseTo(-degrees, 0);
  expect(Math.abs(slantOf(sheet(degrees, 30)) + degrees)).toBeLessThan(0.25);
});

test("a sheet with nothing to tell by is left as it is", () => {
  expect(slantOf(sheet(3, 0))).toBe(0);
});

test("the back of a sheet is blank, with a speck and the shadow of its edge; one with a line of text is not", () => {
  const back = sheet(0, 0);
  back.grey.fill(20, 0, back.width * 5);
  back.grey.fill(20, back.width * 500 + 300, back.width * 500 + 310);
  expect(isBlank(back)).toBe(true);
  expect(isBlank(sheet(0, 1))).toBe(false);
});

test("a pale copy on grey paper is not taken for an empty sheet", () => {
  const pale = sheet(0, 8);
  // Ink at 156 on paper at 230.
  pale.grey.set(pale.grey.map((shade) => 146 + shade * 0.336));
  expect(isBlank(pale)).toBe(false);
});
