import { hexValue, isDelimiter, isDigit, isSpace } from "./characters.ts";
import { type Budget, Malformed } from "./limits.ts";
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfString } from "./objects.ts";

/** Reads objects (ISO 32000-2, 7.3) from bytes, one after the other. Throws `Malformed` where there is none. */
export class Scanner {
  readonly bytes: Uint8Array;
  at: number;
  readonly #budget: Budget;

  constructor(bytes: Uint8Array, at: number, budget: Budget) {
    this.bytes = bytes;
    this.at = at;
    this.#budget = budget;
  }

  /** Passes over white space and comments (7.2.4). */
  skipSpace(): void {
    while (this.comment() !== undefined);
  }

  /** Passes over white space and the comment behind it, and gives the comment; undefined where something else comes next. */
  comment(): Uint8Array | undefined {
    while (this.at < this.bytes.length && isSpace(this.bytes[this.at])) this.at += 1;
    if (this.bytes[this.at] !== 0x25) return undefined;
    const start = this.at;
    while (this.at < this.bytes.length && this.bytes[this.at] !== 0x0a && this.bytes[this.at] !== 0x0d) this.at += 1;
    return this.bytes.subarray(start, this.at);
  }

  /** True, and past it, when this word comes next, after white space. */
  accept(word: string): boolean {
    this.skipSpace();
    if (!this.looksAt(word)) return false;
    const next = this.bytes[this.at + word.length];
    if (next !== undefined && !isSpace(next) && !isDelimiter(next)) return false;
    this.at += word.length;
    return true;
  }

  /** Past this word, or `Malformed`. */
  expect(word: string): void {
    if (!this.accept(word)) throw this.#malformed(`her skulle stå »${word}«`);
  }

  /** A whole number that is not negative, or `Malformed`. */
  whole(): number {
    this.skipSpace();
    const start = this.at;
    while (isDigit(this.bytes[this.at])) this.at += 1;
    if (this.at === start || this.at - start > 15) throw this.#malformed("her skulle stå et helt tal");
    return Number(this.#latin1(start, this.at));
  }

  /** The next object. Streams are not known here: what follows a dictionary is the caller's. */
  object(depth = 0): PdfObject {
    if (depth > this.#budget.limits.depth) throw this.#malformed("arrays og ordbøger ligger for dybt i hinanden");
    this.#budget.object();
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === 0x2f) return this.#name();
    if (byte === 0x28) return this.#literal();
    if (byte === 0x5b) return this.#array(depth);
    if (byte === 0x3c) return this.bytes[this.at + 1] === 0x3c ? this.#dict(depth) : this.#hex();
    if (isDigit(byte)) return this.#reference() ?? this.#number();
    if (byte === 0x2b || byte === 0x2d || byte === 0x2e) return this.#number();
    if (this.accept("true")) return true;
    if (this.accept("false")) return false;
    if (this.accept("null")) return null;
    throw this.#malformed("her skulle stå et objekt");
  }

  looksAt(word: string): boolean {
    for (let index = 0; index < word.length; index += 1) {
      if (this.bytes[this.at + index] !== word.charCodeAt(index)) return false;
    }
    return true;
  }

  #reference(): PdfRef | undefined {
    const start = this.at;
    const number = this.#shortWhole();
    if (number !== undefined && isSpace(this.bytes[this.at])) {
      while (isSpace(this.bytes[this.at])) this.at += 1;
      const generation = this.#shortWhole();
      if (generation !== undefined && isSpace(this.bytes[this.at])) {
        while (isSpace(this.bytes[this.at])) this.at += 1;
        const next = this.bytes[this.at + 1];
        if (this.bytes[this.at] === 0x52 && (next === undefined || isSpace(next) || isDelimiter(next))) {
          this.at += 1;
          return new PdfRef(number, generation);
        }
      }
    }
    this.at = start;
    return undefined;
  }

  #shortWhole(): number | undefined {
    const start = this.at;
    while (isDigit(this.bytes[this.at])) this.at += 1;
    return this.at > start && this.at - start <= 10 ? Number(this.#latin1(start, this.at)) : undefined;
  }

  #number(): number {
    const start = this.at;
    while (this.at < this.bytes.length && !isSpace(this.bytes[this.at]) && !isDelimiter(this.bytes[this.at]))
      this.at += 1;
    const text = this.#latin1(start, Math.min(this.at, start + 400));
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) throw this.#malformed("her skulle stå et tal");
    return Number(text);
  }

  #name(): PdfName {
    this.at += 1;
    let text = "";
    while (this.at < this.bytes.length) {
      const byte = this.bytes[this.at] ?? 0;
      if (isSpace(byte) || isDelimiter(byte)) break;
      const high = byte === 0x23 ? hexValue(this.bytes[this.at + 1]) : -1;
      const low = high < 0 ? -1 : hexValue(this.bytes[this.at + 2]);
      if (low >= 0) {
        text += String.fromCharCode(high * 16 + low);
        this.at += 3;
      } else {
        text += String.fromCharCode(byte);
        this.at += 1;
      }
      if (text.length > 4096) throw this.#malformed("et navn er for langt");
    }
    return new PdfName(text);
  }

  #hex(): PdfString {
    const start = this.at;
    const close = this.bytes.indexOf(0x3e, start);
    if (close < 0) throw this.#malformed("en streng slutter ikke");
    const digits: number[] = [];
    for (this.at = start + 1; this.at < close; this.at += 1) {
      if (isSpace(this.bytes[this.at])) continue;
      const value = hexValue(this.bytes[this.at]);
      if (value < 0) throw this.#malformed("en hexadecimal streng har et forkert tegn");
      digits.push(value);
    }
    this.at = close + 1;
    const bytes = new Uint8Array(Math.ceil(digits.length / 2));
    for (const [index, digit] of digits.entries())
      bytes[index >> 1] = (bytes[index >> 1] ?? 0) | (index % 2 ? digit : digit << 4);
    return new PdfString(bytes, start, this.at, true);
  }

  #literal(): PdfString {
    const start = this.at;
    const found: number[] = [];
    let open = 1;
    for (this.at += 1; open > 0; this.at += 1) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw this.#malformed("en streng slutter ikke");
      if (byte === 0x5c) {
        const escaped = this.#escape();
        if (escaped >= 0) found.push(escaped);
        continue;
      }
      if (byte === 0x28) open += 1;
      if (byte === 0x29) open -= 1;
      if (open > 0) found.push(byte);
    }
    return new PdfString(Uint8Array.from(found), start, this.at, false);
  }

  /** The byte of an escape (7.3.4.2), with the place left on its last character; -1 for a line that goes on. */
  #escape(): number {
    this.at += 1;
    const byte = this.bytes[this.at] ?? 0;
    const plain = "nrtbf".indexOf(String.fromCharCode(byte));
    if (plain >= 0) return "\n\r\t\b\f".charCodeAt(plain);
    if (byte === 0x0d) {
      if (this.bytes[this.at + 1] === 0x0a) this.at += 1;
      return -1;
    }
    if (byte === 0x0a) return -1;
    if (byte < 0x30 || byte > 0x37) return byte;
    let value = byte - 0x30;
    for (let more = 0; more < 2; more += 1) {
      const next = this.bytes[this.at + 1] ?? 0;
      if (next < 0x30 || next > 0x37) break;
      value = value * 8 + next - 0x30;
      this.at += 1;
    }
    return value & 0xff;
  }

  #array(depth: number): PdfObject[] {
    this.at += 1;
    const items: PdfObject[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x5d) break;
      items.push(this.object(depth + 1));
    }
    this.at += 1;
    return items;
  }

  #dict(depth: number): PdfDict {
    const start = this.at;
    this.at += 2;
    const entries = new Map<string, PdfObject>();
    const repeated: string[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x3e && this.bytes[this.at + 1] === 0x3e) break;
      if (this.bytes[this.at] !== 0x2f) throw this.#malformed("her skulle stå en nøgle");
      const key = this.#name().text;
      const value = this.object(depth + 1);
      if (entries.has(key)) repeated.push(key);
      entries.set(key, value);
    }
    this.at += 2;
    return new PdfDict(entries, repeated, start, this.at);
  }

  #latin1(start: number, end: number): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString("latin1");
  }

  #malformed(what: string): Malformed {
    return new Malformed(`Ved byte ${this.at}: ${what}.`);
  }
}
