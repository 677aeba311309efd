import { expect, test } from "vitest";
import { contentsEntry } from "../../../../src/pdf/merge/place/landmarks.ts";

test.each([
  ["2.5 Forventninger til det kommende år ........ 14", { title: "2.5 Forventninger til det kommende år", page: "14" }],
  ["Regnskab.....................4", { title: "Regnskab", page: "4" }],
  ["Regnskab . . . . . . . 4", { title: "Regnskab", page: "4" }],
  ["Der var 14", undefined],
  ["Afvigelsen er ... 4", undefined],
  ["........ 4", undefined],
])("»%s«", (line, entry) => {
  expect(contentsEntry(line)).toEqual(entry);
});
