import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Rewrite } from "../../../src/core/rewrite.ts";
import { Source, spannedText } from "../../../src/core/source.ts";
import { type FrontMatter, readFrontMatter } from "../../../src/plan/front-matter.ts";
import { asWritten, type Entry, editMap, editOrDropMap } from "../../../src/plan/map-edits.ts";

function read(text: string): FrontMatter {
  const { value, diagnostics } = readFrontMatter(new Source("plan.md", text));
  if (!value) throw new Error(`${diagnostics.map((one) => one.message).join("\n")}\n${text}`);
  return value;
}

/** A file after a change to the map at a path. */
function edited(
  text: string,
  path: readonly string[],
  change: (entries: readonly Entry[]) => readonly Entry[],
): string {
  const front = read(text);
  const rewrite = new Rewrite(front.source);
  const places = editMap(rewrite, front, path, change);
  const { source, spanOf } = rewrite.finish("ny.md");
  for (const place of places.values()) expect(spannedText(spanOf(place)).trim()).not.toBe("");
  expect(places.size === 0 || source.text !== text).toBe(true);
  return source.text;
}

const without =
  (...keys: string[]) =>
  (entries: readonly Entry[]) =>
    entries.filter((entry) => !keys.includes(entry.key));

describe("keys that go take what belongs to them along", () => {
  test.each([
    ["a: { b: 1, c: 2, d: 3 }", ["b"], "a: { c: 2, d: 3 }"],
    ["a: { b: 1, c: 2, d: 3 }", ["c"], "a: { b: 1, d: 3 }"],
    ["a: { b: 1, c: 2, d: 3 }", ["d"], "a: { b: 1, c: 2 }"],
    ["a: { b: 1, c: 2, d: 3 }", ["b", "c"], "a: { d: 3 }"],
    ["a: { b: 1, c: 2, d: 3 }", ["b", "d"], "a: { c: 2 }"],
    ["a: {b: 1,c: 2}", ["c"], "a: {b: 1}"],
    ["a:\n  b: 1\n  # om c\n  c: 2 # to\n  d: 3", ["c"], "a:\n  b: 1\n  # om c\n  d: 3"],
    ["a:\n  b: |\n    tekst\n\n    mere\n  c: 2", ["b"], "a:\n  c: 2"],
  ])("%j without %j", (text, keys, expected) => {
    expect(edited(`---\n${text}\n---\n`, ["a"], without(...keys))).toBe(`---\n${expected}\n---\n`);
  });
});

test.each([
  ["a:\n  b: 1\n  c:\n    2026: 5\n    # om 2027\n    2027: 6\n  d: 2", "a:\n  b: 1\n  d: 2"],
  ["a:\n  b: 1\n  c:\n    2026: 5", "a:\n  b: 1"],
  ["a:\n  c: { 2026: 5 } # før\n  b: 1", "a:\n  b: 1"],
  ["a: { b: 1, c: { 2026: 5, 2027: 6 }, d: 2 }", "a: { b: 1, d: 2 }"],
  ["a: { c: { 2026: 5 }, b: 1 }", "a: { b: 1 }"],
  ["a: {b: 1, c: {2026: 5}}", "a: {b: 1}"],
])("a map that is to have no keys goes with its own: %j", (text, expected) => {
  const front = read(`---\n${text}\n---\n`);
  const rewrite = new Rewrite(front.source);
  expect(editOrDropMap(rewrite, front, ["a", "c"], () => [])).toBeUndefined();
  expect(rewrite.finish("ny.md").source.text).toBe(`---\n${expected}\n---\n`);
  // With a key left, it is the same change as any.
  const again = new Rewrite(front.source);
  expect(editOrDropMap(again, front, ["a", "c"], ([first]) => (first ? [{ ...first, written: "9" }] : []))?.size).toBe(
    1,
  );
});

test("a new key follows the one before it, and a changed value stands where it stood", () => {
  const more = (entries: readonly Entry[]) =>
    entries.flatMap((entry) =>
      entry.key === "b"
        ? [
            { ...entry, written: "9" },
            { key: "x", written: asWritten("a, b: c") },
          ]
        : [entry],
    );
  expect(edited("---\na: { b: 1, c: 2 }\n---\n", ["a"], more)).toBe('---\na: { b: 9, x: "a, b: c", c: 2 }\n---\n');
  expect(edited("---\na:\n    b: 1 # et\n    c: 2\n---\n", ["a"], more)).toBe(
    '---\na:\n    b: 9 # et\n    x: "a, b: c"\n    c: 2\n---\n',
  );
  expect(edited("---\na:\n  b:\n  c: 2\n---\n", ["a"], more)).toBe('---\na:\n  b: 9\n  x: "a, b: c"\n  c: 2\n---\n');
});

test("where there is no map, nothing is changed", () => {
  for (const path of [["x"], ["a", "b"], ["l"]])
    expect(edited("---\na: { b: 1 }\nl: [1]\n---\n", path, () => [{ key: "x", written: "1" }])).toBe(
      "---\na: { b: 1 }\nl: [1]\n---\n",
    );
});

test("any change to any map gives the map that was meant, and leaves the rest", () => {
  const text = fc.string({ maxLength: 12 }).map((one) => one.replace(/[\p{Cc}\p{Cf}]/gu, " ").trim());
  const keys = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 1 });
  fc.assert(
    fc.property(
      keys,
      fc.array(text, { minLength: 6, maxLength: 6 }),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (names, values, kept, changed, adds, braces, windows) => {
        const written = (index: number) => asWritten(values[index] ?? "");
        const pairs = names.map((name, index) => `${name}: ${written(index)}`);
        const map = braces ? `kort: { ${pairs.join(", ")} }` : `kort:\n${pairs.map((pair) => `  ${pair}`).join("\n")}`;
        const file = `---\nfør: 1\n${map}\nefter: 2 # ord\n---\ntekst\n`.replaceAll("\n", windows ? "\r\n" : "\n");
        const wanted: Record<string, string> = {};
        const change = (entries: readonly Entry[]) => {
          const stay = entries.flatMap((entry, index) => {
            if (!kept[index]) return [];
            return [changed[index] ? { ...entry, written: asWritten("ny, værdi") } : entry];
          });
          for (const { key } of stay) {
            const index = names.indexOf(key as never);
            wanted[key] = changed[index] ? "ny, værdi" : (values[index] ?? "");
          }
          if (!adds) return stay;
          wanted.x = "1";
          wanted.y = "2";
          return [...stay, { key: "x", written: "1" }, { key: "y", written: "2" }];
        };
        const after = edited(file, ["kort"], change);
        const { data } = read(after);
        const found = (data as { kort: unknown }).kort;
        expect(Object.keys(wanted).length === 0 ? (found ?? "") : found).toEqual(
          Object.keys(wanted).length === 0 ? (braces ? {} : "") : wanted,
        );
        expect(data).toMatchObject({ før: "1", efter: "2" });
        expect(after).toContain("efter: 2 # ord");
      },
    ),
    { numRuns: 300 },
  );
});
