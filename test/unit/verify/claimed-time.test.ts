import { expect, test } from "vitest";
import { claimedTime } from "../../../src/verify/signatures/claimed-time.ts";

test.each([
  ["D:20261209113000+01'00'", "2026-12-09T10:30:00.000Z"],
  ["D:20261209113000+01'00", "2026-12-09T10:30:00.000Z"],
  ["D:20261209003000-02'30'", "2026-12-09T03:00:00.000Z"],
  ["D:20261209103000Z", "2026-12-09T10:30:00.000Z"],
  ["D:20261209103000", "2026-12-09T10:30:00.000Z"],
  ["D:20261309103000Z", undefined],
  ["D:2026", undefined],
  ["i går", undefined],
  [undefined, undefined],
])("the time that %s claims", (text, expected) => {
  expect(claimedTime(text)?.toISOString()).toBe(expected);
});
