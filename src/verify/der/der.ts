/** Thrown where bytes are not DER, or not the structure they should be. Never leaves `verify/`: the verdict names it. */
export class BadDer extends Error {
  override readonly name = "BadDer";
}

/** One element of DER (ITU-T X.690), and its place in the bytes that it was read from. */
export interface Der {
  /** The identifier octet: class, constructed or not, number. Numbers above 30 are not used by anything read here. */
  readonly tag: number;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

/** The universal tags in use (X.690, 8). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A context-specific tag [n], constructed or primitive. */
export function context(number: number, constructed = true): number {
  return 0x80 | (constructed ? 0x20 : 0) | number;
}

/** How deep elements of indefinite length may lie in each other. */
const DEPTH = 32;

/**
 * The first element, and what follows it. Definite lengths in their shortest form (X.690, 10.1), and constructed elements of
 * indefinite length (8.1.3.6), which some signers' containers have though ISO 32000 demands DER.
 */
export function readDer(bytes: Uint8Array, depth = 0): { element: Der; rest: Uint8Array } {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new BadDer("Data er ikke DER.");
  if (first === 0x80 && (tag & 0x20) !== 0) return readIndefinite(bytes, tag, depth);
  let length = first;
  let start = 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4 || bytes.length < 2 + count || bytes[2] === 0)
      throw new BadDer("En længde er ikke DER.");
    length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[2 + index] ?? 0);
    if (length < 0x80) throw new BadDer("En længde er ikke DER.");
    start = 2 + count;
  }
  if (start + length > bytes.length) throw new BadDer("Data slutter for tidligt.");
  const element = { tag, whole: bytes.subarray(0, start + length), content: bytes.subarray(start, start + length) };
  return { element, rest: bytes.subarray(start + length) };
}

function readIndefinite(bytes: Uint8Array, tag: number, depth: number): { element: Der; rest: Uint8Array } {
  if (depth > DEPTH) throw new BadDer("Data ligger for dybt i hinanden.");
  let rest = bytes.subarray(2);
  while (rest[0] !== 0 || rest[1] !== 0) rest = readDer(rest, depth + 1).rest;
  const end = bytes.length - rest.length;
  return {
    element: { tag, whole: bytes.subarray(0, end + 2), content: bytes.subarray(2, end) },
    rest: rest.subarray(2),
  };
}

/** The only element in the bytes. */
export function onlyDer(bytes: Uint8Array): Der {
  const { element, rest } = readDer(bytes);
  if (rest.length > 0) throw new BadDer("Der følger noget efter data.");
  return element;
}

/** The elements of a constructed element's content, at most so many. */
export function children(element: Der, most = 100_000): Der[] {
  const found: Der[] = [];
  for (let rest = element.content; rest.length > 0; ) {
    const next = readDer(rest);
    found.push(next.element);
    if (found.length > most) throw new BadDer("Data har for mange dele.");
    rest = next.rest;
  }
  return found;
}

/** The element, if it has this tag; else `BadDer`. */
export function expectTag(element: Der | undefined, tag: number): Der {
  if (element?.tag !== tag) throw new BadDer("Data har en anden form end ventet.");
  return element;
}

/** The elements of a SEQUENCE. */
export function sequence(element: Der | undefined): Der[] {
  return children(expectTag(element, tags.sequence));
}

/** Takes elements one by one; an optional one only when its tag is there. */
export class Fields {
  readonly #elements: readonly Der[];
  #at = 0;

  constructor(elements: readonly Der[]) {
    this.#elements = elements;
  }

  next(tag: number): Der {
    const found = expectTag(this.#elements[this.#at], tag);
    this.#at += 1;
    return found;
  }

  optional(tag: number): Der | undefined {
    return this.#elements[this.#at]?.tag === tag ? this.next(tag) : undefined;
  }

  /** The next element whatever it is. */
  any(): Der {
    const found = this.#elements[this.#at];
    if (!found) throw new BadDer("Data mangler en del.");
    this.#at += 1;
    return found;
  }

  get more(): boolean {
    return this.#at < this.#elements.length;
  }
}
