import { kinds, WHITE } from "../characters.ts";
import { operatorOf } from "./operators.ts";

/**
 * A value in a content stream or a CMap (ISO 32000-1, 7.3), without references: those streams have none. A PDF string is a
 * text with one character, 0-255, for each byte.
 */
export type Operand = number | boolean | null | string | Name | Operand[] | Map<string, Operand>;

/** A PDF name, as its letters are written, without the slash. */
export class Name {
  readonly letters: string;

  constructor(letters: string) {
    this.letters = letters;
  }
}

/**
 * Takes an operator with what stands before it, and the bytes that both take up: from `start` up to, not including, `end`.
 * A visitor that has read further by itself returns where to go on.
 */
export type Visit = (operator: string, operands: readonly Operand[], start: number, end: number) => number | undefined;

/** What a byte begins: a number, or an operator or another word. */
const NUMBER = 1;
const WORD = 2;
const beginnings = new Uint8Array(256);
for (const character of "+-.0123456789") beginnings[character.charCodeAt(0)] = NUMBER;
for (const character of "'\"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
  beginnings[character.charCodeAt(0)] = WORD;

/**
 * Reads a content stream (ISO 32000-1, 7.8.2) operation by operation. An inline image is one operation, `BI`, without
 * operands.
 *
 * @throws Error with the offset for what is no content stream, and for operands that no operator follows.
 */
export function readOperations(bytes: Uint8Array, visit: Visit): void {
  new Reader(bytes).read(visit);
}

const names = new Map<string, Name>();

/** The name that is written so, where `#` and two digits stand for a byte (7.3.5). */
function nameOf(written: string): Name {
  const known = names.get(written);
  if (known) return known;
  const name = new Name(
    written.replace(/#([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
  // A page has few names; what has many is no page of ours.
  if (names.size < 1000) names.set(written, name);
  return name;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(visit: Visit): void {
    let operands: Operand[] = [];
    let start = -1;
    for (;;) {
      this.#skipWhite();
      if (this.#at >= this.#bytes.length) break;
      if (start === -1) start = this.#at;
      const begins = beginnings[this.#bytes[this.#at] ?? 0];
      if (begins !== WORD) {
        operands.push(begins === NUMBER ? this.#number() : this.#operand());
        continue;
      }
      const word = this.#regular();
      if (word === "true" || word === "false") operands.push(word === "true");
      else if (word === "null") operands.push(null);
      else {
        if (word === "BI") this.#skipInlineImage();
        this.#at = visit(word, operands, start, this.#at) ?? this.#at;
        operands = [];
        start = -1;
      }
    }
    if (operands.length > 0) throw new Error("Operands without an operator at the end of a content stream");
  }

  #skipWhite(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    for (; at < bytes.length; at++) {
      const code = bytes[at] ?? 0;
      if (code === 0x25) while (at + 1 < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
      else if (kinds[code] !== WHITE) break;
    }
    this.#at = at;
  }

  /** Regular characters up to white space or a delimiter. */
  #regular(): string {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    let key = 0;
    for (; at < bytes.length && kinds[bytes[at] ?? 0] === 0; at++) key = key * 256 + (bytes[at] ?? 0);
    this.#at = at;
    const length = at - start;
    const operator = length <= 3 ? operatorOf(key) : undefined;
    if (operator !== undefined) return operator;
    let word = "";
    for (let index = start; index < at; index++) word += String.fromCharCode(bytes[index] ?? 0);
    return word;
  }

  #operand(): Operand {
    const first = this.#bytes[this.#at] ?? 0;
    switch (first) {
      case 0x2f:
        this.#at++;
        return nameOf(this.#regular());
      case 0x28:
        return this.#literal();
      case 0x5b:
        this.#at++;
        return this.#until(0x5d);
      case 0x3c:
        return this.#bytes[this.#at + 1] === 0x3c ? this.#dictionary() : this.#hex();
      default:
        return this.#number();
    }
  }

  /** Digit by digit: most of a page's bytes are numbers. */
  #number(): number {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    const sign = bytes[start] === 0x2d ? -1 : 1;
    if (sign === -1 || bytes[start] === 0x2b) at++;
    let value = 0;
    let scale = 0;
    let digits = 0;
    for (; at < bytes.length; at++) {
      const code = bytes[at] ?? 0;
      if (code >= 0x30 && code <= 0x39) {
        value = value * 10 + code - 0x30;
        scale *= 10;
        digits++;
      } else if (code === 0x2e && scale === 0) scale = 1;
      else break;
    }
    this.#at = at;
    if (digits === 0 || (at < bytes.length && kinds[bytes[at] ?? 0] === 0)) {
      throw new Error(`No PDF value at byte ${start}`);
    }
    return (sign * value) / (scale || 1);
  }

  #until(closing: number): Operand[] {
    const values: Operand[] = [];
    for (;;) {
      this.#skipWhite();
      if (this.#at >= this.#bytes.length) throw new Error("An array or dictionary without an end");
      if (this.#bytes[this.#at] === closing) {
        this.#at++;
        return values;
      }
      if (beginnings[this.#bytes[this.#at] ?? 0] !== WORD) {
        values.push(this.#operand());
        continue;
      }
      const word = this.#regular();
      values.push(word === "true" ? true : word === "false" ? false : null);
    }
  }

  #dictionary(): Map<string, Operand> {
    this.#at += 2;
    const values = this.#until(0x3e);
    this.#at++;
    const entries = new Map<string, Operand>();
    for (let index = 0; index + 1 < values.length; index += 2) {
      const key = values[index];
      const value = values[index + 1];
      if (key instanceof Name && value !== undefined) entries.set(key.letters, value);
    }
    return entries;
  }

  #hex(): string {
    const bytes = this.#bytes;
    let text = "";
    let high = -1;
    for (this.#at++; bytes[this.#at] !== 0x3e; this.#at++) {
      const code = bytes[this.#at];
      if (code === undefined) throw new Error("A hexadecimal string without an end");
      if (kinds[code] === WHITE) continue;
      const digit = code <= 0x39 ? code - 0x30 : (code | 0x20) - 0x57;
      if (digit < 0 || digit > 15) throw new Error(`No hexadecimal digit at byte ${this.#at}`);
      if (high === -1) high = digit;
      else {
        text += String.fromCharCode(high * 16 + digit);
        high = -1;
      }
    }
    this.#at++;
    // A digit that is missing at the end is 0 (7.3.4.3).
    return high === -1 ? text : text + String.fromCharCode(high * 16);
  }

  /** ISO 32000-1, 7.3.4.2: parentheses in pairs, backslash escapes. */
  #literal(): string {
    const codes: number[] = [];
    let depth = 0;
    for (;;) {
      const code = this.#bytes[this.#at++];
      if (code === undefined) throw new Error("A string without an end");
      if (code === 0x5c) {
        this.#escape(codes);
        continue;
      }
      if (code === 0x28 && depth++ === 0) continue;
      if (code === 0x29 && --depth === 0) return String.fromCharCode(...codes);
      codes.push(code);
    }
  }

  #escape(codes: number[]): void {
    const code = this.#bytes[this.#at++] ?? 0;
    const named = "nrtbf".indexOf(String.fromCharCode(code));
    if (named !== -1) codes.push([10, 13, 9, 8, 12][named] ?? 0);
    else if (code === 13) this.#at += this.#bytes[this.#at] === 10 ? 1 : 0;
    else if (code >= 0x30 && code <= 0x37) {
      let value = code - 0x30;
      for (let digits = 1; digits < 3; digits++) {
        const next = this.#bytes[this.#at] ?? 0;
        if (next < 0x30 || next > 0x37) break;
        value = value * 8 + next - 0x30;
        this.#at++;
      }
      codes.push(value & 0xff);
    } else if (code !== 10) codes.push(code);
  }

  /** From `BI` to its `EI`, which has white space on both sides; the image's own bytes may be anything. */
  #skipInlineImage(): void {
    const bytes = this.#bytes;
    for (; this.#at + 2 < bytes.length; this.#at++) {
      const ends =
        kinds[bytes[this.#at] ?? 0] === WHITE &&
        bytes[this.#at + 1] === 0x45 &&
        bytes[this.#at + 2] === 0x49 &&
        (this.#at + 3 >= bytes.length || kinds[bytes[this.#at + 3] ?? 0] === WHITE);
      if (ends) {
        this.#at += 3;
        return;
      }
    }
    throw new Error("An inline image without an end");
  }
}
