import type { Font } from "./fonts.ts";
import type { Matrix } from "./matrix.ts";

/** What a run of glyphs showed. */
export interface GlyphRun {
  readonly text: string;
  /** The last glyph's code, and the bytes that the operation takes up which shows it. */
  readonly last: number;
  readonly start: number;
  readonly end: number;
  /** The string before the run and the run as one operation; undefined where that would show them in other places. */
  readonly joined: string | undefined;
}

/** The string that a run goes on from, the first of its line. */
export interface RunStart {
  readonly shown: string;
  /** How wide it is, in thousandths of the size. */
  readonly width: number;
  readonly size: number;
}

/**
 * Reads on from the end of a shown string, as long as glyphs are set one by one in the way that browsers write them:
 * `x y Td <code> Tj` (ISO 32000-1, 9.4.2 and 9.4.3), each on a line of its own with single spaces. Nine tenths of a print are
 * that. What is written in any other way is left to be read operation by operation.
 *
 * @param line is moved along
 * @param begun undefined where the run cannot be joined
 * @returns undefined where no glyph follows
 */
export function readGlyphs(
  bytes: Uint8Array,
  from: number,
  font: Font,
  line: Matrix,
  begun?: RunStart,
): GlyphRun | undefined {
  const reader = new GlyphReader(bytes, 2 * font.bytesPerCode);
  // Most strings are a glyph that no other follows.
  let joining: Joining | undefined;
  let text = "";
  let last = 0;
  let start = 0;
  let end = from;
  while (reader.read(end)) {
    line.move(reader.x, reader.y);
    joining ??= begun && new Joining(font, begun);
    joining?.add(reader.code, reader.x, reader.y);
    text += font.textOfCode(reader.code);
    last = reader.code;
    start = reader.start;
    end = reader.end;
  }
  if (end === from) return undefined;
  // What comes after would count from the run's last glyph; after the end of the text object nothing does.
  const ends = bytes[end + 1] === 0x45 && bytes[end + 2] === 0x54 && bytes[end + 3] === 0x0a;
  return { text, last, start, end, joined: ends ? joining?.finish() : undefined };
}

/**
 * Glyphs as one operation `[<codes> number <codes>] TJ` (ISO 32000-1, 9.4.3), which is a sixth of what they took up one by
 * one. Each stands where it stood, to half a thousandth of the font's size: what the widths of those before it leave
 * over, the kerning that is, becomes a number.
 */
class Joining {
  readonly #font: Font;
  /** The font's size for a thousandth of it. */
  readonly #unit: number;
  #text: string;
  /** Where the next glyph would stand, and where the last one was set, in thousandths of the font's size. */
  #next: number;
  #set = 0;
  #level = true;

  constructor(font: Font, { shown, width, size }: RunStart) {
    this.#font = font;
    this.#unit = size / 1000;
    this.#text = `[<${Buffer.from(shown, "latin1").toString("hex")}`;
    this.#next = width;
  }

  add(code: number, x: number, y: number): void {
    if (y !== 0) this.#level = false;
    this.#set += x / this.#unit;
    const back = Math.round(this.#next - this.#set);
    if (back !== 0) this.#text += `>${back}<`;
    this.#text += hexOf(code);
    this.#next += this.#font.widthOfCode(code) - back;
  }

  finish(): string | undefined {
    return this.#level && this.#unit > 0 ? `${this.#text}>]TJ` : undefined;
  }
}

const written = new Map<number, string>();

/** A code of two bytes in hexadecimal digits. */
function hexOf(code: number): string {
  let digits = written.get(code);
  if (digits === undefined) {
    digits = code.toString(16).padStart(4, "0");
    written.set(code, digits);
  }
  return digits;
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
