/** What is thrown for bytes that are no DER, or not the structure that was expected. */
export class Asn1Error extends Error {}

/** Nothing that is read here is nested deeper. */
const DEEPEST = 40;

/**
 * A value in DER (ITU-T X.690), read from bytes that stay as they came: what was signed by others must not be written anew.
 * Lengths that are indefinite, which some programs write in PKCS#12 and CMS, are understood.
 */
export class Asn1 {
  /** The first byte: class, form and number of the tag. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly bytes: Uint8Array;
  readonly #depth: number;

  private constructor(tag: number, content: Uint8Array, bytes: Uint8Array, depth: number) {
    this.tag = tag;
    this.content = content;
    this.bytes = bytes;
    this.#depth = depth;
  }

  /** Reads bytes that are one value and nothing else. */
  static read(bytes: Uint8Array): Asn1 {
    const value = Asn1.#at(bytes, 0, 0);
    if (value.bytes.length !== bytes.length) throw new Asn1Error("bytes after the value");
    return value;
  }

  /** Reads the value that bytes begin with; what follows is filling. */
  static readFirst(bytes: Uint8Array): Asn1 {
    return Asn1.#at(bytes, 0, 0);
  }

  static #at(bytes: Uint8Array, start: number, depth: number): Asn1 {
    if (depth > DEEPEST) throw new Asn1Error("nested too deep");
    const tag = byteAt(bytes, start);
    if ((tag & 0x1f) === 0x1f) throw new Asn1Error("long tags are not supported");
    let at = start + 1;
    let length = byteAt(bytes, at++);
    if (length === 0x80) return Asn1.#indefinite(tag, bytes, start, at, depth);
    if (length > 0x80) {
      const count = length & 0x7f;
      if (count > 4) throw new Asn1Error("too long");
      length = 0;
      for (let index = 0; index < count; index++) length = length * 256 + byteAt(bytes, at++);
    }
    if (at + length > bytes.length) throw new Asn1Error("cut off");
    return new Asn1(tag, bytes.subarray(at, at + length), bytes.subarray(start, at + length), depth);
  }

  static #indefinite(tag: number, bytes: Uint8Array, start: number, content: number, depth: number): Asn1 {
    let at = content;
    while (byteAt(bytes, at) !== 0 || byteAt(bytes, at + 1) !== 0) at += Asn1.#at(bytes, at, depth + 1).bytes.length;
    return new Asn1(tag, bytes.subarray(content, at), bytes.subarray(start, at + 2), depth);
  }

  /** The values that it is made of. */
  get children(): Asn1[] {
    const found: Asn1[] = [];
    for (let at = 0; at < this.content.length; ) {
      const child = Asn1.#at(this.content, at, this.#depth + 1);
      found.push(child);
      at += child.bytes.length;
    }
    return found;
  }

  /** The part with a number; must be there. */
  child(index: number): Asn1 {
    const child = this.children[index];
    if (!child) throw new Asn1Error(`part ${index} is missing`);
    return child;
  }

  /** The part with a tag of its own, `[number]`; undefined where it is left out. */
  tagged(number: number): Asn1 | undefined {
    return this.children.find((child) => (child.tag & 0xc0) === 0x80 && (child.tag & 0x1f) === number);
  }

  /** Itself, if it has the tag. */
  expect(tag: number): Asn1 {
    if (this.tag !== tag) throw new Asn1Error(`tag ${this.tag} instead of ${tag}`);
    return this;
  }

  get integer(): bigint {
    this.expect(0x02);
    return BigInt.asIntN(this.content.length * 8, BigInt(`0x${Buffer.from(this.content).toString("hex") || "0"}`));
  }

  /** An object identifier in dots. */
  get oid(): string {
    this.expect(0x06);
    const arcs: number[] = [];
    let arc = 0;
    for (const byte of this.content) {
      arc = arc * 128 + (byte & 0x7f);
      if (byte < 0x80) {
        arcs.push(arc);
        arc = 0;
      }
    }
    const [first = 0, ...rest] = arcs;
    const top = Math.min(2, Math.floor(first / 40));
    return [top, first - top * 40, ...rest].join(".");
  }

  /** An octet string, also one in pieces. */
  get octets(): Uint8Array {
    if ((this.tag & 0x20) === 0) return this.content;
    return new Uint8Array(Buffer.concat(this.children.map((child) => child.octets)));
  }

  /** The bytes of a bit string without the count of its unused bits. */
  get bits(): Uint8Array {
    return this.expect(0x03).content.subarray(1);
  }

  get text(): string {
    return Buffer.from(this.content).toString(this.tag === 0x1e ? "latin1" : "utf8");
  }

  /** UTCTime or GeneralizedTime (RFC 5280, 4.1.2.5). */
  get time(): Date {
    const text = Buffer.from(this.content).toString("latin1");
    const found = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text);
    if (!found || (this.tag !== 0x17 && this.tag !== 0x18)) throw new Asn1Error(`no time: ${text}`);
    const [, year = "", month, day, hour, minute, second, fraction = ""] = found;
    const whole = this.tag === 0x18 ? year : `${Number(year) < 50 ? "20" : "19"}${year}`;
    return new Date(`${whole}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  }
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new Asn1Error("cut off");
  return byte;
}
