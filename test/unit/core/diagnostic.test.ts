import { expect, test } from "vitest";
import { checked, error, inReadingOrder, note, warning } from "../../../src/core/diagnostic.ts";
import { Source } from "../../../src/core/source.ts";

const source = new Source("plan.md", "x".repeat(1000));
const at = (offset: number) => source.span(offset, offset + 1);

test("diagnostics come in reading order, the gravest first at one place", () => {
  const mixed = [warning("b", at(5), ""), note("c", at(1), ""), error("a", at(5), ""), error("d", at(3), "")];
  expect(inReadingOrder(mixed).map((one) => one.code)).toEqual(["c", "d", "a", "b"]);
});

test("200 are told, and not one more than there are", () => {
  const many = (count: number) => Array.from({ length: count }, (_none, index) => error(`e${index}`, at(index), ""));
  expect(inReadingOrder(many(200)).length).toBe(200);
  const told = inReadingOrder(many(201));
  expect(told.length).toBe(201);
  expect(told.at(-1)).toMatchObject({
    severity: "note",
    code: "flere",
    message: "Der er flere end disse; ret dem først.",
  });
});

test("an error is told however many warnings stand before it, so that it still stops the plan", () => {
  const warnings = Array.from({ length: 900 }, (_none, index) => warning("w", at(index), ""));
  const told = inReadingOrder([...warnings, error("sidst", at(950), "")]);
  expect(told.filter((one) => one.severity === "error").map((one) => one.code)).toEqual(["sidst"]);
  expect(checked("plan", told).value).toBeUndefined();
});

test("warnings alone do not withhold the value", () => {
  expect(checked("plan", [warning("w", at(0), "")]).value).toBe("plan");
});
