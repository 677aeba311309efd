/** A value in DER (ITU-T X.690): a tag, the length, and parts that are DER themselves or plain content. */
export function value(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return new Uint8Array(Buffer.concat([Uint8Array.of(tag), lengthOf(content.length), content]));
}

/** SEQUENCE. */
export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return value(0x30, ...parts);
}

/** SET OF: DER wants its parts in the order of their bytes (X.690, 11.6). */
export function setOf(...parts: readonly Uint8Array[]): Uint8Array {
  return value(0x31, ...[...parts].sort(Buffer.compare));
}

/** `[number]` around a value: explicit, or implicit in the place of a constructed value's own tag. */
export function tagged(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return value(0xa0 | number, ...parts);
}

/** INTEGER from bytes that count from the left, without a sign. */
export function unsigned(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const trimmed = bytes.subarray(start);
  return value(0x02, ...((trimmed[0] ?? 0) >= 0x80 ? [Uint8Array.of(0), trimmed] : [trimmed]));
}

/** INTEGER from a small number that is not negative. */
export function integer(number: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return unsigned(bytes);
}

/** OBJECT IDENTIFIER from its numbers in dots. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return value(0x06, Uint8Array.from(bytes));
}

/** OCTET STRING. */
export function octets(bytes: Uint8Array): Uint8Array {
  return value(0x04, bytes);
}

/** NULL. */
export const nothing = Uint8Array.of(5, 0);

/** BOOLEAN TRUE. */
export const yes = Uint8Array.of(1, 1, 0xff);

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left & 0xff);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}
