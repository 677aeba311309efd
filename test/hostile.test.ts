import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPlan } from "../src/pipeline/build.ts";
import type { PrintShop } from "../src/print/print-shop.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { check, fill, MOST_MILLISECONDS } from "./support/hostile.ts";

/**
 * Plans that are broken, or made to do harm. Each is checked by the program itself, in a process of its own, so that a
 * hang, a crash or an exhausted memory shows; and built with a printer that must not be asked, over a PDF that must
 * stand as it was.
 */
const repository = resolve(import.meta.dirname, "..");

const front = `skabelon: resultatplan-2022
titel: Resultatplan 2022
institution: { navn: Styrelsen for Eksempler }
ministerium: Eksempelministeriet
periode: { fra: 2022-01-01, til: 2022-12-31 }
opgørelse: { metode: binær }
mål:
  - { nr: 1, titel: Ny vejledning, mål: Styrelsen udgiver en ny vejledning. }
underskrivere:
  - { navn: Anne Jensen, stilling: Departementschef, organisation: Eksempelministeriet, sted: København }
`;
const blocks = "## Mål\n\n:::mål\n:::\n\n:::underskrifter\n:::\n";
const sound = `---\n${front}---\n\n${blocks}`;

/** A sound plan with a text of its own above the blocks. */
const withText = (text: string) => sound.replace(blocks, `${text}\n\n${blocks}`);
/** A sound plan with lines of its own at the end of the data. */
const withData = (lines: string) => `---\n${front}${lines}\n---\n\n${blocks}`;
/** A sound plan whose title is this. */
const withTitle = (value: string) => sound.replace("titel: Resultatplan 2022", () => `titel: ${value}`);
const kB = 1000;
const text = 900 * kB;
const data = 190 * kB;

/** A name, what stands in plan.md, and the codes that are given, each once, in the order of the file; none for a sound plan. */
const hostile: readonly (readonly [name: string, content: string | Uint8Array, codes: readonly string[]])[] = [
  ["a script", withText("<script>fetch('//evil.example')</script>"), ["html"]],
  ["an attribute that runs a script", withText('Før <img src=x onerror="alert(1)"> efter'), ["html"]],
  ["a script in a title", withTitle('"<script>alert(1)</script>"'), []],
  ["Handlebars in a title", withTitle('"{{#each this}}{{@key}}{{/each}}"'), ["forkert-værdi"]],
  ["Handlebars in the text", withText("{{{titel}}} og {{> blokke}}"), ["ukendt-pladsholder"]],
  ["a picture of a file of the machine", withText("![x](file:///etc/passwd)"), ["billede"]],
  ["a picture from the web", withText("![x](http://127.0.0.1:9/figur.png)"), ["billede"]],
  ["a picture in the text itself", withText("![x](data:image/svg+xml,%3Csvg%3E)"), ["billede"]],
  ["a path out of the folder", withText("![x](../../hemmelig/figur.png)"), ["billede"]],
  ["a path out of the folder, encoded", withText("![x](%2e%2e/%2e%2e/hemmelig/figur.png)"), ["billede"]],
  ["a path out of the folder, encoded twice", withText("![x](%252e%252e/figur.png)"), ["billede-mangler"]],
  ["a path out of the folder, as Windows writes it", withText("![x](..\\..\\hemmelig\\figur.png)"), ["billede"]],
  ["a path with a NUL", withText("![x](figur%00.png)"), ["billede"]],
  ["a path that is no encoding", withText("![x](%E0%A4%A.png)"), ["billede"]],
  ["a link in the folder that leads out of it", withText("![x](genvej.png)"), ["billede-mangler"]],
  ["a form that is a path", sound.replace("resultatplan-2022", "../../../../etc"), ["ukendt-skabelon"]],
  ["a link that runs a script", withText("[x](javascript&colon;alert(1)) [y](JaVaScRiPt:alert(1))"), ["link"]],
  [
    "a bomb of aliases",
    withData(
      `a: &a [x, x, x, x, x, x, x, x, x]\n${[..."bcdefghi"].map((name, index) => `${name}: &${name} [${fill(`*${"abcdefgh"[index]},`, 27)}]`).join("\n")}`,
    ),
    ["specialtegn"],
  ],
  ["an alias of itself", withData("a: &a [*a]"), ["specialtegn"]],
  ["a tag of one's own", withTitle("!hemmelig Resultatplan"), ["specialtegn"]],
  ["a tag for a function", withTitle('!!js/function "function () { process.exit(9) }"'), ["specialtegn"]],
  ["data in another language", "---js\n{ titel: process.exit(9) }\n---\n", ["oplysninger-mangler"]],
  ["data in a language after a space", "--- js\n{ titel: process.exit(9) }\n---\n", ["oplysninger-mangler"]],
  ["data in JSON", "---json\n{}\n---\n", ["oplysninger-mangler"]],
  ["keys of every object", withData("__proto__: { polluted: ja }\nconstructor: { prototype: x }"), ["ukendt-nøgle"]],
  [
    "a year that is a key of every object",
    sound.replace("vejledning. }", "vejledning., måltal: { __proto__: 5, constructor: 6 } }"),
    ["forkert-værdi"],
  ],
  [
    "a share that is a key of every object",
    withData("resultatløn: { __proto__: 1/2, toString: 1/2 }"),
    ["resultatløn"],
  ],
  ["5 MB of parentheses", withText(fill("[", 5000 * kB)), ["fil-for-stor"]],
  ["900 kB of parentheses in the data", withData(`x: ${fill("[", text)}`), ["fil-for-stor"]],
  ["190 kB of parentheses in the data", withData(`x: ${fill("[", data)}`), ["for-dybt"]],
  ["parentheses in the data, that end", withData(`x: ${fill("[", data / 2)}${fill("]", data / 2)}`), ["for-dybt"]],
  ["braces in the data", withData(`x: ${fill("{a: ", data)}`), ["for-dybt"]],
  ["hyphens on one line", withData(`x:\n  ${fill("- ", data)}`), ["for-dybt"]],
  ["question marks on one line", withData(`x:\n  ${fill("? ", data)}`), ["for-dybt"]],
  ["lines moved in ever more", withData(steps(380)), ["ukendt-nøgle"]],
  ["lines moved in by 600 spaces", withData(steps(600)), ["for-dybt"]],
  ["a line moved in by 190 kB", withData(`x:\n${fill(" ", data)}y: z`), ["for-dybt"]],
  ["190 000 empty lines in the data", withData(fill("\n", data)), ["for-dybt"]],
  ["a remark of 190 kB", withData(`# ${fill("x", data)}`), []],
  ["errors in the data without end", withData(fill("]", data)), ["ulæseligt"]],
  ["quotation marks", withData(`x: ${fill('"', data)}`), ["ulæseligt"]],
  [
    "keys without end",
    withData(Array.from({ length: 15_000 }, (_none, index) => `k${index}: x`).join("\n")),
    ["ukendt-nøgle", "flere"],
  ],
  [
    "goals without end",
    `---\n${front.replace("underskrivere", `${fill("  - x\n", 100 * kB)}underskrivere`)}---\n\n${blocks}`,
    ["forkert-værdi", "flere"],
  ],
  ["100 000 small errors in the text", withText(fill("{{x}} ", 600 * kB)), ["ukendt-pladsholder", "flere"]],
  ["100 000 links to files", withText(fill("[a](b) ", 700 * kB)), ["link", "flere"]],
  ["100 000 pictures that are not there", withText(fill("![a](b.png) ", text)), ["billede-mangler"]],
  ["100 000 tags", withText(fill("<b> ", 400 * kB)), ["html", "flere"]],
  ["100 000 blocks", withText(fill("\n:::mål 2\n:::\n", text)), ["ukendt-mål", "flere"]],
  ["100 000 invisible characters", withText(fill("\u00AD", 100 * kB)), ["styretegn"]],
  ["100 000 headings", withText(fill("# a\n", 400 * kB)), ["overskrift", "flere"]],
  ["a text of parentheses", withText(fill("[", text)), []],
  ["a text of pictures that do not end", withText(fill("![", text)), []],
  ["a text of footnotes that do not end", withText(fill("[^", text)), []],
  ["a text of links that do not end", withText(fill("[](", text)), []],
  ["a text of placeholders with one brace", withText(fill("{ år ", text / 2)), []],
  ["a text of hyphens after words", withText(fill("a - og", text)), []],
  ["blocks that do not end", withText(`\n${fill("::: 1\n", text)}`), ["blok-uden-slutning", "ukendt-blok", "flere"]],
  ["a text of quotations", withText(fill("> ", text)), ["for-dybt"]],
  [
    "a text of list marks, which hides what comes after it",
    withText(fill("+ ", text)),
    ["mål-vises-ikke", "for-dybt", "underskrifter-vises-ikke"],
  ],
  ["a text of emphasis", withText(fill("*a_", text)), []],
  ["a text of emphasis in emphasis", withText(fill("**a *a ", text)), []],
  ["a text of strokes for tables", withText(`a|b\n-|-\n${fill("a|", text)}`), ["tabelrække"]],
  ["a table of many lines", withText(`a|b\n-|-\n${fill("a|b\n", 200 * kB)}`), []],
  ["a text of comments that do not end", withText(`a ${fill("<!--", text)}`), ["html", "flere"]],
  ["a text of tags that do not end", withText(`a ${fill("<a ", text)}`), []],
  ["a text of declarations that do not end", withText(`a ${fill("<?", text)}`), []],
  ["a text of entities", withText(fill("&amp;", text)), ["html", "flere"]],
  ["a text of backslashes", withText(fill("\\", text)), []],
  ["a text of placeholders that do not end", withText(fill("{{", text)), ["pladsholder-uden-slutning"]],
  ["a word of 900 kB", withText(fill("a", text)), []],
  ["a word of 900 kB of letters that only Danes have", withText(fill("æøå", text / 2)), []],
  ["a number of 900 kB", withText(fill("1", text)), []],
  [
    "a number of 190 kB as weight",
    withData("").replace("titel: Ny", `vægt: ${fill("9", data)}, titel: Ny`),
    ["forkert-værdi"],
  ],
  ["a line of 900 kB", withText(fill("Det er aftalt. ", text)), []],
  ["100 000 paragraphs", withText(fill("a\n\n", 300 * kB)), []],
  ["a block's first line of 900 kB", withText(`:::mål ${fill("a ", text)}\n:::`), ["blok"]],
  ["a key of 190 kB", withData(`${fill("k", data)}: x`), ["ulæseligt"]],
  ["a NUL", withText("Før\u0000efter"), ["styretegn"]],
  ["escapes of a terminal", withText("\u001B[2J\u001B[31mRødt"), ["styretegn"]],
  ["escapes of a terminal, written as escapes", withTitle('"\\e[2J\\e[31mRødt"'), ["styretegn"]],
  ["soft hyphens", withText("vej\u00ADledning"), ["styretegn"]],
  ["marks that turn the text", withText("\u202Etfirks\u202C og \u2066x\u2069"), ["styretegn"]],
  ["bytes that are no UTF-8", Buffer.from(sound.replace("København", "K\u00F8benhavn"), "latin1"), ["ikke-utf-8"]],
  ["half of a pair", Buffer.concat([Buffer.from(sound), Buffer.from([0xed, 0xa0, 0x80])]), ["ikke-utf-8"]],
  ["UTF-16 with its mark", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sound, "utf16le")]), ["ikke-utf-8"]],
  ["a character cut in two at the end", Buffer.concat([Buffer.from(sound), Buffer.from([0xc3])]), ["ikke-utf-8"]],
  ["an empty file", "", ["oplysninger-mangler"]],
  ["nothing but white space", "\n \n\t\n", ["oplysninger-mangler"]],
  ["nothing but the two lines", "---\n---\n", ["oplysninger-mangler"]],
  ["no line that ends the data", `---\n${front}`, ["oplysninger-uden-slutning"]],
  ["years that are too large", sound.replace("til: 2022-12-31", "til: 99999-12-31"), ["forkert-værdi"]],
  ["a year of many digits", sound.replace("til: 2022-12-31", `til: ${fill("9", 10 * kB)}-12-31`), ["forkert-værdi"]],
  ["the mark of UTF-8 at the beginning", `\uFEFF${sound}`, []],
  ["Windows line ends", sound.replaceAll("\n", "\r\n"), []],
  ["no line end at the end", sound.trimEnd(), []],
  ["Windows line ends and none at the end", sound.trimEnd().replaceAll("\n", "\r\n"), []],
];

/** Keys in keys, each moved in by one space more. */
function steps(count: number): string {
  return Array.from({ length: count }, (_none, depth) => `${" ".repeat(depth)}k:`).join("\n");
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "hostile-"));
  await symlink(join(repository, "templates"), join(root, "templates"));
  await writeFile(join(root, "hemmelig.png"), "hemmelig");
});
afterAll(() => rm(root, { recursive: true, force: true }));

const idOf = (name: string) => name.replace(/\W+/g, "-");

async function writePlan(name: string, content: string | Uint8Array): Promise<string> {
  const folder = join(root, "plans", idOf(name));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "plan.md"), content);
  await symlink(join(root, "hemmelig.png"), join(folder, "genvej.png")).catch(() => {});
  return folder;
}

describe("a hostile plan is told what is wrong with it, in time", () => {
  test.each(hostile)("%s", async (name, content, codes) => {
    await writePlan(name, content);
    const { exit, signal, out, remarks, milliseconds } = await check(root, idOf(name));
    expect({ exit, signal, remarks }).toEqual({ exit: codes.length > 0 ? 3 : 0, signal: undefined, remarks: "" });
    const found: { severity: string; code: string; message: string }[] = JSON.parse(out).plans[0].diagnostics;
    const grave = found.filter((one) => one.severity === "error" || one.code === "flere");
    expect([...new Set(grave.map((one) => one.code))]).toEqual(codes);
    expect(found.length).toBeLessThanOrEqual(202);
    expect(out).not.toContain('hemmelig"');
    expect(milliseconds).toBeLessThan(MOST_MILLISECONDS);
  });
});

describe("a plan with errors leaves the PDF that is there, byte for byte", () => {
  const wrong = hostile.filter(([, content, codes]) => codes.length > 0 && content.length < 10 * kB);
  test.each(wrong)("%s", async (name, content) => {
    const folder = await writePlan(name, content);
    const pdf = join(root, "output", idOf(name), "plan.pdf");
    await mkdir(join(root, "output", idOf(name)), { recursive: true });
    await writeFile(pdf, "%PDF-1.7 fra sidste år");
    const outcome = await buildPlan({ id: idOf(name), path: join(folder, "plan.md") }, toolsThatDoNotPrint());
    expect(outcome.written).toEqual([]);
    expect(outcome.failure).toBeUndefined();
    expect(await readFile(pdf, "utf8")).toBe("%PDF-1.7 fra sidste år");
  });

  function toolsThatDoNotPrint() {
    const workspace = { plans: join(root, "plans"), templates: join(root, "templates"), output: join(root, "output") };
    const shop: Pick<PrintShop, "print"> = {
      print: () => Promise.reject(new Error("a plan with errors is not printed")),
    };
    return { workspace, forms: new FormShelf(workspace.templates), shop: shop as PrintShop };
  }
});

describe("a plan that cannot be read at all is a failure that says so", () => {
  test("a folder in the place of plan.md", async () => {
    await mkdir(join(root, "plans", "mappe", "plan.md"), { recursive: true });
    const { exit, signal, out } = await check(root, "mappe");
    expect({ exit, signal, out }).toEqual({ exit: 2, signal: undefined, out: expect.stringContaining("ukendt-plan") });
  });

  test.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
    const folder = await writePlan("lukket", sound);
    const { chmod } = await import("node:fs/promises");
    await chmod(join(folder, "plan.md"), 0);
    const { exit, out } = await check(root, "lukket");
    expect(exit).toBe(10);
    expect(out).toContain("filadgang");
  });
});

test("nothing that a hostile plan says changes what all objects have", async () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect("polluted" in {}).toBe(false);
});
