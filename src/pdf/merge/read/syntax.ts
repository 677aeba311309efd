import {
  PDFArray,
  PDFBool,
  type PDFContext,
  PDFDict,
  PDFHexString,
  type PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from "pdf-lib";
import { kinds, WHITE } from "../../characters.ts";
import { nameOf, textOfName } from "../../names.ts";

/** Names as they are written: a file has the same few thousands of times. */
const names = new Map<string, PDFName>();

/** Deeper nesting than any program writes; a guard against files made to break readers. */
const DEEPEST = 500;

/**
 * Reads objects (ISO 32000-1, 7.3) without mending anything: what is not written as the standard says is an error with its
 * offset. pdf-lib's own parser goes on where it can, which is what must not happen to a text that somebody else answers for.
 */
export class Syntax {
  readonly #bytes: Uint8Array;
  readonly #context: PDFContext;
  /** Where reading goes on. */
  at: number;
  /** The references with a generation other than 0 that were read; hardly any file has one, and a damaged one may. */
  readonly rare: PDFRef[] = [];

  constructor(bytes: Uint8Array, context: PDFContext, at = 0) {
    this.#bytes = bytes;
    this.#context = context;
    this.at = at;
  }

  /** The next object; a reference counts as one. Not a stream: its dictionary. */
  object(depth = 0): PDFObject {
    if (depth > DEEPEST) throw this.#error("for mange lag i hinanden");
    this.skipWhite();
    const first = this.#bytes[this.at];
    switch (first) {
      case 0x2f:
        return this.#name();
      case 0x28:
        return this.#literal();
      case 0x5b:
        return this.#array(depth);
      case 0x3c:
        return this.#bytes[this.at + 1] === 0x3c ? this.dictionary(depth) : this.#hex();
      case 0x74:
        this.keyword("true");
        return PDFBool.True;
      case 0x66:
        this.keyword("false");
        return PDFBool.False;
      case 0x6e:
        this.keyword("null");
        return PDFNull;
      default:
        return this.#numberOrReference();
    }
  }

  dictionary(depth = 0): PDFDict {
    this.skipWhite();
    this.#expect("<<");
    const entries = new Map<PDFName, PDFObject>();
    for (;;) {
      this.skipWhite();
      if (this.#bytes[this.at] === 0x3e) break;
      if (this.#bytes[this.at] !== 0x2f) throw this.#error("en nøgle mangler i en ordbog");
      const key = this.#name();
      if (entries.has(key)) throw this.#error(`nøglen ${textOfName(key)} står to gange`);
      entries.set(key, this.object(depth + 1));
    }
    this.#expect(">>");
    return PDFDict.fromMapWithContext(entries, this.#context);
  }

  /** A whole number that stands alone. */
  integer(): number {
    this.skipWhite();
    const start = this.at;
    while (isDigit(this.#bytes[this.at])) this.at++;
    if (start === this.at || this.at - start > 15) throw this.#error("et tal mangler");
    return Number(Buffer.from(this.#bytes.subarray(start, this.at)).toString("latin1"));
  }

  /** Reads a word that must stand here. */
  keyword(word: string): void {
    this.skipWhite();
    this.#expect(word);
    const next = this.#bytes[this.at];
    if (next !== undefined && kinds[next] === 0) throw this.#error(`»${word}« mangler`);
  }

  /** Whether a word stands here; it is not read. */
  isAt(word: string): boolean {
    this.skipWhite();
    for (let index = 0; index < word.length; index++) {
      if (this.#bytes[this.at + index] !== word.charCodeAt(index)) return false;
    }
    return true;
  }

  skipWhite(): void {
    for (;;) {
      const code = this.#bytes[this.at];
      if (code === 0x25) {
        while (this.at < this.#bytes.length && this.#bytes[this.at] !== 10 && this.#bytes[this.at] !== 13) this.at++;
      } else if (code === undefined || kinds[code] !== WHITE) return;
      else this.at++;
    }
  }

  #expect(word: string): void {
    for (let index = 0; index < word.length; index++) {
      if (this.#bytes[this.at + index] !== word.charCodeAt(index)) throw this.#error(`»${word}« mangler`);
    }
    this.at += word.length;
  }

  #name(): PDFName {
    const start = ++this.at;
    while (this.at < this.#bytes.length && kinds[this.#bytes[this.at] ?? 0] === 0) this.at++;
    const written = this.#latin1(start, this.at);
    const known = names.get(written);
    if (known) return known;
    if (/#(?![0-9a-f]{2})/i.test(written)) throw this.#error("et navn er forkert skrevet");
    const name = nameOf(written.replace(/#([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(parseInt(hex, 16))));
    names.set(written, name);
    return name;
  }

  #array(depth: number): PDFArray {
    this.at++;
    const array = PDFArray.withContext(this.#context);
    for (;;) {
      this.skipWhite();
      if (this.#bytes[this.at] === 0x5d) break;
      array.push(this.object(depth + 1));
    }
    this.at++;
    return array;
  }

  /** Kept as it is written, escapes too (7.3.4.2). */
  #literal(): PDFString {
    const start = ++this.at;
    for (let depth = 1; depth > 0; this.at++) {
      const code = this.#bytes[this.at];
      if (code === undefined) throw this.#error("en tekst mangler sin slutning");
      if (code === 0x5c) this.at++;
      else if (code === 0x28) depth++;
      else if (code === 0x29) depth--;
    }
    return PDFString.of(this.#latin1(start, this.at - 1));
  }

  #hex(): PDFHexString {
    const start = ++this.at;
    while (this.at < this.#bytes.length && this.#bytes[this.at] !== 0x3e) this.at++;
    const digits = this.#latin1(start, this.at++);
    if (this.at > this.#bytes.length || !/^[0-9a-f\s\0]*$/i.test(digits))
      throw this.#error("en tekst er forkert skrevet");
    return PDFHexString.of(digits.replace(/[\s\0]/g, ""));
  }

  #numberOrReference(): PDFObject {
    const first = this.#number();
    if (!Number.isInteger(first) || first < 0) return PDFNumber.of(first);
    const after = this.at;
    this.skipWhite();
    if (isDigit(this.#bytes[this.at])) {
      const start = this.at;
      while (isDigit(this.#bytes[this.at])) this.at++;
      const second = Number(this.#latin1(start, this.at));
      const gap = this.at;
      this.skipWhite();
      const next = this.#bytes[this.at + 1];
      if (this.at > gap && this.#bytes[this.at] === 0x52 && (next === undefined || kinds[next] !== 0)) {
        this.at++;
        const ref = PDFRef.of(first, second);
        if (second !== 0) this.rare.push(ref);
        return ref;
      }
    }
    this.at = after;
    return PDFNumber.of(first);
  }

  #number(): number {
    const start = this.at;
    while (this.at < this.#bytes.length && kinds[this.#bytes[this.at] ?? 0] === 0) this.at++;
    const written = this.#latin1(start, this.at);
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(written)) {
      this.at = start;
      throw this.#error("her skulle stå en værdi");
    }
    return Number(written);
  }

  #latin1(start: number, end: number): string {
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, end - start).toString("latin1");
  }

  #error(what: string): Damage {
    return new Damage(`${what} (byte ${this.at})`);
  }
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}

/** A file that is not written as the standard says. The message is Danish and says what and where. */
export class Damage extends Error {}
