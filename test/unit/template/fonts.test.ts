import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { fontsIn } from "../../../src/template/fonts.ts";
import { formNames } from "../../../src/template/form.ts";
import { charactersOf } from "../../support/woff2.ts";

const templates = resolve(import.meta.dirname, "../../../templates");

/** The `@font-face` rules of a form: which file, in which style, for which characters. */
function facesOf(form: string) {
  const styles = readFileSync(join(templates, form, "skrifter.css"), "utf8");
  return (styles.match(/@font-face\s*\{[^}]*\}/g) ?? []).map((rule) => {
    const value = (pattern: RegExp) => pattern.exec(rule)?.[1] ?? "";
    const { covered } = fontsIn([{ contentType: "text/css", bytes: Buffer.from(rule) }]);
    return {
      file: join(templates, form, value(/url\("([^"]+)"\)/)),
      style: `${value(/font-weight:\s*(\w+)/)} ${value(/font-style:\s*(\w+)/)}`,
      codes: covered.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index)),
    };
  });
}

/** Spaces and what nobody sees need no glyph: the browser makes them of the font that is there. */
const needsNoGlyph = /[\p{Zs}\p{Zl}\p{Zp}\p{Cc}\p{Cf}\u{2065}]/u;
const named = (code: number) => `U+${code.toString(16).toUpperCase()}`;

describe.each(await formNames(templates))("the fonts of %s", (form) => {
  const faces = facesOf(form);

  test.each(faces)("$style: every character that $file is to be used for is in it", ({ file, codes }) => {
    const has = charactersOf(readFileSync(file));
    expect(has.size).toBeGreaterThan(100);
    const lacking = codes.filter((code) => !has.has(code) && !needsNoGlyph.test(String.fromCodePoint(code)));
    expect(lacking.map(named)).toEqual([]);
  });

  test("every style has the same characters: another font would be looked for else", () => {
    const byStyle = new Map<string, Set<number>>();
    for (const { style, codes } of faces) byStyle.set(style, new Set([...(byStyle.get(style) ?? []), ...codes]));
    expect([...byStyle.keys()].sort()).toEqual(["400 italic", "400 normal", "600 italic", "600 normal"]);
    const [one = new Set<number>(), ...others] = byStyle.values();
    expect(one.has("Ł".codePointAt(0) as number)).toBe(true);
    expect(one.has(0x2011)).toBe(false);
    for (const other of others) expect([...other].sort()).toEqual([...one].sort());
  });
});
