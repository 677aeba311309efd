import { describe, expect, test } from "vitest";
import {
  decimalPlaces,
  decimalText,
  fixedText,
  parseDecimal,
  parsePart,
  readDecimal,
  sum,
  tenTo,
} from "../../../src/core/decimal.ts";

describe("numbers as Danes write them", () => {
  test.each([
    ["1", "1"],
    ["1,0", "1"],
    ["1.0", "1"],
    ["0,7", "0,7"],
    ["0.7", "0,7"],
    ["-3", "-3"],
    ["−3", "-3"],
    ["+3", "3"],
    ["12,50", "12,5"],
    ["  5 ", "5"],
    ["1.500", "1500"],
    ["1.000.000,5", "1000000,5"],
    ["0.500", "0,5"],
    ["1.50", "1,5"],
    ["1.5000", "1,5"],
    ["007", "7"],
  ])("%s is %s", (written, meant) => {
    const number = parseDecimal(written);
    expect(number && decimalText(number)).toBe(meant);
  });

  test.each([
    "",
    " ",
    "1,",
    ",5",
    "1,5,0",
    "1.000,5.0",
    "1 000",
    "12 pct.",
    "1e5",
    "0x10",
    "Infinity",
    "NaN",
    "1/2",
    "--1",
    "9".repeat(31),
  ])("%j is none", (written) => {
    expect(parseDecimal(written)).toBeUndefined();
  });

  test.each([
    ["12", 0, undefined],
    ["12,50", 2, undefined],
    ["12.5", 1, undefined],
    // A point after 0, or after four figures, is none between thousands.
    ["0.500", 3, undefined],
    ["-0.500", 3, undefined],
    ["1234.500", 3, undefined],
    ["1.5000", 4, undefined],
    ["1.500", 0, "1,5"],
    ["−83.145", 0, "-83,145"],
    ["1.500,25", 2, undefined],
    ["1.000.000", 0, undefined],
  ])("%s has %i decimals, and might be %s", (written, decimals, other) => {
    const read = readDecimal(written);
    expect([read?.decimals, read?.withDecimalPoint && decimalText(read.withDecimalPoint)]).toEqual([decimals, other]);
  });

  test("what is printed is read as the same number", () => {
    for (let hundredths = -1500; hundredths <= 1500; hundredths += 7) {
      const number = sum([]).add(hundredths).div(100);
      expect(parseDecimal(decimalText(number))?.equals(number)).toBe(true);
    }
  });

  test("as many decimals as a number has are printed, and no more than are asked for", () => {
    const printed = (written: string, decimals: number) => {
      const number = parseDecimal(written);
      return number && [decimalText(number), decimalPlaces(number), fixedText(number, decimals)];
    };
    expect(printed("1,00000000000000000002", 20)).toEqual(["1,00000000000000000002", 20, "1,00000000000000000002"]);
    expect(printed("1234567,125", 2)).toEqual(["1234567,125", 3, "1.234.567,13"]);
    expect(printed("-0,004", 2)).toEqual(["-0,004", 3, "0,00"]);
    expect(printed("-0,005", 2)).toEqual(["-0,005", 3, "-0,01"]);
    expect(printed("1000", 0)).toEqual(["1000", 0, "1.000"]);
  });

  test("decimals that do not end, however late they repeat, are none", () => {
    // The decimals of 1/7919 repeat after 7918 places.
    for (const divisor of [3, 7, 12, 7919]) {
      const number = sum([]).add(1).div(divisor);
      expect([decimalPlaces(number), decimalText(number)]).toEqual([undefined, `1/${divisor}`]);
    }
  });

  test("ten tenths are one", () => {
    const tenth = parseDecimal("0,1");
    expect(tenth && sum(Array.from({ length: 10 }, () => tenth)).equals(1)).toBe(true);
  });
});

describe("parts of a whole", () => {
  test.each(["1/2", "3/4", "0/1", "100/100"])("%s is one", (written) => {
    expect(parsePart(written)?.equals(written)).toBe(true);
  });

  test.each(["1/0", "1", "1/2/3", "-1/2", "1 / 2", "1000/1", "a/b"])("%j is none", (written) => {
    expect(parsePart(written)).toBeUndefined();
  });

  test("a part that does not end as a decimal stays a fraction", () => {
    const third = parsePart("1/3");
    expect(third && decimalText(third)).toBe("1/3");
  });
});

describe("numbers of one column", () => {
  test.each([
    ["0", 0, "0"],
    ["0", 1, "0,0"],
    ["1", 1, "1,0"],
    ["0,7", 1, "0,7"],
    ["0,7", 0, "1"],
    ["-0,7", 2, "-0,70"],
    ["0,25", 1, "0,3"],
    ["-0,25", 1, "-0,3"],
    ["0,2499999", 1, "0,2"],
    ["9,96", 1, "10,0"],
    ["-0,04", 1, "0,0"],
    ["999", 0, "999"],
    ["999,95", 1, "1.000,0"],
    ["-1250", 0, "-1.250"],
    ["1250000,5", 1, "1.250.000,5"],
    ["12345678901234567890,12", 2, "12.345.678.901.234.567.890,12"],
    ["0,000012", 6, "0,000012"],
  ])("%s with %i decimals is %s", (written, decimals, printed) => {
    const number = parseDecimal(written);
    expect(number && fixedText(number, decimals)).toBe(printed);
  });

  test("a third is rounded", () => {
    const third = parsePart("1/3");
    expect(third && fixedText(third, 2)).toBe("0,33");
  });

  test.each([
    ["1,50", 1],
    ["100", 0],
    ["-0,004", 3],
  ])("%s takes %i decimals", (written, places) => {
    const number = parseDecimal(written);
    expect(number && decimalPlaces(number)).toBe(places);
  });

  test("a third takes no number of decimals", () => {
    const third = parsePart("1/3");
    expect(third && decimalPlaces(third)).toBeUndefined();
  });

  test("powers of ten", () => {
    expect([-3, 0, 6].map((exponent) => decimalText(tenTo(exponent)))).toEqual(["0,001", "1", "1000000"]);
  });
});
