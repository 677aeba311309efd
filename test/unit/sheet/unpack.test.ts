import { deflateRawSync } from "node:zlib";
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import { readXlsx } from "../../../src/sheet/read-xlsx.ts";
import { sheetRows } from "../../../src/sheet/rows.ts";
import { writeXlsx } from "../../../src/sheet/write-xlsx.ts";
import { soundPlan } from "../../support/plan-text.ts";

const plan = soundPlan({});
const facts = { plan, round: "2-kvartal", title: "T", asOf: undefined, example: false };
const workbook = await writeXlsx(sheetRows(plan, undefined), facts);
const sheet = "xl/worksheets/sheet1.xml";
const head =
  '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';

/** The workbook with other or further parts. */
function withParts(parts: Zippable): Uint8Array {
  return zipSync({ ...unzipSync(workbook), ...parts });
}

/** The workbook with a sheet of these rows. */
function withRows(rows: string, doctype = ""): Uint8Array {
  return withParts({ [sheet]: strToU8(`${head.replace("?>", `?>${doctype}`)}${rows}</sheetData></worksheet>`) });
}

/** A ZIP whose one part unpacks to more than it says. */
function lyingZip(): Uint8Array {
  const packed = deflateRawSync(Buffer.alloc(200_000_000));
  const bytes = Buffer.from(zipSync({ "xl/workbook.xml": [new Uint8Array(20), { level: 0 }] }));
  const name = Buffer.from("xl/workbook.xml");
  const local = Buffer.alloc(30);
  bytes.copy(local, 0, 0, 30);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  const central = Buffer.from(bytes.subarray(bytes.indexOf("PK\u0001\u0002"), bytes.indexOf("PK\u0005\u0006")));
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  const end = Buffer.from(bytes.subarray(bytes.indexOf("PK\u0005\u0006")));
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, end]);
}

async function refusalOf(bytes: Uint8Array): Promise<string> {
  const start = performance.now();
  try {
    await readXlsx("ark.xlsx", bytes);
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    expect(cause.exit).toBe("foreign");
    expect(performance.now() - start).toBeLessThan(5000);
    return cause.message;
  }
  throw new Error("it was read");
}

describe("a workbook that is not to be taken in is refused, and says why", () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 12 }, (_, index) => `<!ENTITY a${index} "${"&a;".repeat(10)}">`).join("")}]>`;
  const outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';

  test.each<[string, () => Uint8Array, string]>([
    ["an empty file", () => new Uint8Array(), "er ikke et regneark."],
    ["a PDF", () => strToU8("%PDF-1.7"), "er ikke et regneark."],
    ["a text", () => strToU8("Mål;Art\r\n"), "er ikke et regneark."],
    [
      "an encrypted one, or one of the old format",
      () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      "er enten beskyttet med en adgangskode eller et gammelt regneark (.xls).",
    ],
    ["one that is cut off", () => workbook.slice(0, 3000), "er beskadiget og kan ikke pakkes ud."],
    ["a ZIP of something else", () => zipSync({ "brev.txt": strToU8("Kære") }), "er ikke et regneark."],
    [
      "a text document",
      () =>
        zipSync({
          "_rels/.rels": strToU8(
            '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
          ),
          "word/document.xml": strToU8("<document/>"),
        }),
      "har ingen ark",
    ],
    ["one with macros", () => withParts({ "xl/vbaProject.bin": new Uint8Array(10) }), "har makroer i sig."],
    [
      "one with old macros",
      () => withParts({ "xl/macrosheets/sheet1.xml": strToU8("<macrosheet/>") }),
      "har makroer i sig.",
    ],
    [
      "one that calls itself one with macros",
      () =>
        withParts({
          "[Content_Types].xml": strToU8(
            '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
          ),
        }),
      "har makroer i sig.",
    ],
    ["a large one", () => new Uint8Array(5_000_001).fill(0x50), "fylder over 5 MB; så stort er et udfyldt ark ikke."],
    [
      "one that unpacks to much",
      () => withParts({ "xl/media/a.bin": new Uint8Array(26_000_000) }),
      "fylder over 25 MB, når den pakkes ud; så stort er et udfyldt ark ikke.",
    ],
    ["one that unpacks to more than it says", lyingZip, "er beskadiget og kan ikke pakkes ud."],
    [
      "one of very many parts",
      () => withParts(Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`a${index}`, new Uint8Array(1)]))),
      "har over 300 dele; så mange har et udfyldt ark ikke.",
    ],
    [
      "entities that grow",
      () => withRows("<row><c><v>&a11;</v></c></row>", laughs),
      "har en dokumenttype i sig, og det må et regneark ikke have.",
    ],
    [
      "entities of other files",
      () => withRows("<row><c><v>&a;</v></c></row>", outside),
      "har en dokumenttype i sig, og det må et regneark ikke have.",
    ],
    ["broken XML", () => withRows("<row><c></row>"), "er beskadiget."],
    [
      "another encoding than it says",
      () => withParts({ [sheet]: new Uint8Array([0x3c, 0xff, 0xfe, 0xfd]) }),
      "er beskadiget.",
    ],
    ["very deep XML", () => withRows(`${"<a>".repeat(70)}${"</a>".repeat(70)}`), "er beskadiget."],
    [
      "a cell far away",
      () => withRows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
      "har på arket »Status« langt mere, end et udfyldt ark har.",
    ],
    [
      "very many cells",
      () =>
        withRows(
          Array.from({ length: 4000 }, (_, row) => `<row r="${row + 1}">${"<c><v>1</v></c>".repeat(20)}</row>`).join(
            "",
          ),
        ),
      "har på arket »Status« langt mere, end et udfyldt ark har.",
    ],
    ["a shared text that is not there", () => withRows('<row><c t="s"><v>9999</v></c></row>'), "er beskadiget."],
    ["a number that is none", () => withRows("<row><c><v>1e999</v></c></row>"), "er beskadiget."],
    [
      "a sheet whose part is missing",
      () => zipSync(Object.fromEntries(Object.entries(unzipSync(workbook)).filter(([name]) => name !== sheet))),
      "er beskadiget.",
    ],
  ])("%s", async (_name, make, message) => {
    const said = await refusalOf(make()).catch((cause: unknown) => {
      // No sheets at all is told by whoever looks for one.
      if (cause instanceof Error && cause.message === "it was read") return "ark.xlsx har ingen ark";
      throw cause;
    });
    expect(said).toBe(`ark.xlsx ${message}`);
  });
});

test("a part that unpacks to more than it says is stopped there, not read to its end", async () => {
  const cause = await readXlsx("ark.xlsx", lyingZip()).catch((failure: Failure) => failure.cause);
  expect(cause).toMatchObject({ message: expect.stringMatching(/too many bytes in the stream/) });
});

describe("cells are read as a Dane would write them", () => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="#,##0.00&quot; dage&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs></styleSheet>`;

  test.each([
    ["<v>0.30000000000000004</v>", 0, "0,3"],
    ["<v>-1234.5</v>", 0, "-1234,5"],
    ["<v>1E-3</v>", 0, "0,001"],
    ["<v>5</v>", 3, "5,00"],
    ["<v>0.831</v>", 2, "83,10 %"],
    ["<v>44742</v>", 1, "2022-06-30"],
    ["<v>44742.75</v>", 4, "2022-06-30"],
    ["<v>60</v>", 4, "1900-02-28"],
    ["<v>59</v>", 4, "1900-02-28"],
  ])("%s in style %i is %s", async (value, style, text) => {
    const cell = `<row r="3"><c r="B3" s="${style}">${value}</c></row>`;
    const bytes = zipSync({ ...unzipSync(withRows(cell)), "xl/styles.xml": strToU8(styles) });
    expect((await readXlsx("ark.xlsx", bytes))[0]?.cells).toEqual([{ row: 3, column: 2, text }]);
  });

  test("texts of every kind, with their line breaks and without their escapes", async () => {
    const rows = `<row><c t="inlineStr"><is><r><t>To </t></r><r><t>dele</t></r><rPh><t>x</t></rPh></is></c><c t="str"><f>A1</f><v>a_x000D_
b &amp; c</v></c><c t="b"><v>1</v></c><c/><c r="F1" t="d"><v>2022-06-30T00:00:00</v></c></row>`;
    expect((await readXlsx("ark.xlsx", withRows(rows)))[0]?.cells.map(({ column, text }) => [column, text])).toEqual([
      [1, "To dele"],
      [2, "a\nb & c"],
      [3, "SAND"],
      [6, "2022-06-30"],
    ]);
  });
});

test("a workbook is the same on any day and in any zone", async () => {
  const zone = process.env.TZ;
  try {
    process.env.TZ = "Pacific/Auckland";
    expect(Buffer.from(await writeXlsx(sheetRows(plan, undefined), facts)).equals(Buffer.from(workbook))).toBe(true);
  } finally {
    process.env.TZ = zone ?? "";
  }
  expect(Object.keys(unzipSync(workbook)).filter((name) => /vba|macro|external/i.test(name))).toEqual([]);
});

test("a workbook has what a sheet to fill in needs: headings in sight, widths, types, and a list to choose from", () => {
  const parts = unzipSync(workbook);
  const xml = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  expect(xml(sheet)).toMatch(/<pane ySplit="1"[^>]*state="frozen"/);
  expect(xml(sheet)).toContain('<col min="1" max="1" width="14" customWidth="1"/>');
  expect(xml(sheet)).toMatch(/<dataValidation type="list"[^>]* sqref="E2:E2"><formula1>"forventes opfyldt,i risiko,/);
  expect(xml(sheet)).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><sheetViews>/);
  expect(xml("xl/workbook.xml")).toContain("Status!$1:$1</definedName>");
});
