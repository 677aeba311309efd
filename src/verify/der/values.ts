import { BadDer, type Der, expectTag, tags } from "./der.ts";

/** An object identifier with dots. */
export function oid(element: Der | undefined): string {
  const { content } = expectTag(element, tags.oid);
  const parts: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) throw new BadDer("Et navn er for langt.");
    if (byte < 0x80) {
      parts.push(value);
      value = 0;
    }
  }
  const [first = 0, ...rest] = parts;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - 40 * root, ...rest].join(".");
}

/** A whole number as hexadecimal digits, its sign byte left off: for serial numbers and nonces. */
export function integerHex(element: Der | undefined): string {
  const hex = Buffer.from(expectTag(element, tags.integer).content).toString("hex");
  return hex.replace(/^(?:00)+(?=..)/, "");
}

/** A small whole number that is not negative. */
export function smallInteger(element: Der | undefined): number {
  const { content } = expectTag(element, tags.integer);
  if (content.length === 0 || content.length > 4 || (content[0] ?? 0) >= 0x80) throw new BadDer("Et tal er for stort.");
  return content.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A boolean (X.690, 11.1): FF or 00. */
export function boolean(element: Der | undefined): boolean {
  return expectTag(element, tags.boolean).content[0] === 0xff;
}

/** The bytes of a bit string that ends with a whole byte. */
export function bitString(element: Der | undefined): Uint8Array {
  const { content } = expectTag(element, tags.bitString);
  if (content[0] !== 0) throw new BadDer("En bitstreng ender skævt.");
  return content.subarray(1);
}

/** The bits of a named bit list (X.680, 22.7) that are set, by their numbers. */
export function namedBits(element: Der | undefined): Set<number> {
  const { content } = expectTag(element, tags.bitString);
  const bits = [...content.subarray(1)].flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => at * 8 + bit),
  );
  return new Set(bits);
}

/** A UTCTime or GeneralizedTime in UTC (RFC 5280, 4.1.2.5); fractions of seconds as in RFC 3161. */
export function time(element: Der | undefined): Date {
  const text = Buffer.from(element?.content ?? []).toString("latin1");
  const utc = element?.tag === tags.utcTime;
  const pattern = utc
    ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)()Z$/
    : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/;
  const found = pattern.exec(text);
  if (!found || (!utc && element?.tag !== tags.generalizedTime)) throw new BadDer("Et tidspunkt kan ikke læses.");
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const full = utc ? (year < 50 ? 2000 + year : 1900 + year) : year;
  const date = new Date(Date.UTC(full, month - 1, day, hour, minute, second, Math.floor(Number(found[7] || 0) * 1000)));
  if (Number.isNaN(date.getTime())) throw new BadDer("Et tidspunkt kan ikke læses.");
  return date;
}
