import {
  PDFArray,
  PDFBool,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from "pdf-lib";
import { kinds, WHITE } from "../characters.ts";
import { nameOf } from "../names.ts";
import { dictionaryOf, OtherWriting } from "./print-dictionary.ts";

/** Arrays and dictionaries in each other; a print has three or four. */
const DEEPEST = 50;

/**
 * What never changes is made once, for all prints: they say the same names, numbers and references thousands of times. So many
 * of each are kept.
 */
const MOST = 20_000;
const names = new Map<string, PDFName>();
const numbers = new Map<string, PDFNumber>();
const refs = new Map<number, PDFRef>();

/** The value under a key, made when it is first asked for. */
function shared<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  const one = known.get(key);
  if (one !== undefined) return one;
  const made = make(key);
  if (known.size < MOST) known.set(key, made);
  return made;
}

/**
 * Reads the objects of a print (ISO 32000-1, 7.3) into the library's own. The library reads far worse files than a browser
 * writes, and needs ten times as long; what is not written plainly is left to it, by an `OtherWriting`.
 */
export class PrintObjects {
  readonly #context: PDFContext;
  readonly #bytes: Uint8Array;
  /** The same, a character for each byte: pieces are cut from it. */
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(context: PDFContext, bytes: Uint8Array, text: string) {
    this.#context = context;
    this.#bytes = bytes;
    this.#text = text;
  }

  /** Reads the object with a number, which begins at a byte, into the context (7.3.10). */
  readIndirect(number: number, at: number): void {
    this.#at = at;
    const head = `${number} 0 obj`;
    if (!this.#text.startsWith(head, at)) throw new OtherWriting(`no object ${number} at byte ${at}`);
    this.#at += head.length;
    let object = this.#value();
    this.#skipWhite();
    if (object instanceof PDFDict && this.#text.startsWith("stream", this.#at)) object = this.#stream(object);
    this.#skipWhite();
    if (!this.#text.startsWith("endobj", this.#at)) throw new OtherWriting(`no end of object ${number}`);
    this.#context.assign(refTo(number), object);
  }

  /** Reads a dictionary that is no object of its own. */
  readDictionary(at: number): PDFDict {
    this.#at = at;
    const value = this.#value();
    if (!(value instanceof PDFDict)) throw new OtherWriting(`no dictionary at byte ${at}`);
    return value;
  }

  #skipWhite(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    while (kinds[bytes[at] ?? 0x21] === WHITE) at++;
    this.#at = at;
  }

  #value(): PDFObject {
    this.#skipWhite();
    const code = this.#bytes[this.#at] ?? 0;
    switch (code) {
      case 0x2f:
        return this.#name();
      case 0x5b:
        return this.#array();
      case 0x28:
        return this.#literal();
      case 0x3c:
        return this.#bytes[this.#at + 1] === 0x3c ? this.#dictionary() : this.#hex();
    }
    if ((code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e) return this.#number();
    return this.#word();
  }

  /** Regular characters up to white space or a delimiter. */
  #regular(): string {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    while (kinds[bytes[at] ?? 0] === 0) at++;
    this.#at = at;
    return this.#text.slice(start, at);
  }

  #word(): PDFObject {
    switch (this.#regular()) {
      case "true":
        return PDFBool.True;
      case "false":
        return PDFBool.False;
      case "null":
        return PDFNull;
    }
    throw new OtherWriting(`no value before byte ${this.#at}`);
  }

  #name(): PDFName {
    this.#at++;
    return shared(names, this.#regular(), nameWritten);
  }

  /** A number, or a reference: two whole numbers and an R (7.3.10). */
  #number(): PDFObject {
    const written = this.#regular();
    const ref = this.#refAfter(written);
    if (ref) return ref;
    return shared(numbers, written, numberWritten);
  }

  /** What a number goes on with, where it begins a reference: its generation and an R, with one space before each. */
  #refAfter(written: string): PDFRef | undefined {
    const bytes = this.#bytes;
    let at = this.#at;
    if (bytes[at] !== 0x20 || !isDigit(bytes[at + 1])) return undefined;
    for (at += 2; isDigit(bytes[at]); ) at++;
    if (bytes[at] !== 0x20 || bytes[at + 1] !== 0x52 || kinds[bytes[at + 2] ?? 0x20] === 0) return undefined;
    // Nothing in a print has been replaced: all generations are 0.
    if (this.#text.slice(this.#at + 1, at) !== "0" || !/^\d{1,7}$/.test(written))
      throw new OtherWriting(`a reference of another kind before byte ${at}`);
    this.#at = at + 2;
    return refTo(Number(written));
  }

  #array(): PDFArray {
    this.#deeper();
    const array = PDFArray.withContext(this.#context);
    for (this.#at++; ; ) {
      this.#skipWhite();
      if (this.#bytes[this.#at] === 0x5d) break;
      array.push(this.#value());
    }
    this.#at++;
    this.#depth--;
    return array;
  }

  #dictionary(): PDFDict {
    this.#deeper();
    const entries = new Map<PDFName, PDFObject>();
    for (this.#at += 2; ; ) {
      this.#skipWhite();
      if (this.#bytes[this.#at] !== 0x2f) break;
      const key = this.#name();
      entries.set(key, this.#value());
    }
    if (this.#bytes[this.#at] !== 0x3e || this.#bytes[this.#at + 1] !== 0x3e)
      throw new OtherWriting(`no end of a dictionary at byte ${this.#at}`);
    this.#at += 2;
    this.#depth--;
    return dictionaryOf(entries, this.#context);
  }

  /** The bytes after a dictionary, as many as it says (7.3.8). */
  #stream(dictionary: PDFDict): PDFRawStream {
    const lineEnd = /stream(\r?\n)/y;
    lineEnd.lastIndex = this.#at;
    const length = dictionary.get(PDFName.Length);
    if (!lineEnd.test(this.#text) || !(length instanceof PDFNumber)) throw new OtherWriting("a stream of another kind");
    const start = lineEnd.lastIndex;
    this.#at = start + length.asNumber();
    this.#skipWhite();
    if (!this.#text.startsWith("endstream", this.#at)) throw new OtherWriting(`no end of the stream at byte ${start}`);
    this.#at += "endstream".length;
    return PDFRawStream.of(dictionary, this.#bytes.subarray(start, start + length.asNumber()));
  }

  /** A string in parentheses (7.3.4.2), as it is written: the library reads its escapes when it is asked to. */
  #literal(): PDFString {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let depth = 1;
    let at = start;
    for (; depth > 0; at++) {
      const code = bytes[at];
      if (code === undefined) throw new OtherWriting(`no end of the string at byte ${start}`);
      if (code === 0x5c) at++;
      else if (code === 0x28) depth++;
      else if (code === 0x29) depth--;
    }
    this.#at = at;
    return PDFString.of(this.#text.slice(start, at - 1));
  }

  /** A string of digits (7.3.4.3), as it is written. */
  #hex(): PDFHexString {
    const start = this.#at + 1;
    const end = this.#text.indexOf(">", start);
    if (end === -1) throw new OtherWriting(`no end of the string at byte ${start}`);
    this.#at = end + 1;
    return PDFHexString.of(this.#text.slice(start, end));
  }

  #deeper(): void {
    if (++this.#depth > DEEPEST) throw new OtherWriting("too many values in each other");
  }
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}

function nameWritten(written: string): PDFName {
  return nameOf(written.replace(/#([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))));
}

function numberWritten(written: string): PDFNumber {
  if (!/^-?(?:\d{1,15}(?:\.\d*)?|\.\d+)$/.test(written)) throw new OtherWriting(`no number: ${written}`);
  return PDFNumber.of(Number(written));
}

function refTo(number: number): PDFRef {
  return shared(refs, number, PDFRef.of);
}
