import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareWords, sameWords } from "../../../src/compare/words.ts";
import { Source } from "../../../src/core/source.ts";
import { passageOf } from "../../../src/plan/passage.ts";
import { parseText } from "../../../src/plan/prose.ts";
import { proseHtml } from "../../../src/plan/prose-html.ts";

/** Texts with the same words count as the same where the same is printed, and only there. */

/** What a text prints, without the spaces between blocks, which nobody sees. */
function printed(text: string): string {
  const source = new Source("plan.md", text);
  const { prose } = parseText(passageOf(source.span(0, text.length)), "document");
  const html = proseHtml(prose, { values: {} as never, imageAddress: (path) => path });
  return html
    .replace(/\s+/g, " ")
    .replace(/ ?(<\/?(?:p|ul|ol|li|table|thead|tbody|tr|th|td|h\d|hr|blockquote|div)\b[^>]*>) ?/g, "$1");
}

const word = fc.constantFrom("A", "krav", "-", "-", "1.", "2.", "|", "---", ">", "##", "**b**", "c\\", "*");
const gap = fc.constantFrom(
  " ",
  " ",
  "\n",
  "\n",
  "\n  ",
  "\n    ",
  "\n\n",
  "\n\n  ",
  "  \n",
  "\n   ",
  "\n\n\n",
  "\r\n",
);

/** Words, and what stands before each of them in one text and in another. */
const pair = fc
  .array(fc.tuple(word, gap, gap, fc.integer({ min: 0, max: 3 })), { minLength: 2, maxLength: 14 })
  .map((parts) => {
    const text = (other: boolean) =>
      parts
        .map(
          ([one, before, after, changed], index) =>
            `${index === 0 ? "" : other && changed === 0 ? after : before}${one}`,
        )
        .join("");
    return [text(false), text(true)] as const;
  });

describe("texts with the same words", () => {
  test("count as the same only where the same is printed", () => {
    let same = 0;
    fc.assert(
      fc.property(pair, ([before, after]) => {
        if (before === after || !sameWords(before, after)) return;
        same++;
        expect(printed(after)).toBe(printed(before));
      }),
      { numRuns: 3000 },
    );
    expect(same).toBeGreaterThan(100);
  });
  test("count as the same where the same is printed, but for a marker that stands on a line of its own", () => {
    const alone = /^[\s>]*(?:(?:[-*>]|\d\.)\s*)+$/m;
    let same = 0;
    fc.assert(
      fc.property(pair, ([before, after]) => {
        if (before === after || alone.test(before) || alone.test(after) || printed(before) !== printed(after)) return;
        same++;
        expect([before, after, sameWords(before, after)]).toEqual([before, after, true]);
      }),
      { numRuns: 4000 },
    );
    expect(same).toBeGreaterThan(10);
  });

  test("where something else is printed, something is told", () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        if (printed(before) === printed(after)) return;
        expect(compareWords(before, after).some(({ kind, text }) => kind !== "same" && text !== "")).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
