import type { Font, Glyph } from "./fonts.ts";
import type { Matrix } from "./matrix.ts";

/** What a run of glyphs showed. */
export interface GlyphRun {
  readonly text: string;
  /** The last glyph, and the bytes that the operation takes up which shows it. */
  readonly last: Glyph;
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

/** What is compared four bytes at a time: » 0 Td <«, »> Tj« and »ET« on a line of its own. */
const [ZERO, MOVED, SHOWN, ENDED] = [" 0 T", "Td <", "> Tj", "\nET\n"].map((four) =>
  [...four].reduce((all, character) => all * 256 + character.charCodeAt(0), 0),
) as [number, number, number, number];

/** What is no hexadecimal digit makes a code larger than any. */
const NO_DIGIT = 0x10000;

/** The value of a hexadecimal digit by its byte. */
const digits = new Uint32Array(256).fill(NO_DIGIT);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

/**
 * Reads on from the end of a shown string, as long as glyphs are set one by one in the way that browsers write them:
 * `x 0 Td <code> Tj` (ISO 32000-1, 9.4.2 and 9.4.3), each on a line of its own with single spaces. Nine tenths of a print are
 * that. What is written in any other way is left to be read operation by operation.
 *
 * @param fours the same bytes
 * @param line is moved along
 * @param begun undefined where the run cannot be joined
 * @returns undefined where no glyph follows
 */
export function readGlyphs(
  bytes: Uint8Array,
  fours: DataView,
  from: number,
  font: Font,
  line: Matrix,
  begun?: RunStart,
): GlyphRun | undefined {
  const { glyphs, places, start, end } = glyphsAfter(bytes, fours, from, font);
  const last = glyphs.at(-1);
  if (!last) return undefined;
  line.move(places.at(-1) ?? 0, 0);
  let text = "";
  for (const glyph of glyphs) text += glyph.text;
  // What comes after would count from the run's last glyph; after the end of the text object nothing does.
  const ends = end + 4 <= bytes.length && fours.getUint32(end) === ENDED;
  return { text, last, start, end, joined: ends && begun ? joined(begun, glyphs, places) : undefined };
}

/** One loop that calls little: a build of a few plans is over before V8 has optimised it. */
function glyphsAfter(bytes: Uint8Array, fours: DataView, from: number, font: Font) {
  const codeLength = 2 * font.bytesPerCode;
  // What follows a glyph's number; no run ends a stream.
  const stop = bytes.length - " 0 Td <> Tj\n".length - codeLength;
  const glyphs: Glyph[] = [];
  /** Where each is set, in the line's own units. */
  const places: number[] = [];
  let along = 0;
  let start = 0;
  let end = from;
  while (end < stop && bytes[end] === 0x0a) {
    let at = end + 1;
    const sign = bytes[at] === 0x2d ? -1 : 1;
    if (sign === -1) at++;
    const first = at;
    let value = 0;
    let scale = 0;
    for (; at < stop; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x30 && byte <= 0x39) {
        value = value * 10 + byte - 0x30;
        scale *= 10;
      } else if (byte === 0x2e && scale === 0) scale = 1;
      else break;
    }
    if (at - first <= (scale === 0 ? 0 : 1) || fours.getUint32(at) !== ZERO || fours.getUint32(at + 3) !== MOVED) break;
    const opened = at + 6;
    let code = 0;
    for (at = opened + 1; at <= opened + codeLength; at++) code = code * 16 + (digits[bytes[at] ?? 0] ?? NO_DIGIT);
    if (code >= NO_DIGIT || fours.getUint32(at) !== SHOWN || bytes[at + 4] !== 0x0a) break;
    start = opened;
    end = at + 4;
    along += (sign * value) / (scale || 1);
    glyphs.push(font.glyph(code));
    places.push(along);
  }
  return { glyphs, places, start, end };
}

/**
 * Glyphs as one operation `[<codes> number <codes>] TJ` (ISO 32000-1, 9.4.3), which is a sixth of what they took up one by
 * one. Each stands where it stood, to half a thousandth of the font's size: what the widths of those before it leave
 * over, the kerning that is, becomes a number.
 */
function joined({ shown, width, size }: RunStart, glyphs: readonly Glyph[], places: readonly number[]): string {
  let text = `[<${Buffer.from(shown, "latin1").toString("hex")}`;
  /** Where the next glyph would stand, in thousandths of the font's size. */
  let next = width;
  for (let index = 0; index < glyphs.length; index++) {
    const { code, width } = glyphs[index] as Glyph;
    const back = Math.round(next - ((places[index] ?? 0) * 1000) / size);
    if (back !== 0) text += `>${back}<`;
    text += code;
    next += width - back;
  }
  return `${text}>]TJ`;
}
