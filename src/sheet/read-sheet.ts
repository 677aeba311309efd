import { isoDate } from "../core/date.ts";
import type { ReadCell } from "./read-xlsx.ts";
import { refusal } from "./unpack.ts";
import { type NumberFormat, unescaped } from "./workbook.ts";
import { BadXml, type Opened, readXml } from "./xml.ts";

/** What cells refer to. */
export interface SheetStyles {
  readonly formats: readonly NumberFormat[];
  readonly strings: readonly string[];
  readonly since1904: boolean;
}

/** More than any plan's sheet has. */
const MAX_ROW = 5000;
const MAX_COLUMN = 200;
const MAX_CELLS = 20_000;
/** Excel's own limit for a cell. */
const MAX_TEXT = 32_767;

/** Reads the cells of a sheet that hold something (ECMA-376-1, 18.3.1.4). */
export function readSheet(
  path: string,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array | undefined },
  styles: SheetStyles,
): ReadCell[] {
  const cells: ReadCell[] = [];
  if (!bytes) throw new BadXml("part");
  let current: OpenCell | undefined;
  let row = 0;
  let column = 0;
  readXml(bytes, {
    open: (element) => {
      if (element.name === "row") {
        row = Number(element.attributes.r ?? row + 1);
        column = 0;
      } else if (element.name === "c") {
        ({ row, column } = addressOf(element.attributes.r) ?? { row, column: column + 1 });
        current = new OpenCell(element, styles);
      } else current?.open(element.name);
    },
    text: (text) => current?.text(text),
    close: (closed) => {
      if (closed !== "c" || !current) {
        current?.close(closed);
        return;
      }
      const value = current.value();
      current = undefined;
      if (!value) return;
      if (row > MAX_ROW || column > MAX_COLUMN || cells.length >= MAX_CELLS || value.text.length > MAX_TEXT)
        throw refusal(path, `har på arket »${name.slice(0, 40)}« langt mere, end et udfyldt ark har`);
      cells.push({ row, column, ...value });
    },
  });
  return cells.sort((a, b) => a.row - b.row || a.column - b.column);
}

/** A cell's address in letters and figures: »D7«. */
export function cellName(row: number, column: number): string {
  let letters = "";
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters + row;
}

function addressOf(name: string | undefined): { row: number; column: number } | undefined {
  const [, letters, figures] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(name ?? "") ?? [];
  if (!letters) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(figures), column };
}

/** A cell while it is read. */
class OpenCell {
  readonly #type: string;
  readonly #format: NumberFormat | undefined;
  readonly #styles: SheetStyles;
  #value: string | undefined;
  #words = "";
  #within: string[] = [];
  #formula = false;

  constructor({ attributes }: Opened, styles: SheetStyles) {
    this.#type = attributes.t ?? "n";
    this.#format = attributes.s === undefined ? undefined : styles.formats[Number(attributes.s)];
    this.#styles = styles;
  }

  open(name: string): void {
    this.#within.push(name);
    if (name === "v") this.#value ??= "";
    if (name === "f") this.#formula = true;
  }

  text(text: string): void {
    const name = this.#within.at(-1);
    if (name === "v") this.#value += text;
    if (name === "t" && !this.#within.includes("rPh")) this.#words += text;
  }

  close(name: string): void {
    if (this.#within.at(-1) === name) this.#within.pop();
  }

  /** What it says; undefined for an empty cell. */
  value(): Pick<ReadCell, "text" | "fault"> | undefined {
    const raw = this.#value;
    switch (this.#type) {
      case "inlineStr":
        return filled(unescaped(this.#words));
      case "s": {
        const shared = this.#styles.strings[Number(raw)];
        if (raw !== undefined && shared === undefined) throw new BadXml("string");
        return filled(shared ?? "");
      }
      case "str":
        return raw === undefined && this.#formula ? { text: "", fault: "no value" } : filled(unescaped(raw ?? ""));
      case "b":
        return raw === undefined ? undefined : { text: raw === "1" ? "SAND" : "FALSK" };
      case "e":
        return { text: raw ?? "#FEJL!", fault: "error" };
      case "d":
        return raw === undefined ? undefined : { text: raw.slice(0, 10) };
      default:
        if (raw === undefined || raw.trim() === "") return this.#formula ? { text: "", fault: "no value" } : undefined;
        return { text: this.#number(raw.trim()) };
    }
  }

  #number(raw: string): string {
    const value = Number(raw);
    if (!Number.isFinite(value)) throw new BadXml("number");
    if (this.#format?.day) return dayText(value, this.#styles.since1904);
    const { percent = false, decimals = 0 } = this.#format ?? {};
    const text = decimalOf(percent ? value * 100 : value, decimals);
    return percent ? `${text} %` : text;
  }
}

function filled(text: string): Pick<ReadCell, "text"> | undefined {
  return text.trim() === "" ? undefined : { text: text.trim() };
}

/** Made once: it takes longer to make than to use. */
const plainNumber = new Intl.NumberFormat("en", { useGrouping: false, maximumFractionDigits: 15 });

/** A number as spreadsheets show it, with fifteen figures, for they reckon in binary: 0.30000000000000004 is 0,3. */
function decimalOf(value: number, decimals: number): string {
  const text = plainNumber.format(Number(value.toPrecision(15)));
  const [whole = "0", part = ""] = text.split(".");
  const shown = part.padEnd(decimals, "0");
  return shown === "" ? whole : `${whole},${shown}`;
}

/** The day of a serial number (18.17.4): the first of January 1900 is 1, and 1900 is wrongly a leap year. */
function dayText(serial: number, since1904: boolean): string {
  const days = Math.floor(serial) + (since1904 ? 1462 : 0);
  const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000);
  if (days < 1 || !(date.getUTCFullYear() <= 9999)) return String(serial);
  return isoDate({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
}
