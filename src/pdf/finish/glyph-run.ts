import type { Font } from "./fonts.ts";
import type { Matrix } from "./matrix.ts";

/** What a run of glyphs showed. */
export interface GlyphRun {
  readonly text: string;
  /** The last glyph's code, and the bytes that the operation takes up which shows it. */
  readonly last: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads on from the end of a shown string, as long as glyphs are set one by one in the way that browsers write them:
 * `x y Td <code> Tj` (ISO 32000-1, 9.4.2 and 9.4.3), each on a line of its own with single spaces. Nine tenths of a print are
 * that. What is written in any other way is left to be read operation by operation.
 *
 * @param line is moved along
 * @returns undefined where no glyph follows
 */
export function readGlyphs(bytes: Uint8Array, from: number, font: Font, line: Matrix): GlyphRun | undefined {
  const reader = new GlyphReader(bytes, 2 * font.bytesPerCode);
  let text = "";
  let last = 0;
  let start = 0;
  let end = from;
  while (reader.read(end)) {
    line.move(reader.x, reader.y);
    text += font.textOfCode(reader.code);
    last = reader.code;
    start = reader.start;
    end = reader.end;
  }
  return end === from ? undefined : { text, last, start, end };
}

/** The value of a hexadecimal digit by its byte; 16 for any other byte. */
const digits = new Uint8Array(256).fill(16);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Reads one glyph after the other. */
class GlyphReader {
  readonly #bytes: Uint8Array;
  /** How many digits a code has. */
  readonly #width: number;
  x = 0;
  y = 0;
  code = 0;
  start = 0;
  end = 0;
  #number = 0;

  constructor(bytes: Uint8Array, width: number) {
    this.#bytes = bytes;
    this.#width = width;
  }

  /** Reads the glyph after the end of a line; false, where there is none. */
  read(from: number): boolean {
    const bytes = this.#bytes;
    if (bytes[from] !== 0x0a) return false;
    let at = this.#readNumber(from + 1);
    if (at === -1) return false;
    this.x = this.#number;
    at = this.#readNumber(at);
    if (at === -1) return false;
    this.y = this.#number;
    // »Td <«
    if (bytes[at] !== 0x54 || bytes[at + 1] !== 0x64 || bytes[at + 2] !== 0x20 || bytes[at + 3] !== 0x3c) return false;
    this.start = at + 3;
    at += 4;
    let code = 0;
    for (const stop = at + this.#width; at < stop; at++) {
      const digit = digits[bytes[at] ?? 0] ?? 16;
      if (digit === 16) return false;
      code = code * 16 + digit;
    }
    this.code = code;
    this.end = at + 4;
    return this.#endsAt(at);
  }

  /** Whether »> Tj« and the end of the line stand at a place. */
  #endsAt(at: number): boolean {
    const bytes = this.#bytes;
    if (bytes[at] !== 0x3e || bytes[at + 1] !== 0x20 || bytes[at + 2] !== 0x54) return false;
    return bytes[at + 3] === 0x6a && bytes[at + 4] === 0x0a;
  }

  /** Reads a number and the space after it. Returns where they end; -1 where there is no such number. */
  #readNumber(from: number): number {
    const bytes = this.#bytes;
    const negative = bytes[from] === 0x2d;
    const first = negative ? from + 1 : from;
    let at = first;
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
    this.#number = (negative ? -value : value) / (scale || 1);
    const length = at - first;
    return code === 0x20 && length > (scale === 0 ? 0 : 1) ? at + 1 : -1;
  }
}
