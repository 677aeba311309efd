import { unzipSync, type Zippable, zipSync } from "fflate";
import type writeExcelFile from "write-excel-file/node";
import type { Cell, CellObject, Row } from "write-excel-file/node";
import type { Plan } from "../plan/plan.ts";
import { statusWords } from "../results/followup/schema.ts";
import { ABOUT_SHEET, aboutLabels, type Column, columns, inputsOf, SHEET } from "./columns.ts";
import { cellName } from "./read-sheet.ts";
import type { SheetRow, Value } from "./rows.ts";
import { tableOf } from "./table.ts";

/** What a sheet is about. */
export interface SheetFacts {
  readonly plan: Plan;
  readonly round: string;
  /** Empty where the sheet is to be filled in and the round's name does not tell it. */
  readonly title: string;
  readonly asOf: Value | undefined;
  readonly example: boolean;
}

/** The library names the type of its features, but not what they are of. */
type SheetFeature = NonNullable<NonNullable<Parameters<typeof writeExcelFile>[1]>["features"]>[number];

const INPUT = "#ffffff";
const GIVEN = "#eef1f4";
const HEAD = "#1f2d3d";

/**
 * Writes rows as a workbook: a sheet with headings that stay in sight, columns with types and widths and a list of
 * statuses to choose from, and one that tells what it is. The same rows give the same bytes, on any day and in any zone.
 */
export async function writeXlsx(rows: readonly SheetRow[], facts: SheetFacts): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const [head = [], ...lines] = tableOf(rows, facts);
  const data: Row[] = [
    head.map((value) => ({ ...cellOf(value), fontWeight: "bold", backgroundColor: HEAD, textColor: "#ffffff" })),
    ...lines.map((line, row) => {
      const height = heightOf(line);
      return line.map((value, index) => ({ ...styled(value, isInput(rows[row], columns[index])), height }));
    }),
  ];
  const bytes = await write(
    [
      {
        sheet: SHEET,
        data,
        columns: columns.map(({ width }) => ({ width })),
        stickyRowsCount: 1,
        orientation: "landscape",
      },
      { sheet: ABOUT_SHEET, data: aboutRows(facts), columns: [{ width: 16 }, { width: 90 }] },
    ],
    { features: [sheetMarkup(rows)], fontFamily: "Calibri", fontSize: 11 },
  ).toBuffer();
  return reproducible(bytes);
}

/** How high a row must be for its longest text, in points: not every program finds that out by itself. */
function heightOf(line: readonly (Value | undefined)[]): number {
  const lines = line.map((value, index) => {
    const width = (columns[index]?.width ?? 10) - 1;
    const texts = value?.kind === "text" ? value.text.split("\n") : [""];
    return texts.reduce((sum, text) => sum + Math.max(1, Math.ceil((text.length * 1.08) / width)), 0);
  });
  // Excel's own limit is 409 points.
  return Math.min(405, 15.5 * Math.max(...lines));
}

/** Whether a row has a column to fill in. */
function isInput(row: SheetRow | undefined, column: Column | undefined): boolean {
  return row !== undefined && column !== undefined && inputsOf[row.kind].includes(column.key);
}

function styled(value: Value | undefined, input: boolean): CellObject {
  return {
    ...cellOf(value),
    alignVertical: "top",
    wrap: true,
    backgroundColor: input ? INPUT : GIVEN,
    borderColor: "#9aa5ae",
    borderStyle: "thin",
  };
}

function cellOf(value: Value | undefined): CellObject {
  switch (value?.kind) {
    case undefined:
      return {};
    case "number":
      return {
        value: value.number.valueOf(),
        type: Number,
        format: value.decimals === 0 ? "0" : `0.${"0".repeat(value.decimals)}`,
      };
    case "day":
      return {
        value: new Date(Date.UTC(value.date.year, value.date.month - 1, value.date.day)),
        type: Date,
        format: "yyyy-mm-dd",
      };
    case "text":
      // As text: »1.1« is a goal's number and no first of January.
      return { value: value.text, type: String, format: "@" };
  }
}

function aboutRows({ plan, round, title, asOf, example }: SheetFacts): Cell[][] {
  const line = (label: string, value: Value | string | undefined): Cell[] => [
    { value: label, fontWeight: "bold", alignVertical: "top" },
    {
      ...cellOf(typeof value === "string" ? { kind: "text", text: value } : value),
      alignVertical: "top",
      wrap: true,
      align: "left",
    },
  ];
  return [
    line(aboutLabels.plan, plan.id),
    line(aboutLabels.round, round),
    line(aboutLabels.title, title),
    line(aboutLabels.asOf, asOf),
    line(aboutLabels.institution, plan.institution.name),
    line(aboutLabels.ministry, plan.ministry),
    line(aboutLabels.example, example ? "ja" : "nej"),
    [],
    line(
      "Udfyldning",
      "Skriv kun i de hvide celler på arket Status. De grå viser, hvad rækken gælder, eller bruges ikke i den, og må ikke ændres.",
    ),
    line("Status", `Vælg ${statusWords.slice(0, -1).join(", ")} eller ${statusWords.at(-1)}.`),
    line("Tal indtil nu", "Skriv tallet, en dato, »ikke sket« eller »foreligger ikke«."),
    line(
      "Prognose",
      "Viser, hvad kravet ville give, hvis årets tal blev som tallene indtil nu. Den regnes ud af programmet og læses ikke.",
    ),
    line("Tilbage", `resultatplan import ${plan.id} ${round} <filens navn> laver arket til en opfølgningsfil.`),
  ];
}

/**
 * What the library has no words for: the list of statuses that the cells of a column offer, which stops other words when
 * they are typed; and a print on the width of a sheet of A3, with the headings on every page.
 */
function sheetMarkup(rows: readonly SheetRow[]): SheetFeature {
  const list = `<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="Status" error="Vælg en status fra listen." sqref="${statusCells(rows)}"><formula1>"${statusWords.join(",")}"</formula1></dataValidation></dataValidations>`;
  const titles = `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${SHEET}!$1:$1</definedName></definedNames>`;
  return {
    files: {
      transform: {
        "xl/worksheets/sheet{id}.xml": {
          // ECMA-376-1, 18.3.1.99: properties come first, validations before the margins.
          transform: (xml, { sheet }) =>
            sheet === SHEET
              ? xml
                  .replace("<sheetViews>", '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>$&')
                  .replace("<pageMargins", `${list}$&`)
                  .replace(/<pageSetup [^>]*>/, '<pageSetup paperSize="8" fitToHeight="0" orientation="landscape"/>')
              : xml,
        },
        "xl/workbook.xml": { transform: (xml) => xml.replace("<definedNames/>", titles) },
      },
    },
  };
}

/** The cells that a status is chosen in, as a workbook lists them: »E2:E4 E7:E7«. */
function statusCells(rows: readonly SheetRow[]): string {
  const column = columns.findIndex(({ key }) => key === "status");
  const has = (index: number) => isInput(rows[index], columns[column]);
  const cell = (index: number) => cellName(index + 2, column + 1);
  const starts = rows.flatMap((_row, index) => (has(index) && !has(index - 1) ? [index] : []));
  const ends = rows.flatMap((_row, index) => (has(index) && !has(index + 1) ? [index] : []));
  return starts.map((start, run) => `${cell(start)}:${cell(ends[run] ?? start)}`).join(" ");
}

/** The same workbook with the day of no particular day on its parts: the library writes the time of writing. */
function reproducible(bytes: Uint8Array): Uint8Array {
  // A ZIP has local time without a zone, and so has this day: it is the same everywhere.
  const mtime = new Date(1980, 0, 1);
  const parts: Zippable = {};
  for (const [name, content] of Object.entries(unzipSync(bytes))) parts[name] = [content, { mtime, level: 6 }];
  return zipSync(parts);
}
