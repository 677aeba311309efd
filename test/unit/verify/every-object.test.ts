import { expect, test } from "vitest";
import { Budget } from "../../../src/verify/reader/limits.ts";
import { readRevisions } from "../../../src/verify/reader/revisions.ts";
import { judged, signedFile } from "../../support/signed-files.ts";
import { update } from "../../support/tamper.ts";

/**
 * Whatever object of the signed revision an update replaces or frees: it does not pass. An object may be replaced when nothing
 * leads to it any more: in `lt-tre`, the empty appearance of the fields that have all been signed in since.
 */
test.each<[file: string, mayChange: number[]]>([
  ["lt-rsa", []],
  ["lt-tre", [15]],
  ["titel", []],
  ["laengde", []],
  ["mdp-2-to", []],
])("every object of %s", (name, mayChange) => {
  const pdf = signedFile(name);
  const [, signed] = readRevisions(pdf, new Budget()).all;
  const passed = (signed?.state.numbers ?? []).filter((number) => {
    const replaced = update(pdf, { objects: { [number]: "<< /Ganske /Andet >>" } });
    const freed = update(pdf, { freed: [number] });
    return [replaced, freed].some((bytes) => judged(bytes).verdict.indication === "TOTAL-PASSED");
  });
  expect(passed).toEqual(mayChange);
});
