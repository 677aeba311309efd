import type { Font } from "./fonts.ts";
import type { Matrix } from "./matrix.ts";

/** What a run of glyphs showed. */
export interface GlyphRun {
  readonly text: string;
  /** The last glyph's string, and the bytes that its operation takes up. */
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

/** The value of a hexadecimal digit by its byte; 16 for any other byte. */
const digits = new Uint8Array(256).fill(16);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

/**
 * Reads on from the end of a shown string, as long as glyphs are set one by one in the way that browsers write them:
 * `x y Td <code> Tj` (ISO 32000-1, 9.4.2 and 9.4.3), each on a new line with single spaces. Nine tenths of a print are that.
 * What is written in any other way is left to be read operation by operation.
 *
 * @param line is moved along
 * @returns undefined where no glyph follows
 */
export function readGlyphs(bytes: Uint8Array, from: number, font: Font, line: Matrix): GlyphRun | undefined {
  const width = 2 * font.bytesPerCode;
  let text = "";
  let [last, start, end] = [0, 0, from];
  for (;;) {
    let at = end;
    if (bytes[at++] !== 0x0a) break;
    let [x, y] = [0, 0];
    let numbers = 0;
    for (; numbers < 2; numbers++) {
      const negative = bytes[at] === 0x2d;
      if (negative) at++;
      const first = at;
      let value = 0;
      let scale = 0;
      let code = bytes[at] ?? 0;
      for (; ; code = bytes[++at] ?? 0) {
        if (code >= 0x30 && code <= 0x39) {
          value = value * 10 + code - 0x30;
          scale *= 10;
        } else if (code === 0x2e && scale === 0) scale = 1;
        else break;
      }
      if (code !== 0x20 || at - first === (scale === 0 ? 0 : 1)) break;
      at++;
      x = y;
      y = (negative ? -value : value) / (scale || 1);
    }
    // »Td <«
    if (numbers < 2 || bytes[at] !== 0x54 || bytes[at + 1] !== 0x64 || bytes[at + 2] !== 0x20 || bytes[at + 3] !== 0x3c)
      break;
    const string = at + 3;
    let code = 0;
    at += 4;
    for (const stop = at + width; at < stop; at++) {
      const digit = digits[bytes[at] ?? 0] ?? 16;
      if (digit === 16) break;
      code = code * 16 + digit;
    }
    // »> Tj«, and the line's end
    if (at !== string + 1 + width || bytes[at] !== 0x3e || bytes[at + 1] !== 0x20) break;
    if (bytes[at + 2] !== 0x54 || bytes[at + 3] !== 0x6a || bytes[at + 4] !== 0x0a) break;
    line.move(x, y);
    text += font.textOfCode(code);
    last = code;
    start = string;
    end = at + 4;
  }
  return end === from ? undefined : { text, last, start, end };
}
