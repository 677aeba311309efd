import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { frame, headline } from "../../../src/report/frame.ts";
import { followUpFromXlsx } from "../../../src/sheet/import.ts";
import { sheetRows } from "../../../src/sheet/rows.ts";
import { writeXlsx } from "../../../src/sheet/write-xlsx.ts";
import { followUpText, soundProgress } from "../../support/follow-up-text.ts";
import { soundPlan } from "../../support/plan-text.ts";

const plan = soundPlan({
  mål: `
  - { nr: 1, titel: Ny vejledning, mål: M }
  - nr: 2
    titel: Lavere sygefravær
    mål: M
    enhed: Dage
    kriterium: { en_af: [{ højst_reference: Statens gennemsnit }, { fald: { pct: 5, fra: 2021 } }] }
  - nr: 3
    titel: Nyt system
    mål: M
    delmål:
      - { nr: a, titel: Udgift, enhed: mio. kr., kriterium: { højst: "1,5" } }
      - { nr: b, titel: Prøve, kriterium: { alle: [{ antal_mindst: 3 }, { senest: 2022-05-01 }] } }
    milepæle: [{ tekst: Udbud, frist: 2022-03-31 }]`,
});

const progress = soundProgress(
  plan,
  followUpText(`1:
  status: i risiko
  forventning: |
    Ventes i august.

    - et *råd*
    - to råd
  kommentar: 1\\. udkast er sendt; fx \\[a] & \\<b>
2:
  status: forventes opfyldt
  indtil_nu: 3,10 dage
  referencer: { Statens gennemsnit: "8,4" }
  tidligere: { 2021: "3,5" }
3:
  status: i risiko
  forventning: F
  delmål:
    a: { indtil_nu: "1,4", kommentar: K }
    b: { indtil_nu: [2, 2022-04-30] }
  milepæle:
    1: { dato: 2022-03-30 }`),
);

const about = { plan, round: "2-kvartal", title: "Status efter 2. kvartal 2022", asOf: undefined, example: false };
const workbook = await writeXlsx(sheetRows(plan, progress), about);

/** A workbook with some of its sheet's text changed. */
function changed(from: string | RegExp, to: string, part = "xl/sharedStrings.xml"): Uint8Array {
  const parts = unzipSync(workbook);
  const before = strFromU8(parts[part] ?? new Uint8Array());
  const after = before.replace(from, to);
  if (after === before) throw new Error(`nothing like ${from}`);
  return zipSync({ ...parts, [part]: strToU8(after) });
}

/** What is said, and where, of a workbook. */
async function said(bytes: Uint8Array, round = "2-kvartal"): Promise<string[]> {
  const { diagnostics } = await followUpFromXlsx("ark.xlsx", bytes, { plan, round });
  return diagnostics.map((one) => {
    const { path } = one.span.source;
    return `${one.span.source.where(one.span.start).slice(path.length + 1)} ${one.code} ${one.message}`;
  });
}

describe("a filled-in workbook", () => {
  test("becomes a follow-up file that makes the same workbook", async () => {
    const { value, diagnostics } = await followUpFromXlsx("ark.xlsx", workbook, { plan, round: "2-kvartal" });
    expect(diagnostics).toEqual([]);
    expect(value).toMatchInlineSnapshot(`
      "---
      mål:
        1:
          status: i risiko
          forventning: |-
            Ventes i august.

            - et råd
            - to råd
          kommentar: 1\\. udkast er sendt; fx \\[a] & \\<b>
        2:
          status: forventes opfyldt
          indtil_nu: 3,10
          referencer:
            Statens gennemsnit: 8,4
          tidligere:
            2021: 3,5
        3:
          status: i risiko
          forventning: F
          delmål:
            a:
              indtil_nu: 1,4
              kommentar: K
            b:
              indtil_nu:
                - 2
                - 2022-04-30
          milepæle:
            1:
              dato: 2022-03-30
      ---
      "
    `);
    const again = soundProgress(plan, value ?? "");
    expect(Buffer.from(await writeXlsx(sheetRows(plan, again), about)).equals(Buffer.from(workbook))).toBe(true);
  });

  test("has the earlier years that no criterion asks for, too", async () => {
    const told = followUpText(`1: { status: i risiko, forventning: F }
2:
  status: forventes opfyldt
  indtil_nu: 3,10
  referencer: { Statens gennemsnit: "8,4" }
  tidligere: { 2021: "3,5", 2020: "3,6" }
3:
  status: i risiko
  forventning: F
  delmål:
    a: { indtil_nu: "1,4", tidligere: { 2019: "1,2" } }
    b: { indtil_nu: [2, 2022-04-30] }
  milepæle:
    1: { dato: 2022-03-30 }`);
    const bytes = await writeXlsx(sheetRows(plan, soundProgress(plan, told)), about);
    const { value, diagnostics } = await followUpFromXlsx("ark.xlsx", bytes, { plan, round: "2-kvartal" });
    expect(diagnostics).toEqual([]);
    const again = soundProgress(plan, value ?? "");
    expect(Buffer.from(await writeXlsx(sheetRows(plan, again), about)).equals(Buffer.from(bytes))).toBe(true);
  });

  test("that is still empty says what is missing, at the cells", async () => {
    const empty = await writeXlsx(sheetRows(plan, undefined), { ...about, title: "" });
    expect(await said(empty)).toMatchInlineSnapshot(`
      [
        "Status!E2 ukendt-værdi »status« er tom.",
        "Status!E3 ukendt-værdi »status« er tom.",
        "Status!F3 tal-mangler Mål 2 har intet tal indtil nu, som dets kriterium kan holdes op imod.",
        "Status!E6 ukendt-værdi »status« er tom.",
        "Status!F7 tal-mangler Delmål a har intet tal indtil nu, som dets kriterium kan holdes op imod.",
        "Status!F8 tal-mangler Delmål b har intet tal indtil nu, som dets kriterium kan holdes op imod.",
        "Status!C11 status-mangler Milepæl 1 har hverken dato eller status.",
      ]
    `);
  });

  const sheet = "xl/worksheets/sheet1.xml";
  test.each<[string, Uint8Array, string[]]>([
    [
      "a status that is none",
      changed("i risiko", "i ricico"),
      [
        "Status!E2 ukendt-værdi »status« kan ikke være »i ricico«.",
        "Status!E6 ukendt-værdi »status« kan ikke være »i ricico«.",
      ],
    ],
    [
      "words for a number",
      changed(/<c r="F3"[^>]*><v>3.1<\/v>/, '<c r="F3" t="inlineStr"><is><t>ca. 3</t></is>', sheet),
      ["Status!F3 forkert-værdi Resultatet skal være et tal, for eksempel 12,5; her står »ca. 3«."],
    ],
    [
      "a day of another kind",
      changed(/<c r="I11"[^>]*><v>\d+<\/v>/, '<c r="I11" t="inlineStr"><is><t>30. marts 2022</t></is>', sheet),
      ["Status!I11 forkert-værdi »dato« skal være en dato som 2022-12-31; her står »30. marts 2022«."],
    ],
    [
      "a cell with an error",
      changed(/<c r="F3"[^>]*><v>3.1<\/v>/, '<c r="F3" t="e"><f>1/0</f><v>#DIV/0!</v>', sheet),
      ["Status!F3 celle-fejl Cellen har en fejl: #DIV/0!."],
    ],
    [
      "a formula without its value",
      changed(/<c r="F3"[^>]*><v>3.1<\/v>/, '<c r="F3"><f>A1+A2</f>', sheet),
      ["Status!F3 celle-fejl Cellen har en formel, hvis værdi ikke er gemt."],
    ],
    [
      "another unit",
      changed("<t>mio. kr.</t>", "<t>kr.</t>"),
      ["Status!G7 enhed-afviger Enheden er »kr.«, men i planen er den »mio. kr.«."],
    ],
    [
      "a hidden character",
      changed("Ventes i august", "Ventes\u00ad i august"),
      ["Status!J2 styretegn Her står et usynligt tegn (U+00AD), som ikke hører til i en tekst."],
    ],
    [
      "a column that is renamed",
      changed("<t>Status</t>", "<t>Statuss</t>"),
      ["Status!A1 kolonne-mangler Kolonnen »Status« mangler i arkets første række."],
    ],
    [
      "a row of another plan",
      changed("<t>a</t>", "<t>aa</t>"),
      ["Status!A7 ukendt-række Planen har intet, der hedder »3 · Delmål · aa«."],
    ],
    ["the same row twice", changed("<t>b</t>", "<t>a</t>"), ["Status!A8 række-to-gange Rækken står to gange."]],
    [
      "a goal without its row",
      changed(/<row r="2"[^>]*>.*?<\/row>/, "", sheet),
      ["Status!A1 række-mangler Arket har ingen række til mål 1."],
    ],
    [
      "a column of somebody's own",
      changed("<t>Prognose</t>", "<t>Min note</t>"),
      ["Status!L1 ukendt-kolonne Kolonnen »Min note« læses ikke."],
    ],
  ])("%s is told at its cell", async (_name, bytes, expected) => {
    expect(await said(bytes)).toEqual(expected);
  });

  test("a milestone's status that is none: the words are told, and not that the cell may be empty", async () => {
    const bytes = changed(/<c r="E11"[^>]*\/>/, '<c r="E11" t="inlineStr"><is><t>i gang</t></is></c>', sheet);
    const { diagnostics } = await followUpFromXlsx("ark.xlsx", bytes, { plan, round: "2-kvartal" });
    expect(diagnostics.map(({ message, hint }) => `${message} ${hint}`)).toEqual([
      "»status« kan ikke være »i gang«. Mulige: forventes opfyldt, i risiko, forventes ikke opfyldt, opfyldt, udgået.",
    ]);
  });

  describe("with something in a cell that its row does not use", () => {
    /** A workbook with texts in some cells, whatever was there. */
    const filled = (cells: Readonly<Record<string, string>>): Uint8Array => {
      const parts = unzipSync(workbook);
      const written = Object.entries(cells).reduce(
        (xml, [cell, words]) =>
          xml.replace(
            new RegExp(`<c r="${cell}"([^>]*?)(?: t="\\w+")?(?:/>|>.*?</c>)`),
            `<c r="${cell}"$1 t="inlineStr"><is><t>${words}</t></is></c>`,
          ),
        strFromU8(parts[sheet] ?? new Uint8Array()),
      );
      return zipSync({ ...parts, [sheet]: strToU8(written) });
    };

    test.each<[string, Readonly<Record<string, string>>, string[]]>([
      [
        "a day as a milestone's number",
        { F11: "2022-03-30" },
        [
          "Status!F11 celle-bruges-ikke Cellen »Tal indtil nu« bruges ikke i en række af arten »Milepæl«; det, der står her, ville gå tabt.",
        ],
      ],
      [
        "whatever stands beside a quantity to compare with, a year or a part of a criterion",
        { E4: "opfyldt", J4: "F", I5: "2022-05-01", K9: "K" },
        ["E4 Status Sammenligning", "J4 Forventning Sammenligning", "I5 Dato Tidligere år", "K9 Kommentar Krav"].map(
          (one) =>
            one.replace(
              /^(\w+) (\w+) (.*)$/,
              "Status!$1 celle-bruges-ikke Cellen »$2« bruges ikke i en række af arten »$3«; det, der står her, ville gå tabt.",
            ),
        ),
      ],
      [
        "a number for the whole and for its parts",
        { F8: "3" },
        ["F9", "F10"]
          .map(
            (cell) =>
              `Status!${cell} tal-to-gange Der er tal både her og i målets eller delmålets egen række, så det ses ikke, hvilket der gælder.`,
          )
          .concat("Status!F8 resultat Kriteriets dele måles forskelligt, så ét resultat er ikke nok.")
          .toSorted(),
      ],
      [
        "another unit than the goal's",
        { G5: "Timer", G11: "stk." },
        [
          "Status!G5 celle-bruges-ikke Cellen »Enhed« bruges ikke i en række af arten »Tidligere år«; det, der står her, ville gå tabt.",
          "Status!G11 celle-bruges-ikke Cellen »Enhed« bruges ikke i en række af arten »Milepæl«; det, der står her, ville gå tabt.",
        ],
      ],
    ])("%s is told at that cell", async (_name, cells, expected) => {
      expect((await said(filled(cells))).toSorted()).toEqual(expected.toSorted());
      expect((await followUpFromXlsx("a", filled(cells), { plan, round: "2-kvartal" })).value).toBeUndefined();
    });

    test("numbers of a sub-goal whose row is gone are told at their rows", async () => {
      expect(await said(changed(/<row r="8"[^>]*>.*?<\/row>/, "", sheet))).toContain(
        "Status!C9 række-mangler Rækken hører til delmål b, som arket ingen række har til.",
      );
    });

    test("such cells are grey, and no status is chosen in them", () => {
      const parts = unzipSync(workbook);
      const xml = strFromU8(parts[sheet] ?? new Uint8Array());
      const styleOf = (cell: string) => new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(xml)?.[1] ?? "";
      const fills = strFromU8(parts["xl/styles.xml"] ?? new Uint8Array());
      const formats = (/<cellXfs[^>]*>(.*?)<\/cellXfs>/.exec(fills)?.[1] ?? "").match(/<xf .*?<\/xf>/g) ?? [];
      const colours = [...fills.matchAll(/<fill>(.*?)<\/fill>/g)].map((fill) => /rgb="(\w+)"/.exec(fill[1] ?? "")?.[1]);
      const colour = (cell: string) =>
        colours[Number(/fillId="(\d+)"/.exec(formats[Number(styleOf(cell))] ?? "")?.[1])];
      const [white, grey] = [colour("E2"), colour("L2")];
      expect(new Set([white, grey, undefined]).size).toBe(3);
      for (const cell of ["F2", "K2", "F4", "F5", "J7", "F9", "E11", "I11", "K11"])
        expect(`${cell} ${colour(cell)}`).toBe(`${cell} ${white}`);
      for (const cell of ["E4", "I4", "J5", "K5", "E9", "K10", "F11"])
        expect(`${cell} ${colour(cell)}`).toBe(`${cell} ${grey}`);
      expect(xml).toContain('sqref="E2:E3 E6:E8 E11:E11"');
    });
  });

  test("of another round or plan is not taken in", async () => {
    expect(await said(workbook, "3-kvartal")).toMatchInlineSnapshot(`
      [
        "Om!B2 andet-ark Arket gælder runden »2-kvartal«, ikke »3-kvartal«.",
      ]
    `);
  });

  test("is shown where it is wrong", async () => {
    const { diagnostics } = await followUpFromXlsx("ark.xlsx", changed("i risiko", "i ricico"), {
      plan,
      round: "2-kvartal",
    });
    const [first] = diagnostics;
    expect(first && frame(first, (_style, words) => words)).toMatchInlineSnapshot(`
      "ark.xlsx:Status!E2: fejl: »status« kan ikke være »i ricico«. [ukendt-værdi]
        E2 | i ricico
           | ^^^^^^^^
             Mente du »i risiko«?"
    `);
    expect(first && headline(first, (_style, words) => words)).toContain("ark.xlsx:Status!E2: fejl:");
  });
});
