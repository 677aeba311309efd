import Fraction from "fraction.js";

/** An exact number; scores and measures are never binary floating point. */
export type Decimal = Fraction;

/** Reads `1,0`, `1.0`, `-3`, `1.500` (a thousand and a half) and `1.000.000,5` as Danes write them; undefined for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+\-−]?)([1-9]\d{0,2}(?:\.\d{3})+(?=,|$)|\d+)(?:[.,](\d+))?$/.exec(text.trim());
  if (!match || match[0].length > 30) return undefined;
  const digits = `${match[2]?.replaceAll(".", "")}.${match[3] ?? "0"}`;
  const sign = match[1] === "-" || match[1] === "−" ? -1 : 1;
  return new Fraction(digits).mul(sign);
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
