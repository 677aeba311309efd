import Fraction from "fraction.js";

/** An exact number; scores and measures are never binary floating point. */
export type Decimal = Fraction;

/** A number and how it is written. */
export interface WrittenDecimal {
  readonly value: Decimal;
  /** How many decimals it is written with: 5,0 has one; a point between thousands makes none. */
  readonly decimals: number;
  /** What it would be with a decimal point, where its only point is read as one between thousands: 1,5 for `1.500`. */
  readonly withDecimalPoint?: Decimal;
}

/**
 * Reads `1,0`, `1.0`, `-3`, `1.500` (a thousand and a half) and `1.000.000,5` as Danes write them; undefined for anything
 * else. A point parts thousands where there may be such a point: not after 0 and not after four figures, so `0.500` is a half.
 */
export function readDecimal(text: string): WrittenDecimal | undefined {
  const match = /^([+\-−]?)([1-9]\d{0,2}(?:\.\d{3})+(?=,|$)|\d+)(?:[.,](\d+))?$/.exec(text.trim());
  if (!match || match[0].length > 30) return undefined;
  const [, sign, whole = "", decimals = ""] = match;
  const signed = (digits: string) => new Fraction(digits).mul(sign === "-" || sign === "−" ? -1 : 1);
  const value = signed(`${whole.replaceAll(".", "")}.${decimals || "0"}`);
  const ambiguous = decimals === "" && whole.split(".").length === 2;
  return { value, decimals: decimals.length, ...(ambiguous && { withDecimalPoint: signed(whole) }) };
}

/** Reads a number as `readDecimal` does, where it does not matter how it is written. */
export function parseDecimal(text: string): Decimal | undefined {
  return readDecimal(text)?.value;
}

/** Reads `3/4`. */
export function parsePart(text: string): Decimal | undefined {
  return /^\d{1,3}\/[1-9]\d{0,2}$/.test(text) ? new Fraction(text) : undefined;
}

/** The exact sum; 0 for none. */
export function sum(numbers: readonly Decimal[]): Decimal {
  return numbers.reduce((total, number) => total.add(number), new Fraction(0));
}

/** A number as Danish text prints it: decimal comma, no trailing zeros, a fraction where decimals do not end. */
export function decimalText(number: Decimal): string {
  const places = decimalPlaces(number);
  // fraction.js gives 15 decimals when it is not told how many.
  return places === undefined ? number.toFraction() : number.toString(Math.max(places, 1)).replace(".", ",");
}

/** A number with so many decimals and points between the thousands, `1.250.000,50`; halves are rounded away from zero, as in accounts. */
export function fixedText(number: Decimal, decimals: number): string {
  const units = number.abs().mul(tenTo(decimals)).add("1/2").floor().n;
  const digits = units.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ".");
  const sign = number.s < 0n && units > 0n ? "-" : "";
  return decimals === 0 ? sign + whole : `${sign}${whole},${digits.slice(-decimals)}`;
}

/** How many decimals it takes to write a number in full; undefined where they do not end. */
export function decimalPlaces(number: Decimal): number | undefined {
  let places = 0;
  for (let left = number.d; left !== 1n; places++) {
    const divisor = [10n, 5n, 2n].find((one) => left % one === 0n);
    if (divisor === undefined) return undefined;
    left /= divisor;
  }
  return places;
}

/** A power of ten, of a whole exponent, exactly. */
export function tenTo(exponent: number): Decimal {
  const power = new Fraction(10n ** BigInt(Math.abs(exponent)));
  return exponent < 0 ? power.inverse() : power;
}

/** A whole number as an exact one. */
export function wholeNumber(number: number): Decimal {
  return new Fraction(number);
}
