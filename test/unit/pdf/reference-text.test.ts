import { expect, test } from "vitest";
import { referenceText } from "../../../src/pdf/nemlogin/reference-text.ts";

test.each([
  ["Resultatplan 2022", "Resultatplan 2022"],
  ["Mål- og resultatplan 2024 – Nationalt Center for Etik", "Mål- og resultatplan 2024 – Nationalt Center for…"],
  ["Resultatplan 2022 – Indenrigs- og Boligministeriets Benchmarkingenhed", "Resultatplan 2022 – Indenrigs- og…"],
  ["A".repeat(60), `${"A".repeat(49)}…`],
  ["  To\nlinjer ", "To linjer"],
])("»%s« is told as »%s«", (title, told) => {
  expect(referenceText(title)).toBe(told);
  expect(told.length).toBeLessThanOrEqual(50);
});
