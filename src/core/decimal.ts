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
  const decimals = decimalsOf(number);
  return decimals === undefined ? number.toFraction() : withDecimals(number, decimals).replace(".", ",");
}

/** A number with so many decimals, rounded half away from zero, thousands parted: »1.250.000,50«. */
export function fixedText(number: Decimal, decimals: number): string {
  const rounded = number.abs().round(decimals);
  const [whole = "0", fraction = ""] = withDecimals(rounded, decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  const sign = number.compare(0) < 0 && rounded.compare(0) > 0 ? "-" : "";
  return `${sign}${grouped}${decimals > 0 ? `,${fraction.padEnd(decimals, "0")}` : ""}`;
}

/** How many decimals a number has; undefined where they do not end. */
export function decimalsOf(number: Decimal): number | undefined {
  let decimals = 0;
  for (let left = number.d; left !== 1n; decimals++) {
    const common = left % 10n === 0n ? 10n : left % 5n === 0n ? 5n : left % 2n === 0n ? 2n : undefined;
    if (common === undefined) return undefined;
    left /= common;
  }
  return decimals;
}

/** All the digits of a number with so many decimals: fraction.js gives 15 when it is not told. */
function withDecimals(number: Decimal, decimals: number): string {
  return number.toString(Math.max(decimals, 1));
}

/** A whole number as an exact one. */
export function wholeNumber(number: number): Decimal {
  return new Fraction(number);
}
