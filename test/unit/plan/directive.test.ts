import { describe, expect, test } from "vitest";
import { parseDirectiveHead } from "../../../src/plan/directive.ts";

describe("the first line of a block", () => {
  test.each([
    [":::mål", { name: "mål", words: [], named: {}, rest: "" }],
    ["::: mål", { name: "mål", words: [], named: {}, rest: "" }],
    [":::mål 1.1", { name: "mål", words: ["1.1"], named: {}, rest: "" }],
    [":::mål   koncernfælles/1  ", { name: "mål", words: ["koncernfælles/1"], named: {}, rest: "" }],
    [":::mål 1 2", { name: "mål", words: ["1", "2"], named: {}, rest: "" }],
    [':::mål gruppe="Fælles mål"', { name: "mål", words: [], named: { gruppe: "Fælles mål" }, rest: "" }],
    [":::mål gruppe=fælles 1", { name: "mål", words: ["1"], named: { gruppe: "fælles" }, rest: "" }],
    [":::mål gruppe=”Fælles mål”", { name: "mål", words: [], named: { gruppe: "Fælles mål" }, rest: "" }],
    [":::mål gruppe=“Fælles mål”", { name: "mål", words: [], named: { gruppe: "Fælles mål" }, rest: "" }],
    [":::mål gruppe=»Fælles mål«", { name: "mål", words: [], named: { gruppe: "Fælles mål" }, rest: "" }],
    [':::mål "Fælles mål"', { name: "mål", words: ["Fælles mål"], named: {}, rest: "" }],
    [':::mål gruppe=""', { name: "mål", words: [], named: { gruppe: "" }, rest: "" }],
    [":::underskrifter", { name: "underskrifter", words: [], named: {}, rest: "" }],
    [":::", { name: "", words: [], named: {}, rest: "" }],
    ["::::mål", { name: "", words: [":mål"], named: {}, rest: "" }],
    [':::mål gruppe="Fælles', { name: "mål", words: [], named: {}, rest: 'gruppe="Fælles' }],
    [":::mål gruppe=", { name: "mål", words: [], named: {}, rest: "gruppe=" }],
    [":::mål gruppe= fælles", { name: "mål", words: [], named: {}, rest: "gruppe= fælles" }],
    [
      ":::mål __proto__=x",
      { name: "mål", words: [], named: Object.assign(Object.create(null), { ["__proto__"]: "x" }), rest: "" },
    ],
  ])("%s", (line, expected) => {
    expect(parseDirectiveHead(line)).toEqual(expected);
  });
});
