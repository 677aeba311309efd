import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPlan } from "../../../src/plan/load.ts";
import { setsWords } from "../../../src/plan/svg-text.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-billeder-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${content}</svg>`;

describe("words in an SVG", () => {
  test("are told of where the picture is shown", async () => {
    const text = await readFile("plans/benchmarkingenheden-2022/plan.md", "utf8");
    await writeFile(join(folder, "plan.md"), text.replace("\n## Påtegning", "\n![Kurve](figur.svg)\n\n## Påtegning"));
    await writeFile(join(folder, "figur.svg"), svg('<text x="1" y="5">2027</text>'));
    const { value, diagnostics } = await loadPlan(join(folder, "plan.md"));
    expect(value).toBeUndefined();
    const told = diagnostics.filter(({ severity }) => severity === "error");
    expect(told.map(({ code, span }) => [code, span.source.text.slice(span.start, span.end)])).toEqual([
      ["billede-med-tekst", "figur.svg"],
    ]);
    await writeFile(join(folder, "figur.svg"), svg('<path d="M0 0h9"/>'));
    expect((await loadPlan(join(folder, "plan.md"))).value).toBeDefined();
  });

  test.each([
    ["in a text", "<text>2027</text>"],
    ["in a part of one, and an attribute with >", '<text data-a="a>b"><tspan x="1">\n2027</tspan></text>'],
    ["with a prefix", "<svg:text>2027</svg:text>"],
    ["literally", "<text><![CDATA[2027]]></text>"],
    ["in HTML", '<foreignObject width="9"><p>2027</p></foreignObject>'],
    ["behind an empty one", '<text x="1"/><text>2027</text>'],
  ])("are found %s", (_where, content) => {
    expect(setsWords(Buffer.from(svg(content)))).toBe(true);
    expect(setsWords(Buffer.from(`\ufeff${svg(content)}`, "utf16le"))).toBe(true);
  });

  test.each([
    ["a title", "<title>Kurve</title><desc>for 2027</desc>"],
    ["an empty text", "<text><tspan> </tspan></text><path/>\nx"],
    ["an empty text and an attribute with >", '<text data-a="a>b" />\n<text data-a="a>b"></text>'],
    ["a remark", "<!-- <text>2027</text> --><path/>"],
    ["a path along which a text could run", "<textPathLike>2027</textPathLike>"],
    ["a style", "<style>text { fill: red }</style>"],
  ])("are not %s", (_what, content) => expect(setsWords(Buffer.from(svg(content)))).toBe(false));

  test.each([["<text "], ["<text>"], ["<!--"], ["<text a='"], ["x"], ["<text>".padEnd(9)]])(
    "are looked for soon: %s",
    (part) => {
      const bytes = Buffer.from(part.repeat(Math.floor(9_000_000 / part.length)));
      const start = performance.now();
      setsWords(bytes);
      expect(performance.now() - start).toBeLessThan(5_000);
    },
  );
});
