import { readXml } from "./xml.ts";

/** Where a workbook has what is read of it. */
export interface WorkbookParts {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  /** Days are counted from 1904 rather than 1900. */
  readonly since1904: boolean;
  readonly strings: string;
  readonly styles: string;
}

/** How a number is shown. */
export interface NumberFormat {
  readonly day: boolean;
  readonly percent: boolean;
  /** How many decimals are always shown. */
  readonly decimals: number;
}

/** The texts that cells name by number (ECMA-376-1, 18.4.9): their words, without how these are to be spoken. */
export function sharedStringsOf(bytes: Uint8Array | undefined): string[] {
  const strings: string[] = [];
  if (!bytes) return strings;
  let current = "";
  let inText = false;
  let spoken = 0;
  readXml(bytes, {
    open: ({ name }) => {
      if (name === "si") current = "";
      if (name === "rPh") spoken++;
      inText = name === "t" && spoken === 0;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === "rPh") spoken--;
      if (name === "t") inText = false;
      if (name === "si") strings.push(unescaped(current));
    },
  });
  return strings;
}

/** The formats that cells name by number (18.8.45), built-in ones by ECMA-376-1, 18.8.30. */
export function formatsOf(bytes: Uint8Array | undefined): NumberFormat[] {
  const codes = new Map<string, string>(Object.entries(builtIn));
  const formats: NumberFormat[] = [];
  if (!bytes) return formats;
  let inCells = false;
  readXml(bytes, {
    open: ({ name, attributes }) => {
      if (name === "numFmt") codes.set(attributes.numFmtId ?? "", attributes.formatCode ?? "");
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) formats.push(formatOf(codes.get(attributes.numFmtId ?? "0") ?? ""));
    },
    text: () => {},
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return formats;
}

const builtIn: Readonly<Record<string, string>> = {
  2: "0.00",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  14: "dd-mm-yyyy",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  22: "dd-mm-yyyy hh:mm",
};

function formatOf(code: string): NumberFormat {
  // Literals, colours and locales say nothing of what the number is; the first section is for positive numbers.
  const plain = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "").split(";")[0] ?? "";
  return {
    day: /[dy]|m{3,}/i.test(plain.replace(/general|standard/gi, "")),
    percent: plain.includes("%"),
    decimals: /\.(0+)/.exec(plain)?.[1]?.length ?? 0,
  };
}

/** `_x000D_` stands for a character that XML has no place for (22.9.2.19); what is left of it is a line break or nothing. */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, figures: string) => {
    const code = Number.parseInt(figures, 16);
    return code === 0x5f ? "_" : code === 0x0a ? "\n" : code === 0x0d || code < 0x20 ? "" : String.fromCharCode(code);
  });
}
