/** An object of a PDF (ISO 32000-2, 7.3), as its bytes say it. A JavaScript array is an array, a number either kind. */
export type PdfObject =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | readonly PdfObject[]
  | PdfDict
  | PdfStream;

/** A name, its escapes undone. */
export class PdfName {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A string, and where in the file it stands: from its first bracket to after its last. */
export class PdfString {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly hex: boolean;

  constructor(bytes: Uint8Array, start: number, end: number, hex: boolean) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.hex = hex;
  }
}

/** A reference to an indirect object. */
export class PdfRef {
  readonly number: number;
  readonly generation: number;

  constructor(number: number, generation: number) {
    this.number = number;
    this.generation = generation;
  }
}

/** A dictionary, and where it stands. Of a key that is there twice the last value counts, and the key is remembered. */
export class PdfDict {
  readonly entries: ReadonlyMap<string, PdfObject>;
  readonly repeated: readonly string[];
  readonly start: number;
  readonly end: number;

  constructor(entries: ReadonlyMap<string, PdfObject>, repeated: readonly string[], start: number, end: number) {
    this.entries = entries;
    this.repeated = repeated;
    this.start = start;
    this.end = end;
  }
}

/** A stream: its dictionary, and its bytes as they stand in the file. */
export class PdfStream {
  readonly dict: PdfDict;
  readonly raw: Uint8Array;

  constructor(dict: PdfDict, raw: Uint8Array) {
    this.dict = dict;
    this.raw = raw;
  }
}

/** The text of a name; undefined for anything else. */
export function nameOf(object: PdfObject | undefined): string | undefined {
  return object instanceof PdfName ? object.text : undefined;
}

/** The characters of PDFDocEncoding (ISO 32000-2, D.2) that are not Latin-1's; those it leaves undefined are left out. */
const documentCharacters: ReadonlyMap<number, string> = new Map([
  ...[..."\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc"].map((one, at) => [0x18 + at, one] as const),
  ...[..."•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"].map((one, at) => [0x80 + at, one] as const),
  [0xa0, "€"],
]);

/** A text string (ISO 32000-2, 7.9.2.2) as text: UTF-16, UTF-8 or PDFDocEncoding; undefined for anything else. */
export function textOf(object: PdfObject | undefined): string | undefined {
  return object instanceof PdfString ? decodedText(object.bytes, false) : undefined;
}

/** True when two strings are the same text, in whatever encoding each is. What is no whole text is the same as nothing. */
export function sameText(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
  if (!(a instanceof PdfString) || !(b instanceof PdfString)) return false;
  try {
    return decodedText(a.bytes, true) === decodedText(b.bytes, true);
  } catch {
    return false;
  }
}

/** @throws TypeError for what is not encoded as it says, when `fatal` */
function decodedText(bytes: Uint8Array, fatal: boolean): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be", { fatal }).decode(bytes);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return new TextDecoder("utf-8", { fatal }).decode(bytes);
  return Array.from(bytes, (byte) => documentCharacters.get(byte) ?? String.fromCharCode(byte)).join("");
}

/** The dictionary of a dictionary or a stream; undefined for anything else. */
export function dictOf(object: PdfObject | undefined): PdfDict | undefined {
  if (object instanceof PdfDict) return object;
  return object instanceof PdfStream ? object.dict : undefined;
}
