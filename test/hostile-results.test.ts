import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check, fill, MOST_MILLISECONDS } from "./support/hostile.ts";

/**
 * Results that are broken, or made to do harm, beside a sound plan. Each is checked by the program itself, in a process
 * of its own, so that a hang, a crash or an exhausted memory shows.
 */
const plan = `---
skabelon: resultatplan-2022
titel: Resultatplan 2022
institution: { navn: Styrelsen for Eksempler }
ministerium: Eksempelministeriet
periode: { fra: 2022-01-01, til: 2022-12-31 }
opgørelse: { metode: binær }
mål:
  - { nr: 1, titel: Ny vejledning, mål: Styrelsen udgiver en ny vejledning. }
  - nr: 2
    titel: Lavere sygefravær
    mål: Sygefraværet falder.
    delmål:
      - { nr: a, enhed: dage, kriterium: { højst_reference: Statens gennemsnit } }
      - { nr: b, kriterium: { fald: { pct: 5, fra: 2021 } } }
underskrivere:
  - { navn: Anne Jensen, stilling: Departementschef, organisation: Eksempelministeriet, sted: København }
---

## Mål

:::mål
:::

:::underskrifter
:::
`;

const goal1 = "  1: { vurdering: opfyldt, begrundelse: Ja. }\n";
const goal2 = `  2:
    delmål:
      a: { resultat: 5, referencer: { Statens gennemsnit: 5 } }
      b: { resultat: 5, tidligere: { 2021: 10 } }
`;
const sound = `---\nmål:\n${goal1}${goal2}---\n\nIndledning.\n`;

const withText = (text: string) => sound.replace("Indledning.", () => text);
/** Sound results with lines of their own among the goals. */
const withGoals = (lines: string) => sound.replace(goal1, () => `${goal1}${lines}\n`);
/** Sound results in which the first sub-goal's result is this. */
const withResult = (value: string) => sound.replace("a: { resultat: 5", () => `a: { resultat: ${value}`);
const withGrounds = (value: string) => sound.replace("begrundelse: Ja.", () => `begrundelse: ${value}`);
const numbered = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_n, i) => line(i));

const kB = 1000;
const text = 900 * kB;
const data = 190 * kB;

/** A name, what stands in resultater.md, and the codes that are given, each once, in the order of the file; none for sound results. */
const hostile: readonly (readonly [name: string, content: string | Uint8Array, codes: readonly string[]])[] = [
  ["sound results", sound, []],
  ["a script in the grounds", withGrounds('"<script>alert(1)</script>"'), ["html"]],
  ["a script in a result", withResult('"5 <script>alert(1)</script>"'), ["forkert-værdi"]],
  ["a script in a name", sound.replaceAll("Statens gennemsnit", '"<script>x</script>"'), ["ukendt-reference"]],
  ["Handlebars in the grounds", withGrounds('"{{#each this}}{{@key}}{{/each}}"'), ["ukendt-pladsholder"]],
  ["a picture out of the folder", withText("![x](../../hemmelig.png)"), ["billede"]],
  ["a picture from the web", withGrounds('"![x](http://127.0.0.1:9/figur.png)"'), ["billede"]],
  ["a link that runs a script", withText("[x](JaVaScRiPt:alert(1))"), ["link"]],
  ["an alias of itself", withGoals("  3: &a [*a]"), ["specialtegn"]],
  ["a tag for a function", withGrounds('!!js/function "function () { process.exit(9) }"'), ["specialtegn"]],
  ["data in another language", "---js\n{ mål: process.exit(9) }\n---\n", ["oplysninger-mangler"]],
  [
    "keys of every object as goals",
    withGoals("  constructor: { vurdering: opfyldt }\n  hasOwnProperty: { vurdering: opfyldt }"),
    ["ukendt-mål"],
  ],
  [
    "keys of every object as sub-goals",
    sound.replace("      a:", "      toString: { resultat: 5 }\n      a:"),
    ["ukendt-delmål"],
  ],
  [
    "keys of every object as references",
    sound.replace("Statens gennemsnit: 5", "Statens gennemsnit: 5, constructor: 4, valueOf: 3"),
    ["ukendt-reference"],
  ],
  ["keys of every object as years", sound.replace("2021: 10", "2021: 10, constructor: 4"), ["forkert-værdi"]],
  ["keys of every object as keys", withGrounds("Ja., constructor: x, hasOwnProperty: y"), ["ukendt-nøgle"]],
  [
    "100 000 goals in 5 MB",
    withGoals(numbered(100_000, (i) => `  g${i}: { vurdering: opfyldt, begrundelse: Ja. }`).join("\n")),
    ["fil-for-stor"],
  ],
  [
    "100 000 goals in what may be read",
    withGoals(numbered(100_000, (i) => `  ${i + 3}:`).join("\n")),
    ["fil-for-stor"],
  ],
  [
    "thousands of goals that are not there",
    withGoals(numbered(9000, (i) => `  g${i}: { point: 1 }`).join("\n")),
    ["ukendt-mål", "flere"],
  ],
  [
    "thousands of goals without anything",
    withGoals(numbered(15_000, (i) => `  g${i}:`).join("\n")),
    ["forkert-værdi", "flere"],
  ],
  [
    "thousands of sub-goals that are not there",
    sound.replace("      a:", () => `${numbered(7000, (i) => `      d${i}: { point: 1 }\n`).join("")}      a:`),
    ["ukendt-delmål", "flere"],
  ],
  [
    "thousands of changes of goals that are not there",
    sound.replace("mål:", () => `ændringer:\n${fill("  - { mål: 7, tekst: x }\n", data)}mål:`),
    ["ukendt-mål", "flere"],
  ],
  ["thousands of results", withResult(`[${fill("5, ", data)}5]`), ["resultat"]],
  [
    "thousands of references",
    sound.replace(
      "Statens gennemsnit: 5",
      () => `Statens gennemsnit: 5${numbered(12_000, (i) => `, r${i}: 5`).join("")}`,
    ),
    ["ukendt-reference", "flere"],
  ],
  ["5 MB of parentheses", withText(fill("[", 5000 * kB)), ["fil-for-stor"]],
  ["braces in the data", withGoals(`  3: ${fill("{a: ", data)}`), ["for-dybt"]],
  ["sub-goals in sub-goals", withGoals(`  3: ${"{ delmål: { a: ".repeat(30)}x${" } }".repeat(30)}`), ["for-dybt"]],
  ["a number of 190 kB", withResult(fill("9", data)), ["forkert-værdi"]],
  ["a number of 31 digits", withResult("1".repeat(31)), ["forkert-værdi"]],
  ["a number of 190 kB of thousands", withResult(`1${fill(".000", data)}`), ["forkert-værdi"]],
  ["a number and many spaces", withResult(`"5${fill(" ", 400)}-"`), ["forkert-værdi"]],
  ["a unit of 190 kB", withResult(`5 ${fill("dage ", data)}`), ["forkert-værdi"]],
  ["signs without a number", withResult(`"${fill("-", data)}"`), ["forkert-værdi"]],
  ["a date of 190 kB", withGrounds(`Ja., dato: ${fill("1", data)}-01-01`), ["forkert-værdi"]],
  [
    "a section of 190 kB",
    sound.replace("mål:", () => `årsrapport: { afsnit: ${fill("1.", data)}x }\nmål:`),
    ["forkert-værdi"],
  ],
  ["an unknown goal of 50 kB", withGoals(`  ? ${fill("x", 50 * kB)}\n  : { vurdering: opfyldt }`), ["ukendt-mål"]],
  ["100 000 blocks", withText(fill("\n:::mål 7\n:::\n", text)), ["ukendt-mål", "flere"]],
  ["100 000 analyses of one goal", withText(fill("\n:::mål 1\nx\n:::\n", text)), ["analyse-to-gange", "flere"]],
  ["100 000 headings", withText(fill("# a\n", 400 * kB)), ["overskrift", "flere"]],
  [
    "100 000 paragraphs after the analysis",
    withText(`:::mål 1\nx\n:::\n\n${fill("a\n\n", 300 * kB)}`),
    ["tekst-uden-mål"],
  ],
  ["a text of parentheses", withText(fill("[", text)), []],
  ["bytes that are no UTF-8", Buffer.from(sound, "latin1"), ["ikke-utf-8"]],
  ["a NUL", withText("Før\u0000efter"), ["styretegn"]],
  ["marks that turn the text", withGrounds('"\u202Etfirks\u202C"'), ["styretegn"]],
  ["an empty file", "", ["oplysninger-mangler"]],
  ["nothing but the two lines", "---\n---\n", ["oplysninger-mangler"]],
  ["the mark of UTF-8 at the beginning", `\uFEFF${sound}`, []],
  ["Windows line ends", sound.replaceAll("\n", "\r\n"), []],
];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "hostile-results-"));
  await symlink(resolve(import.meta.dirname, "../templates"), join(root, "templates"));
  await writeFile(join(root, "hemmelig.png"), "hemmelig");
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("hostile results are told what is wrong with them, in time", () => {
  test.each(hostile)("%s", async (name, content, codes) => {
    const id = name.replace(/\W+/g, "-");
    const folder = join(root, "plans", id);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "plan.md"), plan);
    await writeFile(join(folder, "resultater.md"), content);
    const { exit, signal, out, remarks, milliseconds } = await check(root, id);
    expect({ exit, signal, remarks }).toEqual({ exit: codes.length > 0 ? 3 : 0, signal: undefined, remarks: "" });
    const found: { severity: string; code: string }[] = JSON.parse(out).plans[0].diagnostics;
    const grave = found.filter((one) => one.severity === "error" || one.code === "flere");
    expect([...new Set(grave.map((one) => one.code))]).toEqual(codes);
    expect(found.length).toBeLessThanOrEqual(202);
    expect(milliseconds).toBeLessThan(MOST_MILLISECONDS);
  });
});
