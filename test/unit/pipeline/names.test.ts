import { expect, test } from "vitest";
import { nameFit } from "../../../src/pipeline/package/names.ts";

const cases: readonly (readonly [planned: string, certified: string, expected: string])[] = [
  ["Sophus Garfiel", "Sophus Garfiel", "same"],
  ["Sophus Garfiel", "SOPHUS GARFIEL", "same"],
  ["Anne-Marie Hansen", "Anne Marie Hansen", "same"],
  // The same letters, composed and not.
  ["Åse Bø", "A\u030Ase Bø", "same"],
  ["Peter Østergaard", "Peter Oestergaard", "spelling"],
  ["André Møller", "Andre Møller", "spelling"],
  ["Rune Jørgen Sørensen", "Rune Sørensen", "middle names"],
  ["Rune Sørensen", "Rune Jørgen Sørensen", "middle names"],
  ["Rune J. Sørensen", "Rune Jørgen Sørensen", "middle names"],
  ["Rune J. Sørensen", "Rune Jørgen Kaj Sørensen", "middle names"],
  ["Rune Kaj Sørensen", "Rune Jørgen Sørensen", "other"],
  ["Rune Sørensen", "Rune Jørgensen", "other"],
  ["Rune Sørensen", "Lone Sørensen", "other"],
  // A turned name is no name that anybody has signed with.
  ["Peter Hansen", "Hansen Peter", "other"],
  ["Sophus Garfiel", "Sophus", "other"],
  ["Sophus Garfiel", "", "other"],
];

test.each(cases)("%s, in the certificate %s: %s", (planned, certified, expected) => {
  const fit = nameFit(planned, certified);
  expect(fit.kind === "alike" ? fit.difference : fit.kind).toBe(expected);
});
