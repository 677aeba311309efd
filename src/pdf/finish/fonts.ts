import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRawStream } from "pdf-lib";
import { type Operand, readOperations } from "./operations.ts";
import { streamBytes } from "./streams.ts";

/** What a font tells of one of its glyphs. */
export interface Glyph {
  /** What it says; nothing for one that the font gives no meaning. */
  readonly text: string;
  /** How wide it is, in thousandths of the font's size. */
  readonly width: number;
  /** The code that shows it, in hexadecimal digits. */
  readonly code: string;
}

/** What a font of the page tells about the text that is set in it. */
export class Font {
  readonly dictionary: PDFDict;
  readonly bytesPerCode: 1 | 2;
  readonly #texts: ReadonlyMap<number, string>;
  readonly #widths: ReadonlyMap<number, number>;
  /** Of the codes that have no width of their own. */
  readonly #width: number;
  /** The code that shows a space, written as a hexadecimal string with its brackets; undefined where the font has none. */
  readonly space: string | undefined;
  readonly #glyphs = new Map<number, Glyph>();

  /** @param dictionary a font dictionary (ISO 32000-1, 9.6 and 9.7) */
  constructor(dictionary: PDFDict) {
    this.dictionary = dictionary;
    const composite = dictionary.lookupMaybe(PDFName.of("Subtype"), PDFName) === PDFName.of("Type0");
    this.bytesPerCode = composite ? 2 : 1;
    const map = dictionary.lookup(PDFName.of("ToUnicode"));
    this.#texts = map instanceof PDFRawStream ? toUnicode(streamBytes(map)) : new Map();
    this.#widths = composite ? compositeWidths(dictionary) : simpleWidths(dictionary);
    const descendant = dictionary.lookupMaybe(PDFName.of("DescendantFonts"), PDFArray)?.lookupMaybe(0, PDFDict);
    this.#width = descendant?.lookupMaybe(PDFName.of("DW"), PDFNumber)?.asNumber() ?? (composite ? 1000 : 0);
    const space = this.#firstCode(" ");
    this.space = space === undefined ? undefined : `<${this.glyph(space).code}>`;
  }

  /** The glyph with a code. */
  glyph(code: number): Glyph {
    const known = this.#glyphs.get(code);
    if (known) return known;
    const glyph = {
      text: this.#texts.get(code) ?? "",
      width: this.#widths.get(code) ?? this.#width,
      code: code.toString(16).padStart(2 * this.bytesPerCode, "0"),
    };
    this.#glyphs.set(code, glyph);
    return glyph;
  }

  /** What a shown string says. */
  text(shown: string): string {
    let text = "";
    for (let at = 0; at < shown.length; at += this.bytesPerCode) text += this.glyph(this.#code(shown, at)).text;
    return text;
  }

  /** The code that shows a character, as the bytes of a shown string; undefined where the font has none. */
  codeOf(character: string): string | undefined {
    const code = this.#firstCode(character);
    if (code === undefined) return undefined;
    return String.fromCharCode(...(this.bytesPerCode === 1 ? [code] : [code >> 8, code & 255]));
  }

  /** How wide a shown string is, in thousandths of the font's size. */
  width(shown: string): number {
    let width = 0;
    for (let at = 0; at < shown.length; at += this.bytesPerCode) width += this.glyph(this.#code(shown, at)).width;
    return width;
  }

  #firstCode(character: string): number | undefined {
    for (const [code, text] of this.#texts) if (text === character) return code;
    return undefined;
  }

  #code(shown: string, at: number): number {
    const first = shown.charCodeAt(at);
    return this.bytesPerCode === 1 ? first : first * 256 + (shown.charCodeAt(at + 1) || 0);
  }
}

/** Reads a ToUnicode CMap (ISO 32000-1, 9.10.3). */
export function toUnicode(cmap: Uint8Array): Map<number, string> {
  const texts = new Map<number, string>();
  readOperations(cmap, (operator, operands) => {
    if (operator === "endbfchar") {
      for (let at = 0; at + 1 < operands.length; at += 2) texts.set(number(operands[at]), utf16(operands[at + 1]));
    } else if (operator === "endbfrange") {
      for (let at = 0; at + 2 < operands.length; at += 3) addRange(texts, operands.slice(at, at + 3));
    }
  });
  return texts;
}

function addRange(texts: Map<number, string>, [from, to, target]: readonly Operand[]): void {
  const first = number(from);
  for (let code = first; code <= number(to); code++) {
    const by = code - first;
    texts.set(code, Array.isArray(target) ? utf16(target[by]) : shifted(utf16(target), by));
  }
}

function number(bytes: Operand | undefined): number {
  let value = 0;
  if (typeof bytes === "string") for (const byte of bytes) value = value * 256 + byte.charCodeAt(0);
  return value;
}

function utf16(bytes: Operand | undefined): string {
  if (typeof bytes !== "string") return "";
  let text = "";
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1));
  }
  return text;
}

/** A range counts in the last character. */
function shifted(text: string, by: number): string {
  const last = text.length - 1;
  return text.slice(0, last) + String.fromCharCode(text.charCodeAt(last) + by);
}

/** A number of a list. Thousands are asked for: only what is no number itself, but leads to one, is looked up. */
function numberIn(list: PDFArray, index: number): number {
  const value = list.get(index);
  return (value instanceof PDFNumber ? value : list.lookup(index, PDFNumber)).asNumber();
}

/** ISO 32000-1, 9.7.4.3: `c [w w …]` and `first last w`. */
function compositeWidths(font: PDFDict): Map<number, number> {
  const widths = new Map<number, number>();
  const descendants = font.lookupMaybe(PDFName.of("DescendantFonts"), PDFArray);
  const list = descendants?.lookupMaybe(0, PDFDict)?.lookupMaybe(PDFName.of("W"), PDFArray);
  for (let at = 0; list && at + 1 < list.size(); ) {
    const first = numberIn(list, at);
    const second = list.lookup(at + 1);
    if (second instanceof PDFArray) {
      for (let index = 0; index < second.size(); index++) widths.set(first + index, numberIn(second, index));
      at += 2;
    } else {
      const last = list.lookup(at + 1, PDFNumber).asNumber();
      const width = list.lookup(at + 2, PDFNumber).asNumber();
      for (let code = first; code <= last; code++) widths.set(code, width);
      at += 3;
    }
  }
  return widths;
}

function simpleWidths(font: PDFDict): Map<number, number> {
  const first = font.lookupMaybe(PDFName.of("FirstChar"), PDFNumber)?.asNumber() ?? 0;
  const list = font.lookupMaybe(PDFName.of("Widths"), PDFArray);
  const widths = new Map<number, number>();
  for (let index = 0; list && index < list.size(); index++) widths.set(first + index, numberIn(list, index));
  return widths;
}
